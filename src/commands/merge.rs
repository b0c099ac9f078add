//! `frontdesk merge`: conversations of one customer become one, and apart again.

use super::each::{self, Outcome, Told};
use super::retry::patiently;
use super::triage::carry_out;
use super::{find, show};
use crate::cli::{How, Merge};
use crate::error::Error;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::{Command, IntentId};
use frontdesk_protocol::entity::ConversationFull;
use frontdesk_protocol::id::MergeId;

pub(super) async fn run(desk: &Desk, args: &Merge) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    if let Some(id) = args.undo {
        return undo(desk, &mut agent, id, args.how).await;
    }
    let into = args.into.as_deref().unwrap_or_default();
    let id = find::conversation(&mut agent, into).await?;
    let (_, into) = show::fetch(&mut agent, id, into).await?;
    let named = each::named(&args.conversations)?;
    let how = args.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| one(agent, name, &into, how).await,
    )
    .await
}

async fn one(
    agent: &mut Agent,
    named: &str,
    into: &ConversationFull,
    how: How,
) -> Result<Told, Error> {
    let id = find::conversation(agent, named).await?;
    let (_, it) = show::fetch(agent, id, named).await?;
    let mut told = Told {
        id: Some(id),
        number: Some(it.number),
        outcome: Outcome::AlreadySo,
        what: format!("merged into #{}", into.number),
        sentence: None,
        message_id: None,
        merge_id: None,
    };
    if it.merged_into == Some(into.id) {
        return Ok(told);
    }
    if it.customer_id != into.customer_id {
        return Err(Error::Usage(format!(
            "#{} and #{} are of different customers",
            it.number, into.number
        )));
    }
    if how.dry_run {
        told.outcome = Outcome::Would;
        return Ok(told);
    }
    let (into, merge) = (into.id, MergeId::random());
    carry_out(agent, id, Command::Merge { into, merge }).await?;
    if !how.json {
        say(&format!("frontdesk merge --undo {merge} takes it back."));
    }
    told.outcome = Outcome::Done;
    told.merge_id = Some(merge);
    Ok(told)
}

async fn undo(desk: &Desk, agent: &mut Agent, id: MergeId, how: How) -> Result<(), Error> {
    if how.dry_run {
        return desk.output.words(&format!("{id} would be taken back."));
    }
    let key = IntentId::random().to_string();
    let undone = patiently(async || agent.api.undo_merge(id, &key).await).await?;
    if how.json {
        let json = serde_json::to_string(&undone).expect("a merge makes JSON");
        return desk.output.json(&json);
    }
    desk.output.words(&format!("{id} is taken back."))
}
