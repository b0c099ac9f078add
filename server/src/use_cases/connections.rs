//! Connections to providers and mailboxes, as admins keep them. Secrets go in and never come out.

use crate::failure::Outcome;
use crate::use_cases::nouns::{self, Noun, Rows};
use crate::use_cases::{fields, record};
use crate::vault::{Home, Secret, Vault};
use crate::work::begin_telling;
use frontdesk_db::queries::sealed::CONNECTION_SECRETS;
use frontdesk_db::queries::{connections as rows, inboxes};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::connection::{Connection, Health, Traffic};
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::Permission;
use frontdesk_domain::{
    AccountId, Actor, ConnectionId, ConnectionState, EntityKind, EventKind, InboxId, Refusal,
    Source,
};
use serde_json::{Map, Value};

/// The most bytes of settings, and of secrets.
const LARGEST: usize = 64 * 1024;

/// What is said about a connection. What is left out stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConnectionFields {
    pub(crate) inbox_id: Option<InboxId>,
    /// Said once: a connection of another kind is another connection.
    pub(crate) kind: Option<Source>,
    pub(crate) name: Option<String>,
    pub(crate) settings: Option<Map<String, Value>>,
    pub(crate) switch: Option<Switch>,
}

/// Whether a connection is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switch {
    On,
    Off,
}

impl Noun for Connection {
    type Id = ConnectionId;
    type Fields = ConnectionFields;

    const KIND: EntityKind = EntityKind::Connection;
    const CHANGE: Permission = Permission::ManageIntegrations;
    const DELETE: Permission = Permission::ManageIntegrations;
    const ROWS: Rows<Self> = Rows {
        by_id: rows::by_id,
        insert: rows::insert,
        update: rows::update,
        delete: rows::delete,
    };

    fn id(&self) -> ConnectionId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: ConnectionFields) -> Outcome<Self> {
        fields::required("name", fields.name.as_ref())?;
        let mut it = Self {
            id: ConnectionId::random(),
            account_id: actor.account_id,
            inbox_id: fields::required("inbox_id", fields.inbox_id)?,
            kind: connectable(fields::required("kind", fields.kind)?)?,
            name: String::new(),
            settings: Json("{}".to_owned()),
            health: Health::untested(),
            traffic: Traffic::default(),
            consented_at: None,
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        it.set(unit, actor, fields)?;
        Ok(it)
    }

    fn set(&mut self, unit: &mut Unit<'_>, actor: &Actor, fields: ConnectionFields) -> Outcome<()> {
        if fields.kind.is_some_and(|kind| kind != self.kind) {
            return Err(Refusal::Invalid {
                field: "kind",
                problem: "cannot be changed; add another connection",
            }
            .into());
        }
        if let Some(inbox_id) = fields.inbox_id {
            let found = inboxes::by_id(unit.conn(), self.account_id, inbox_id)?;
            self.inbox_id = found.ok_or(Refusal::invalid("inbox_id"))?.id;
        }
        if let Some(name) = fields.name {
            self.name = fields::line("name", &name)?;
        }
        if let Some(settings) = fields.settings {
            self.settings = Json(object("settings", &settings)?);
            self.health = self.health.untried();
        }
        match fields.switch {
            Some(Switch::Off) => self.health.state = ConnectionState::Off,
            Some(Switch::On) if !self.is_on() => self.health = Health::untested(),
            Some(Switch::On) | None => {}
        }
        self.updated_at = unit.now();
        if self.kind == Source::Slack {
            // A team's channel is told of what comes from now on.
            begin_telling(unit, self.account_id)?;
        }
        let subject = format!("{}:{}", Self::KIND, self.id);
        Ok(record::audited(
            unit,
            actor,
            "connection.changed",
            subject,
            Some(self.kind.to_string()),
        )?)
    }
}

/// What conversations can come from by a connection: chat and the API need none.
fn connectable(kind: Source) -> Result<Source, Refusal> {
    match kind {
        Source::Chat | Source::Api | Source::Sandbox => Err(Refusal::Invalid {
            field: "kind",
            problem: "needs no connection",
        }),
        _ => Ok(kind),
    }
}

fn object(field: &'static str, value: &Map<String, Value>) -> Result<String, Refusal> {
    let text = serde_json::to_string(value).map_err(|_| Refusal::invalid(field))?;
    if text.len() > LARGEST {
        return Err(Refusal::Invalid {
            field,
            problem: "should be at most 65536 byte(s)",
        });
    }
    Ok(text)
}

/// Replaces what a connection signs in with, and leaves a line about it.
pub(crate) fn set_secrets(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    id: ConnectionId,
    secrets: &Map<String, Value>,
) -> Outcome<()> {
    let text = object("secrets", secrets)?;
    let held = nouns::load::<Connection>(unit.conn(), actor, id)?;
    let sealed = vault.seal(&home(actor.account_id, id), &Secret::new(text));
    rows::set_secrets(unit, actor.account_id, id, &sealed)?;
    rows::set_health(unit, actor.account_id, id, &held.health.untried())?;
    let subject = format!("{}:{id}", Connection::KIND);
    let action = "connection.secrets_changed";
    Ok(record::audited(unit, actor, action, subject, None)?)
}

/// What a connection signs in with, as JSON.
///
/// # Errors
/// When the vault cannot open it.
pub fn secrets(
    conn: &mut dyn Conn,
    vault: &Vault,
    account_id: AccountId,
    id: ConnectionId,
) -> Outcome<Option<Secret>> {
    let Some(sealed) = rows::secrets(conn, account_id, id)? else {
        return Ok(None);
    };
    Ok(Some(vault.open(&home(account_id, id), &sealed)?))
}

fn home(account_id: AccountId, id: ConnectionId) -> Home {
    Home {
        column: &CONNECTION_SECRETS,
        account_id,
        row: id.0,
    }
}

/// Keeps what came of using a connection. Admins are told when its state changes, and not of every
/// use.
///
/// # Errors
/// When the database refuses it.
pub fn heard(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConnectionId,
    next: impl FnOnce(&Health) -> Health,
) -> Result<(), DbError> {
    let Some(held) = rows::by_id(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    let health = next(&held.health);
    rows::set_health(unit, account_id, id, &health)?;
    if health.state == held.health.state {
        return Ok(());
    }
    let actor = Actor::system(account_id);
    record::told(
        unit,
        &actor,
        EventKind::EntityChanged,
        EntityKind::Connection,
        &id,
    )
}
