//! A data folder, or a database, on which one server after another is started and killed.

use crate::shell::{Serving, Shell};
use frontdesk_testkit::{Desk, Engine, fresh_postgres, http};
use reqwest::Method;
use serde_json::json;

/// Where the servers work.
pub(super) struct Place {
    shell: Shell,
    flags: Vec<String>,
    engine: Engine,
    serving: Option<Serving>,
    /// The desk, at the address of the server that runs.
    pub(super) desk: Desk,
}

/// A conversation and its customer, by their ids.
#[derive(Debug)]
pub(super) struct Thread {
    pub(super) id: String,
    pub(super) customer_id: String,
}

impl Place {
    /// A desk with an account in it, and a server.
    pub(super) async fn new(engine: Engine) -> Self {
        let shell = Shell::new();
        let flags = match engine {
            Engine::Sqlite => Vec::new(),
            Engine::Postgres => vec!["--database".to_owned(), fresh_postgres().await],
        };
        let more: Vec<&str> = flags.iter().map(String::as_str).collect();
        let made = shell.init(&more);
        assert_eq!(made.code, 0, "{}", made.err);
        let admin = made.after("admin").split_once(' ').unwrap();
        let desk = Desk {
            url: String::new(),
            http: http(),
            account_id: made.after("account").to_owned(),
            inbox_id: made.after("inbox").to_owned(),
            user_id: admin.0.parse().unwrap(),
            email: admin.1.to_owned(),
            token: String::new(),
            renew_token: String::new(),
        };
        let mut place = Self {
            shell,
            flags,
            engine,
            serving: None,
            desk,
        };
        place.start();
        place.sign_in().await;
        place
    }

    async fn sign_in(&mut self) {
        let user = json!({ "user": { "email": self.desk.email, "password": "correct horse" } });
        let session = self
            .desk
            .anonymous(Method::POST, "/api/session", Some(user))
            .await
            .data(200);
        session["token"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.desk.token);
    }

    /// Starts a server; the desk goes on at its address.
    pub(super) fn start(&mut self) {
        let more: Vec<&str> = self.flags.iter().map(String::as_str).collect();
        let serving = self.shell.serve(&more);
        self.desk.url.clone_from(&serving.url);
        self.serving = Some(serving);
    }

    /// Ends the server as a power cut would: with no chance to do anything about it.
    pub(super) fn kill(&mut self) {
        drop(self.serving.take());
    }

    /// Conversations that wait for answers.
    pub(super) async fn threads(&self, count: usize) -> Vec<Thread> {
        let mut threads = Vec::new();
        for _ in 0..count {
            let (customer_id, id) = self.desk.visitor("Grace", "First").await;
            threads.push(Thread { id, customer_id });
        }
        threads
    }

    /// Ends the last server in order and looks at what it leaves.
    pub(super) fn stop_and_check(mut self) {
        let (code, log) = self.serving.take().unwrap().stop();
        assert_eq!(code, Some(0), "{log}");
        if self.engine == Engine::Sqlite {
            let file = self.shell.data().join("frontdesk.sqlite3");
            let connection = rusqlite::Connection::open(file).unwrap();
            let verdict: String = connection
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .unwrap();
            assert_eq!(verdict, "ok");
        }
    }
}
