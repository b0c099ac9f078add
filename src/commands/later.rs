//! `frontdesk later`: the replies that wait for their time.

use super::triage::{moment, resting};
use crate::cli::{Later, LaterWhat};
use crate::error::Error;
use crate::sign_in::Desk;
use frontdesk_protocol::entity::ScheduledReply;
use frontdesk_protocol::id::ScheduledReplyId;
use frontdesk_protocol::kind::ScheduledState;
use frontdesk_protocol::time::UtcStamp;
use jiff::tz::TimeZone;

pub(super) async fn run(desk: &Desk, args: &Later) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    match &args.what {
        None => {
            let replies = agent.api.later().await?;
            if args.json {
                for reply in &replies {
                    desk.output.json(&json(reply))?;
                }
                return Ok(());
            }
            if replies.is_empty() {
                return desk.output.words("Nothing waits to go out.");
            }
            let mut lines = Vec::with_capacity(replies.len());
            for reply in &replies {
                let number = agent
                    .store
                    .number(agent.sign_in.id, reply.conversation_id)?;
                lines.push(line(reply, number));
            }
            desk.output.each(&lines)
        }
        Some(LaterWhat::Cancel { ids }) => {
            for id in ids {
                agent.api.cancel_later(*id).await?;
                desk.output.words(&format!("{id} is taken back."))?;
            }
            Ok(())
        }
        Some(LaterWhat::Move { id, at }) => {
            let moved = agent.api.move_later(*id, time(at)?).await?;
            let when = moment(moved.send_at.0, &TimeZone::system());
            desk.output.words(&format!("{id} goes out {when}."))
        }
    }
}

/// A moment somebody named; one that depends on the customer is none.
pub(super) fn time(phrase: &str) -> Result<UtcStamp, Error> {
    let (rest, _) = resting(phrase)?;
    rest.until.ok_or_else(|| {
        Error::Usage(format!(
            "{phrase:?} is no time at which something can go out"
        ))
    })
}

fn line(reply: &ScheduledReply, number: Option<i64>) -> String {
    let id: ScheduledReplyId = reply.id;
    let when = moment(reply.send_at.0, &TimeZone::system());
    let state = match (reply.state, &reply.reason) {
        (ScheduledState::Waiting, _) => when,
        (ScheduledState::Held, Some(why)) => format!("held: {why}"),
        (ScheduledState::Held, None) => "held".to_owned(),
    };
    let of = number.map_or_else(
        || reply.conversation_id.to_string(),
        |number| format!("#{number}"),
    );
    let first = reply.body.lines().next().unwrap_or_default();
    format!("{id}  {of}  {state}  {first}")
}

fn json(reply: &ScheduledReply) -> String {
    serde_json::to_string(reply).expect("a reply makes JSON")
}
