//! Inboxes: adding and changing them, which is the primary one, and whether chat visitors must prove who
//! they are.

mod change;

pub(crate) use change::{InboxFields, change, join, leave, open, remove};

use crate::failure::Outcome;
use crate::secret::Token;
use crate::vault::{Home, Secret, Vault};
use frontdesk_db::queries::sealed::IDENTITY_SECRET;
use frontdesk_db::queries::{audit, events, inboxes};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::account::Inbox;
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{
    AccountId, Actor, ChannelKind, EntityKind, EventDraft, EventKind, InboxId, Refusal,
};

/// Whether chat visitors of an inbox must prove who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    Required,
    Optional,
}

/// The refusal to ask for proofs that nobody could give.
pub const NO_SECRET: Refusal =
    Refusal::Conflict("the inbox has no identity secret to check proofs with");

/// Adds an inbox; the first of an account is its primary one.
///
/// # Errors
/// When the actor may not, or the name is empty.
pub fn add(unit: &mut Unit<'_>, actor: &Actor, name: &str, channel: ChannelKind) -> Outcome<Inbox> {
    allows(actor, Permission::ManageInboxes)?;
    let name = inbox_name(name)?;
    let is_primary = inboxes::primary(unit.conn(), actor.account_id)?.is_none();
    let inbox = Inbox {
        id: InboxId::random(),
        account_id: actor.account_id,
        name,
        description: None,
        slug: None,
        channel,
        is_primary,
        is_private: false,
        identity_required: false,
        created_at: unit.now(),
        updated_at: unit.now(),
    };
    inboxes::insert(unit, &inbox)?;
    record(unit, actor, inbox.id, "inbox.added")?;
    Ok(inbox)
}

/// Makes an inbox the one that conversations without one go to.
///
/// # Errors
/// When the actor may not, or there is no such inbox.
pub fn make_primary(unit: &mut Unit<'_>, actor: &Actor, id: InboxId) -> Outcome<()> {
    let inbox = load(unit, actor, id)?;
    if inbox.is_primary {
        return Ok(());
    }
    let before = inboxes::primary(unit.conn(), actor.account_id)?;
    let updated_at = unit.now();
    inboxes::update(
        unit,
        &Inbox {
            is_primary: true,
            updated_at,
            ..inbox
        },
    )?;
    if let Some(before) = before {
        tell(unit, actor, before.id)?;
    }
    Ok(record(unit, actor, id, "inbox.primary")?)
}

/// Gives an inbox a new secret for signing visitors' identities. The bytes of the token's text
/// are the key. Proofs made with the old one count no more.
///
/// # Errors
/// When the actor may not, or there is no such inbox.
pub fn renew_identity_secret(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    id: InboxId,
) -> Outcome<Token> {
    load(unit, actor, id)?;
    let token = Token::random();
    let secret = Secret::new(token.reveal());
    let sealed = vault.seal(&secret_home(actor.account_id, id), &secret);
    inboxes::set_identity_secret(unit, actor.account_id, id, Some(&sealed))?;
    record(unit, actor, id, "inbox.identity_secret_renewed")?;
    Ok(token)
}

/// Where an inbox's identity secret is at home.
#[must_use]
pub fn secret_home(account_id: AccountId, id: InboxId) -> Home {
    Home {
        column: &IDENTITY_SECRET,
        account_id,
        row: id.0,
    }
}

/// Takes an inbox's identity secret away, and with it the duty to prove anything.
///
/// # Errors
/// When the actor may not, or there is no such inbox.
pub fn forget_identity_secret(unit: &mut Unit<'_>, actor: &Actor, id: InboxId) -> Outcome<()> {
    let inbox = load(unit, actor, id)?;
    inboxes::set_identity_secret(unit, actor.account_id, id, None)?;
    let updated_at = unit.now();
    inboxes::update(
        unit,
        &Inbox {
            identity_required: false,
            updated_at,
            ..inbox
        },
    )?;
    Ok(record(unit, actor, id, "inbox.identity_secret_removed")?)
}

/// Says whether chat visitors must prove who they are.
///
/// # Errors
/// When the actor may not, there is no such inbox, or it has no secret to check proofs with.
pub fn require_identity(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: InboxId,
    identity: Identity,
) -> Outcome<()> {
    let inbox = load(unit, actor, id)?;
    let identity_required = identity == Identity::Required;
    if identity_required && inboxes::identity_secret(unit.conn(), actor.account_id, id)?.is_none() {
        return Err(NO_SECRET.into());
    }
    let updated_at = unit.now();
    inboxes::update(
        unit,
        &Inbox {
            identity_required,
            updated_at,
            ..inbox
        },
    )?;
    let action = if identity_required {
        "inbox.identity_required"
    } else {
        "inbox.identity_optional"
    };
    Ok(record(unit, actor, id, action)?)
}

fn load(unit: &mut Unit<'_>, actor: &Actor, id: InboxId) -> Outcome<Inbox> {
    allows(actor, Permission::ManageInboxes)?;
    let inbox = inboxes::by_id(unit.conn(), actor.account_id, id)?;
    inbox.ok_or_else(|| Refusal::NotFound.into())
}

fn tell(unit: &mut Unit<'_>, actor: &Actor, id: InboxId) -> Result<(), DbError> {
    let draft = EventDraft::entity(EventKind::EntityChanged, EntityKind::Inbox, &id);
    events::emit(unit, actor.account_id, actor.user_id(), draft).map(|_| ())
}

fn record(unit: &mut Unit<'_>, actor: &Actor, id: InboxId, action: &str) -> Result<(), DbError> {
    tell(unit, actor, id)?;
    let entry = AuditEntry {
        user_id: actor.user_id(),
        action: action.to_owned(),
        subject: format!("inbox:{id}"),
        detail: None,
        ..AuditEntry::default()
    };
    audit::append(unit, actor, &entry)
}

/// An inbox's name as it is stored.
///
/// # Errors
/// When there is none, or too much of it.
pub fn inbox_name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err(Refusal::Invalid {
            field: "name",
            problem: "can't be blank",
        }),
        1..=255 => Ok(name.to_owned()),
        _ => Err(Refusal::Invalid {
            field: "name",
            problem: "should be at most 255 character(s)",
        }),
    }
}
