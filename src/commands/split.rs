//! `frontdesk split`: messages go into a conversation of their own.

use super::each::{self, Outcome, Told};
use super::triage::carry_out;
use super::{find, show};
use crate::cli::{How, Split};
use crate::error::Error;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::Command;
use frontdesk_protocol::id::{ConversationId, MergeId, MessageId};

pub(super) async fn run(desk: &Desk, args: &Split) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let named = [args.conversation.clone()];
    let how = args.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| one(agent, name, &args.messages, how).await,
    )
    .await
}

async fn one(
    agent: &mut Agent,
    named: &str,
    messages: &[MessageId],
    how: How,
) -> Result<Told, Error> {
    let id = find::conversation(agent, named).await?;
    let (_, it) = show::fetch(agent, id, named).await?;
    let strange = messages
        .iter()
        .find(|id| !it.messages.iter().any(|message| message.id == **id));
    if let Some(strange) = strange {
        return Err(Error::Usage(format!(
            "#{} has no message {strange}",
            it.number
        )));
    }
    let mut told = Told {
        id: Some(id),
        number: Some(it.number),
        outcome: Outcome::Would,
        what: format!("split: {} of its messages go", messages.len()),
        sentence: None,
        message_id: None,
        merge_id: None,
    };
    if how.dry_run {
        return Ok(told);
    }
    let (new, back) = (ConversationId::random(), MergeId::random());
    let command = Command::Split {
        messages: messages.to_vec(),
        new,
        back,
    };
    carry_out(agent, id, command).await?;
    let (_, made) = show::fetch(agent, new, &new.to_string()).await?;
    if !how.json {
        let (new, old) = (made.number, it.number);
        say(&format!(
            "frontdesk merge {new} --into {old} takes it back."
        ));
    }
    told.outcome = Outcome::Done;
    told.what = format!(
        "split: {} of its messages are #{}",
        messages.len(),
        made.number
    );
    Ok(told)
}
