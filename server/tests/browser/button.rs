//! `window.Frontdesk`: what a site asks of the script, and what the script tells it.

use crate::bed::Bed;
use crate::site::{BUTTON, FRAME, Site};
use serde_json::json;

/// A site with our script and these settings, an expression in which `note` keeps what a callback hears.
async fn site(bed: &Bed, settings: &str) -> Site {
    let origin = bed.origin();
    let (account, inbox) = (&bed.desk.account_id, &bed.desk.inbox_id);
    let html = format!(
        "<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1><button id=other>Buy</button></main>\
         <script src=/script.js></script><script async src=\"{origin}/widget.js\"></script>"
    );
    let script = format!(
        "window.heard = []; const note = (name) => (payload) => heard.push([name, payload?.body ?? null]); \
         window.Papercups = {{ config: {{ token: '{account}', inbox: '{inbox}', ...{settings} }} }}; \
         addEventListener('frontdesk:ready', () => {{ for (const name of ['ready', 'open', 'close', 'unread', \
         'message:sent', 'message:received', 'customer:created']) Frontdesk.on(name, note(name)); }});"
    );
    let site = Site::with(html, "default-src * 'unsafe-inline'".to_owned(), script).await;
    visit(bed, &site).await;
    site
}

async fn visit(bed: &Bed, site: &Site) {
    bed.page.goto(&site.url).await.unwrap();
    hears(bed, "ready").await;
}

/// Waits until something was heard.
async fn hears(bed: &Bed, name: &str) {
    let name = json!(name);
    bed.until(&format!("window.heard.some(([it]) => it === {name})"))
        .await;
}

async fn dispatches(bed: &Bed, event: &str) {
    bed.eval(&format!("dispatchEvent(new CustomEvent('{event}'))"))
        .await;
}

#[tokio::test]
async fn a_site_opens_closes_and_hears() {
    let bed = Bed::make().await;
    let callbacks = "{ onChatLoaded: ({ open, close, identify }) => { open(); close(); note('loaded')(); }, \
                     onChatOpened: note('opened'), onChatClosed: note('closed'), \
                     onMessageSent: note('sent'), onMessageReceived: note('received') }";
    let _site = site(&bed, callbacks).await;
    for name in ["loaded", "opened", "closed"] {
        hears(&bed, name).await;
    }
    let states = [
        ("papercups:open", true),
        ("papercups:toggle", false),
        ("papercups:toggle", true),
        ("papercups:close", false),
    ];
    for (event, is_open) in states {
        dispatches(&bed, event).await;
        bed.until(&format!("Frontdesk.isOpen === {is_open}")).await;
    }
    bed.eval("Frontdesk.toggle()").await;
    bed.enter(FRAME).await;
    bed.say("Hello").await;
    bed.is_sent().await;
    bed.leave().await;
    bed.eval("Frontdesk.close()").await;
    bed.reply("Hi").await;
    bed.until("Frontdesk.unread === 1").await;
    let heard = "JSON.stringify(window.heard.filter(([name]) => /message|sent|received|customer/.test(name)))";
    let both = json!([
        ["customer:created", null],
        ["message:sent", "Hello"],
        ["sent", "Hello"],
        ["message:received", "Hi"],
        ["received", "Hi"]
    ]);
    assert_eq!(bed.eval(heard).await, both.to_string());

    bed.eval("Frontdesk.remove()").await;
    assert_eq!(bed.eval(&format!("({BUTTON}) === undefined")).await, true);
    // Whoever still asks asks nobody.
    let before = bed.eval("window.heard.length").await;
    dispatches(&bed, "papercups:open").await;
    assert_eq!(bed.eval("window.heard.length").await, before);
    bed.end().await;
}

#[tokio::test]
async fn a_site_says_who_the_visitor_is_and_changes_what_it_said() {
    let bed = Bed::make().await;
    let (grace, _) = bed.desk.visitor("Grace", "From another place").await;
    let _site = site(&bed, "{}").await;
    bed.eval("Frontdesk.update({ title: 'Ask away', primaryColor: '00ff00', position: { side: 'left', offset: 50 } })")
        .await;
    bed.until(&format!("({BUTTON}).getBoundingClientRect().left === 50"))
        .await;
    bed.until(&format!(
        "getComputedStyle({BUTTON}).backgroundColor === 'rgb(0, 255, 0)'"
    ))
    .await;
    bed.eval("Frontdesk.open()").await;
    bed.enter(FRAME).await;
    bed.until("document.querySelector('#title').textContent === 'Ask away'")
        .await;
    bed.leave().await;
    bed.eval("Frontdesk.identify({ external_id: 'shop-7', name: 'Ada' })")
        .await;
    bed.enter(FRAME).await;
    bed.shows("#send").await;
    bed.say("Hello").await;
    bed.is_sent().await;
    bed.leave().await;
    let known = bed.desk.get("/api/customers?q=Ada").await.is(200);
    assert_eq!(known["data"][0]["external_id"], "shop-7", "{known}");
    let detail = json!({ "detail": grace });
    bed.eval(&format!(
        "dispatchEvent(new CustomEvent('papercups:customer:set', {detail}))"
    ))
    .await;
    bed.enter(FRAME).await;
    bed.bubbles(&["From another place"]).await;
    bed.leave().await;
    let (lin, _) = bed.desk.visitor("Lin", "From a third place").await;
    let detail = json!({ "detail": lin });
    bed.eval(&format!(
        "dispatchEvent(new CustomEvent('storytime:customer:set', {detail}))"
    ))
    .await;
    bed.enter(FRAME).await;
    bed.bubbles(&["From a third place"]).await;
    bed.end().await;
}

