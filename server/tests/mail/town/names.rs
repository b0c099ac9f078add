//! dnsmasq with the names that a test gives it and no others. The programs that run as [`Names::known_to`] has them
//! ask it, and it alone: they see a file of their own where the machine says whom to ask.

use frontdesk_testkit::{Shell, eventually};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tokio::net::TcpStream;

pub(crate) struct Names {
    child: Child,
    resolv: PathBuf,
}

impl Names {
    /// Answers on this address with these lines of dnsmasq's configuration.
    pub(crate) async fn at(address: Ipv4Addr, folder: &Path, lines: &[String]) -> Self {
        let resolv = folder.join("resolv.conf");
        std::fs::write(&resolv, format!("nameserver {address}\n")).unwrap();
        let own = format!("no-resolv\nno-hosts\nlocal=/#/\nlisten-address={address}\n");
        let configuration = folder.join("dnsmasq.conf");
        std::fs::write(&configuration, own + &lines.join("\n") + "\n").unwrap();
        let log = folder.join("dnsmasq.log");
        let mut child = Command::new("dnsmasq")
            .args(["--keep-in-foreground", "--bind-interfaces", "--user=root"])
            .args(["--pid-file", "--log-facility=-"])
            .arg(format!("--conf-file={}", configuration.display()))
            .stdin(Stdio::null())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        eventually(async || {
            let ended = child.try_wait().unwrap();
            let said = || std::fs::read_to_string(&log).unwrap();
            assert!(ended.is_none(), "{}", said());
            TcpStream::connect((address, 53)).await.ok()
        })
        .await;
        Self { child, resolv }
    }

    /// The shell, with programs that ask here.
    pub(crate) fn known_to(&self, shell: Shell) -> Shell {
        let resolv = self.resolv.to_str().unwrap();
        let script = "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";
        shell.under(&["unshare", "--mount", "sh", "-c", script, resolv])
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
