//! Brings an app into a workspace: an admin is sent away with a state that only we can make, and comes
//! back with a code that is turned into a token. Tokens that die are renewed long before.

use super::call;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::connections;
use crate::use_cases::install::{self, Installed};
use crate::vault::Vault;
use frontdesk_connectors::channel::{Answer, Call, Delivery};
use frontdesk_connectors::slack::{Granted, Installer, granted};
use frontdesk_connectors::verify::{hmac_sha256, is_same};
use frontdesk_db::queries::connections as rows;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Source, Timestamp};

/// What the keys of states are for.
const PURPOSE: &str = "slack install";

/// How long somebody may take to decide, in seconds.
const PATIENCE: i64 = 3600;

/// How long before its death a token is renewed, in seconds: many tries fit in.
const AHEAD: i64 = 2 * 3600;

/// Why an app was not installed, in words for who tried it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotInstalled {
    #[error("This address is not ours, or too old. Begin again.")]
    State,
    #[error("{0}")]
    Settings(String),
    #[error("Slack did not let the app in: {0}")]
    Slack(String),
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Where Slack sends whoever has decided.
pub(crate) fn redirect(public_url: &str) -> String {
    format!("{public_url}/api/slack/oauth")
}

/// The address at which the app of a connection is installed.
///
/// # Errors
/// Which field is missing for that.
pub(crate) fn address(
    vault: &Vault,
    public_url: &str,
    connection: &Connection,
    secrets: &str,
    now: Timestamp,
) -> Result<String, (&'static str, &'static str)> {
    if connection.kind != Source::Slack {
        return Err((
            "kind",
            "must be slack: only its apps are installed like this",
        ));
    }
    let installer = Installer::of(&connection.settings.0, secrets)?;
    let state = state(vault, connection.id, now.plus_seconds(PATIENCE));
    Ok(installer.address(&redirect(public_url), &state))
}

/// Names a connection and a moment, in letters that nobody else can write.
fn state(vault: &Vault, id: ConnectionId, until: Timestamp) -> String {
    let said = format!("{id}.{}", until.0);
    let mac = hmac_sha256(vault.newest_key_for(PURPOSE).reveal(), said.as_bytes());
    format!("{said}.{}", hex(&mac))
}

/// The connection of a state, while it is believed.
fn believed(vault: &Vault, state: &str, now: Timestamp) -> Option<ConnectionId> {
    let (said, given) = state.rsplit_once('.')?;
    let is_ours = vault.keys_for(PURPOSE).any(|key| {
        let mac = hmac_sha256(key.reveal(), said.as_bytes());
        is_same(hex(&mac).as_bytes(), given.as_bytes())
    });
    let (id, until) = said.split_once('.')?;
    let until: i64 = until.parse().ok()?;
    (is_ours && now.0 < until).then(|| id.parse().ok())?
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Turns a code into a connection that works, and says the workspace's name.
///
/// # Errors
/// Why the app is not installed.
pub(crate) async fn finish(app: &App, state: &str, code: &str) -> Result<String, NotInstalled> {
    let id = believed(&app.vault, state, app.db.now()).ok_or(NotInstalled::State)?;
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(rows::anywhere(conn, id)?))
        .await?;
    let connection = found.ok_or(NotInstalled::State)?;
    let secrets = super::secrets(app, &connection).await?;
    let installer = Installer::of(&connection.settings.0, &secrets)
        .map_err(|(field, problem)| NotInstalled::Settings(format!("{field} {problem}")))?;
    let call = installer.redeem(code, &redirect(&app.links.public_url));
    let granted = ask(app, call).await.map_err(|delivery| {
        let words = "there was no answer that could be read";
        NotInstalled::Slack(why(delivery).unwrap_or_else(|| words.to_owned()))
    })?;
    let Some((team_id, name)) = granted.team.clone() else {
        return Err(NotInstalled::Slack("it names no workspace".to_owned()));
    };
    let vault = app.vault.clone();
    let installed = Installed {
        team_id,
        name: name.clone(),
        granted,
    };
    app.db
        .write(connection.account_id, move |unit| {
            install::installed(unit, &vault, &connection, &installed)
        })
        .await?;
    Ok(name)
}

/// Renews the token of a connection if it dies soon, or says why it cannot be done now.
pub(crate) async fn renew(app: &App, connection: &Connection) -> Done<Result<(), String>> {
    let secrets = super::secrets(app, connection).await?;
    // Who set a token by hand has none to renew.
    let Ok(installer) = Installer::of(&connection.settings.0, &secrets) else {
        return Ok(Ok(()));
    };
    let before = app.db.now().plus_seconds(AHEAD).0.div_euclid(1_000_000);
    let Some(call) = installer.renew(before) else {
        return Ok(Ok(()));
    };
    let (account_id, id, vault) = (connection.account_id, connection.id, app.vault.clone());
    match ask(app, call).await {
        Ok(granted) => {
            let renewed = app.db.write(account_id, move |unit| {
                install::renewed(unit, &vault, account_id, id, &granted)
            });
            renewed.await.map(Ok)
        }
        Err(Delivery::Broken { why } | Delivery::Refused { why }) => {
            let refused = app.db.write(account_id, move |unit| {
                let now = unit.now();
                connections::heard(unit, account_id, id, |it| it.refused(&why, now))?;
                Ok::<_, Failure>(())
            });
            refused.await.map(Ok)
        }
        Err(delivery) => Ok(Err(why(delivery).unwrap_or_default())),
    }
}

async fn ask(app: &App, call: Call) -> Result<Granted, Delivery> {
    let answer: Answer = call::make(&app.outgoing, call)
        .await
        .map_err(|error| Delivery::later(error.to_string(), None))?;
    granted(&answer)
}

fn why(delivery: Delivery) -> Option<String> {
    match delivery {
        Delivery::Later { why, .. }
        | Delivery::Doubtful { why }
        | Delivery::Refused { why }
        | Delivery::Stopped { why }
        | Delivery::Broken { why } => Some(why),
        Delivery::Sent { .. } | Delivery::Moved { .. } => None,
    }
}
