//! The databases a test runs on.

use std::sync::atomic::{AtomicU32, Ordering};

/// One of the two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The engines there are: PostgreSQL is one where `TEST_POSTGRES_URL` names a server.
#[must_use]
pub fn engines() -> Vec<Engine> {
    match server_url() {
        Some(_) => vec![Engine::Sqlite, Engine::Postgres],
        None => vec![Engine::Sqlite],
    }
}

fn server_url() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}

/// Makes an empty database on the test server and says its address.
pub async fn fresh_postgres() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = server_url().unwrap();
    let name = format!(
        "k{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls)
        .await
        .unwrap();
    let driver = tokio::spawn(connection);
    client
        .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .unwrap();
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    drop(client);
    driver.await.unwrap().unwrap();
    let mut url = server;
    let path = url.rfind('/').unwrap();
    let query = url[path..].find('?').map_or(url.len(), |at| path + at);
    url.replace_range(path + 1..query, &name);
    url
}
