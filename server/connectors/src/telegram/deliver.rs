//! Messages on their way out by a bot.

use super::Telegram;
use crate::channel::{Answer, Body, Call, Deliver, Delivery, FileLink, Held, Outgoing, Pace};
use crate::multipart::Form;
use serde_json::json;
use std::time::Duration;

/// The longest text, in UTF-16 units.
const LONGEST: usize = 4096;

/// The longest text beside a file, in UTF-16 units.
const LONGEST_CAPTION: usize = 1024;

/// The most files of a message.
const MOST_FILES: usize = 10;

/// The most bytes of a message's files together.
const MOST_BYTES: i64 = 50_000_000;

/// Whether the files of a message go as files. Where they do not fit, links go.
pub(super) fn takes_files(outgoing: &Outgoing<'_>) -> bool {
    let files = outgoing.files;
    let bytes = files
        .iter()
        .fold(0, |sum: i64, it| sum.saturating_add(it.size));
    files.len() <= MOST_FILES
        && bytes <= MOST_BYTES
        && files.iter().all(|it| it.size > 0)
        && outgoing.text.encode_utf16().count() <= LONGEST_CAPTION
}

impl Deliver for Telegram {
    fn call(&self, outgoing: &Outgoing<'_>) -> Result<Call, String> {
        if let Some(call) = self.with_files(outgoing) {
            return Ok(call);
        }
        // A text is sent as it is, without a language of marks: nothing in it can act.
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

impl Telegram {
    /// The call that sends files, where their bytes go along. A picture goes as a document too: as a photo
    /// Telegram would make it smaller, and would refuse what is long and narrow.
    fn with_files(&self, outgoing: &Outgoing<'_>) -> Option<Call> {
        let files: Vec<(&str, &[u8])> = outgoing.files.iter().filter_map(bytes_of).collect();
        let form = Form::apart_by(&outgoing.id.to_string()).field("chat_id", outgoing.theirs);
        let caption = Some(outgoing.text).filter(|it| !it.is_empty());
        Some(match &files[..] {
            [] => return None,
            [(name, bytes)] => {
                let form = match caption {
                    Some(caption) => form.field("caption", caption),
                    None => form,
                };
                let form = form.file("document", name, bytes);
                Call::post(self.method("sendDocument"), form.body())
            }
            many => {
                let mut media: Vec<serde_json::Value> = (0..many.len())
                    .map(|n| json!({ "type": "document", "media": format!("attach://file{n}") }))
                    .collect();
                if let (Some(last), Some(caption)) = (media.last_mut(), caption) {
                    // Below a row of documents stands what was said of the last.
                    last["caption"] = json!(caption);
                }
                let form = form.field("media", &json!(media).to_string());
                let form = many
                    .iter()
                    .enumerate()
                    .fold(form, |form, (n, (name, bytes))| {
                        form.file(&format!("file{n}"), name, bytes)
                    });
                Call::post(self.method("sendMediaGroup"), form.body())
            }
        })
    }
}

/// A file whose bytes go along, with its name.
fn bytes_of(file: &FileLink) -> Option<(&str, &[u8])> {
    match &file.held {
        Held::Bytes(bytes) => Some((&file.filename, bytes)),
        Held::Here | Held::There(_) => None,
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
        // Of several files each is a message; the first stands for all.
        let result = said["result"].get(0).unwrap_or(&said["result"]);
        let chat = result["chat"]["id"].as_i64();
        let number = result["message_id"].as_i64();
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
