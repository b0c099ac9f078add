//! The widget that Papercups made, pointed at our page.

use crate::bed::Bed;
use crate::site::{Site, installed};
use serde_json::{Value, json};

const FRAME: &str = "document.querySelector('iframe')";
const BUTTON: &str = ".Papercups-toggleButtonContainer button";

/// A site that has the widget with these settings beside the usual ones.
async fn site(bed: &Bed, more: &Value) -> Site {
    let (origin, account, inbox) = (bed.origin(), &bed.desk.account_id, &bed.desk.inbox_id);
    let html = format!(
        "<!doctype html><html lang=en><title>Shop</title>\
         <body data-account={account} data-inbox={inbox} data-origin=\"{origin}\" data-more='{more}'>\
         <script src=/script.js></script>"
    );
    let script = installed("node_modules/.cache/bubble.js");
    let site = Site::with(html, "frame-ancestors 'none'".to_owned(), script).await;
    bed.page.goto(&site.url).await.unwrap();
    bed.shows(BUTTON).await;
    site
}

/// Presses the button, and goes into the frame once it is there to see.
async fn opens(bed: &Bed) {
    bed.shows(BUTTON).await.click().await.unwrap();
    bed.until(&format!("{FRAME}?.getBoundingClientRect().height > 100"))
        .await;
    bed.enter(FRAME).await;
}

/// Waits until the site has heard this and no more.
async fn hears(bed: &Bed, heard: &Value) {
    let heard = json!(heard.to_string());
    bed.until(&format!("JSON.stringify(window.heard) === {heard}"))
        .await;
}

#[tokio::test]
async fn the_widget_that_papercups_made_works_on_top() {
    let bed = Bed::make().await;
    let _site = site(&bed, &json!({})).await;
    opens(&bed).await;
    bed.bubbles(&["Hello from the shop"]).await;
    bed.say("By the old widget").await;
    bed.is_sent().await;
    bed.picture("papercups").await;
    bed.leave().await;
    bed.reply("It works").await;
    let heard = json!([
        ["opened", null],
        ["sent", "By the old widget"],
        ["received", "It works"]
    ]);
    hears(&bed, &heard).await;
    let held = bed.conversation().await;
    assert_eq!(held["customer"]["name"], "Grace");
    assert_eq!(held["customer"]["external_id"], "shop-7");
    bed.end().await;
}

#[tokio::test]
async fn escape_puts_the_greeting_away_and_opens_nothing() {
    let bed = Bed::make().await;
    let _site = site(&bed, &json!({ "popUpInitialMessage": true })).await;
    bed.until(&format!("{FRAME}?.getBoundingClientRect().height > 100"))
        .await;
    bed.enter(FRAME).await;
    bed.write("#preview", "\u{E00C}").await;
    bed.until("document.querySelector('#preview').hidden").await;
    bed.leave().await;
    assert_eq!(bed.eval("window.heard").await, json!([]));
    bed.until(&format!("{FRAME}.getBoundingClientRect().height === 0"))
        .await;
    bed.end().await;
}

#[tokio::test]
async fn storytime_says_which_customer_the_visitor_is() {
    let bed = Bed::make().await;
    let (grace, _) = bed.desk.visitor("Grace", "From another place").await;
    let _site = site(&bed, &json!({ "customer": null })).await;
    opens(&bed).await;
    bed.say("Before").await;
    bed.is_sent().await;
    bed.leave().await;
    let detail = json!({ "detail": grace });
    bed.eval(&format!(
        "dispatchEvent(new CustomEvent('storytime:customer:set', {detail}))"
    ))
    .await;
    // The widget opens the frame anew, with the customer in its address.
    bed.until(&format!("{FRAME}.src.includes('{grace}')")).await;
    bed.enter(FRAME).await;
    bed.bubbles(&["Hello from the shop", "From another place"])
        .await;
    bed.end().await;
}
