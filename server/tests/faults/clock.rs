//! Clocks that jump: order comes from numbers, and nothing is lost or told twice.

use crate::wrap;
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Engine, eventually};
use futures_util::future::join_all;
use serde_json::json;
use std::path::Path;

/// Where the clock is set, one after the other: far ahead, back, around a leap second, and
/// across both changes of summer time.
const JUMPS: [&str; 8] = [
    "2036-11-26 12:00:00",
    "2026-11-25 12:00:00",
    "2026-11-26 12:00:00",
    "2027-03-28 00:59:58",
    "2027-03-28 02:00:01",
    "2027-10-31 00:59:58",
    "2016-12-31 23:59:59",
    "2026-11-26 12:00:10",
];

#[tokio::test]
async fn what_is_written_while_the_clock_jumps_keeps_its_order() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(2).await;
    let mut writers = Writer::patient_crew(&threads);
    place.kill();
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    set(&clock, JUMPS[2]);
    let wrapper = wrap::at_time_in(&clock);
    place.start_under(&wrap::words(&wrapper)).unwrap();
    for jump in JUMPS {
        set(&clock, jump);
        // Ten years end every session; whoever comes signs in again.
        place.sign_in().await;
        let desk = place.desk.clone();
        let all = writers.iter_mut().map(|writer| writer.insist(&desk, 3));
        join_all(all).await;
    }
    // Events are kept for a while by the clock, and ten years are more than that: who comes back
    // takes everything anew. What was written is not theirs to forget.
    ledger::check_threads(&place.desk, &threads, &writers).await;
    place.stop_and_check();
}

#[tokio::test]
async fn a_snooze_ends_at_its_time_whichever_way_the_clock_came_there() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(1).await;
    place.kill();
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    set(&clock, "2026-11-26 12:00:00");
    let wrapper = wrap::at_time_in(&clock);
    place.start_under(&wrap::words(&wrapper)).unwrap();
    place.sign_in().await;
    let path = format!("/api/conversations/{}", threads[0].id);
    let snooze = json!({ "status": "snoozed", "snoozed_until": "2026-11-27T12:00:00Z" });
    let snoozed = place
        .desk
        .put(&path, json!({ "conversation": snooze }))
        .await;
    assert_eq!(snoozed.data(200)["status"], "snoozed");
    set(&clock, "2026-11-25 12:00:00");
    place.sign_in().await;
    let shown = place.desk.get(&path).await.data(200);
    assert_eq!(shown["status"], "snoozed");
    set(&clock, "2026-11-27 12:00:01");
    place.sign_in().await;
    eventually(async || {
        let shown = place.desk.get(&path).await.data(200);
        (shown["status"] == "open").then_some(())
    })
    .await;
    place.stop_and_check();
}

/// Sets the clock; it goes on from there. The file is never seen half written.
fn set(clock: &Path, time: &str) {
    let fresh = clock.with_extension("new");
    std::fs::write(&fresh, format!("@{time}\n")).unwrap();
    std::fs::rename(fresh, clock).unwrap();
}
