//! Opening an account: the company, its first admin and its primary inbox, all or nothing.

use super::users::{self, NewUser};
use crate::failure::Outcome;
use frontdesk_db::queries::{accounts, audit, events, inboxes};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::account::{Account, Inbox};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{
    AccountId, Actor, ChannelKind, EntityKind, EventDraft, EventKind, InboxId, Refusal, Role,
    UserId,
};

/// What a new account is made from. The texts have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub company_name: String,
    /// IANA name, such as `Europe/Berlin`.
    pub time_zone: Option<String>,
    pub inbox_name: String,
    pub admin: NewAdmin,
}

/// The first user of an account.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAdmin {
    pub email: String,
    pub password_hash: String,
    pub full_name: Option<String>,
}

impl std::fmt::Debug for NewAdmin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAdmin")
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// Whether there may be accounts already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Only as the first one of this server.
    First,
    Another,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    pub account_id: AccountId,
    pub user_id: UserId,
    pub inbox_id: InboxId,
}

/// The refusal to make a second account.
pub const NOT_THE_FIRST: Refusal = Refusal::Conflict("there is an account already");

/// Opens an account.
///
/// # Errors
/// When the address is taken, or when there is an account and this was to be the first.
pub fn register(unit: &mut Unit<'_>, which: Which, new: NewAccount) -> Outcome<Registered> {
    if which == Which::First && accounts::any(unit.conn())? {
        return Err(NOT_THE_FIRST.into());
    }
    let account_id = AccountId::random();
    accounts::insert(
        unit,
        &account(unit, account_id, new.company_name, new.time_zone),
    )?;
    told(unit, account_id, EntityKind::Account, &account_id)?;
    audit::append(
        unit,
        &Actor::system(account_id),
        &AuditEntry {
            user_id: None,
            action: "account.created".to_owned(),
            subject: format!("account:{account_id}"),
            detail: None,
            ..AuditEntry::default()
        },
    )?;
    let admin = NewUser {
        email: new.admin.email,
        password_hash: new.admin.password_hash,
        role: Role::Admin,
        full_name: new.admin.full_name,
    };
    let user_id = users::add(unit, &Actor::system(account_id), admin)?;
    let inbox = inbox(unit, account_id, new.inbox_name);
    inboxes::insert(unit, &inbox)?;
    told(unit, account_id, EntityKind::Inbox, &inbox.id)?;
    Ok(Registered {
        account_id,
        user_id,
        inbox_id: inbox.id,
    })
}

fn account(
    unit: &Unit<'_>,
    id: AccountId,
    company_name: String,
    time_zone: Option<String>,
) -> Account {
    Account {
        id,
        company_name,
        company_logo_url: None,
        time_zone,
        plan: "team".to_owned(),
        settings: None,
        working_hours: Vec::new(),
        created_at: unit.now(),
        updated_at: unit.now(),
    }
}

fn inbox(unit: &Unit<'_>, account_id: AccountId, name: String) -> Inbox {
    Inbox {
        id: InboxId::random(),
        account_id,
        name,
        description: None,
        slug: None,
        channel: ChannelKind::Chat,
        is_primary: true,
        is_private: false,
        identity_required: false,
        created_at: unit.now(),
        updated_at: unit.now(),
    }
}

fn told(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    kind: EntityKind,
    id: &impl ToString,
) -> Result<(), DbError> {
    let draft = EventDraft::entity(EventKind::EntityChanged, kind, id);
    events::emit(unit, account_id, None, draft).map(|_| ())
}

/// A company's name as it is stored.
///
/// # Errors
/// When there is none, or too much of it.
pub fn company_name(text: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Refusal::Invalid {
            field: "company_name",
            problem: "can't be blank",
        });
    }
    if name.chars().count() > 255 {
        return Err(Refusal::Invalid {
            field: "company_name",
            problem: "should be at most 255 character(s)",
        });
    }
    Ok(name.to_owned())
}
