//! Asks the owner of a mailbox to let us in, and takes what Google gives when they do.

use super::tokens::Token;
use super::{is_the_one, owner};
use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::lines;
use crate::use_cases::connections;
use crate::vault::Vault;
use frontdesk_connectors::email::Account;
use frontdesk_connectors::email::gmail::Gmail;
use frontdesk_connectors::email::gmail::consent::{self, NoTokens, State, Tokens, Us};
use frontdesk_db::queries::connections as rows;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{Actor, ConnectionId, Source, Timestamp};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What the keys are for: the vault gives each purpose its own.
const PURPOSE: &str = "consent of mailbox owners";

/// Where Google sends owners back to, below our own address.
const BACK: &str = "/api/hooks/google";

/// The page where the owner of a mailbox lets us in.
pub(crate) fn ask_owner(
    vault: &Vault,
    public_url: &str,
    id: ConnectionId,
    account: &Account,
    now: Timestamp,
) -> Option<String> {
    let google = account.settings.gmail.as_ref()?;
    let key = vault.newest_key_for(PURPOSE);
    let state = State::sign(key.reveal(), id, Uuid::new_v4(), now);
    let us = Us {
        key: key.reveal(),
        redirect_uri: &format!("{public_url}{BACK}"),
    };
    Some(consent::page(google, us, &account.settings.address, &state))
}

/// What came of it, for the person in front of the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Consented {
    /// We are let in.
    Yes { address: String },
    /// We are not, and why.
    No { why: String },
}

/// The owner came back from Google.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn consented(app: &App, state: &str, code: &str) -> Outcome<Consented> {
    let now = app.db.now();
    let keys: Vec<_> = app.vault.keys_for(PURPOSE).collect();
    let known = keys.iter().find_map(|key| {
        let state = State::check(key.reveal(), state, now)?;
        Some((key, state))
    });
    let Some((key, state)) = known else {
        return Ok(no("this link is too old, or it was not made here"));
    };
    let id = state.connection_id;
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(rows::anywhere(conn, id)?))
        .await?;
    let Some(connection) = found.filter(|it| it.kind == Source::Email) else {
        return Ok(no("the mailbox is no longer set up here"));
    };
    let account = match lines::mailbox(app, &connection).await? {
        Ok(account) => account,
        Err(unfit) => return Ok(no(format!("the mailbox is not set up: {unfit}"))),
    };
    let Some(google) = &account.settings.gmail else {
        return Ok(no("the mailbox is no longer set up for Google"));
    };
    let redirect_uri = format!("{}{BACK}", app.links.public_url);
    let us = Us {
        key: key.reveal(),
        redirect_uri: &redirect_uri,
    };
    let call = consent::exchange(google, &account.secrets, us, &state, code);
    let tokens = match lines::make(&app.outgoing, call).await {
        Ok(answer) => consent::read(&answer),
        Err(error) => Err(NoTokens::Later(error.to_string())),
    };
    let lasting = match lasting(app, &account, google, tokens, now).await {
        Ok(lasting) => lasting,
        Err(why) => return Ok(no(why)),
    };
    keep(app, &connection, lasting).await?;
    app.google.tokens.forget(id);
    Ok(Consented::Yes {
        address: account.settings.address,
    })
}

/// The lasting token, where it opens the mailbox that is meant, wide enough.
async fn lasting(
    app: &App,
    account: &Account,
    google: &Gmail,
    tokens: Result<Tokens, NoTokens>,
    now: Timestamp,
) -> Result<String, String> {
    let tokens = match tokens {
        Ok(tokens) => tokens,
        Err(NoTokens::Ended) => return Err("Google no longer takes this link".to_owned()),
        Err(other) => return Err(other.to_string()),
    };
    if !tokens.are_enough() {
        return Err("reading and sending mail was not allowed there; allow all of it".to_owned());
    }
    let token = Token::of(&tokens, now);
    let owner = owner(&app.outgoing, google, &token).await?;
    is_the_one(account, &owner)?;
    let lasting = tokens.refresh_token;
    lasting.ok_or_else(|| "Google gave no lasting token".to_owned())
}

/// Keeps the lasting token beside the other secrets.
async fn keep(app: &App, connection: &Connection, lasting: String) -> Outcome<()> {
    let (account_id, id, vault) = (connection.account_id, connection.id, app.vault.clone());
    let kept = app.db.write(account_id, move |unit| {
        let known = connections::secrets(unit.conn(), &vault, account_id, id)?;
        let known = known.and_then(|it| serde_json::from_slice(it.reveal()).ok());
        let mut secrets: Map<String, Value> = known.unwrap_or_default();
        secrets.insert("refresh_token".to_owned(), Value::String(lasting));
        let actor = Actor::system(account_id);
        connections::set_secrets(unit, &actor, &vault, id, &secrets)?;
        Ok(rows::consented(unit, account_id, id)?)
    });
    kept.await
}

fn no(why: impl Into<String>) -> Consented {
    Consented::No { why: why.into() }
}
