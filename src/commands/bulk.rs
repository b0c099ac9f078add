//! `frontdesk bulk`: the same done to every conversation that a search finds, by the server, with a look
//! ahead, what became of each, and a way back.

use super::names;
use super::retry::patiently;
use super::triage::resting;
use crate::cli::{Bulk, Rank};
use crate::error::Error;
use crate::net::api::{ApiError, Deed};
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::{Command, IntentId};
use frontdesk_protocol::entity::{BulkPreview, BulkRun};
use frontdesk_protocol::id::BulkRunId;
use frontdesk_protocol::kind::{BulkState, Priority};
use std::io::IsTerminal as _;
use std::time::Duration;

/// So many are changed without being asked whether it is meant.
const UNASKED: i64 = 25;

/// How often it is asked how far it is.
const LOOK: Duration = Duration::from_millis(300);

pub(super) async fn run(desk: &Desk, args: &Bulk) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    if let Some(id) = args.watch {
        let run = agent.api.bulk_run(id).await?;
        return watch(desk, &mut agent, args, run).await;
    }
    if let Some(id) = args.undo {
        let key = IntentId::random().to_string();
        let run = patiently(async || agent.api.bulk_undo(id, &key).await).await?;
        return watch(desk, &mut agent, args, run).await;
    }
    let query = args.query.join(" ");
    let deed = deed(&mut agent, args).await?;
    let ahead = patiently(async || agent.api.bulk_preview(&query).await).await?;
    if args.how.dry_run {
        return tell_ahead(desk, args, &ahead);
    }
    let answers_many = deed.reply.is_some() && ahead.total > 1;
    if !args.yes && (ahead.total > UNASKED || answers_many) {
        return Err(Error::Usage(format!(
            "this is about {}; look with --dry-run, and say --yes to do it",
            about(&ahead)
        )));
    }
    let key = IntentId::random().to_string();
    let begin = async || agent.api.bulk_begin(&query, &deed, ahead.seq, &key).await;
    let run = patiently(begin).await?;
    watch(desk, &mut agent, args, run).await
}

/// What is asked, with the names in it looked up.
async fn deed(agent: &mut Agent, args: &Bulk) -> Result<Deed, Error> {
    let mut commands = Vec::new();
    if args.close {
        commands.push(Command::Close);
    }
    if args.reopen {
        commands.push(Command::Reopen);
    }
    if args.spam {
        commands.push(Command::Spam);
    }
    if let Some(until) = &args.snooze {
        commands.push(Command::Snooze(resting(until)?.0));
    }
    if let Some(who) = &args.assign {
        commands.push(names::assignee(agent, who).await?.0);
    }
    if !args.add_tag.is_empty() || !args.remove_tag.is_empty() {
        let tags = names::tags(agent, args.add_tag.iter().chain(&args.remove_tag)).await?;
        let (add, remove) = tags.split_at(args.add_tag.len());
        commands.extend(add.iter().map(|tag| Command::Tag(tag.id)));
        commands.extend(remove.iter().map(|tag| Command::Untag(tag.id)));
    }
    commands.extend(args.priority.map(|rank| {
        Command::Priority(match rank {
            Rank::High => Priority::High,
            Rank::Normal => Priority::Normal,
        })
    }));
    if args.read {
        commands.push(Command::Read);
    }
    let deed = Deed {
        commands,
        archive: args.archive,
        note: args.note.clone(),
        reply: args.reply.clone(),
    };
    let says_nothing =
        deed.commands.is_empty() && !deed.archive && deed.note.is_none() && deed.reply.is_none();
    if says_nothing && !args.how.dry_run {
        return Err(Error::Usage(
            "say what to do with them, such as --close or --add-tag TAG; --dry-run only counts"
                .to_owned(),
        ));
    }
    Ok(deed)
}

fn tell_ahead(desk: &Desk, args: &Bulk, ahead: &BulkPreview) -> Result<(), Error> {
    if args.how.json {
        return desk.output.json(&json(ahead));
    }
    let mut words = format!("This is about {}.", about(ahead));
    if args.reply.is_some() && ahead.channels.len() > 1 {
        words.push_str(" The answer goes out by several channels.");
    }
    desk.output.words(&words)
}

