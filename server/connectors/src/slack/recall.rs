//! What was said in our channels while nobody listened: of each channel what is new, and of each thread
//! what was answered. What is found is told as Slack would have told it.

use super::deliver::place;
use super::{Slack, words};
use crate::channel::{Answer, Body, Call, Delivery, Question, Recall, Recalled};
use serde_json::{Value, json};

/// How much is asked for at once.
const PAGE: u32 = 200;

impl Recall for Slack {
    fn begin(&self, since: &str, lines: &[String]) -> Question {
        Question(json!({ "method": "auth.test", "since": since, "lines": lines }))
    }

    fn ask(&self, question: &Question) -> Call {
        let asked = &question.0;
        let method = asked["method"].as_str().unwrap_or_default();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: &str| {
            query.append_pair(name, value);
        };
        match method {
            "auth.test" => return self.signed(Call::post(self.method(method), Body::Empty)),
            "users.conversations" => {
                add("types", "public_channel,private_channel,mpim,im");
                add("exclude_archived", "true");
            }
            _ => {
                add("channel", asked["channel"].as_str().unwrap_or_default());
                add("oldest", asked["since"].as_str().unwrap_or_default());
                if let Some(thread) = asked["thread"].as_str() {
                    add("ts", thread);
                }
            }
        }
        add("limit", &PAGE.to_string());
        if let Some(cursor) = asked["cursor"].as_str() {
            add("cursor", cursor);
        }
        let question = format!("{method}?{}", query.finish());
        self.signed(Call::get(self.method(&question)))
    }

    fn read(
        &self,
        question: &Question,
        answer: &Answer,
    ) -> Result<(Vec<Recalled>, Vec<Question>), Delivery> {
        let (asked, said) = (&question.0, answer.json());
        if said["ok"] != true {
            return Err(words::failed(answer));
        }
        let (found, mut next) = match asked["method"].as_str() {
            Some("auth.test") => (Vec::new(), vec![channels(asked, &said)]),
            Some("users.conversations") => (Vec::new(), histories(asked, &said)),
            _ => (recalled(asked, &said), threads(asked, &said)),
        };
        next.extend(next_page(asked, &said));
        Ok((found, next))
    }
}

fn with(asked: &Value, fields: &Value) -> Question {
    let mut next = asked.clone();
    next["cursor"] = Value::Null;
    for (name, value) in fields.as_object().into_iter().flatten() {
        next[name] = value.clone();
    }
    Question(next)
}

fn channels(asked: &Value, said: &Value) -> Question {
    with(
        asked,
        &json!({ "method": "users.conversations", "team": said["team_id"] }),
    )
}

fn list<'a>(said: &'a Value, name: &str) -> &'a [Value] {
    said[name].as_array().map_or(&[][..], Vec::as_slice)
}

/// What is to be asked of each channel of a page, and of the threads in it that are known.
fn histories(asked: &Value, said: &Value) -> Vec<Question> {
    let mut questions = Vec::new();
    for channel in list(said, "channels") {
        let Some(id) = channel["id"].as_str() else {
            continue;
        };
        let kind = match (
            &channel["is_im"],
            &channel["is_mpim"],
            &channel["is_private"],
        ) {
            (Value::Bool(true), _, _) => "im",
            (_, Value::Bool(true), _) => "mpim",
            (_, _, Value::Bool(true)) => "group",
            _ => "channel",
        };
        let of = |method: &str, thread: Option<&str>| {
            let fields = json!({ "method": method, "channel": id, "kind": kind, "thread": thread, "lines": null });
            with(asked, &fields)
        };
        questions.push(of("conversations.history", None));
        let known = list(asked, "lines")
            .iter()
            .filter_map(Value::as_str)
            .map(place);
        let here = known.filter(|(channel, _)| *channel == id);
        questions.extend(
            here.filter_map(|(_, thread)| Some(of("conversations.replies", Some(thread?)))),
        );
    }
    questions
}

/// The threads of a page that were answered.
fn threads(asked: &Value, said: &Value) -> Vec<Question> {
    if asked["method"] != "conversations.history" {
        return Vec::new();
    }
    let answered = list(said, "messages")
        .iter()
        .filter(|it| it["reply_count"].as_u64() > Some(0));
    let questions = answered.map(|it| {
        with(
            asked,
            &json!({ "method": "conversations.replies", "thread": it["ts"] }),
        )
    });
    questions.collect()
}

fn next_page(asked: &Value, said: &Value) -> Option<Question> {
    let cursor = said["response_metadata"]["next_cursor"].as_str()?;
    let mut next = asked.clone();
    next["cursor"] = json!(cursor);
    (!cursor.is_empty()).then_some(Question(next))
}

/// The messages of a page as events. The first message of a thread comes with every page of it, however
/// old it is; the order of what is told tells it apart.
fn recalled(asked: &Value, said: &Value) -> Vec<Recalled> {
    let since = asked["since"].as_str().unwrap_or_default();
    let told = list(said, "messages").iter().filter_map(|message| {
        let (ts, channel) = (message["ts"].as_str()?, asked["channel"].as_str()?);
        let edited = message["edited"]["ts"].as_str();
        if ts < since {
            return None;
        }
        let event = match edited {
            Some(_) => {
                json!({ "type": "message", "subtype": "message_changed", "message": message })
            }
            None => {
                let mut event = message.clone();
                event["type"] = json!("message");
                event
            }
        };
        let mut said =
            json!({ "type": "event_callback", "team_id": asked["team"], "event": event });
        said["event"]["channel"] = json!(channel);
        said["event"]["channel_type"] = asked["kind"].clone();
        Some(Recalled {
            order: ts.to_owned(),
            key: format!("recalled:{channel}:{ts}:{}", edited.unwrap_or_default()),
            body: said.to_string(),
        })
    });
    told.collect()
}
