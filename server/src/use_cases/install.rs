//! An app was let into a workspace, or its token was renewed: what a connection signs in with is another.

use crate::failure::Outcome;
use crate::use_cases::connections::{ConnectionFields, secrets, set_secrets};
use crate::use_cases::{nouns, record};
use crate::vault::Vault;
use frontdesk_connectors::slack::Granted;
use frontdesk_db::queries::connections as rows;
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, Actor, ConnectionId, EntityKind, Refusal};
use serde_json::{Map, Value, json};

/// A workspace that let an app in.
#[derive(Debug)]
pub(crate) struct Installed {
    pub(crate) team_id: String,
    pub(crate) name: String,
    pub(crate) granted: Granted,
}

/// Gives a workspace its connection: the one it had; the one through which the app was installed, where
/// that has no other workspace yet; or one more, with the same app and inbox.
pub(crate) fn installed(
    unit: &mut Unit<'_>,
    vault: &Vault,
    through: &Connection,
    it: &Installed,
) -> Outcome<()> {
    let (account_id, actor) = (through.account_id, Actor::system(through.account_id));
    let wanted = Some(it.team_id.as_str());
    let all = rows::of_account(unit.conn(), account_id)?;
    let held = all
        .iter()
        .find(|held| held.kind == through.kind && workspace(held).as_deref() == wanted);
    let id = match held {
        Some(held) => held.id,
        None if workspace(through).is_none() => {
            let fields = ConnectionFields {
                settings: Some(settings(through, &it.team_id)),
                ..ConnectionFields::default()
            };
            nouns::change::<Connection>(unit, &actor, through.id, fields)?.id
        }
        None => beside(unit, vault, through, it)?,
    };
    keep(unit, vault, &actor, id, &it.granted)?;
    let subject = format!("{}:{id}", EntityKind::Connection);
    let detail = Some(it.team_id.clone());
    Ok(record::audited(
        unit,
        &actor,
        "connection.installed",
        subject,
        detail,
    )?)
}

/// The token of a connection was renewed.
pub(crate) fn renewed(
    unit: &mut Unit<'_>,
    vault: &Vault,
    account_id: AccountId,
    id: ConnectionId,
    granted: &Granted,
) -> Outcome<()> {
    keep(unit, vault, &Actor::system(account_id), id, granted)
}

/// The workspace a connection is set to.
fn workspace(it: &Connection) -> Option<String> {
    let settings: Value = serde_json::from_str(&it.settings.0).ok()?;
    settings["team_id"].as_str().map(str::to_owned)
}

/// The settings of a connection, for this workspace.
fn settings(it: &Connection, team_id: &str) -> Map<String, Value> {
    let mut settings: Map<String, Value> = serde_json::from_str(&it.settings.0).unwrap_or_default();
    settings.insert("team_id".to_owned(), json!(team_id));
    settings
}

/// One more connection, with what the app itself is known by and nothing of the first workspace's own.
fn beside(
    unit: &mut Unit<'_>,
    vault: &Vault,
    through: &Connection,
    it: &Installed,
) -> Outcome<ConnectionId> {
    let actor = Actor::system(through.account_id);
    let mut settings = settings(through, &it.team_id);
    settings.remove("seat");
    let fields = ConnectionFields {
        inbox_id: Some(through.inbox_id),
        kind: Some(through.kind),
        name: Some(it.name.clone()),
        settings: Some(settings),
        switch: None,
    };
    let made = nouns::add::<Connection>(unit, &actor, fields)?;
    let mut known = known(unit.conn(), vault, through.account_id, through.id)?;
    known.retain(|name, _| name == "client_secret" || name == "signing_secret");
    set_secrets(unit, &actor, vault, made.id, &known)?;
    Ok(made.id)
}

fn known(
    conn: &mut dyn Conn,
    vault: &Vault,
    account_id: AccountId,
    id: ConnectionId,
) -> Outcome<Map<String, Value>> {
    let sealed = secrets(conn, vault, account_id, id)?;
    let text = sealed.as_ref().map_or(&b"{}"[..], |it| it.reveal());
    serde_json::from_slice(text).map_err(|_| Refusal::invalid("secrets").into())
}

fn keep(
    unit: &mut Unit<'_>,
    vault: &Vault,
    actor: &Actor,
    id: ConnectionId,
    granted: &Granted,
) -> Outcome<()> {
    let mut known = known(unit.conn(), vault, actor.account_id, id)?;
    granted.keep(&mut known, unit.now().0.div_euclid(1_000_000));
    set_secrets(unit, actor, vault, id, &known)
}
