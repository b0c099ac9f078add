//! What the page says to a host that frames it by itself, and what it does when the host speaks: the
//! messages that Papercups' pages exchange.

use crate::bed::Bed;
use crate::site::Site;
use serde_json::{Value, json};

const FRAME: &str = "document.querySelector('iframe')";

/// A host that notes what it hears and sends what a test gives it.
async fn host(bed: &Bed, more: &str) -> Site {
    let address = bed.address(&format!("&ts=77&closeable=1{more}"));
    let html = format!(
        "<!doctype html><html lang=en><title>Host</title><script src=/script.js></script>\
         <iframe title=Chat width=400 height=600 src=\"{}\"></iframe>",
        address.replace('&', "&amp;")
    );
    let script = "window.heard = []; addEventListener('message', ({ data }) => heard.push(data)); \
                  window.say = (event, payload) => { document.querySelector('iframe').contentWindow.postMessage({ event, payload }, '*'); };";
    let site = Site::with(html, "frame-ancestors 'none'".to_owned(), script.to_owned()).await;
    bed.page.goto(&site.url).await.unwrap();
    hears(bed, "chat:loaded").await;
    site
}

/// The newest payload under this name, once there is one. Each names the instance that was opened.
async fn hears(bed: &Bed, event: &str) -> Value {
    let event = json!(event);
    let newest = format!("window.heard.findLast((it) => it.event === {event})");
    bed.until(&format!("{newest} !== undefined")).await;
    let heard = bed.eval(&newest).await;
    assert_eq!(heard["payload"]["ts"], "77", "{heard}");
    heard["payload"].clone()
}

async fn says(bed: &Bed, event: &str, payload: Value) {
    let event = json!(event);
    bed.eval(&format!("window.say({event}, {payload})")).await;
}

#[tokio::test]
async fn a_host_hears_what_happens_in_its_frame() {
    let bed = Bed::make().await;
    let _site = host(&bed, "").await;
    says(&bed, "papercups:toggle", json!({ "isOpen": true })).await;
    bed.enter(FRAME).await;
    bed.say("Hello").await;
    bed.is_sent().await;
    bed.leave().await;
    let created = hears(&bed, "customer:created").await;
    let joined = hears(&bed, "conversation:join").await;
    let held = bed.conversation().await;
    assert_eq!(joined["conversationId"], held["id"]);
    assert_eq!(joined["customerId"], held["customer"]["id"]);
    assert_eq!(created["customerId"], held["customer"]["id"]);
    assert_eq!(hears(&bed, "message:sent").await["body"], "Hello");
    bed.reply("Hi").await;
    assert_eq!(hears(&bed, "message:received").await["body"], "Hi");
    hears(&bed, "messages:seen").await;

    says(&bed, "papercups:toggle", json!({ "isOpen": false })).await;
    bed.reply("Still there?").await;
    let unseen = hears(&bed, "messages:unseen").await;
    assert_eq!(unseen["message"]["body"], "Still there?");
    let held = bed.conversation().await;
    assert!(held["messages"][2]["seen_at"].is_null(), "{held}");
    bed.end().await;
}

#[tokio::test]
async fn a_host_says_more_of_the_visitor_before_and_after_the_first_message() {
    let bed = Bed::make().await;
    let _site = host(&bed, "").await;
    let said = json!({ "metadata": { "name": "Grace", "email": "grace@shop.example" } });
    says(&bed, "customer:update", said).await;
    bed.enter(FRAME).await;
    bed.say("Hello").await;
    bed.is_sent().await;
    bed.leave().await;
    let customer = bed.conversation().await["customer"].clone();
    assert_eq!(customer["name"], "Grace", "{customer}");
    assert_eq!(customer["email"], "grace@shop.example", "{customer}");

    let id = &customer["id"];
    let said = json!({ "customerId": id, "metadata": { "name": "Grace Hopper" } });
    says(&bed, "customer:update", said).await;
    assert_eq!(hears(&bed, "customer:updated").await["customerId"], *id);
    assert_eq!(bed.conversation().await["customer"]["name"], "Grace Hopper");
    bed.end().await;
}

