//! A server that dies while it brings an older database up: the next one goes on where it was, and
//! everything that was there is there.

use crate::wrap;
use frontdesk_testkit::{Chance, Engine, Shell, SmallDisk, engines, fresh_postgres, http, setting};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// The first schema there was, and a desk of that time.
const SQLITE: &str = include_str!("../../db/migrations/sqlite/0001_init.sql");
const POSTGRES: &str = include_str!("../../db/migrations/postgres/0001_init.sql");
const DESK: &str = include_str!("upgrade/desk_of_0001.sql");

const JOURNAL: &str =
    "CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL,
    checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);";

/// A whole old database, as a script.
fn script(schema: &str, desk: &str) -> String {
    let digest = Sha256::digest(schema);
    let checksum: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{schema} {JOURNAL} INSERT INTO schema_migrations VALUES (1, '0001_init', '{checksum}', 0); {desk}"
    )
}

/// A desk as the first release left it.
fn old_desk() -> Shell {
    filled(Shell::new())
}

fn filled(shell: Shell) -> Shell {
    std::fs::create_dir(shell.data()).unwrap();
    let file = Connection::open(shell.data().join("frontdesk.sqlite3")).unwrap();
    file.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    file.execute_batch(&script(SQLITE, DESK)).unwrap();
    shell
}

/// The same on PostgreSQL, which writes bytes in another way.
async fn old_database() -> String {
    let url = fresh_postgres().await;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    let driver = tokio::spawn(connection);
    let desk = DESK.replace("x'", "'\\x");
    client
        .batch_execute(&script(POSTGRES, &desk))
        .await
        .unwrap();
    drop(client);
    driver.await.unwrap().unwrap();
    url
}

/// Starts the server for good and sees that the old desk is whole and the schema is new.
async fn is_whole(shell: &Shell, more: &[&str]) {
    let server = shell.serve(more);
    let ready = format!("{}/health/ready", server.url);
    let ready = http()
        .get(ready)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let schema = format!("\"schema\":{}", frontdesk_db::known_version());
    assert!(ready.contains(&schema), "{ready}");
    assert_eq!(server.stop().0, Some(0));
    let users = shell.ok(&[&["user", "list"], more].concat()).out;
    assert!(users.contains("ada@acme.test"), "{users}");
}

/// A short round dies at one of so many moments.
const SHORT: u64 = 6;

/// The moments to die at, one after the other: each in a long round, and in a short one every few of
/// them from a random first, so that many short ones are as good as a long one.
fn moments() -> impl Iterator<Item = u64> {
    let step = setting("FRONTDESK_FAULT_ROUNDS").map_or(SHORT, |_| 1);
    let first = Chance::from_env("FRONTDESK_UPGRADE_SEED").between(1, step);
    (first..).step_by(usize::try_from(step).unwrap())
}

#[tokio::test]
async fn an_upgrade_that_dies_at_any_sync_goes_on() {
    let mut last = 0;
    for moment in moments() {
        let shell = old_desk();
        let wrapper = wrap::at_sync(moment, "signal=KILL");
        let started = shell.serve_under(&wrap::words(&wrapper), &[]);
        let is_up = started.is_ok();
        drop(started);
        is_whole(&shell, &[]).await;
        if is_up {
            break;
        }
        last = moment;
    }
    assert!(last > 20, "the last to die did so at sync {last}");
}

#[tokio::test]
async fn an_upgrade_of_postgres_that_dies_at_any_word_goes_on() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let mut last = 0;
    for moment in moments() {
        let (shell, url) = (Shell::new(), old_database().await);
        let more = ["--database", url.as_str()];
        let wrapper = wrap::at_word(moment);
        let started = shell.serve_under(&wrap::words(&wrapper), &more);
        let is_up = started.is_ok();
        drop(started);
        is_whole(&shell, &more).await;
        if is_up {
            break;
        }
        last = moment;
    }
    assert!(last > 20, "the last to die did so at word {last}");
}

/// How much room is given back before each further try.
const SOME: u64 = 512 * 1024;

#[tokio::test]
async fn an_upgrade_that_finds_no_room_loses_nothing_and_goes_on_once_there_is_some() {
    let disk = SmallDisk::new("12m");
    let folder = disk.path().join("desk");
    let shell = filled(Shell::with_data_in(&folder));
    let ballast = disk.fill();
    let mut refused = 0;
    loop {
        match shell.serve_under(&[], &[]) {
            Ok(server) => {
                assert_eq!(server.stop().0, Some(0));
                break;
            }
            Err(log) => {
                assert!(says_full(&log), "{log}");
                refused += 1;
                SmallDisk::spare(&ballast, SOME);
            }
        }
    }
    assert!(refused > 3, "only {refused} tries found no room");
    is_whole(&shell, &[]).await;
    let file = Connection::open(folder.join("frontdesk.sqlite3")).unwrap();
    let count = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(
        count("SELECT COUNT(*) FROM messages WHERE body = 'Hello'"),
        1
    );
    assert_eq!(
        count("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        0
    );
}

/// Whether somebody is told what is wrong.
fn says_full(words: &str) -> bool {
    ["full", "no storage space"]
        .iter()
        .any(|it| words.contains(it))
}

#[tokio::test]
async fn an_old_desk_drafts_nothing_unasked() {
    let shell = old_desk();
    is_whole(&shell, &[]).await;
    let file = Connection::open(shell.data().join("frontdesk.sqlite3")).unwrap();
    let mode: String = file
        .query_row("SELECT mode FROM ai_modes", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "request");
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let (shell, url) = (Shell::new(), old_database().await);
    is_whole(&shell, &["--database", url.as_str()]).await;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    let driver = tokio::spawn(connection);
    let row = client.query_one("SELECT mode FROM ai_modes", &[]).await;
    assert_eq!(row.unwrap().get::<_, String>(0), "request");
    drop(client);
    driver.await.unwrap().unwrap();
}
