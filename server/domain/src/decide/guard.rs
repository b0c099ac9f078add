//! The questions that most decisions ask first.

use crate::account::User;
use crate::policy::{self, Permission};
use crate::{AccountId, Actor, Conversation, Refusal, Role};

/// The conversation exists for the actor, and the actor has the permission. What it may not see
/// does not exist for it, whatever else it may do.
pub(super) fn reach(
    actor: &Actor,
    permission: Permission,
    conversation: &Conversation,
) -> Result<(), Refusal> {
    if !actor.sees(conversation) {
        return Err(Refusal::NotFound);
    }
    policy::allows(actor, permission)
}

/// As [`reach`], for what makes no sense once the conversation went into another.
pub(super) fn reach_unmerged(
    actor: &Actor,
    permission: Permission,
    conversation: &Conversation,
) -> Result<(), Refusal> {
    reach(actor, permission, conversation)?;
    match conversation.merged_into {
        Some(_) => Err(Refusal::Conflict(
            "the conversation was merged into another",
        )),
        None => Ok(()),
    }
}

/// A user of the account who can take work. Whether somebody exists in another account is not
/// told, so both cases answer alike.
pub(super) fn can_work(
    user: &User,
    account: AccountId,
    field: &'static str,
) -> Result<(), Refusal> {
    if user.account_id != account {
        return Err(Refusal::missing(field));
    }
    if !user.is_active() || user.role == Role::Viewer {
        return Err(Refusal::Invalid {
            field,
            problem: "cannot work on conversations",
        });
    }
    Ok(())
}
