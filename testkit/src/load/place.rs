//! A data folder, or a database, on which one server after another is started and killed.

use crate::shell::{Serving, Shell};
use crate::{Desk, Engine, fresh_postgres, http};
use reqwest::Method;
use serde_json::json;
use std::path::PathBuf;

/// Where the servers work.
#[derive(Debug)]
pub struct Place {
    shell: Shell,
    flags: Vec<String>,
    engine: Engine,
    serving: Option<Serving>,
    /// The desk, at the address of the server that runs.
    pub desk: Desk,
}

/// A conversation and its customer, by their ids.
#[derive(Debug)]
pub struct Thread {
    pub id: String,
    pub customer_id: String,
}

impl Place {
    /// A desk with an account in it, and a server.
    pub async fn new(engine: Engine) -> Self {
        let mut place = Self::unserved(Shell::new(), engine).await;
        place.start();
        place.sign_in().await;
        place
    }

    /// The same with no server yet, and nobody signed in.
    pub async fn unserved(shell: Shell, engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::with_flags(shell, engine, Vec::new()),
            Engine::Postgres => Self::on_postgres(shell, &fresh_postgres().await),
        }
    }

    /// The same on this PostgreSQL.
    pub fn on_postgres(shell: Shell, url: &str) -> Self {
        let flags = vec!["--database".to_owned(), url.to_owned()];
        Self::with_flags(shell, Engine::Postgres, flags)
    }

    fn with_flags(shell: Shell, engine: Engine, flags: Vec<String>) -> Self {
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
        Self {
            shell,
            flags,
            engine,
            serving: None,
            desk,
        }
    }

    /// Signs the desk's admin in.
    pub async fn sign_in(&mut self) {
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
    pub fn start(&mut self) {
        let started = self.start_under(&[]);
        started.unwrap_or_else(|log| panic!("it did not start: {log}"));
    }

    /// Starts a server below a program that runs others; the log of one that ends at once.
    pub fn start_under(&mut self, wrapper: &[&str]) -> Result<(), String> {
        let more: Vec<&str> = self.flags.iter().map(String::as_str).collect();
        let serving = self.shell.serve_under(wrapper, &more)?;
        self.desk.url.clone_from(&serving.url);
        self.serving = Some(serving);
        Ok(())
    }

    /// The server that runs.
    pub fn serving(&mut self) -> &mut Serving {
        self.serving.as_mut().unwrap()
    }

    /// A shell on the same data, for commands beside the server, and what leads to the database.
    pub fn beside(&self) -> (Shell, Vec<String>) {
        (Shell::with_data_in(&self.shell.data()), self.flags.clone())
    }

    /// The database's file, on SQLite.
    pub fn file(&self) -> PathBuf {
        self.shell.data().join("frontdesk.sqlite3")
    }

    /// Ends the server as a power cut would: with no chance to do anything about it.
    pub fn kill(&mut self) {
        drop(self.serving.take());
    }

    /// Ends the server as an init system does, and waits for it; its log.
    pub async fn stop(&mut self) -> String {
        let serving = self.serving.take().unwrap();
        let stopped = tokio::task::spawn_blocking(|| serving.stop());
        let (code, log) = stopped.await.unwrap();
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("stopped"), "{log}");
        log
    }

    /// Waits until the server has ended by itself, and says how and what it logged.
    pub async fn ended(&mut self) -> (Option<i32>, String) {
        let serving = self.serving.take().unwrap();
        let ended = tokio::task::spawn_blocking(|| serving.wait());
        ended.await.unwrap()
    }

    /// Conversations that wait for answers.
    pub async fn threads(&self, count: usize) -> Vec<Thread> {
        let mut threads = Vec::new();
        for _ in 0..count {
            let (customer_id, id) = self.desk.visitor("Grace", "First").await;
            threads.push(Thread { id, customer_id });
        }
        threads
    }

    /// Ends the last server in order and looks at what it leaves.
    pub fn stop_and_check(mut self) {
        let (code, log) = self.serving.take().unwrap().stop();
        assert_eq!(code, Some(0), "{log}");
        if self.engine == Engine::Sqlite {
            let connection = rusqlite::Connection::open(self.file()).unwrap();
            let verdict: String = connection
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .unwrap();
            assert_eq!(verdict, "ok");
        }
    }
}
