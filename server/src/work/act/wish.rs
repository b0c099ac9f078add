//! What is asked for, done as the user who asks, and why it was not in words. What is shown where it was
//! asked for anyway is not told again.

use super::command;
use crate::failure::Outcome;
use crate::http::member;
use crate::use_cases::draft::{self, Approval, Quoting};
use crate::use_cases::edit::{self, Changes, NewAssignee};
use frontdesk_connectors::channel::Wish;
use frontdesk_db::queries::users;
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::account::User;
use frontdesk_domain::decide::NewStatus;
use frontdesk_domain::{AccountId, Actor, ConversationId, Refusal};

/// Does it, and says what only they are to hear.
pub(super) fn grant(unit: &mut Unit<'_>, user: &User, wish: &Wish) -> Outcome<Option<String>> {
    let actor = member(unit.conn(), user)?;
    match wish {
        Wish::Take(id) => change(unit, &actor, *id, taking()),
        Wish::Close(id) => change(unit, &actor, *id, turning(NewStatus::Closed)),
        Wish::Reopen(id) => change(unit, &actor, *id, turning(NewStatus::Open)),
        Wish::Approve(id, version) => draft::approve(
            unit,
            &actor,
            *id,
            *version,
            Approval::Fresh,
            Quoting::Public,
            Vec::new(),
        )
        .map(|_| None),
        Wish::Reject(id, version) => draft::reject(unit, &actor, *id, *version, None).map(|_| None),
        Wish::Command(text) => command::run(unit, &actor, text).map(Some),
    }
}

pub(super) fn taking() -> Changes {
    Changes {
        assignee: NewAssignee::Taker,
        ..Changes::default()
    }
}

pub(super) fn turning(status: NewStatus) -> Changes {
    Changes {
        status: Some(status),
        ..Changes::default()
    }
}

fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    changes: Changes,
) -> Outcome<Option<String>> {
    edit::edit(unit, actor, id, changes).map(|_| None)
}

/// Why it was not done.
pub(super) fn words(
    conn: &mut dyn Conn,
    account_id: AccountId,
    refusal: &Refusal,
) -> Outcome<String> {
    Ok(match refusal {
        Refusal::NotFound => "There is no such thing here, or you may not see it.".to_owned(),
        Refusal::Forbidden => "You may not do this here.".to_owned(),
        Refusal::Stale { .. } => {
            "Something newer was written, which this draft does not know. Read it, and answer in the thread."
                .to_owned()
        }
        Refusal::AlreadyDone { by } => {
            let by = match by {
                Some(id) => users::by_id(conn, account_id, *id)?,
                None => None,
            };
            let name = by.as_ref().map_or("Somebody", User::title);
            format!("{name} was faster.")
        }
        Refusal::Conflict(why) => (*why).to_owned(),
        Refusal::Invalid { field, problem } => format!("{field} {problem}."),
    })
}