/// `812 conversations of 640 customers: 600 chat, 212 email`
fn about(ahead: &BulkPreview) -> String {
    let of = |count: i64, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let conversations = of(ahead.total, "conversation");
    if ahead.total == 0 {
        return conversations;
    }
    let channels: Vec<String> = ahead
        .channels
        .iter()
        .map(|(channel, count)| format!("{count} {channel}"))
        .collect();
    let customers = of(ahead.customers, "customer");
    format!("{conversations} of {customers}: {}", channels.join(", "))
}

/// Waits for its end, says how far it is where somebody looks, and then what came of it.
async fn watch(desk: &Desk, agent: &mut Agent, args: &Bulk, run: BulkRun) -> Result<(), Error> {
    let id = run.id;
    let shows = !args.how.json && std::io::stderr().is_terminal();
    let (mut run, mut told) = (run, 0);
    while run.finished_at.is_none() {
        let over = run.done + run.skipped + run.failed;
        if shows && run.total > 0 && over > told {
            told = over;
            say(&format!("{over} of {}", run.total));
        }
        tokio::time::sleep(LOOK).await;
        run = patiently(async || agent.api.bulk_run(id).await).await?;
    }
    if args.how.json {
        desk.output.json(&json(&run))?;
    } else {
        desk.output.words(&summary(&run))?;
    }
    if run.failed == 0 {
        return Ok(());
    }
    if !args.how.json {
        failures(agent, id).await?;
    }
    Err(Error::SomeFailed {
        failed: usize::try_from(run.failed).unwrap_or(usize::MAX),
        of: usize::try_from(run.total).unwrap_or(usize::MAX),
    })
}

/// `812 done, 3 were so already, 2 failed. frontdesk bulk --undo ID takes it back.`
fn summary(run: &BulkRun) -> String {
    let mut words = format!("{} done", run.done);
    if run.skipped > 0 {
        let kept = match run.undoes {
            Some(_) => "were changed since and stay",
            None => "were so already",
        };
        words.push_str(&format!(", {} {kept}", run.skipped));
    }
    if run.failed > 0 {
        words.push_str(&format!(", {} failed", run.failed));
    }
    let left = run.total - run.done - run.skipped - run.failed;
    if run.state == BulkState::Cancelled && left > 0 {
        words.push_str(&format!(", {left} not begun: it was called off"));
    }
    words.push('.');
    if run.undoes.is_none() && run.done > 0 {
        words.push_str(&format!(" frontdesk bulk --undo {} takes it back.", run.id));
    }
    words
}

/// A line for each conversation for which it failed.
async fn failures(agent: &mut Agent, id: BulkRunId) -> Result<(), ApiError> {
    let mut after = 0;
    loop {
        let page = agent.api.bulk_failed(id, after).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.place;
        for item in &page {
            let reason = item.reason.as_deref().unwrap_or("it failed");
            say(&format!("{}: {reason}", item.conversation_id));
        }
    }
}

fn json(it: &impl serde::Serialize) -> String {
    serde_json::to_string(it).expect("numbers and texts always make JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_protocol::id::EventSeq;

    #[test]
    fn a_look_ahead_names_customers_and_channels() {
        let ahead = |total, customers, channels: &[(&str, i64)]| BulkPreview {
            total,
            customers,
            channels: channels
                .iter()
                .map(|(name, count)| ((*name).to_owned(), *count))
                .collect(),
            seq: EventSeq(1),
        };
        assert_eq!(about(&ahead(0, 0, &[])), "0 conversations");
        assert_eq!(
            about(&ahead(1, 1, &[("chat", 1)])),
            "1 conversation of 1 customer: 1 chat"
        );
        assert_eq!(
            about(&ahead(3, 2, &[("chat", 1), ("email", 2)])),
            "3 conversations of 2 customers: 1 chat, 2 email"
        );
    }
}
