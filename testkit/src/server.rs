//! A real server on a free port, with a clock that can be moved.

use crate::database::{Engine, fresh_postgres};
use crate::desk::Desk;
use frontdesk_db::{Clock, ManualClock};
use frontdesk_domain::Timestamp;
use frontdesk_server::config::{
    Config, Database, DatabaseAt, Limits, Networks, PostgresUrl, Registration,
};
use frontdesk_server::server::{self, Running};
use frontdesk_server::tasks::Stopped;
use frontdesk_server::work::Deliverers;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// When every test begins.
pub const START: Timestamp = Timestamp::from_seconds(1_795_000_000);

/// A server in this process. [`TestServer::stop`] it: a test that leaves work behind fails.
#[derive(Debug)]
pub struct TestServer {
    running: Option<Running>,
    pub clock: Arc<ManualClock>,
    pub url: String,
    pub http: reqwest::Client,
    folder: tempfile::TempDir,
}

impl TestServer {
    /// A server on an empty database, open for registration.
    pub async fn start(engine: Engine) -> Self {
        Self::start_with(engine, |_| {}).await
    }

    /// The same with a configuration of the test's own.
    pub async fn start_with(engine: Engine, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_among(engine, change, Deliverers::new()).await
    }

    /// The same on a machine whose own addresses may be called.
    pub async fn start_calling(engine: Engine) -> Self {
        let open = |config: &mut Config| {
            config.outgoing.allow = Networks::of(&["127.0.0.0/8"]).unwrap();
        };
        Self::start_with(engine, open).await
    }

    /// The same with these ways out.
    pub async fn start_among(
        engine: Engine,
        change: impl FnOnce(&mut Config),
        deliverers: Deliverers,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => Database::default(),
            Engine::Postgres => {
                let url = DatabaseAt::Postgres(PostgresUrl::new(fresh_postgres().await));
                Database {
                    url,
                    writers: 2,
                    readers: 2,
                }
            }
        };
        let mut config = Config {
            data: folder.path().to_owned(),
            database,
            registration: Registration::Open,
            // Tests guess wrong passwords as often as they like.
            limits: Limits {
                sign_in_failures: 0,
                ..Limits::default()
            },
            ..Config::default()
        };
        change(&mut config);
        let clock = Arc::new(ManualClock::at(START));
        let shared: Arc<dyn Clock> = Arc::<ManualClock>::clone(&clock);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = server::start_with(config, listener, shared, deliverers)
            .await
            .unwrap();
        Self {
            url: format!("http://{}", running.address()),
            running: Some(running),
            clock,
            http: http(),
            folder,
        }
    }

    /// The running server.
    #[must_use]
    pub fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// A new company with one admin, signed in.
    pub async fn company(&self, name: &str) -> Desk {
        Desk::open(self, name).await
    }

    /// Stops the server and waits until nothing of it runs.
    pub async fn stop(mut self) {
        let stopped = self.running.take().unwrap().stop().await;
        assert_eq!(stopped, Stopped::Cleanly);
    }
}

/// A client that speaks to servers.
pub fn http() -> reqwest::Client {
    // There may be a provider already: tests share a process.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::new()
}
