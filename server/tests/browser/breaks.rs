//! Lines that break, browsers that are offline, servers that are gone for a while.

use crate::bed::Bed;
use serde_json::json;

#[tokio::test]
async fn nothing_is_lost_or_doubled_when_the_line_breaks() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("One").await;
    bed.is_sent().await;
    // The answers are held back, so the page cannot know what has arrived when the line ends.
    bed.line.stall();
    bed.say("Two").await;
    bed.say("Three").await;
    bed.line.cut();
    bed.line.resume();
    bed.is_sent().await;
    bed.bubbles(&["One", "Two", "Three"]).await;
    assert_eq!(bed.stored().await, ["One", "Two", "Three"]);
    bed.end().await;
}

#[tokio::test]
async fn what_is_written_offline_survives_a_reload_and_is_sent_once() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("Before").await;
    bed.is_sent().await;
    network(&bed, true).await;
    bed.until("document.querySelector('#line').textContent.startsWith('You are offline')")
        .await;
    bed.line.cut();
    bed.say("Meanwhile").await;
    bed.until("[...document.querySelectorAll('.own .state')].at(-1).textContent === 'Waiting for a connection'").await;
    bed.picture("offline").await;
    network(&bed, false).await;
    bed.page.refresh().await.unwrap();
    bed.bubbles(&["Before", "Meanwhile"]).await;
    bed.is_sent().await;
    assert_eq!(bed.stored().await, ["Before", "Meanwhile"]);
    bed.until("document.querySelector('#line').textContent === ''")
        .await;
    bed.end().await;
}

#[tokio::test]
async fn what_was_said_during_a_break_is_there_after_it() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("Anybody there?").await;
    bed.is_sent().await;
    bed.line.stall();
    bed.reply("Yes.").await;
    bed.line.cut();
    bed.line.resume();
    bed.bubbles(&["Anybody there?", "Yes."]).await;
    bed.end().await;
}

/// Takes the browser's network away, or gives it back.
async fn network(bed: &Bed, offline: bool) {
    let conditions = json!({
        "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    bed.devtools("Network.enable", json!({})).await;
    bed.devtools("Network.emulateNetworkConditions", conditions)
        .await;
}
