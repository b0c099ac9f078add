//! No room: on the disk, or for a file that may grow no further.

use crate::{rounds, wrap};
use frontdesk_testkit::Shell;
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Answer, Desk, Engine, SmallDisk, eventually};
use futures_util::future::join_all;
use serde_json::json;
use std::process::Command;

#[tokio::test]
async fn a_full_disk_refuses_writes_loses_nothing_and_needs_no_restart() {
    let disk = SmallDisk::new("16m");
    let shell = Shell::with_data_in(&disk.path().join("desk"));
    let mut place = Place::unserved(shell, Engine::Sqlite).await;
    place.start();
    place.sign_in().await;
    let threads = place.threads(2).await;
    let filled = place.threads(1).await;
    let mut writers = Writer::patient_crew(&threads);
    let desk = place.desk.clone();
    for _ in 0..rounds(3) {
        let all = writers.iter_mut().map(|writer| writer.insist(&desk, 5));
        join_all(all).await;
        let ballast = disk.fill();
        let refused = refusal(&desk, &filled[0].id).await;
        assert_eq!(refused.status, 507, "{}", refused.body);
        assert!(refused.headers.contains_key("retry-after"));
        let words = refused.body["error"]["message"].as_str().unwrap();
        assert!(words.contains("disk is full"), "{words}");
        // Whoever only looks is not concerned.
        let path = format!("/api/conversations/{}", threads[0].id);
        desk.get(&path).await.is(200);
        desk.get("/health/ready").await.is(200);
        std::fs::remove_file(ballast).unwrap();
    }
    let all = writers.iter_mut().map(|writer| writer.insist(&desk, 5));
    join_all(all).await;
    ledger::check_threads(&desk, &threads, &writers).await;
    place.stop_and_check();
}

/// Writes until it is refused. What was written before fills the last corners.
async fn refusal(desk: &Desk, conversation_id: &str) -> Answer {
    let body = "x".repeat(60_000);
    let message = json!({ "message": { "conversation_id": conversation_id, "body": body } });
    eventually(async || {
        let answer = desk.post("/api/messages", message.clone()).await;
        (answer.status != 201).then_some(answer)
    })
    .await
}

#[tokio::test]
async fn a_file_that_may_grow_no_further_is_an_error_and_not_the_end() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(2).await;
    let filled = place.threads(1).await;
    let mut writers = Writer::patient_crew(&threads);
    place.kill();
    // The soft limit alone, so that it can be lifted again.
    let wrapper = wrap::limited("--fsize=3000000:unlimited");
    place.start_under(&wrap::words(&wrapper)).unwrap();
    let desk = place.desk.clone();
    let all = writers.iter_mut().map(|writer| writer.insist(&desk, 5));
    join_all(all).await;
    let refused = refusal(&desk, &filled[0].id).await;
    assert!(
        [503, 507].contains(&refused.status.as_u16()),
        "{}",
        refused.body
    );
    desk.get("/api/conversations").await.is(200);
    run(Command::new("prlimit")
        .arg("--fsize=unlimited")
        .arg(format!("--pid={}", place.serving().pid().as_raw_nonzero())));
    let all = writers.iter_mut().map(|writer| writer.insist(&desk, 5));
    join_all(all).await;
    ledger::check_threads(&desk, &threads, &writers).await;
    place.stop_and_check();
}

fn run(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}
