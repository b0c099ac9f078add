//! `assign`, `snooze`, `close`, `priority`, `move` and the like: what the screen does, for scripts.
//!
//! Each is a command of the inbox, carried out by the same call as the screen's. A conversation
//! that is already as it is asked to be is left alone, so that a script may run twice.

use super::each::{self, Outcome, Told};
use super::retry::patiently;
use super::{find, names, show};
use crate::cli::{Assign, Each, How, Move, Prioritize, Rank, Snooze, Tag};
use crate::clock;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::{Command, IntentId, OutState, Queued, Snooze as Snoozing, snooze};
use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::{ConversationId, TagId};
use frontdesk_protocol::kind::Priority;
use frontdesk_protocol::time::Timestamp;
use jiff::tz::TimeZone;

/// What is to be done, and what a conversation is afterwards.
struct Deed {
    commands: Vec<Command>,
    what: String,
}

pub(super) async fn assign(desk: &Desk, args: &Assign) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let (command, what) = names::assignee(&mut agent, &args.to).await?;
    let deed = Deed {
        commands: vec![command],
        what,
    };
    each(desk, &mut agent, &args.each, &deed).await
}

pub(super) async fn snooze(desk: &Desk, args: &Snooze) -> Result<(), Error> {
    let (rest, what) = resting(&args.until)?;
    let deed = Deed {
        commands: vec![Command::Snooze(rest)],
        what,
    };
    each(desk, &mut desk.agent().await?, &args.each, &deed).await
}

/// What a time somebody named means, and what a conversation is that rests so long.
pub(super) fn resting(until: &str) -> Result<(Snoozing, String), Error> {
    let (now, zone) = (clock::now(), TimeZone::system());
    let rest = snooze::parse(until, now, &zone).map_err(|unclear| {
        let examples = snooze::EXAMPLES.join(", ");
        Error::Usage(format!("{until:?}: {unclear} Try: {examples}, reply"))
    })?;
    let what = rest.until.map_or_else(
        || "snoozed until the customer replies".to_owned(),
        |until| format!("snoozed until {}", moment(until.0, &zone)),
    );
    Ok((rest, what))
}

pub(super) async fn close(desk: &Desk, args: &Each) -> Result<(), Error> {
    simply(desk, args, Command::Close, "closed").await
}

pub(super) async fn reopen(desk: &Desk, args: &Each) -> Result<(), Error> {
    simply(desk, args, Command::Reopen, "open").await
}

pub(super) async fn spam(desk: &Desk, args: &Each) -> Result<(), Error> {
    simply(desk, args, Command::Spam, "marked as spam").await
}

pub(super) async fn read(desk: &Desk, args: &Each) -> Result<(), Error> {
    simply(desk, args, Command::Read, "read").await
}

pub(super) async fn unread(desk: &Desk, args: &Each) -> Result<(), Error> {
    simply(desk, args, Command::Unread, "unread").await
}

pub(super) async fn priority(desk: &Desk, args: &Prioritize) -> Result<(), Error> {
    let (to, what) = match args.to {
        Rank::High => (Priority::High, "marked priority"),
        Rank::Normal => (Priority::Normal, "of normal priority"),
    };
    simply(desk, &args.each, Command::Priority(to), what).await
}

/// One command that needs nothing to be looked up.
async fn simply(desk: &Desk, args: &Each, command: Command, what: &str) -> Result<(), Error> {
    let deed = Deed {
        commands: vec![command],
        what: what.to_owned(),
    };
    each(desk, &mut desk.agent().await?, args, &deed).await
}

pub(super) async fn move_to(desk: &Desk, args: &Move) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let (inbox, name) = names::inbox(&mut agent, &args.to).await?;
    let deed = Deed {
        commands: vec![Command::Move(inbox)],
        what: format!("in the inbox {name}"),
    };
    each(desk, &mut agent, &args.each, &deed).await
}

pub(super) async fn tag(desk: &Desk, args: &Tag) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let tags = names::tags(&mut agent, args.add.iter().chain(&args.remove)).await?;
    let (add, remove) = tags.split_at(args.add.len());
    let puts = add.iter().map(|tag| Command::Tag(tag.id));
    let takes = remove.iter().map(|tag| Command::Untag(tag.id));
    let said = |words: &str, tags: &[names::Named]| {
        let names: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")))
    };
    let what = [said("tagged", add), said("without", remove)];
    let deed = Deed {
        commands: puts.chain(takes).collect(),
        what: what.into_iter().flatten().collect::<Vec<_>>().join(", "),
    };
    each(desk, &mut agent, &args.each, &deed).await
}

async fn each(desk: &Desk, agent: &mut Agent, args: &Each, deed: &Deed) -> Result<(), Error> {
    let named = each::named(&args.conversations)?;
    let how = args.how;
    each::run(&desk.output, agent, &named, how, async |agent, name| {
        one(agent, name, deed, how).await
    })
    .await
}

async fn one(agent: &mut Agent, named: &str, deed: &Deed, how: How) -> Result<Told, Error> {
    let id = find::conversation(agent, named).await?;
    let (json, full) = show::fetch(agent, id, named).await?;
    let conversation: Conversation =
        serde_json::from_str(json.get()).map_err(ApiError::Unreadable)?;
    let tags: Vec<TagId> = full.tags.iter().map(|tag| tag.id).collect();
    let to_do = deed
        .commands
        .iter()
        .filter(|command| !command.is_so_in(&conversation, &tags));
    let mut outcome = Outcome::AlreadySo;
    for command in to_do {
        outcome = Outcome::Would;
        if !how.dry_run {
            carry_out(agent, id, command.clone()).await?;
            outcome = Outcome::Done;
        }
    }
    Ok(Told {
        id: Some(id),
        number: Some(conversation.number),
        outcome,
        what: deed.what.clone(),
        sentence: None,
        message_id: None,
        merge_id: None,
    })
}

/// Has the server do it, once.
pub(super) async fn carry_out(
    agent: &mut Agent,
    id: ConversationId,
    command: Command,
) -> Result<(), Error> {
    let queued = Queued {
        id: IntentId::random(),
        conversation_id: id,
        command,
        files: Vec::new(),
        made_at: clock::now(),
        hold_until: None,
        state: OutState::Sending,
    };
    patiently(async || agent.api.carry_out(&queued).await).await?;
    Ok(())
}

/// A moment in words, where this machine is.
pub(super) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    jiff::Timestamp::from_microsecond(at.0).map_or_else(
        |_| at.to_string(),
        |at| {
            let here = at.to_zoned(zone.clone());
            here.strftime("%a %d %b %Y %H:%M").to_string()
        },
    )
}
