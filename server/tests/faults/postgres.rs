//! PostgreSQL goes away and comes back: crashes, restarts, drops its connections.

use crate::cluster::Cluster;
use crate::rounds;
use frontdesk_testkit::Chance;
use frontdesk_testkit::load::{Writer, ledger};
use futures_util::future::join_all;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_crashes_again_and_again_is_waited_for() {
    let mut cluster = Cluster::new();
    let mut place = cluster.place().await;
    place.start();
    place.sign_in().await;
    let threads = place.threads(2).await;
    let mut writers = Writer::patient_crew(&threads);
    let mut chance = Chance::from_env("FRONTDESK_POSTGRES_SEED");
    let desk = place.desk.clone();
    for _ in 0..rounds(3) {
        let all = writers.iter_mut().map(|writer| writer.insist(&desk, 10));
        let until_crash = Duration::from_millis(chance.between(5, 60));
        tokio::join!(join_all(all), async {
            tokio::time::sleep(until_crash).await;
            tokio::task::block_in_place(|| {
                cluster.crash();
                cluster.start();
            });
        });
    }
    ledger::check(&desk, &threads, &writers).await;
    place.stop_and_check();
}
