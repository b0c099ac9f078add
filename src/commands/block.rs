//! `block` and `unblock`: whether anybody wants to hear from the customers of conversations.

use super::each::{self, Outcome, Told};
use super::triage::carry_out;
use super::{find, show};
use crate::cli::{Each, How};
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::ConversationFull;
use frontdesk_protocol::kind::Status;

/// What shall become of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Blocked,
    Heard,
}

pub(super) async fn block(desk: &Desk, args: &Each) -> Result<(), Error> {
    each(desk, args, Wanted::Blocked).await
}

pub(super) async fn unblock(desk: &Desk, args: &Each) -> Result<(), Error> {
    each(desk, args, Wanted::Heard).await
}

async fn each(desk: &Desk, args: &Each, wanted: Wanted) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let named = each::named(&args.conversations)?;
    let how = args.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| one(agent, name, wanted, how).await,
    )
    .await
}

async fn one(agent: &mut Agent, named: &str, wanted: Wanted, how: How) -> Result<Told, Error> {
    let id = find::conversation(agent, named).await?;
    let (_, it) = show::fetch(agent, id, named).await?;
    let to_do = to_do(&it, wanted);
    let outcome = match (to_do.is_empty(), how.dry_run) {
        (true, _) => Outcome::AlreadySo,
        (false, true) => Outcome::Would,
        (false, false) => Outcome::Done,
    };
    if outcome == Outcome::Done {
        for command in to_do {
            carry_out(agent, id, command).await?;
        }
    }
    let what = match wanted {
        Wanted::Blocked => "spam, and its customer blocked",
        Wanted::Heard => "heard again",
    };
    Ok(Told {
        id: Some(id),
        number: Some(it.number),
        outcome,
        what: what.to_owned(),
        sentence: None,
        message_id: None,
        merge_id: None,
    })
}

/// What is left to be done, as the inbox does it.
fn to_do(it: &ConversationFull, wanted: Wanted) -> Vec<Command> {
    let customer = it.customer_id;
    let blocked_at = it.customer.as_ref().and_then(|it| it.blocked_at);
    let (of_customer, of_conversation) = match wanted {
        Wanted::Blocked => (
            blocked_at.is_none().then_some(Command::Block(customer)),
            (it.status != Status::Spam).then_some(Command::Spam),
        ),
        Wanted::Heard => (
            blocked_at.is_some().then_some(Command::Unblock(customer)),
            (it.status == Status::Spam).then_some(Command::Reopen),
        ),
    };
    of_customer.into_iter().chain(of_conversation).collect()
}
