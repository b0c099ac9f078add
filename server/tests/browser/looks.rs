//! What the page looks like in its main states, for people to look at, and what it must show there.

use crate::bed::Bed;
use serde_json::json;

async fn talk(bed: &Bed) {
    bed.say("Hello, where is my order 1042?").await;
    bed.is_sent().await;
    bed.reply("Hi Grace. It left us this morning.").await;
    bed.reply("You can follow it at https://track.example.com/1042.")
        .await;
    bed.say("Wonderful, thank you").await;
    bed.is_sent().await;
}

#[tokio::test]
async fn light_and_dark() {
    let bed = Bed::make().await;
    let topic = format!("notification:{}", bed.desk.account_id);
    let mut agent = bed.desk.socket().await;
    let more = "&title=Tea%20%26%20Leaves&subtitle=Ask%20us%20anything&showAgentAvailability=1&greeting=Hello!%20How%20can%20we%20help%3F&primaryColor=0f766e";
    bed.open(&format!("{more}&theme=light")).await;
    bed.until("document.querySelector('#office').dataset.there === 'false'")
        .await;
    bed.picture("greeting-light").await;
    agent.join(&topic, json!({})).await;
    bed.until("document.querySelector('#office').dataset.there === 'true'")
        .await;
    talk(&bed).await;
    bed.picture("conversation-light").await;
    bed.open(&format!("{more}&theme=dark")).await;
    bed.shows(".theirs .bubble a").await;
    bed.until("getComputedStyle(document.body).backgroundColor === 'rgb(21, 23, 27)'")
        .await;
    bed.picture("conversation-dark").await;
    drop(agent);
    bed.end().await;
}

#[tokio::test]
async fn outside_working_hours_it_says_so() {
    let bed = Bed::make().await;
    bed.open("&isOutsideWorkingHours=true&greeting=Hello&awayMessage=We%20are%20back%20at%20nine.&showAgentAvailability=1").await;
    bed.bubbles(&["We are back at nine."]).await;
    bed.picture("away").await;
    bed.end().await;
}
