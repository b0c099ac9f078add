//! Lines that break, browsers that are offline, servers that are gone for a while.

use crate::bed::Bed;
use crate::door::Door;
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

#[tokio::test]
async fn the_page_paints_and_sends_before_there_is_a_socket() {
    let bed = Bed::make().await;
    let mut door = Door::before(bed.server.running().address()).await;
    let address = bed.address("&greeting=Hello");
    let address = address.replace(&bed.line.address().to_string(), &door.address.to_string());
    bed.page.goto(&address).await.unwrap();
    door.is_knocked_at().await;
    bed.until("performance.getEntriesByName('first-contentful-paint').length === 1")
        .await;
    bed.bubbles(&["Hello"]).await;
    bed.say("Is this thing on?").await;
    bed.is_sent().await;
    assert_eq!(bed.stored().await, ["Is this thing on?"]);
    // What comes after it waits, and the page says why.
    bed.say("Anybody?").await;
    bed.until("document.querySelector('#line').textContent.startsWith('Connecting again')")
        .await;
    bed.bubbles(&["Hello", "Is this thing on?", "Anybody?"])
        .await;
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
