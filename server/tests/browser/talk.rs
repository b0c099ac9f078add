//! Writing and being answered.

use crate::bed::Bed;
use frontdesk_server::config::ByteSize;
use frontdesk_testkit::{eventually, setting};
use serde_json::json;

#[tokio::test]
async fn a_visitor_writes_is_answered_and_comes_back() {
    let bed = Bed::make().await;
    bed.open("&greeting=Hi%20there").await;
    bed.bubbles(&["Hi there"]).await;
    bed.say("Where is my order?").await;
    bed.is_sent().await;
    assert_eq!(bed.stored().await, ["Where is my order?"]);
    let reply = bed.reply("On its way.").await;
    bed.bubbles(&["Hi there", "Where is my order?", "On its way."])
        .await;
    let path = format!("/api/messages/{}", reply["id"].as_str().unwrap());
    eventually(|| async {
        let message = bed.desk.get(&path).await.data(200);
        (!message["seen_at"].is_null()).then_some(())
    })
    .await;
    bed.page.refresh().await.unwrap();
    bed.bubbles(&["Hi there", "Where is my order?", "On its way."])
        .await;
    bed.say("Thank you").await;
    bed.is_sent().await;
    assert_eq!(bed.stored().await.len(), 3);
    bed.end().await;
}

#[tokio::test]
async fn two_tabs_show_one_conversation() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("From the first tab").await;
    bed.is_sent().await;
    let first = bed.page.window().await.unwrap();
    let second = bed.page.new_window(true).await.unwrap();
    bed.page.switch_to_window(second.handle).await.unwrap();
    bed.open("").await;
    bed.bubbles(&["From the first tab"]).await;
    bed.say("From the second tab").await;
    bed.is_sent().await;
    bed.page.switch_to_window(first).await.unwrap();
    bed.bubbles(&["From the first tab", "From the second tab"])
        .await;
    assert_eq!(bed.stored().await.len(), 2);
    bed.end().await;
}

#[tokio::test]
async fn a_visitor_sees_that_they_were_read() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("Hello").await;
    bed.is_sent().await;
    let topic = format!("notification:{}", bed.desk.account_id);
    let mut agent = bed.desk.socket().await;
    agent.join(&topic, json!({})).await;
    let id = bed.conversation().await["id"].clone();
    agent
        .push(&topic, "read", json!({ "conversation_id": id }))
        .await;
    let seen = "document.querySelector('.own .state')?.textContent === 'Seen'";
    bed.until(seen).await;
    bed.page.refresh().await.unwrap();
    bed.until(seen).await;
    bed.say("Anybody?").await;
    bed.until("[...document.querySelectorAll('.own .state')].at(-1).textContent === 'Sent'")
        .await;
    drop(agent);
    bed.end().await;
}

#[tokio::test]
async fn typing_is_seen_on_both_sides() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("Hello").await;
    bed.is_sent().await;
    let topic = format!("notification:{}", bed.desk.account_id);
    let mut agent = bed.desk.socket().await;
    agent.join(&topic, json!({})).await;
    bed.write("#text", "I wonder").await;
    assert_eq!(agent.event(&topic, "typing").await["typing"], true);
    let id = bed.conversation().await["id"].clone();
    let typing = json!({ "conversation_id": id, "typing": true });
    agent.push(&topic, "typing", typing).await;
    bed.until("document.querySelector('#typing').textContent.endsWith(' is typing')")
        .await;
    bed.until("document.querySelector('#typing').textContent === ''")
        .await;
    drop(agent);
    bed.end().await;
}

