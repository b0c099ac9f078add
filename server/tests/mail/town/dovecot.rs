//! Dovecot with a configuration of the test's own.

use super::free_port;
use frontdesk_testkit::eventually;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tokio::net::TcpStream;

pub(crate) struct Dovecot {
    pub(crate) imaps: u16,
    /// Where TLS begins once both have said so.
    pub(crate) imap: u16,
    pub(crate) lmtp: u16,
    /// Where Postfix asks who may send.
    pub(crate) sasl: u16,
    folder: PathBuf,
}

impl Dovecot {
    pub(super) async fn start(folder: &Path) -> Self {
        let it = Self {
            imaps: free_port(),
            imap: free_port(),
            lmtp: free_port(),
            sasl: free_port(),
            folder: folder.to_owned(),
        };
        let passwords = "support:{PLAIN}s3cret::::::\nalice:{PLAIN}s3cret::::::\n";
        std::fs::write(folder.join("passwd"), passwords).unwrap();
        let mail = folder.join("mail");
        std::fs::create_dir(&mail).unwrap();
        std::os::unix::fs::chown(&mail, Some(NOBODY), Some(NOBODY)).unwrap();
        std::fs::write(folder.join("dovecot.conf"), it.configuration()).unwrap();
        it.run();
        it.listens().await;
        it
    }

    fn run(&self) {
        let mut dovecot = Command::new("dovecot");
        dovecot.arg("-c").arg(self.folder.join("dovecot.conf"));
        let ended = dovecot.stdin(Stdio::null()).status().unwrap();
        assert!(ended.success());
    }

    async fn listens(&self) {
        for port in [self.imaps, self.imap, self.lmtp, self.sasl] {
            eventually(async || TcpStream::connect(("127.0.0.1", port)).await.ok()).await;
        }
    }

    /// Stops it, and waits until nothing of it listens.
    pub(crate) async fn stop(&self) {
        self.kill();
        eventually(async || {
            let gone = TcpStream::connect(("127.0.0.1", self.imaps)).await.is_err();
            gone.then_some(())
        })
        .await;
    }

    /// Starts it again.
    pub(crate) async fn start_again(&self) {
        let pid = self.folder.join("run/master.pid");
        eventually(async || (!pid.exists()).then_some(())).await;
        self.run();
        self.listens().await;
    }

    fn kill(&self) {
        let Ok(pid) = std::fs::read_to_string(self.folder.join("run/master.pid")) else {
            return;
        };
        drop(Command::new("kill").arg(pid.trim()).status());
    }

    fn configuration(&self) -> String {
        let folder = self.folder.display();
        let Self {
            imaps,
            imap,
            lmtp,
            sasl,
            ..
        } = self;
        format!(
            "protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = dovecot
default_login_user = dovenull
default_internal_group = dovecot
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {sasl}
  }}
}}
ssl = required
ssl_cert = <{folder}/tls/cert.pem
ssl_key = <{folder}/tls/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%n {folder}/passwd
}}
userdb {{
  driver = static
  args = uid={NOBODY} gid={NOBODY} home={folder}/mail/%n
}}
mail_location = maildir:~/Maildir
first_valid_uid = 0
first_valid_gid = 0
recipient_delimiter = +
"
        )
    }
}

/// Whose the mailboxes are.
const NOBODY: u32 = 65534;

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.kill();
    }
}
