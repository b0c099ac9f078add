//! Clocks that jump: order comes from numbers, and nothing is lost or told twice.

use crate::takeover::{calling, subscribed};
use crate::{rounds, wrap};
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Engine, Receiver, engines, eventually, fresh_postgres};
use futures_util::future::join_all;
use serde_json::json;
use std::collections::BTreeSet;
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

/// Two servers take turns on one database, one of them five minutes ahead. Each is killed with work of
/// its own waiting, which the other does at once, whatever time was written beside it.
#[tokio::test]
async fn servers_five_minutes_apart_take_turns_and_nothing_waits_for_a_clock() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let mut place = Place::on_postgres(calling(), &fresh_postgres().await);
    place.start();
    place.sign_in().await;
    let threads = place.threads(2).await;
    let receiver = Receiver::start().await;
    subscribed(&place.desk, &receiver).await;
    let mut writers = Writer::patient_crew(&threads);
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    write(&clock, "+5m");
    let ahead = wrap::at_time_in(&clock);
    for round in 0..rounds(4) {
        place.kill();
        let wrapper = if round % 2 == 0 { &ahead[..] } else { &[] };
        place.start_under(&wrap::words(wrapper)).unwrap();
        let desk = place.desk.clone();
        // Who signed in at one is known at the other.
        join_all(writers.iter_mut().map(|writer| writer.insist(&desk, 5))).await;
    }
    // The last one has what every other left.
    let written: usize = writers.iter().map(|it| it.acknowledged.len()).sum();
    eventually(async || {
        let got = receiver.got();
        let told: BTreeSet<&str> = got.iter().map(|it| it.header("webhook-id")).collect();
        (told.len() >= written).then_some(())
    })
    .await;
    ledger::check_threads(&place.desk, &threads, &writers).await;
    place.stop_and_check();
}

/// Sets the clock; it goes on from there.
fn set(clock: &Path, time: &str) {
    write(clock, &format!("@{time}"));
}

/// Says what the clock shows. The file is never seen half written.
fn write(clock: &Path, what: &str) {
    let fresh = clock.with_extension("new");
    std::fs::write(&fresh, format!("{what}\n")).unwrap();
    std::fs::rename(fresh, clock).unwrap();
}
