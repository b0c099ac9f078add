//! What the other program posts: a message of a customer, what became of ours, or whether a customer
//! can be written to.

use super::Custom;
use crate::channel::{Consent, Heard, Message, Receipt, Receive, Rejected, Remote, Request};
use frontdesk_domain::{DeliveryState, MessageId, Timestamp};
use serde::Deserialize;
use subtle::ConstantTimeEq;

/// More files than a message has.
const MOST_FILES: usize = 10;

/// Longer ids and addresses are nobody's honest wish.
const LONGEST_NAME: usize = 255;

/// One thing that is told.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    Message(Wrote),
    Receipt(Became),
    Reach(Reaches),
}

#[derive(Deserialize)]
struct Wrote {
    id: String,
    from: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    files: Vec<Named>,
    /// Seconds since 1970.
    #[serde(default)]
    sent_at: Option<i64>,
}

#[derive(Deserialize)]
struct Named {
    url: String,
    #[serde(default)]
    filename: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
}

#[derive(Deserialize)]
struct Became {
    message_id: MessageId,
    state: State,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Delivered,
    Read,
    Failed,
}

#[derive(Deserialize)]
struct Reaches {
    from: String,
    may: May,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum May {
    Stop,
    Start,
}

impl Receive for Custom {
    fn receive(&self, request: &Request<'_>) -> Result<Vec<Heard>, Rejected> {
        let given = request
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        let expected = self.secrets.key.as_bytes();
        let is_genuine = given.is_some_and(|given| given.trim().as_bytes().ct_eq(expected).into());
        if !is_genuine {
            return Err(Rejected::Forged);
        }
        let told: Told = serde_json::from_slice(request.body).map_err(|_| Rejected::Unreadable)?;
        let heard = match told {
            Told::Message(wrote) => message(wrote).ok_or(Rejected::Unreadable)?,
            Told::Receipt(became) => receipt(became),
            Told::Reach(reaches) => Heard::Reach {
                theirs: reaches.from,
                consent: match reaches.may {
                    May::Stop => Consent::Stop,
                    May::Start => Consent::Start,
                },
            },
        };
        Ok(vec![heard])
    }
}

fn message(it: Wrote) -> Option<Heard> {
    let is_name = |text: &str| !text.trim().is_empty() && text.len() <= LONGEST_NAME;
    let says = it.text.as_ref().is_some_and(|text| !text.trim().is_empty());
    if !is_name(&it.id) || !is_name(&it.from) || (!says && it.files.is_empty()) {
        return None;
    }
    let files = it.files.into_iter().take(MOST_FILES).map(|file| Remote {
        filename: file.filename.unwrap_or_else(|| "file".to_owned()),
        place: file.url,
        content_type: file.content_type,
    });
    Some(Heard::Message(Box::new(Message {
        id: it.id,
        theirs: it.from,
        name: it.name,
        phone: it.phone,
        text: it.text,
        files: files.collect(),
        sent_at: it.sent_at.map(Timestamp::from_seconds),
        ..Message::default()
    })))
}

fn receipt(it: Became) -> Heard {
    let state = match it.state {
        State::Delivered => DeliveryState::Delivered,
        State::Read => DeliveryState::Read,
        State::Failed => DeliveryState::Failed,
    };
    let failed = state == DeliveryState::Failed;
    let words = || "the channel does not say why".to_owned();
    Heard::Receipt(Receipt {
        message_id: it.message_id,
        state,
        reason: failed.then(|| it.reason.unwrap_or_else(words)),
        consent: None,
    })
}
