//! A town with a post office: its mail servers on ports of their own, with accounts for support and for
//! Alice, and a desk that has support's mailbox.

mod dovecot;
mod lmtp;
mod names;
mod postfix;
mod tls;
mod web;

pub(super) use lmtp::Lmtp;
pub(super) use names::Names;
pub(super) use web::Web;

use dovecot::Dovecot;
use frontdesk_testkit::{Desk, MailServer, Serving, Shell, eventually};
use postfix::Postfix;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub(super) const SUPPORT: &str = "support@example.test";
pub(super) const ALICE: &str = "alice@example.test";

pub(super) struct Town {
    pub(super) dovecot: Dovecot,
    pub(super) postfix: Postfix,
    /// What takes mail for everywhere else.
    pub(super) elsewhere: MailServer,
    pub(super) folder: TempDir,
    pub(super) shell: Shell,
}

/// A port nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

impl Town {
    pub(super) async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Daemons give up root's rights and still have to find their folders.
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).unwrap();
        tls::write(folder.path());
        let trust = folder.path().join("tls/ca.pem").display().to_string();
        let elsewhere = MailServer::start().await;
        let dovecot = Dovecot::start(folder.path()).await;
        let postfix = Postfix::start(folder.path(), &dovecot, elsewhere.port).await;
        Self {
            dovecot,
            postfix,
            elsewhere,
            shell: Shell::new()
                .knowing("SSL_CERT_FILE", &trust)
                .knowing("FRONTDESK_OUTGOING_ALLOW", "127.0.0.0/8"),
            folder,
        }
    }

    /// A server with an account, and its admin.
    pub(super) async fn desk(&self) -> (Serving, Desk) {
        let made = self.shell.init(&[]);
        assert_eq!(made.code, 0, "{}", made.err);
        let serving = self.serve();
        let mut desk = self.sign_in(&serving).await;
        desk.inbox_id = made.after("inbox").to_owned();
        (serving, desk)
    }

    /// Starts the server. It trusts the town's certificates and may call this machine.
    pub(super) fn serve(&self) -> Serving {
        self.shell.serve(&[])
    }

    pub(super) async fn sign_in(&self, serving: &Serving) -> Desk {
        Desk::of(&serving.url, "ada@acme.test", "correct horse").await
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The settings of support's mailbox.
    pub(super) fn settings(&self) -> Value {
        json!({
            "address": SUPPORT, "name": "Acme",
            "smtp": { "host": "localhost", "port": self.postfix.submission,
                "security": "starttls", "user": "support" },
            "imap": { "host": "localhost", "port": self.dovecot.imaps,
                "security": "tls", "user": "support" } })
    }

    /// Connects support's mailbox to the desk's inbox.
    pub(super) async fn connect(&self, desk: &Desk, password: &str) -> String {
        let connection = json!({ "connection": {
            "name": "Support", "kind": "email", "inbox_id": desk.inbox_id,
            "settings": self.settings(), "secrets": { "password": password } } });
        let made = desk.post("/api/v1/connections", connection).await.data(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// Connects the same mailbox, whose answers go straight to the server that takes mail for everywhere else.
    pub(super) async fn sends_elsewhere(&self, desk: &Desk) {
        let mut settings = self.settings();
        settings["smtp"] = json!({
            "host": "127.0.0.1", "port": self.elsewhere.port, "security": "none" });
        let connection = json!({ "connection": {
            "name": "Support", "kind": "email", "inbox_id": desk.inbox_id,
            "settings": settings, "secrets": { "password": "s3cret" } } });
        desk.post("/api/v1/connections", connection).await.data(201);
    }

    /// Alice writes a mail with a real client, to these addresses.
    pub(super) fn alice_writes(&self, to: &str, subject: &str, more: &[&str]) {
        let server = format!("127.0.0.1:{}", self.postfix.mx);
        let heading = format!("Subject: {subject}");
        let mut swaks = Command::new("swaks");
        swaks.args(["--server", &server, "--from", ALICE, "--to", to]);
        swaks.args(["--header", &heading, "--hide-all"]).args(more);
        let sent = swaks.output().unwrap();
        let said = String::from_utf8_lossy(&sent.stderr);
        assert!(sent.status.success(), "{said}");
    }

    /// The mails in somebody's mailbox, once there are so many.
    pub(super) async fn mailbox(&self, who: &str, count: usize) -> Vec<String> {
        let folder = self.file("mail").join(who).join("Maildir/new");
        eventually(async || {
            let mails = read_all(&folder);
            (mails.len() == count).then_some(mails)
        })
        .await
    }
}

fn read_all(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    paths.into_iter().map(read).collect()
}

/// The state of a connection, once it is this.
pub(super) async fn is(desk: &Desk, connection: &str, state: &str) -> Value {
    let path = format!("/api/v1/connections/{connection}");
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        (shown["state"] == state).then_some(shown)
    })
    .await
}

/// The conversations there are, once there are so many.
pub(super) async fn conversations(desk: &Desk, count: usize) -> Vec<Value> {
    eventually(async || {
        let listed = desk.get("/api/conversations").await.is(200);
        let all = listed["data"].as_array().unwrap().clone();
        (all.len() == count).then_some(all)
    })
    .await
}

/// The message, once it has come so far.
pub(super) async fn reaches(desk: &Desk, message: &Value, state: &str) -> Value {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        (shown["delivery_state"] == state).then_some(shown)
    })
    .await
}
