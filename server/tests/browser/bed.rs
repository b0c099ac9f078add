//! A browser with the chat in it, and the desk behind it.

use crate::driver::Driver;
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use frontdesk_db::{Clock, SystemClock};
use frontdesk_server::config::Config;
use frontdesk_testkit::{Chaos, Desk, Engine, START, TestServer, eventually};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The server, a line to it that can break, a company, and a browser.
#[derive(Debug)]
pub(crate) struct Bed {
    pub(crate) server: TestServer,
    pub(crate) line: Chaos,
    pub(crate) desk: Desk,
    pub(crate) page: Client,
    driver: Driver,
    _profile: tempfile::TempDir,
}

impl Bed {
    pub(crate) async fn make() -> Self {
        Self::make_with(|_| {}).await
    }

    /// The same with a server that is set so.
    pub(crate) async fn make_with(change: impl FnOnce(&mut Config)) -> Self {
        let server = TestServer::start_with(Engine::Sqlite, change).await;
        // The page shows times of the server beside its own.
        let late = SystemClock.now().seconds() - START.seconds();
        server.clock.advance_seconds(late);
        let line = Chaos::before(server.running().address());
        let desk = server.company("Acme").await;
        let profile = tempfile::tempdir().unwrap();
        let driver = Driver::start(profile.path());
        let page = browser(&driver.url, profile.path()).await;
        Self {
            server,
            line,
            desk,
            page,
            driver,
            _profile: profile,
        }
    }

    /// The server's address as the browser has it: through the line.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.line.address())
    }

    /// The address of the chat with these parameters besides account and inbox.
    pub(crate) fn address(&self, more: &str) -> String {
        let Desk {
            account_id,
            inbox_id,
            ..
        } = &self.desk;
        format!(
            "{}/chat?token={account_id}&inbox={inbox_id}{more}",
            self.origin()
        )
    }

    /// Opens the chat.
    pub(crate) async fn open(&self, more: &str) {
        self.page.goto(&self.address(more)).await.unwrap();
        self.shows("#send").await;
    }

    pub(crate) async fn end(self) {
        self.page.close().await.unwrap();
        drop(self.line);
        self.server.stop().await;
    }

    /// The first element that fits, once there is one.
    pub(crate) async fn shows(&self, css: &str) -> Element {
        self.page
            .wait()
            .for_element(Locator::Css(css))
            .await
            .unwrap()
    }

    /// Types into an element.
    pub(crate) async fn write(&self, css: &str, text: &str) {
        self.shows(css).await.send_keys(text).await.unwrap();
    }

    /// Writes a message and sends it by keyboard.
    pub(crate) async fn say(&self, text: &str) {
        self.write("#text", &format!("{text}\u{E007}")).await;
    }

    /// Presses a key wherever the focus is.
    pub(crate) async fn press(&self, key: &str, code: u32) {
        for kind in ["rawKeyDown", "keyUp"] {
            let event =
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            self.devtools("Input.dispatchKeyEvent", event).await;
        }
    }

    /// The value of an expression in the page.
    pub(crate) async fn eval(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        self.page.execute(&script, Vec::new()).await.unwrap()
    }

    /// Waits until an expression in the page is true.
    pub(crate) async fn until(&self, expression: &str) {
        eventually(|| async { (self.eval(expression).await == json!(true)).then_some(()) }).await;
    }

    /// Goes into the frame that an expression of the page names.
    pub(crate) async fn enter(&self, frame: &str) {
        let script = format!("return {frame}");
        let found = self.page.execute(&script, Vec::new()).await.unwrap();
        let id = found.as_object().unwrap().values().next().unwrap();
        let id = id.as_str().unwrap().to_owned().into();
        let element = Element::from_element_id(self.page.clone(), id);
        element.enter_frame().await.unwrap();
    }

    /// Comes back from a frame to the page around it.
    pub(crate) async fn leave(&self) {
        self.page.clone().enter_parent_frame().await.unwrap();
    }

    /// Waits until the bubbles say exactly this.
    pub(crate) async fn bubbles(&self, texts: &[&str]) {
        let wanted = json!(texts).to_string();
        let said =
            "JSON.stringify([...document.querySelectorAll('.bubble')].map((it) => it.textContent))";
        self.until(&format!("{said} === JSON.stringify({wanted})"))
            .await;
    }

    /// Waits until the newest message of the visitor has been confirmed.
    pub(crate) async fn is_sent(&self) {
        self.until("[...document.querySelectorAll('.own .state')].at(-1)?.textContent === 'Sent'")
            .await;
    }

    /// The only conversation there is, once there is one.
    pub(crate) async fn conversation(&self) -> Value {
        let path = "/api/conversations?status=open";
        let all = eventually(|| async {
            let all = self.desk.get(path).await.data(200);
            all.as_array()
                .is_some_and(|all| !all.is_empty())
                .then_some(all)
        })
        .await;
        assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
        let id = all[0]["id"].as_str().unwrap();
        self.desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200)
    }

    /// The agent answers the only conversation.
    pub(crate) async fn reply(&self, body: &str) -> Value {
        let held = self.conversation().await;
        self.desk.reply(held["id"].as_str().unwrap(), body).await
    }

    /// The bodies the desk has, in order.
    pub(crate) async fn stored(&self) -> Vec<String> {
        let held = self.conversation().await;
        let messages = held["messages"].as_array().unwrap();
        let body = |message: &Value| message["body"].as_str().unwrap_or_default().to_owned();
        messages.iter().map(body).collect()
    }

    /// Keeps a picture of the page where pictures are wanted.
    pub(crate) async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("FRONTDESK_SCREENSHOTS") else {
            return;
        };
        self.until("document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getTiming().iterations === Infinity)").await;
        let bytes = self.page.screenshot().await.unwrap();
        std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), bytes).unwrap();
    }

    /// Makes the window this large inside.
    pub(crate) async fn size(&self, width: u32, height: u32) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// Says something to the browser itself.
    pub(crate) async fn devtools(&self, command: &str, params: Value) -> Value {
        let session = self.page.session_id().await.unwrap().unwrap();
        let url = format!("{}/session/{session}/goog/cdp/execute", self.driver.url);
        let body = json!({ "cmd": command, "params": params });
        let answer = self.server.http.post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{command}");
        answer.json().await.unwrap()
    }
}

async fn browser(driver: &str, profile: &Path) -> Client {
    let folder = format!("--user-data-dir={}", profile.display());
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=420,700",
        &folder,
    ];
    let capabilities = json!({ "goog:chromeOptions": { "args": flags } });
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities.as_object().unwrap().clone())
        .connect(driver)
        .await
        .unwrap()
}
