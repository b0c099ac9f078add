//! Messages on their way out by a bot.

use super::Telegram;
use crate::channel::{Answer, Body, Call, Deliver, Delivery, Outgoing, Pace};
use serde_json::json;
use std::time::Duration;

/// The longest text, in UTF-16 units.
const LONGEST: usize = 4096;

impl Deliver for Telegram {
    fn call(&self, outgoing: &Outgoing<'_>) -> Result<Call, String> {
        // A text is sent as it is, without a language of marks: nothing in it can act. Files go as
        // links, since a message of a bot has one file at most.
        let mut text = outgoing.text.to_owned();
        for file in outgoing.files {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&file.filename);
            text.push('\n');
            text.push_str(&file.url);
        }
        let length = text.encode_utf16().count();
        if length == 0 {
            return Err("there is nothing in it to send".to_owned());
        }
        if length > LONGEST {
            return Err(format!(
                "a Telegram message has at most {LONGEST} characters, and this has {length}; send it in parts"
            ));
        }
        let body = json!({ "chat_id": chat(outgoing.theirs), "text": text });
        Ok(Call::post(self.method("sendMessage"), Body::Json(body)))
    }

    fn read(&self, answer: &Answer) -> Delivery {
        read(answer)
    }

    fn pace(&self, theirs: &str) -> Option<Pace> {
        // One message a second into a chat, and 20 a minute into a group, whose id is negative.
        let seconds = if theirs.starts_with('-') { 3 } else { 1 };
        Some(Pace {
            of: format!("chat {theirs}"),
            at_once: 10,
            every: Duration::from_secs(seconds),
        })
    }
}

/// A chat's id is a number to Telegram.
fn chat(theirs: &str) -> serde_json::Value {
    theirs
        .parse::<i64>()
        .map_or_else(|_| json!(theirs), |id| json!(id))
}

/// What an answer means.
pub(super) fn read(answer: &Answer) -> Delivery {
    let said = answer.json();
    if answer.is_good() && said["ok"].as_bool() == Some(true) {
        let chat = said["result"]["chat"]["id"].as_i64();
        let number = said["result"]["message_id"].as_i64();
        let id = chat
            .zip(number)
            .map(|(chat, number)| format!("{chat}:{number}"));
        return Delivery::Sent { id };
    }
    let parameters = &said["parameters"];
    if let Some(to) = parameters["migrate_to_chat_id"].as_i64() {
        return Delivery::Moved { to: to.to_string() };
    }
    let wait = parameters["retry_after"].as_u64().or(answer.retry_after);
    match answer.status {
        401 | 404 => Delivery::Broken { why: words(answer) },
        403 => Delivery::Stopped { why: words(answer) },
        408 | 409 | 429 => Delivery::later(words(answer), wait),
        status @ 500.. => Delivery::stumbled(status, words(answer), wait),
        _ => Delivery::refused(words(answer)),
    }
}

/// An answer that is no good, in words.
pub(super) fn words(answer: &Answer) -> String {
    match answer.status {
        401 | 404 => {
            "Telegram does not know the bot; set the token of this connection anew".to_owned()
        }
        403 => "the customer has blocked the bot or left".to_owned(),
        409 => "somebody else asks for this bot's messages, or a webhook is set".to_owned(),
        429 => "Telegram takes no more messages just now".to_owned(),
        status @ (408 | 500..) => format!("Telegram answered {status}"),
        status => {
            let said = answer.json();
            let words = said["description"].as_str().unwrap_or("no reason");
            let words: String = words.chars().take(200).collect();
            format!("Telegram answered {status}: {words}")
        }
    }
}
