//! Whether the other sides let the connections in, tried as `connections test` tries one.

use super::Check;
use super::mail::{UNKNOWN, known};
use super::network::apart;
use crate::config::Config;
use crate::config::key_file::KeySource;
use crate::failure::Failure;
use crate::outgoing::Outgoing;
use crate::probe;
use crate::use_cases::connections::secrets;
use crate::vault::Vault;
use frontdesk_db::{Clock, Db, SystemClock};
use frontdesk_domain::connection::Connection;
use std::sync::Arc;

const NAME: &str = "logins";

pub(super) fn all(config: &Config) -> Check {
    let found = match known(config) {
        Ok(Some(found)) => found,
        Ok(None) => return Check::note(NAME, UNKNOWN, "see what is said of the database"),
        Err(why) => return Check::bad(NAME, why, "see what is said of the database"),
    };
    let on: Vec<Connection> = found.into_iter().filter(Connection::is_on).collect();
    if on.is_empty() {
        return Check::good(NAME, "there is nothing to sign in to");
    }
    let count = on.len();
    match apart(kept_out(config, on)) {
        Err(why) => Check::note(NAME, why, "see what is said of the key and of the database"),
        Ok(told) if told.is_empty() => Check::good(NAME, format!("{count} tried, all are let in")),
        Ok(told) => Check::bad(
            NAME,
            format!("{} of {count}: {}", told.len(), told.join("; ")),
            "mend what is said; `frontdesk-server connections test ID` tries one again",
        ),
    }
}

/// What is said of those that are not let in.
async fn kept_out(config: &Config, on: Vec<Connection>) -> Result<Vec<String>, String> {
    let tried = with_secrets(config, on).await?;
    let client = Outgoing::new(&config.outgoing).map_err(|error| error.to_string())?;
    let now = SystemClock.now();
    let steps = tried.iter().map(async |(it, secrets)| {
        let steps = probe::try_out(&client, it.kind, &it.settings.0, secrets, now).await;
        probe::wrong(&steps).map(|why| format!("{} ({why})", it.name))
    });
    let told = futures_util::future::join_all(steps).await;
    Ok(told.into_iter().flatten().collect())
}

/// The connections with what they sign in with. A key that is not there is not made here.
async fn with_secrets(
    config: &Config,
    on: Vec<Connection>,
) -> Result<Vec<(Connection, String)>, String> {
    let file = config.key_file();
    if matches!(config.secrets.key, KeySource::File(_)) && !file.path().exists() {
        return Err(format!("there is no key at {}", file.path().display()));
    }
    let vault = Vault::open_for(config).map_err(|error| error.to_string())?;
    let db = Db::open_to_look(&config.place(), Arc::new(SystemClock));
    let db = db.map_err(|error| error.to_string())?;
    let read = db.read(move |conn| {
        let mut all = Vec::new();
        for it in on {
            let held = secrets(conn, &vault, it.account_id, it.id)?;
            let held = held.as_ref().map_or(&b"{}"[..], |it| it.reveal());
            all.push((it, String::from_utf8_lossy(held).into_owned()));
        }
        Ok::<_, Failure>(all)
    });
    let all = read.await.map_err(|error| error.to_string())?;
    db.close();
    Ok(all)
}