#[tokio::test]
async fn a_file_goes_along() {
    let bed = Bed::make().await;
    bed.open("").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("invoice.png");
    std::fs::write(&file, include_bytes!("../../../docs/images/chat-light.png")).unwrap();
    bed.write("#file", file.to_str().unwrap()).await;
    bed.until(
        "!document.querySelector('.upload progress') && !document.querySelector('#send').disabled",
    )
    .await;
    bed.say("Here it is").await;
    bed.is_sent().await;
    bed.until("document.querySelector('.picture')?.naturalWidth > 0")
        .await;
    bed.picture("attachment").await;
    let held = bed.conversation().await;
    assert_eq!(
        held["messages"][0]["attachments"][0]["filename"],
        "invoice.png"
    );
    bed.end().await;
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_about_and_holds_nothing_up() {
    let bed = Bed::make_with(|config| config.limits.upload = ByteSize::mebibytes(1)).await;
    bed.open("").await;
    let folder = tempfile::tempdir().unwrap();
    // One that the server can hear out, and one that it stops at once.
    for (name, mebibytes) in [("holiday.mov", 2), ("wedding.mov", 60)] {
        let file = folder.path().join(name);
        std::fs::write(&file, vec![7; mebibytes * 1024 * 1024]).unwrap();
        bed.write("#file", file.to_str().unwrap()).await;
        let problem = json!(format!("{name} is too large."));
        bed.until(&format!(
            "document.querySelector('.upload .problem')?.textContent === {problem}"
        ))
        .await;
        bed.picture("too-large").await;
        bed.shows(".upload button").await.click().await.unwrap();
        bed.until("document.querySelector('#files').hidden").await;
    }
    bed.say("It does not fit").await;
    bed.is_sent().await;
    assert_eq!(bed.stored().await, ["It does not fit"]);
    bed.end().await;
}

#[tokio::test]
async fn what_customers_and_agents_write_stays_text() {
    let bed = Bed::make().await;
    bed.open("&greeting=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
        .await;
    let text = "<b>no</b> javascript:alert(1) https://example.com/a?b=1.";
    bed.say("Hi").await;
    bed.is_sent().await;
    bed.reply(text).await;
    bed.bubbles(&["<img src=x onerror=alert(1)>", "Hi", text])
        .await;
    let links =
        "JSON.stringify([...document.querySelectorAll('.bubble *')].map((it) => it.outerHTML))";
    let link = r#"<a href="https://example.com/a?b=1" target="_blank" rel="noopener noreferrer nofollow">https://example.com/a?b=1</a>"#;
    assert_eq!(bed.eval(links).await, json!([link]).to_string());
    bed.end().await;
}

#[tokio::test]
async fn suggested_replies_are_sent_with_one_press() {
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("Hi").await;
    bed.is_sent().await;
    let id = bed.conversation().await["id"].clone();
    let replies = json!([{ "text": "Yes, please", "action": "yes" }]);
    let message = json!({ "conversation_id": id, "body": "Shall I?", "metadata": { "quick_replies": replies } });
    bed.desk
        .post("/api/messages", json!({ "message": message }))
        .await
        .data(201);
    bed.bubbles(&["Hi", "Shall I?"]).await;
    bed.shows(".quick").await.click().await.unwrap();
    bed.bubbles(&["Hi", "Shall I?", "Yes, please"]).await;
    bed.is_sent().await;
    bed.until("document.querySelectorAll('.quick').length === 0")
        .await;
    let held = bed.conversation().await;
    assert_eq!(held["messages"][2]["metadata"]["quick_reply"], "yes");
    bed.end().await;
}

#[tokio::test]
async fn an_address_is_asked_for_where_the_site_wants_one() {
    let bed = Bed::make().await;
    bed.open("&requireEmailUpfront=1").await;
    bed.say("Hello").await;
    bed.until("document.activeElement.id === 'email' && document.querySelector('#email-problem').textContent !== ''").await;
    bed.write("#email", "grace@example.com").await;
    bed.say("").await;
    bed.is_sent().await;
    let held = bed.conversation().await;
    assert_eq!(held["customer"]["email"], "grace@example.com");
    bed.until("document.querySelector('#email-row').hidden")
        .await;
    bed.end().await;
}

/// Says so many things one after the other, each once the one before is confirmed, and how long each took
/// from the click to the word below it, in milliseconds.
const ROUND_TRIPS: &str = "const [rounds, done] = arguments;
const confirmed = (words) => [...document.querySelectorAll('.own')].some((line) =>
  line.textContent.includes(words) && ['Sent', 'Seen'].includes(line.querySelector('.state').textContent));
const once = (words) => new Promise((resolve) => {
  const began = performance.now();
  const watch = new MutationObserver(() => {
    if (confirmed(words)) {
      watch.disconnect();
      resolve(performance.now() - began);
    }
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  const text = document.querySelector('#text');
  text.value = words;
  text.dispatchEvent(new Event('input', { bubbles: true }));
  document.querySelector('#send').click();
});
(async () => {
  const took = [];
  for (let round = 0; round < rounds; round += 1) {
    took.push(await once(`Number ${round}.`));
  }
  done(took);
})();";

/// From the click on send to the server's yes on the page. `FRONTDESK_CHAT_ROUNDS=200` measures so many.
#[tokio::test]
async fn what_is_said_is_confirmed_on_the_page() {
    let rounds = setting("FRONTDESK_CHAT_ROUNDS").unwrap_or(1);
    let bed = Bed::make().await;
    bed.open("").await;
    bed.say("Hello").await;
    bed.is_sent().await;
    let took = bed
        .page
        .execute_async(ROUND_TRIPS, vec![json!(rounds)])
        .await
        .unwrap();
    let mut took: Vec<f64> = serde_json::from_value(took).unwrap();
    took.sort_by(f64::total_cmp);
    assert_eq!(took.len() as u64, rounds);
    println!(
        "median {:.1} ms, most {:.1} ms",
        took[took.len() / 2],
        took[took.len() - 1]
    );
    bed.end().await;
}
