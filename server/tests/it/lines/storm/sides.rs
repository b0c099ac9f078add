//! The services of the storm: how a customer of each writes and changes words, how the desk is told, and
//! what the service has taken.

use super::super::slack::{envelope, event, posts_at};
use super::super::telegram::{self, Telegram};
use super::super::twilio::{ACCOUNT, OURS, TOKEN, Twilio, posts};
use super::super::workspace::{APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Workspace};
use super::super::{connect, custom};
use super::bridge::Bridge;
use super::weather::{Manner, Weather};
use frontdesk_testkit::{Chance, Desk};
use futures_util::future::{BoxFuture, FutureExt};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

/// A service, seen from outside.
pub(super) trait Side: Send + Sync {
    /// What there is to tell when the customer of a thread writes.
    fn writes(&self, thread: usize, number: usize, text: &str, now: i64) -> Value;

    /// What there is to tell when they change what they wrote, where the service has that.
    fn changes(&self, _told: &Value, _text: &str, _now: i64) -> Option<Value> {
        None
    }

    /// Tells the desk, in one of the ways there are.
    fn tells<'a>(&'a self, told: &'a Value, way: usize, now: i64) -> BoxFuture<'a, ()>;

    /// What there is to tell of what the desk sent.
    fn echoes(&self) -> Vec<Value> {
        Vec::new()
    }

    /// Something happens to the line, where there is one.
    fn shakes(&self, _way: usize) {}

    /// The texts it took and whom they are for, in their order.
    fn taken(&self) -> Vec<(String, String)>;
}

fn words(said: &Value, field: &str) -> String {
    said[field].as_str().unwrap_or_default().to_owned()
}

/// Text messages by Twilio.
pub(super) struct Texts(Twilio, String);

impl Texts {
    pub(super) async fn connect(desk: &Desk, chance: Chance) -> (Self, Weather) {
        let manner = Manner {
            sends: |path| path.ends_with("/Messages.json"),
            busy: |_| json!({ "code": 20429, "status": 429 }),
            expired: (401, || json!({ "code": 20003, "status": 401 })),
        };
        let weather = Weather::bad(manner, chance);
        let twilio = Twilio::start_behind(|it| weather.before(it)).await;
        let settings = json!({ "account_sid": ACCOUNT, "numbers": [OURS], "base_url": twilio.url });
        let hook = connect(desk, "sms", settings, json!({ "auth_token": TOKEN })).await;
        (Self(twilio, hook), weather)
    }
}

impl Side for Texts {
    fn writes(&self, thread: usize, number: usize, text: &str, _: i64) -> Value {
        json!({ "url": self.1, "fields": { "AccountSid": ACCOUNT, "To": OURS, "Body": text,
            "MessageSid": format!("SM{number}"), "From": format!("+1555000000{thread}") } })
    }

    fn tells<'a>(&'a self, told: &'a Value, _: usize, _: i64) -> BoxFuture<'a, ()> {
        async move {
            let fields = told["fields"].as_object().unwrap();
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
                .collect();
            let answered = posts(told["url"].as_str().unwrap(), TOKEN, &fields).await;
            assert_eq!(answered, 204, "{told}");
        }
        .boxed()
    }

    fn echoes(&self) -> Vec<Value> {
        let told = self
            .0
            .taken("StatusCallback")
            .into_iter()
            .flat_map(|url| ["sent", "delivered"].map(|status| (url.clone(), status)));
        told.map(|(url, status)| {
            json!({ "url": url, "fields": { "AccountSid": ACCOUNT, "MessageSid": "SM0",
            "MessageStatus": status } })
        })
        .collect()
    }

    fn taken(&self) -> Vec<(String, String)> {
        let (whom, what) = (self.0.taken("To"), self.0.taken("Body"));
        whom.into_iter().zip(what).collect()
    }
}

/// Channels of Slack's, told of by requests, over a line, or not at all.
pub(super) struct Channels {
    slack: Workspace,
    hook: String,
    /// The first message of each thread, whose moment names it.
    roots: Mutex<HashMap<usize, String>>,
    changes: AtomicU32,
}

