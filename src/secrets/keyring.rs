//! The system's keyring.

use super::{KeepError, Tokens};
use keyring::{Entry, Error};

const SERVICE: &str = "frontdesk";

pub(super) fn load(who: &str) -> Result<Option<Tokens>, KeepError> {
    let text = match entry(who)?.get_password() {
        Ok(text) => text,
        Err(Error::NoEntry) => return Ok(None),
        Err(error) => return Err(failed(&error)),
    };
    // What does not read was not written by us, and signing in again puts it right.
    Ok(serde_json::from_str(&text).ok())
}

pub(super) fn save(who: &str, tokens: &Tokens) -> Result<(), KeepError> {
    let text = serde_json::to_string(tokens).expect("two texts are always JSON");
    entry(who)?
        .set_password(&text)
        .map_err(|error| failed(&error))
}

pub(super) fn forget(who: &str) -> Result<(), KeepError> {
    match entry(who)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(failed(&error)),
    }
}

fn entry(who: &str) -> Result<Entry, KeepError> {
    Entry::new(SERVICE, who).map_err(|error| failed(&error))
}

/// The kind of the error alone: some kinds carry what was stored.
fn failed(error: &Error) -> KeepError {
    let why = match error {
        Error::NoStorageAccess(_) => "it is locked or may not be used",
        Error::NoDefaultStore => "there is none on this machine",
        Error::TooLong(..) => "the tokens are too long for it",
        _ => "it failed",
    };
    KeepError::Keyring(why.to_owned())
}
