//! Nothing is told before it is durable: the server dies, or its disk fails, at one sync after
//! another.

use crate::{rounds, wrap};
use frontdesk_testkit::Engine;
use frontdesk_testkit::load::{Place, Writer, ledger};
use futures_util::future::join_all;

#[tokio::test]
async fn a_server_that_dies_at_a_sync_has_what_it_acknowledged() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(2).await;
    let mut writers = Writer::crew(&threads);
    place.kill();
    for point in 1..=rounds(6) {
        let wrapper = wrap::at_sync(point, "signal=KILL");
        // One that dies before it listens has nothing to write to.
        if place.start_under(&wrap::words(&wrapper)).is_ok() {
            let desk = place.desk.clone();
            join_all(writers.iter_mut().map(|writer| writer.work(&desk))).await;
            place.ended().await;
        }
        place.start();
        for writer in &mut writers {
            writer.settle(&place.desk).await;
        }
        place.kill();
    }
    place.start();
    ledger::check(&place.desk, &threads, &writers).await;
    place.stop_and_check();
}

/// The writer's first sync is for the head of a new log, and its second for the folder with it.
const FIRST_COMMIT: u64 = 3;

#[tokio::test]
async fn a_disk_that_fails_a_sync_is_believed_and_the_server_goes_on() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(2).await;
    let mut writers = Writer::patient_crew(&threads);
    place.kill();
    for point in FIRST_COMMIT..FIRST_COMMIT + rounds(4) {
        let wrapper = wrap::at_sync(point, "error=EIO");
        place.start_under(&wrap::words(&wrapper)).unwrap();
        let desk = place.desk.clone();
        // More syncs than the one that fails, as writers share them: everybody is answered in the
        // end.
        let each = usize::try_from(point).unwrap() + 12;
        let all = writers.iter_mut().map(|writer| writer.insist(&desk, each));
        join_all(all).await;
        let log = place.stop().await;
        assert!(
            log.contains("opened again after its disk had failed"),
            "{log}"
        );
    }
    place.start();
    ledger::check(&place.desk, &threads, &writers).await;
    place.stop_and_check();
}
