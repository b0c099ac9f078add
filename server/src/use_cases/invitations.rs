//! Inviting colleagues, and how an invited one comes in.

use crate::failure::Outcome;
use crate::secret::Token;
use crate::use_cases::record;
use crate::use_cases::users::{self, NewUser};
use frontdesk_db::Unit;
use frontdesk_db::queries::invitations;
use frontdesk_db::queries::sessions::TokenHash;
use frontdesk_domain::account::User;
use frontdesk_domain::key::Invitation;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, InvitationId, Refusal, Role};

/// Invites somebody. The token is the only copy there will ever be.
pub(crate) fn invite(
    unit: &mut Unit<'_>,
    actor: &Actor,
    role: Role,
    to: Option<String>,
) -> Outcome<(Invitation, Token)> {
    allows(actor, Permission::ManageUsers)?;
    let invited_by = actor.user_id().ok_or(Refusal::Forbidden)?;
    let token = Token::random();
    let now = unit.now();
    let invitation = Invitation {
        id: InvitationId::random(),
        account_id: actor.account_id,
        invited_by,
        role,
        expires_at: now.plus_seconds(Invitation::LIFETIME_SECONDS),
        created_at: now,
    };
    invitations::insert(unit, &invitation, &token.hash())?;
    let subject = format!("invitation:{}", invitation.id);
    let detail = to.map_or_else(|| role.to_string(), |to| format!("{role} {to}"));
    record::audited(unit, actor, "user.invited", subject, Some(detail))?;
    Ok((invitation, token))
}

/// Who follows an invitation. The texts have been checked.
#[derive(Debug)]
pub(crate) struct Newcomer {
    pub(crate) email: String,
    pub(crate) password_hash: String,
}

/// Uses an invitation up; `None` when it is none that can be used.
pub(crate) fn accept(
    unit: &mut Unit<'_>,
    token: &TokenHash,
    newcomer: Newcomer,
) -> Outcome<Option<User>> {
    let Some(invitation) = invitations::use_up(unit, token)? else {
        return Ok(None);
    };
    let actor = Actor::system(invitation.account_id);
    let new = NewUser {
        email: newcomer.email,
        password_hash: newcomer.password_hash,
        role: invitation.role,
        full_name: None,
    };
    let id = users::add(unit, &actor, new)?;
    let detail = Some(format!("invited by user:{}", invitation.invited_by));
    record::audited(unit, &actor, "user.joined", format!("user:{id}"), detail)?;
    let user = frontdesk_db::queries::users::by_id(unit.conn(), invitation.account_id, id)?;
    Ok(Some(user.ok_or(Refusal::NotFound)?))
}
