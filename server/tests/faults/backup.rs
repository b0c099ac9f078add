//! Backups while everybody writes: each is whole, and has what was acknowledged before it began.

use crate::rounds;
use frontdesk_testkit::engines;
use frontdesk_testkit::load::{Place, Writer, ledger};
use futures_util::future::join_all;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;

#[tokio::test]
async fn a_backup_under_load_has_what_was_acknowledged_before_it() {
    for engine in engines() {
        let place = Place::new(engine).await;
        let threads = place.threads(2).await;
        let mut writers = Writer::patient_crew(&threads);
        let folder = tempfile::tempdir().unwrap();
        for round in 0..rounds(2) {
            let before: Vec<String> = writers
                .iter()
                .flat_map(|writer| writer.acknowledged.clone())
                .collect();
            let (shell, flags) = place.beside();
            let into = folder.path().join(round.to_string());
            let file = folder.path().join(format!("{round}.tar"));
            let backup = tokio::task::spawn_blocking(move || {
                let file = file.to_str().unwrap();
                let more: Vec<&str> = flags.iter().map(String::as_str).collect();
                shell.ok(&[&["backup", file], &more[..]].concat());
                // It looks at every page, reference, number and checksum on its way.
                shell.ok(&["restore", file, "--into", into.to_str().unwrap()]);
                into
            });
            let desk = place.desk.clone();
            let all = writers.iter_mut().map(|writer| writer.insist(&desk, 5));
            let (_, into) = tokio::join!(join_all(all), backup);
            let there = bodies(&into.unwrap());
            for body in before {
                assert!(there.contains(&body), "round {round}: {body} is missing");
            }
        }
        ledger::check(&place.desk, &threads, &writers).await;
        place.stop_and_check();
    }
}

fn bodies(restored: &Path) -> BTreeSet<String> {
    let file = Connection::open(restored.join("frontdesk.sqlite3")).unwrap();
    let mut bodies = file.prepare("SELECT body FROM messages").unwrap();
    let bodies = bodies.query_map([], |row| row.get(0)).unwrap();
    bodies.map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_long_look_at_the_database_holds_up_nobody() {
    let place = Place::new(frontdesk_testkit::Engine::Sqlite).await;
    let threads = place.threads(2).await;
    let mut writers = Writer::patient_crew(&threads);
    let looker = Connection::open(place.file()).unwrap();
    looker
        .execute_batch("BEGIN; SELECT COUNT(*) FROM messages;")
        .unwrap();
    let desk = place.desk.clone();
    let all = writers.iter_mut().map(|writer| writer.insist(&desk, 40));
    join_all(all).await;
    looker.execute_batch("COMMIT").unwrap();
    drop(looker);
    for _ in 0..2 {
        let all = writers.iter_mut().map(|writer| writer.insist(&desk, 40));
        join_all(all).await;
    }
    let log = place.file().with_extension("sqlite3-wal");
    let log = log.metadata().unwrap().len();
    assert!(log < 64 << 20, "{log}");
    ledger::check(&place.desk, &threads, &writers).await;
    place.stop_and_check();
}