impl Channels {
    pub(super) async fn connect(desk: &Desk, chance: Chance) -> (Self, Weather) {
        let manner = Manner {
            sends: |path| path.ends_with("/chat.postMessage"),
            busy: |_| json!({ "ok": false, "error": "ratelimited" }),
            expired: (200, || json!({ "ok": false, "error": "token_expired" })),
        };
        let weather = Weather::bad(manner, chance);
        let slack = Workspace::start_behind(|it| weather.before(it)).await;
        let settings = json!({ "team_id": "T1", "base_url": format!("{}/api", slack.url) });
        let secrets = json!({ "bot_token": BOT_TOKEN, "app_token": APP_TOKEN,
            "signing_secret": SIGNING_SECRET });
        let hook = connect(desk, "slack", settings, secrets).await;
        let it = Self {
            slack,
            hook,
            roots: Mutex::default(),
            changes: AtomicU32::default(),
        };
        (it, weather)
    }
}

impl Side for Channels {
    fn writes(&self, thread: usize, number: usize, text: &str, now: i64) -> Value {
        let ts = format!("{now}.{number:06}");
        let root = self
            .roots
            .lock()
            .entry(thread)
            .or_insert(ts.clone())
            .clone();
        let said = event(&format!("Ev{number}"), &ts, |it| {
            (it["text"], it["user"]) = (json!(text), json!(format!("U8{thread}")));
            if root != ts {
                it["thread_ts"] = json!(root);
            }
        });
        self.slack.writes(said["event"].clone());
        said
    }

    fn changes(&self, told: &Value, text: &str, now: i64) -> Option<Value> {
        let mut message = told["event"].clone();
        let edited = format!("{now}.{:06}", self.changes.fetch_add(1, Ordering::Relaxed));
        message["edited"] = json!({ "user": message["user"], "ts": edited });
        message["text"] = json!(text);
        self.slack.rewrites(&message);
        let mut said = told.clone();
        said["event_id"] = json!(format!("{}-{edited}", words(told, "event_id")));
        said["event"] = json!({ "type": "message", "subtype": "message_changed", "ts": edited,
            "channel": "C1", "channel_type": "channel", "message": message,
            "previous_message": { "text": "before" } });
        Some(said)
    }

    fn tells<'a>(&'a self, told: &'a Value, way: usize, now: i64) -> BoxFuture<'a, ()> {
        async move {
            // What is new stands in the channel, where it is found although nobody is told.
            let is_change = told["event"]["subtype"] == "message_changed";
            match way % 4 {
                0 if !is_change => {}
                1 => {
                    let id = format!("E-{}-{now}", words(told, "event_id"));
                    self.slack.tells(&envelope(&id, told));
                }
                _ => {
                    let body = told.to_string();
                    let kind = "application/json";
                    let (status, _) = posts_at(now, &self.hook, SIGNING_SECRET, kind, body).await;
                    assert_eq!(status, 200, "{told}");
                }
            }
        }
        .boxed()
    }

    fn echoes(&self) -> Vec<Value> {
        let posted = self.slack.posted();
        let told = posted.iter().map(|it| {
            event(
                &format!("EvOurs{}", words(it, "ts")),
                &words(it, "ts"),
                |said| {
                    (said["text"], said["thread_ts"]) =
                        (it["text"].clone(), it["thread_ts"].clone());
                    (said["bot_id"], said["user"]) = (json!("B1"), json!("UBOT"));
                },
            )
        });
        told.collect()
    }

    fn shakes(&self, way: usize) {
        match way % 2 {
            0 => self.slack.cuts(),
            _ => self
                .slack
                .tells(&json!({ "type": "disconnect", "reason": "refresh_requested" })),
        }
    }

    fn taken(&self) -> Vec<(String, String)> {
        let posted = self.slack.posted();
        posted
            .iter()
            .map(|it| (words(it, "thread_ts"), words(it, "text")))
            .collect()
    }
}

