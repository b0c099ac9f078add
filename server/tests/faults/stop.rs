//! Stopping in order while everybody writes, as at every upgrade.

use crate::rounds;
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Desk, engines, eventually};
use futures_util::future::join_all;

#[tokio::test]
async fn stopping_under_load_finishes_what_was_begun() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let threads = place.threads(2).await;
        let mut writers = Writer::crew(&threads);
        for _ in 0..rounds(3) {
            let before = count(&place.desk).await;
            let desk = place.desk.clone();
            let looker = desk.clone();
            let work = join_all(writers.iter_mut().map(|writer| writer.work(&desk)));
            tokio::join!(work, async {
                eventually(async || (count(&looker).await >= before + 20).then_some(())).await;
                place.stop().await;
            });
            place.start();
        }
        for writer in &mut writers {
            writer.settle(&place.desk).await;
        }
        ledger::check(&place.desk, &threads, &writers).await;
        place.stop_and_check();
    }
}

/// How many messages there are.
async fn count(desk: &Desk) -> u64 {
    let told = desk.get("/api/messages/count").await.data(200);
    told["count"].as_u64().unwrap()
}
