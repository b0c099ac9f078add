//! A site of somebody else's: its pages come from another origin and say what browsers must forbid.

use crate::bed::Bed;
use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::routing::get;
use serde_json::{Value, json};
use std::path::PathBuf;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The button of our script, as an expression of its page.
pub(crate) const BUTTON: &str = "[...document.querySelectorAll('div')].map((it) => it.shadowRoot?.querySelector('.button')).find(Boolean)";

/// The frame of our script.
pub(crate) const FRAME: &str = "[...document.querySelectorAll('div')].map((it) => it.shadowRoot?.querySelector('.frame')).find(Boolean)";

/// A running site with one page and one script.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) url: String,
    task: JoinHandle<()>,
}

impl Site {
    pub(crate) async fn with(html: String, policy: String, script: String) -> Self {
        let page = [
            (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (CONTENT_SECURITY_POLICY, policy),
        ];
        let router = Router::new()
            .route("/", get(async move || (page.clone(), html.clone())))
            .route(
                "/script.js",
                get(async move || ([(CONTENT_TYPE, "text/javascript")], script.clone())),
            );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, task }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A file below `tests/browser/js`, which `cargo xtask test --only browser` installs and builds.
pub(crate) fn installed(path: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/browser/js");
    std::fs::read_to_string(folder.join(path)).unwrap()
}

/// Lets axe look at the page as it is; whatever it finds fails the test.
pub(crate) async fn axe(bed: &Bed) {
    bed.until("document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getTiming().iterations === Infinity)").await;
    let script = format!(
        "{}; const done = arguments[0]; axe.run().then(({{ violations, passes }}) => done({{ passes: passes.length, \
         found: violations.map(({{ id, nodes }}) => [id, nodes.map(({{ html }}) => html)]) }}));",
        installed("node_modules/axe-core/axe.min.js")
    );
    let found: Value = bed.page.execute_async(&script, Vec::new()).await.unwrap();
    assert_eq!(found["found"], json!([]));
    assert!(found["passes"].as_u64() > Some(10), "{found}");
}
