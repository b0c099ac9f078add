//! What Telegram tells of: messages, and whether a customer has blocked the bot.

use super::Telegram;
use crate::channel::{Consent, Heard, Message, Receive, Rejected, Remote, Request};
use frontdesk_domain::Timestamp;
use serde_json::Value;
use subtle::ConstantTimeEq;

impl Receive for Telegram {
    fn receive(&self, request: &Request<'_>) -> Result<Vec<Heard>, Rejected> {
        let expected = self.secrets.webhook_secret.as_ref();
        let given = request.header("x-telegram-bot-api-secret-token");
        let is_genuine = expected
            .zip(given)
            .is_some_and(|(expected, given)| expected.as_bytes().ct_eq(given.as_bytes()).into());
        if !is_genuine {
            return Err(Rejected::Forged);
        }
        let body = serde_json::from_slice(request.body).map_err(|_| Rejected::Unreadable)?;
        Ok(update(&body).into_iter().collect())
    }
}

/// What an update tells; nothing where it is of a kind we do not read.
pub(super) fn update(update: &Value) -> Option<Heard> {
    if let Some(message) = update.get("message") {
        return read(message);
    }
    if let Some(message) = update.get("edited_message") {
        return edited(message);
    }
    let member = update.get("my_chat_member")?;
    let theirs = id(&member["chat"]["id"])?;
    let consent = match member["new_chat_member"]["status"].as_str()? {
        "kicked" | "left" => Consent::Stop,
        _ => Consent::Start,
    };
    Some(Heard::Reach { theirs, consent })
}

/// A customer changed what they wrote.
fn edited(message: &Value) -> Option<Heard> {
    match read(message)? {
        Heard::Message(mut it) => {
            // Seconds of ten digits sort as they are.
            it.version = message["edit_date"].as_i64().map(|at| at.to_string());
            Some(Heard::Edited(it))
        }
        _ => None,
    }
}

fn read(message: &Value) -> Option<Heard> {
    let chat = id(&message["chat"]["id"])?;
    if let Some(to) = id(&message["migrate_to_chat_id"]) {
        return Some(Heard::Moved { from: chat, to });
    }
    if message["from"]["is_bot"].as_bool() == Some(true) {
        return None;
    }
    let number = id(&message["message_id"])?;
    let text = message["text"].as_str().or(message["caption"].as_str());
    let mut files = files(message);
    let text = match (text, place(message)) {
        (Some(text), _) => Some(text.to_owned()),
        (None, place) => place,
    };
    if text.is_none() && files.is_empty() {
        return None;
    }
    files.truncate(1);
    Some(Heard::Message(Box::new(Message {
        // Numbers of messages count within a chat.
        id: format!("{chat}:{number}"),
        theirs: chat,
        name: name(message),
        text,
        files,
        sent_at: message["date"].as_i64().map(Timestamp::from_seconds),
        ..Message::default()
    })))
}

/// Ids have up to 52 bits and may be negative; to us they are words.
fn id(value: &Value) -> Option<String> {
    value.as_i64().map(|it| it.to_string())
}

/// What the customer is called: in a group, the group.
fn name(message: &Value) -> Option<String> {
    let chat = &message["chat"];
    if let Some(title) = chat["title"].as_str() {
        return Some(title.to_owned());
    }
    let from = &message["from"];
    let names = [&from["first_name"], &from["last_name"]];
    let names: Vec<&str> = names.into_iter().filter_map(Value::as_str).collect();
    let full = names.join(" ");
    let called = from["username"].as_str().map(|name| format!("@{name}"));
    if full.trim().is_empty() {
        called
    } else {
        Some(full)
    }
}

/// The file of a message: of a picture the largest of its sizes.
fn files(message: &Value) -> Vec<Remote> {
    let mut files = Vec::new();
    let sizes = message["photo"].as_array();
    if let Some(largest) = sizes.and_then(|sizes| {
        sizes
            .iter()
            .max_by_key(|it| it["width"].as_i64().unwrap_or_default())
    }) {
        files.extend(remote(largest, "photo.jpg"));
    }
    let kinds = [
        ("document", "file"),
        ("voice", "voice.ogg"),
        ("audio", "audio.mp3"),
        ("video", "video.mp4"),
        ("video_note", "video.mp4"),
        ("sticker", "sticker.webp"),
        ("animation", "animation.mp4"),
    ];
    for (kind, called) in kinds {
        files.extend(remote(&message[kind], called));
    }
    files
}

fn remote(file: &Value, called: &str) -> Option<Remote> {
    Some(Remote {
        place: file["file_id"].as_str()?.to_owned(),
        filename: file["file_name"].as_str().unwrap_or(called).to_owned(),
        content_type: file["mime_type"].as_str().map(str::to_owned),
    })
}

/// A place on the map, or somebody's number, in words.
fn place(message: &Value) -> Option<String> {
    let place = &message["location"];
    if let (Some(lat), Some(long)) = (place["latitude"].as_f64(), place["longitude"].as_f64()) {
        return Some(format!("Location: {lat}, {long}"));
    }
    let contact = &message["contact"];
    let phone = contact["phone_number"].as_str()?;
    let name = contact["first_name"].as_str().unwrap_or_default();
    Some(format!("Contact: {name} {phone}"))
}