/// A bot of Telegram's that asks, or one that is told.
pub(super) struct Bot {
    telegram: Telegram,
    /// Where it tells, if it does.
    hook: Option<String>,
    last: Mutex<i64>,
}

impl Bot {
    pub(super) async fn connect(desk: &Desk, mut chance: Chance) -> (Self, Weather) {
        let is_told = chance.below(2) == 0;
        let manner = Manner {
            sends: |path| path.ends_with("/sendMessage"),
            busy: |seconds| json!({ "ok": false, "parameters": { "retry_after": seconds } }),
            expired: (
                401,
                || json!({ "ok": false, "description": "Unauthorized" }),
            ),
        };
        let weather = Weather::bad(manner, chance);
        let bot = Telegram::start_behind(|it| weather.before(it)).await;
        let mut secrets = json!({ "bot_token": telegram::TOKEN });
        if is_told {
            secrets["webhook_secret"] = json!(telegram::SECRET);
        }
        let settings = json!({ "base_url": bot.url });
        let hook = connect(desk, "telegram", settings, secrets).await;
        let it = Self {
            telegram: bot,
            hook: is_told.then_some(hook),
            last: Mutex::default(),
        };
        (it, weather)
    }

    /// Telegram counts what it tells. Who asks is told in that order.
    fn counted(&self, mut update: Value) -> Value {
        let mut last = self.last.lock();
        *last += 1;
        update["update_id"] = json!(*last);
        if let Some(message) = update.get_mut("edited_message") {
            message["edit_date"] = json!(1_795_000_000 + *last);
        }
        if self.hook.is_none() {
            self.telegram.tells(update.clone());
        }
        update
    }
}

impl Side for Bot {
    fn writes(&self, thread: usize, number: usize, text: &str, now: i64) -> Value {
        let chat = 100 + thread;
        self.counted(json!({ "message": { "message_id": number, "date": now,
            "chat": { "id": chat, "type": "private" },
            "from": { "id": chat, "first_name": "Ada" }, "text": text } }))
    }

    fn changes(&self, told: &Value, text: &str, _: i64) -> Option<Value> {
        let mut message = told.get("message")?.clone();
        message["text"] = json!(text);
        Some(self.counted(json!({ "edited_message": message })))
    }

    fn tells<'a>(&'a self, told: &'a Value, _: usize, _: i64) -> BoxFuture<'a, ()> {
        async move {
            if let Some(hook) = &self.hook {
                let answered = telegram::posts(hook, telegram::SECRET, told).await;
                assert_eq!(answered, 204, "{told}");
            }
        }
        .boxed()
    }

    fn taken(&self) -> Vec<(String, String)> {
        let sent = self.telegram.calls("sendMessage");
        sent.iter()
            .map(|it| (it["chat_id"].to_string(), words(it, "text")))
            .collect()
    }
}

/// A channel that others made.
pub(super) struct Others(Bridge, Desk, String);

impl Others {
    pub(super) async fn connect(desk: &Desk, chance: Chance) -> (Self, Weather) {
        let manner = Manner {
            sends: |_| true,
            busy: |_| json!({}),
            expired: (403, || json!({})),
        };
        let weather = Weather::bad(manner, chance);
        let bridge = Bridge::start_behind(|it| weather.before(it)).await;
        let hook = custom::by_bridge(desk, &bridge.url).await;
        (Self(bridge, desk.clone(), hook), weather)
    }
}

impl Side for Others {
    fn writes(&self, thread: usize, number: usize, text: &str, _: i64) -> Value {
        json!({ "message": { "id": number.to_string(), "from": format!("c{thread}"), "text": text } })
    }

    fn tells<'a>(&'a self, told: &'a Value, _: usize, _: i64) -> BoxFuture<'a, ()> {
        async move {
            let answered = custom::posts(&self.1, &self.2, custom::KEY, told.clone()).await;
            assert_eq!(answered, 204, "{told}");
        }
        .boxed()
    }

    fn taken(&self) -> Vec<(String, String)> {
        self.0.taken()
    }
}
