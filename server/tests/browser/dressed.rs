//! A site that dresses button and frame by itself, under a policy that lets no style in.

use crate::bed::Bed;
use crate::site::{BUTTON, FRAME, Site};

/// Two pictures of a site's own.
const RED: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='red'/></svg>";
const BLUE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='blue'/></svg>";

/// A strict site with our script and these settings, which lets pictures from `pictures` in.
async fn site(bed: &Bed, settings: &str, pictures: &str) -> Site {
    let origin = bed.origin();
    let (account, inbox) = (&bed.desk.account_id, &bed.desk.inbox_id);
    let html = format!(
        "<!doctype html><html lang=en><title>Shop</title><script src=/script.js></script>\
         <script async src=\"{origin}/widget.js\"></script>"
    );
    let policy = format!(
        "default-src 'none'; script-src 'self' {origin}; frame-src {origin}; img-src {pictures}; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let script = format!(
        "window.broken = []; addEventListener('securitypolicyviolation', (it) => broken.push(it.effectiveDirective)); \
         window.RED = 'data:image/svg+xml,' + encodeURIComponent(\"{RED}\"); \
         window.BLUE = 'data:image/svg+xml,' + encodeURIComponent(\"{BLUE}\"); \
         window.Frontdesk = {{ config: {{ account: '{account}', inbox: '{inbox}', ...{settings} }} }};"
    );
    let site = Site::with(html, policy, script).await;
    bed.page.goto(&site.url).await.unwrap();
    bed.until(&format!("!!({BUTTON})")).await;
    site
}

#[tokio::test]
async fn a_picture_of_the_site_stands_on_the_button() {
    let bed = Bed::make().await;
    let _site = site(&bed, "{ customIconUrl: window.RED }", "data:").await;
    let shown = format!("({BUTTON}).querySelector('img')?.src");
    bed.until(&format!("{shown} === window.RED")).await;
    bed.until(&format!("({BUTTON}).querySelector('svg') === null"))
        .await;
    bed.picture("custom-icon").await;
    bed.eval("Frontdesk.update({ customIconUrl: window.BLUE })")
        .await;
    bed.until(&format!("{shown} === window.BLUE")).await;
    bed.until(&format!("({BUTTON}).querySelectorAll('img').length === 1"))
        .await;
    assert_eq!(bed.eval("window.broken.length").await, 0);
    bed.end().await;
}

#[tokio::test]
async fn a_picture_that_does_not_come_leaves_the_drawing() {
    let bed = Bed::make().await;
    let _site = site(&bed, "{ customIconUrl: window.RED }", "'none'").await;
    bed.until("window.broken.includes('img-src')").await;
    bed.until(&format!("({BUTTON}).querySelector('svg') !== null"))
        .await;
    assert_eq!(
        bed.eval(&format!("({BUTTON}).querySelector('img')")).await,
        serde_json::Value::Null
    );
    bed.end().await;
}

#[tokio::test]
async fn styles_of_the_site_reach_button_and_frame() {
    let bed = Bed::make().await;
    let styles = "{ isOpenByDefault: true, styles: { chatContainer: { width: 300, zIndex: 7, height: '50vh' }, \
                  toggleContainer: { bottom: 60 }, toggleButton: { borderRadius: 8, 'no such': 1 } } }";
    let _site = site(&bed, styles, "'none'").await;
    bed.until("Frontdesk.isOpen === true").await;
    for (part, property, value) in [
        (FRAME, "width", "300px"),
        (FRAME, "zIndex", "7"),
        (FRAME, "borderRadius", "16px"),
        (BUTTON, "bottom", "60px"),
        (BUTTON, "borderRadius", "8px"),
    ] {
        bed.until(&format!(
            "getComputedStyle({part}).{property} === '{value}'"
        ))
        .await;
    }
    bed.until(&format!(
        "Math.abs(({FRAME}).getBoundingClientRect().height - innerHeight / 2) < 1"
    ))
    .await;
    bed.picture("styles").await;
    bed.eval("Frontdesk.update({ styles: { toggleButton: { borderRadius: 20 } } })")
        .await;
    bed.until(&format!(
        "getComputedStyle({BUTTON}).borderRadius === '20px'"
    ))
    .await;
    assert_eq!(bed.eval("window.broken.length").await, 0);
    bed.end().await;
}