#[tokio::test]
async fn the_inboxs_settings_dress_the_button_and_open_the_chat() {
    let bed = Bed::make().await;
    let settings = json!({ "widget_settings": { "color": "aa0000", "is_open_by_default": true,
        "icon_variant": "filled", "inbox_id": bed.desk.inbox_id } });
    bed.desk.put("/api/widget_settings", settings).await.is(200);
    let site = site(&bed, "{ persistOpenState: false }").await;
    bed.until("Frontdesk.isOpen").await;
    bed.until(&format!(
        "getComputedStyle({BUTTON}).backgroundColor === 'rgb(170, 0, 0)'"
    ))
    .await;
    // It opened by itself, so the focus is still the visitor's.
    bed.until("document.activeElement === document.body").await;
    bed.picture("open-by-default").await;
    bed.eval("Frontdesk.close()").await;
    visit(&bed, &site).await;
    bed.until("Frontdesk.isOpen").await;
    bed.end().await;
}

#[tokio::test]
async fn a_chat_stays_as_the_visitor_left_it_where_the_site_wants_that() {
    let bed = Bed::make().await;
    let site = site(&bed, "{ persistOpenState: true, isOpenByDefault: true }").await;
    let dressed = format!("getComputedStyle({BUTTON}).getPropertyValue('--brand') !== ''");
    bed.until(&dressed).await;
    assert_eq!(bed.eval("Frontdesk.isOpen").await, false);
    bed.eval("Frontdesk.open()").await;
    visit(&bed, &site).await;
    bed.until("Frontdesk.isOpen").await;
    bed.eval("Frontdesk.close()").await;
    visit(&bed, &site).await;
    bed.until(&dressed).await;
    assert_eq!(bed.eval("Frontdesk.isOpen").await, false);
    bed.end().await;
}

#[tokio::test]
async fn outside_working_hours_it_hides_where_the_site_wants_that() {
    let bed = Bed::make().await;
    for (outside, width) in [("true", 0), ("false", 60)] {
        let settings =
            format!("{{ hideOutsideWorkingHours: true, isOutsideWorkingHours: {outside} }}");
        let _site = site(&bed, &settings).await;
        let painted = format!("({BUTTON}).style.getPropertyValue('--brand') !== ''");
        bed.until(&painted).await;
        bed.until(&format!(
            "({BUTTON}).getBoundingClientRect().width === {width}"
        ))
        .await;
    }
    let _site = site(&bed, "{ hideToggleButton: true }").await;
    bed.until(&format!("getComputedStyle({BUTTON}).display === 'none'"))
        .await;
    bed.end().await;
}

#[tokio::test]
async fn a_greeting_goes_away_by_escape_and_the_focus_to_the_button() {
    let bed = Bed::make().await;
    let _site = site(
        &bed,
        "{ popUpInitialMessage: true, greeting: 'Need help?' }",
    )
    .await;
    bed.until(&format!("({FRAME}).getBoundingClientRect().height === 170"))
        .await;
    bed.enter(FRAME).await;
    bed.write("#preview", "\u{E00C}").await;
    bed.leave().await;
    bed.until(&format!("({FRAME}).hidden")).await;
    assert_eq!(bed.eval("Frontdesk.isOpen").await, false);
    bed.until(&format!(
        "({BUTTON}).getRootNode().activeElement === ({BUTTON})"
    ))
    .await;
    bed.end().await;
}

#[tokio::test]
async fn a_greeting_pops_up_once() {
    let bed = Bed::make().await;
    let site = site(
        &bed,
        "{ popUpInitialMessage: true, greeting: 'Need help?' }",
    )
    .await;
    bed.until(&format!("({FRAME}).getBoundingClientRect().height === 170"))
        .await;
    bed.enter(FRAME).await;
    bed.shows("#preview").await;
    bed.until("document.querySelector('.preview-text').textContent === 'Need help?'")
        .await;
    bed.until("document.documentElement.scrollHeight <= innerHeight")
        .await;
    bed.picture("pop-up").await;
    bed.shows("#preview").await.click().await.unwrap();
    bed.leave().await;
    bed.until("Frontdesk.isOpen").await;
    bed.eval("Frontdesk.close()").await;
    bed.until(&format!("({FRAME}).getBoundingClientRect().height === 0"))
        .await;
    visit(&bed, &site).await;
    let painted = format!("({BUTTON}).style.getPropertyValue('--brand') !== ''");
    bed.until(&painted).await;
    assert_eq!(bed.eval(&format!("({FRAME}).hidden")).await, true);
    bed.end().await;
}
