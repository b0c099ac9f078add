//! Lines to the outside: text messages, WhatsApp, Telegram, Slack and channels of others. The connectors say
//! what to call and what an answer means; here is everything they must not know: secrets, the network,
//! limits, and what is written down.

mod amend;
mod announce;
mod brought;
mod call;
mod deliver;
mod files;
mod gate;
mod install;
mod names;
mod pace;
mod poll;
mod post;
mod recall;
mod seen;
mod socket;
mod templates;
mod upload;

pub(crate) use amend::{rewrite, take_back};
pub(crate) use call::{make, make_up_to};
pub(crate) use deliver::way;
pub(crate) use files::{Fetched, Missed, Missing, fetch, fetch_one};
pub(crate) use gate::{Gates, Went};
pub(crate) use install::{NotInstalled, address as install_page, finish as installed, renew};
pub(crate) use names::{NamesKnown, look_up, who};
pub(crate) use poll::start;
pub(crate) use post::{Post, Posted, post, posted, retell};
pub(crate) use templates::{TemplatesKnown, offered};
pub(crate) use upload::file_links;

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::connections;
use crate::vault::Vault;
use frontdesk_connectors::channel::Channel;
use frontdesk_connectors::email;
use frontdesk_connectors::registry::{self, Unfit};
use frontdesk_db::Conn;
use frontdesk_db::queries::connections as rows;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, ConnectionId};

/// Opens a connection with its secrets.
pub(crate) async fn open(
    app: &App,
    connection: &Connection,
) -> Outcome<Result<Box<dyn Channel>, Unfit>> {
    let secrets = secrets(app, connection).await?;
    Ok(registry::open(
        connection.kind,
        &connection.settings.0,
        &secrets,
    ))
}

/// Opens a mailbox with its secrets.
pub(crate) async fn mailbox(
    app: &App,
    connection: &Connection,
) -> Outcome<Result<email::Account, Unfit>> {
    let secrets = secrets(app, connection).await?;
    Ok(registry::mailbox(&connection.settings.0, &secrets))
}

/// The same as it is now: settings, version and secrets are of one moment.
pub(crate) async fn mailbox_now(
    app: &App,
    account_id: AccountId,
    id: ConnectionId,
) -> Outcome<Option<(Connection, Result<email::Account, Unfit>)>> {
    let vault = app.vault.clone();
    let read = app.db.read(move |conn| {
        let Some(connection) = rows::by_id(conn, account_id, id)? else {
            return Ok(None);
        };
        let secrets = secrets_of(conn, &vault, &connection)?;
        Ok::<_, Failure>(Some((connection, secrets)))
    });
    let found = read.await?;
    Ok(found.map(|(connection, secrets)| {
        let account = registry::mailbox(&connection.settings.0, &secrets);
        (connection, account)
    }))
}

/// What a connection signs in with, as JSON.
pub(crate) async fn secrets(app: &App, connection: &Connection) -> Outcome<String> {
    let (connection, vault) = (connection.clone(), app.vault.clone());
    let read = app
        .db
        .read(move |conn| secrets_of(conn, &vault, &connection));
    read.await
}

fn secrets_of(conn: &mut dyn Conn, vault: &Vault, connection: &Connection) -> Outcome<String> {
    let secrets = connections::secrets(conn, vault, connection.account_id, connection.id)?;
    let secrets = secrets.as_ref().map_or(&b"{}"[..], |it| it.reveal());
    Ok(String::from_utf8_lossy(secrets).into_owned())
}
