//! Much work, one lap after another: what a server has done leaves nothing behind in it.
//!
//! Each round is a lap; `FRONTDESK_FAULT_ROUNDS` makes hours of them.

use crate::rounds;
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Engine, engines, eventually};
use futures_util::future::join_all;

/// What each writer writes in a lap. Those in the office come by a new socket each time.
const LAP: usize = 25;

/// The log of SQLite never grows beyond it.
const MOST_LOG: u64 = 64 << 20;

/// Connections that are kept for the next request, and were not needed in the first lap.
const FEW: usize = 4;

/// What caches and the allocator may still come to need in the second half of all laps.
const STILL: u64 = 16 << 20;

#[tokio::test]
async fn what_a_server_has_done_leaves_nothing_in_it() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let threads = place.threads(2).await;
        let mut writers = Writer::patient_crew(&threads);
        let server = place.serving().process();
        let laps = rounds(4);
        lap(&place, &mut writers).await;
        let files = server.open_files() + FEW;
        let mut halfway = 0;
        for round in 0..laps {
            if round == laps / 2 {
                halfway = server.resident_memory();
            }
            lap(&place, &mut writers).await;
            eventually(async || (server.open_files() <= files).then_some(())).await;
            if engine == Engine::Sqlite {
                let log = place.file().with_extension("sqlite3-wal");
                let log = log.metadata().unwrap().len();
                assert!(log < MOST_LOG, "{log} after {round} laps");
            }
        }
        let memory = server.resident_memory();
        println!("{engine:?}: {laps} laps, {files} files, {halfway} bytes and at last {memory}");
        assert!(memory < halfway + STILL, "{halfway} grew to {memory}");
        ledger::check(&place.desk, &threads, &writers).await;
        place.stop_and_check();
    }
}

async fn lap(place: &Place, writers: &mut [Writer]) {
    let writing = writers
        .iter_mut()
        .map(|writer| writer.insist(&place.desk, LAP));
    join_all(writing).await;
}
