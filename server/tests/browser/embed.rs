//! The chat on other people's pages by our script.

use crate::bed::Bed;
use crate::site::{BUTTON, FRAME, Site, axe};
use serde_json::json;

/// A page with our script, as strict as a page can be: no style and no script but from here.
async fn with_script(bed: &Bed) -> Site {
    let (origin, account, inbox) = (bed.origin(), &bed.desk.account_id, &bed.desk.inbox_id);
    let html = format!(
        "<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1></main>\
         <script src=/script.js></script>\
         <script async src=\"{origin}/widget.js\" data-account={account} data-inbox={inbox} \
         data-greeting=Welcome></script>"
    );
    let policy = format!(
        "default-src 'none'; script-src 'self' {origin}; frame-src {origin}; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let script = "window.broken = []; addEventListener('securitypolicyviolation', (it) => \
                  broken.push(it.effectiveDirective));";
    Site::with(html, policy, script.to_owned()).await
}

#[tokio::test]
async fn a_strict_site_needs_two_sources_and_no_more() {
    let bed = Bed::make().await;
    let site = with_script(&bed).await;
    bed.page.goto(&site.url).await.unwrap();
    bed.until(&format!("!!({BUTTON})")).await;
    axe(&bed).await;
    bed.until(&format!("({BUTTON}).click(), window.Frontdesk.isOpen"))
        .await;
    bed.enter(FRAME).await;
    bed.bubbles(&["Welcome"]).await;
    bed.say("From the shop").await;
    bed.is_sent().await;
    bed.picture("embedded").await;
    bed.write("#text", "\u{E00C}").await;
    bed.leave().await;
    bed.until("!window.Frontdesk.isOpen").await;
    bed.reply("An answer").await;
    bed.until("window.Frontdesk.unread === 1").await;
    bed.until(&format!(
        "({BUTTON}).getAttribute('aria-label') === 'Open the chat, 1 unread'"
    ))
    .await;
    bed.eval("window.Frontdesk.open()").await;
    bed.until("window.Frontdesk.isOpen && window.Frontdesk.unread === 0")
        .await;
    assert_eq!(bed.eval("window.broken").await, json!([]));
    let held = bed.conversation().await;
    assert!(held["messages"][1]["seen_at"].is_string(), "{held}");
    bed.end().await;
}