#[tokio::test]
async fn a_host_changes_the_page_while_it_is_there() {
    let bed = Bed::make().await;
    let _site = host(&bed, "&title=Before&greeting=Hello").await;
    let changes = json!({ "title": "After", "greeting": "Welcome", "requireEmailUpfront": 1, "companyName": "Tea" });
    says(&bed, "config:update", changes).await;
    says(&bed, "papercups:plan", json!({ "plan": "team" })).await;
    says(&bed, "papercups:ping", Value::Null).await;
    bed.enter(FRAME).await;
    bed.bubbles(&["Welcome"]).await;
    bed.until("document.querySelector('#title').textContent === 'After'")
        .await;
    bed.until("!document.querySelector('#email-row').hidden")
        .await;
    bed.until("document.querySelector('.theirs .name').textContent === 'Tea'")
        .await;
    bed.end().await;
}

#[tokio::test]
async fn a_host_says_which_customer_the_visitor_is() {
    let bed = Bed::make().await;
    let (grace, _) = bed.desk.visitor("Grace", "From another place").await;
    let _site = host(&bed, "").await;
    says(&bed, "customer:set:id", json!(grace)).await;
    let written = ["From another place"];
    bed.enter(FRAME).await;
    bed.bubbles(&written).await;
    // The page remembers who it was told to be.
    bed.leave().await;
    bed.page.refresh().await.unwrap();
    bed.enter(FRAME).await;
    bed.bubbles(&written).await;
    bed.end().await;
}

#[tokio::test]
async fn the_greeting_shows_itself_beside_a_closed_chat() {
    let bed = Bed::make().await;
    let _site = host(&bed, "&greeting=Need%20help%3F").await;
    let shown = json!({ "shouldDisplayNotifications": true, "popUpInitialMessage": true });
    says(&bed, "notifications:display", shown).await;
    bed.enter(FRAME).await;
    bed.until("!document.querySelector('#preview').hidden && document.querySelector('.preview-text').textContent === 'Need help?'").await;
    bed.until("document.querySelector('#chat').hidden").await;
    bed.shows("#preview").await.click().await.unwrap();
    bed.leave().await;
    hears(&bed, "papercups:open").await;
    says(&bed, "papercups:toggle", json!({ "isOpen": true })).await;
    hears(&bed, "messages:seen").await;
    bed.enter(FRAME).await;
    bed.until(
        "document.querySelector('#preview').hidden && !document.querySelector('#chat').hidden",
    )
    .await;
    bed.shows("#close").await.click().await.unwrap();
    bed.leave().await;
    hears(&bed, "papercups:close").await;
    bed.end().await;
}

#[tokio::test]
async fn nobody_but_the_host_is_listened_to() {
    let bed = Bed::make().await;
    let _site = host(&bed, "&title=Ours").await;
    bed.enter(FRAME).await;
    bed.until("document.querySelector('#title').textContent === 'Ours'")
        .await;
    // The page itself, as a script in it would, and things that are no messages of a host.
    let forged = json!({ "event": "config:update", "payload": { "title": "Forged" } });
    bed.eval(&format!("window.postMessage({forged}, '*')"))
        .await;
    bed.leave().await;
    for odd in [
        "null",
        "7",
        "{ event: 'toString' }",
        "{ event: 'config:update', payload: null }",
    ] {
        let send =
            format!("document.querySelector('iframe').contentWindow.postMessage({odd}, '*')");
        bed.eval(&send).await;
    }
    says(&bed, "config:update", json!({ "subtitle": "Heard" })).await;
    bed.enter(FRAME).await;
    bed.until("document.querySelector('#subtitle').textContent === 'Heard'")
        .await;
    assert_eq!(
        bed.eval("document.querySelector('#title').textContent")
            .await,
        "Ours"
    );
    bed.end().await;
}
