//! `link`, `unlink` and `related`: conversations that show each other, and what stands beside one.

use super::each::{self, Outcome, Told};
use super::triage::carry_out;
use super::{find, show};
use crate::cli::{How, Link, Related};
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::ConversationFull;

/// What shall be so of two conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Linked,
    Apart,
}

pub(super) async fn link(desk: &Desk, args: &Link) -> Result<(), Error> {
    each(desk, args, Wanted::Linked).await
}

pub(super) async fn unlink(desk: &Desk, args: &Link) -> Result<(), Error> {
    each(desk, args, Wanted::Apart).await
}

async fn each(desk: &Desk, args: &Link, wanted: Wanted) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.other).await?;
    let (_, other) = show::fetch(&mut agent, id, &args.other).await?;
    let named = each::named(&args.each.conversations)?;
    let how = args.each.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| one(agent, name, &other, wanted, how).await,
    )
    .await
}

async fn one(
    agent: &mut Agent,
    named: &str,
    other: &ConversationFull,
    wanted: Wanted,
    how: How,
) -> Result<Told, Error> {
    let id = find::conversation(agent, named).await?;
    let (_, it) = show::fetch(agent, id, named).await?;
    let related = agent.api.related(id).await?;
    let is_linked = related
        .links
        .iter()
        .any(|link| link.conversation.id == other.id);
    let is_wanted = wanted == Wanted::Linked;
    let outcome = match (is_linked == is_wanted, how.dry_run) {
        (true, _) => Outcome::AlreadySo,
        (false, true) => Outcome::Would,
        (false, false) => Outcome::Done,
    };
    let (command, words) = match wanted {
        Wanted::Linked => (Command::Link(other.id), "linked with"),
        Wanted::Apart => (Command::Unlink(other.id), "no longer linked with"),
    };
    if outcome == Outcome::Done {
        carry_out(agent, id, command).await?;
    }
    Ok(Told {
        id: Some(id),
        number: Some(it.number),
        outcome,
        what: format!("{words} #{}", other.number),
        sentence: None,
        message_id: None,
        merge_id: None,
    })
}

pub(super) async fn related(desk: &Desk, args: &Related) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let related = agent.api.related(id).await?;
    if args.json {
        let json = serde_json::to_string(&related).expect("what the server sent makes JSON");
        return desk.output.json(&json);
    }
    if related.links.is_empty() && related.alike.is_empty() {
        return desk.output.words("Nothing stands beside it.");
    }
    for it in &related.links {
        let (link, status) = (&it.conversation, it.conversation.status);
        let words = format!("#{} {}, {status}: linked", link.number, it.customer);
        desk.output.words(&words)?;
    }
    for it in &related.alike {
        let (customer, reason) = (&it.customer, &it.reason);
        let words = format!("{} {}: {reason}", customer.id, customer.title);
        desk.output.words(&words)?;
    }
    Ok(())
}
