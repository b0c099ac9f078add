//! What an agent does all day, timed.

use super::clock::Times;
use super::corpus::Account;
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued, View};
use frontdesk_protocol::entity::Event;
use frontdesk_protocol::id::{EventSeq, MessageId};
use frontdesk_protocol::time::Timestamp;
use frontdesk_store::Desk;
use frontdesk_store::desk::{Direction, Place};
use serde_json::json;
use std::error::Error;

/// What is typed, key by key: common words, rare ones, several, phrases, names, numbers.
const TYPED: [&str; 14] = [
    "order",
    "refund",
    "thank you",
    "refund invoice",
    "order zephyrine",
    "zephyrine",
    "chargeback",
    "qqqqxyz",
    "\"purple warehouse elephant\"",
    "\"working days\"",
    "QX-77-ZETA",
    "返金の手続き",
    "maria",
    "12345",
];

pub(crate) fn lists(desk: &Desk) -> Result<Times, Box<dyn Error>> {
    let mut times = Times::default();
    for view in View::ALL {
        let mut page = times.time(|| desk.page(view, Place::Top, Direction::Below, 50))?;
        for _ in 0..200 {
            let Some(last) = page.last else { break };
            page = times.time(|| desk.page(view, Place::Spot(last), Direction::Below, 50))?;
        }
        times.time(|| desk.page(view, Place::Bottom, Direction::Above, 50))?;
        times.time(|| desk.counts())?;
    }
    Ok(times)
}

pub(crate) fn threads(desk: &Desk, account: &Account) -> Result<Times, Box<dyn Error>> {
    let mut times = Times::default();
    for it in scattered(account, 2_000) {
        times.time(|| desk.thread(account.conversations[it].id, 50))?;
    }
    Ok(times)
}

pub(crate) fn events(desk: &mut Desk, account: &Account) -> Result<Times, Box<dyn Error>> {
    let mut times = Times::default();
    for at in scattered(account, 2_000) {
        let EventSeq(cursor) = desk.cursor()?.ok_or("the desk is not filled")?;
        let event = written(account, at, cursor + 1)?;
        times.time(|| desk.apply(std::slice::from_ref(&event)))?;
        // What the thread of the program does when nobody waits.
        if at % 50 == 0 {
            desk.rest()?;
        }
    }
    Ok(times)
}

fn written(account: &Account, at: usize, seq: i64) -> Result<Event, Box<dyn Error>> {
    let it = &account.conversations[at];
    let mut conversation = serde_json::to_value(it)?;
    conversation["version"] = json!(seq);
    conversation["status"] = json!("open");
    conversation["last_message_seq"] = json!(seq);
    let words = it.messages.first().and_then(|it| it.body.clone());
    Ok(serde_json::from_value(json!({
        "seq": seq, "at": "2026-11-20T20:21:14Z", "kind": "message.created",
        "conversation_id": it.id, "conversation": conversation, "tag_ids": [],
        "message": {
            "object": "message", "id": MessageId::random(), "seq": seq, "body": words,
            "type": "reply", "content_type": "text", "private": false, "source": "email",
            "created_at": "2026-11-20T20:21:14", "conversation_id": it.id,
            "account_id": it.account_id, "customer_id": it.customer_id, "delivery_state": "sent",
            "attachments": [],
        },
    }))?)
}

pub(crate) fn commands(desk: &mut Desk, account: &Account) -> Result<Times, Box<dyn Error>> {
    let mut times = Times::default();
    for at in scattered(account, 500) {
        let queued = Queued {
            id: IntentId::random(),
            conversation_id: account.conversations[at].id,
            command: Command::Reply {
                body: "We are on it.".to_owned(),
                guard: Guard::Seen(account.seq),
            },
            files: Vec::new(),
            made_at: Timestamp::from_seconds(1_800_000_000),
            hold_until: None,
            state: OutState::Waiting,
        };
        times.time(|| desk.enqueue(std::slice::from_ref(&queued)))?;
        desk.drop_intent(queued.id)?;
    }
    Ok(times)
}

/// Types everything, key by key, five times.
pub(crate) fn searches(desk: &Desk) -> Result<(), Box<dyn Error>> {
    let mut all = Times::default();
    for typed in TYPED {
        let mut times = Times::default();
        let mut hits = 0;
        for _ in 0..5 {
            for end in (1..=typed.len()).filter(|end| typed.is_char_boundary(*end)) {
                hits = times
                    .time(|| desk.search(&typed[..end], None, 50))?
                    .hits
                    .len();
            }
        }
        all.add(&times);
        times.tell(&format!("typing {typed} ({hits} found)"))?;
    }
    all.tell("every key of a search")
}

/// Some of the conversations, far from each other.
fn scattered(account: &Account, count: usize) -> impl Iterator<Item = usize> {
    let all = account.conversations.len();
    (0..count).map(move |it| it.wrapping_mul(7_919) % all)
}
