//! Messages on their way out to a channel, and what became of one whose answer was lost.

use super::{Slack, card, text, upload, words};
use crate::channel::{
    Answer, Body, Call, Deliver, Delivery, FileLink, Held, Outgoing, Pace, Trace, Words,
};
use serde_json::{Value, json};
use std::time::Duration;

/// Slack cuts what is longer.
const LONGEST: usize = 40_000;

/// The longest name Slack shows beside a message.
const LONGEST_NAME: usize = 80;

/// What our messages carry, so that they are known again.
const EVENT: &str = "frontdesk_message";

/// How many messages of a thread are looked through for one.
const LOOKED_THROUGH: u32 = 100;

/// A channel, and the thread in it that a conversation is. A direct conversation has none.
pub(super) fn place(theirs: &str) -> (&str, Option<&str>) {
    match theirs.split_once(':') {
        Some((channel, thread)) => (channel, Some(thread)),
        None => (theirs, None),
    }
}

impl Deliver for Slack {
    fn call(&self, outgoing: &Outgoing<'_>) -> Result<Call, String> {
        if upload::there(outgoing).next().is_some() {
            let body = with_files(outgoing)?;
            let method = self.method("files.completeUploadExternal");
            return Ok(self.signed(Call::post(method, Body::Json(body))));
        }
        let body = body(outgoing, &text(outgoing, Words::Ours))?;
        let call = Call::post(self.method("chat.postMessage"), Body::Json(body));
        Ok(self.signed(call))
    }

    fn pace(&self, theirs: &str) -> Option<Pace> {
        // One message a second into a channel; a few more at once are let through.
        let (channel, _) = place(theirs);
        Some(Pace {
            of: format!("chat.postMessage {channel}"),
            at_once: 10,
            every: Duration::from_secs(1),
        })
    }

    fn read(&self, answer: &Answer) -> Delivery {
        let said = answer.json();
        if said["ok"].as_bool() != Some(true) {
            return words::failed(answer);
        }
        Delivery::Sent {
            id: said["channel"]
                .as_str()
                .zip(said["ts"].as_str())
                .map(|(channel, ts)| format!("{channel}:{ts}")),
        }
    }
}

/// What is posted, with this text.
pub(super) fn body(outgoing: &Outgoing<'_>, text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Err("there is nothing in it to send".to_owned());
    }
    fits(text)?;
    let (channel, thread) = place(outgoing.theirs);
    let mut body = json!({
        "channel": channel,
        "text": text,
        "unfurl_links": false,
        "unfurl_media": false,
        "metadata": { "event_type": EVENT, "event_payload": { "id": outgoing.id } },
    });
    if let Some(thread) = thread {
        body["thread_ts"] = json!(thread);
    }
    by_author(outgoing, &mut body);
    Ok(body)
}

/// What completes the upload of a message's files and shows them with its text.
fn with_files(outgoing: &Outgoing<'_>) -> Result<Value, String> {
    let text = text(outgoing, Words::Ours);
    fits(&text)?;
    let (channel, thread) = place(outgoing.theirs);
    let files: Vec<Value> = upload::there(outgoing)
        .map(|(file, id)| json!({ "id": id, "title": file.filename }))
        .collect();
    let mut body = json!({ "files": files, "channel_id": channel });
    if !text.is_empty() {
        body["initial_comment"] = json!(text);
    }
    if let Some(thread) = thread {
        body["thread_ts"] = json!(thread);
    }
    by_author(outgoing, &mut body);
    Ok(body)
}

pub(super) fn fits(text: &str) -> Result<(), String> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(format!(
            "a Slack message has at most {LONGEST} characters, and this has {length}; send it in parts"
        ));
    }
    Ok(())
}

/// Shows a message under the name and picture of who wrote it.
fn by_author(outgoing: &Outgoing<'_>, body: &mut Value) {
    if let Some(author) = outgoing.author {
        let name: String = author.chars().take(LONGEST_NAME).collect();
        body["username"] = json!(name);
    }
    if let Some(picture) = outgoing.picture.filter(|it| it.starts_with("https://")) {
        body["icon_url"] = json!(picture);
    }
}

/// The text, and the addresses of the files that are with us alone.
pub(super) fn text(outgoing: &Outgoing<'_>, whose: Words) -> String {
    let link = |file: &FileLink| {
        let label = text::escaped(&file.filename).replace('|', " ");
        format!("<{}|{label}>", text::escaped(&file.url))
    };
    let words = Some(card::words(outgoing.text, whose)).filter(|it| !it.trim().is_empty());
    let linked = outgoing.files.iter().filter(|it| it.held == Held::Here);
    let parts: Vec<String> = words.into_iter().chain(linked.map(link)).collect();
    parts.join("\n")
}

impl Trace for Slack {
    fn ask(&self, outgoing: &Outgoing<'_>) -> Call {
        let (channel, thread) = place(outgoing.theirs);
        // What is looked for was sent a moment ago; a minute more leaves room for clocks.
        let oldest = outgoing.now.0.div_euclid(1_000_000) - 600;
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("channel", channel)
            .append_pair("oldest", &format!("{oldest}.000000"))
            .append_pair("limit", &LOOKED_THROUGH.to_string())
            .append_pair("include_all_metadata", "true");
        let method = match thread {
            Some(thread) => {
                query.append_pair("ts", thread);
                "conversations.replies"
            }
            None => "conversations.history",
        };
        let question = format!("{method}?{}", query.finish());
        self.signed(Call::get(self.method(&question)))
    }

    fn find(&self, outgoing: &Outgoing<'_>, answer: &Answer) -> Option<Vec<String>> {
        let said = answer.json();
        let listed = said["messages"].as_array()?;
        let (channel, _) = place(outgoing.theirs);
        let id = outgoing.id.to_string();
        let is_it = |it: &&Value| {
            let metadata = &it["metadata"];
            let is_named =
                metadata["event_type"] == EVENT && metadata["event_payload"]["id"] == id.as_str();
            // A message with files carries no metadata of ours; its files are its own.
            let files = it["files"].as_array().map_or(&[][..], Vec::as_slice);
            is_named
                || files
                    .iter()
                    .any(|file| upload::there(outgoing).any(|(_, ours)| file["id"] == ours))
        };
        let found = listed.iter().rev().filter(is_it);
        let named = found.filter_map(|it| it["ts"].as_str().map(|ts| format!("{channel}:{ts}")));
        Some(named.collect())
    }
}
