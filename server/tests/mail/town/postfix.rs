//! Postfix with a configuration of the test's own: it takes mail for the town, and from who may send.

use super::dovecot::Dovecot;
use super::free_port;
use frontdesk_testkit::eventually;
use std::path::{Path, PathBuf};
use std::process::Command;
use tokio::net::TcpStream;

pub(crate) struct Postfix {
    /// Where everybody brings mail for the town.
    pub(crate) mx: u16,
    /// Where its people hand theirs over.
    pub(crate) submission: u16,
    /// The same in TLS from the first byte.
    pub(crate) submissions: u16,
    etc: PathBuf,
}

impl Postfix {
    pub(super) async fn start(folder: &Path, dovecot: &Dovecot, elsewhere: u16) -> Self {
        let place = folder.join("postfix");
        for name in ["etc", "spool", "data"] {
            std::fs::create_dir_all(place.join(name)).unwrap();
        }
        run(Command::new("chown").arg("postfix").arg(place.join("data")));
        let it = Self {
            mx: free_port(),
            submission: free_port(),
            submissions: free_port(),
            etc: place.join("etc"),
        };
        let main = main(folder, dovecot, elsewhere);
        std::fs::write(it.etc.join("main.cf"), main).unwrap();
        std::fs::write(it.etc.join("master.cf"), it.master()).unwrap();
        run(&mut it.command("start"));
        for port in [it.mx, it.submission, it.submissions] {
            eventually(async || TcpStream::connect(("127.0.0.1", port)).await.ok()).await;
        }
        it
    }

    fn command(&self, word: &str) -> Command {
        let mut command = Command::new("postfix");
        command.arg("-c").arg(&self.etc).arg(word);
        command
    }

    fn master(&self) -> String {
        let Self {
            mx,
            submission,
            submissions,
            ..
        } = self;
        format!(
            "127.0.0.1:{mx} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_tls_auth_only=yes
  -o mynetworks=
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{submissions} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_tls_auth_only=yes
  -o mynetworks=
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
{SERVICES}"
        )
    }
}

const SERVICES: &str = "cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
";

fn main(folder: &Path, dovecot: &Dovecot, elsewhere: u16) -> String {
    let folder = folder.display();
    let Dovecot { lmtp, sasl, .. } = dovecot;
    format!(
        "compatibility_level = 3.6
queue_directory = {folder}/postfix/spool
data_directory = {folder}/postfix/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = inline:{{ {{ support@example.test=OK }} {{ alice@example.test=OK }} }}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
recipient_delimiter = +
default_transport = smtp:[127.0.0.1]:{elsewhere}
smtp_host_lookup = native
smtp_dns_support_level = disabled
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl}
smtpd_tls_cert_file = {folder}/tls/cert.pem
smtpd_tls_key_file = {folder}/tls/key.pem
smtpd_tls_security_level = may
minimal_backoff_time = 5s
maximal_backoff_time = 10s
queue_run_delay = 5s
maximal_queue_lifetime = 60s
bounce_queue_lifetime = 60s
"
    )
}

fn run(command: &mut Command) {
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
}

impl Drop for Postfix {
    fn drop(&mut self) {
        drop(self.command("stop").output());
    }
}
