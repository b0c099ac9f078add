//! `key`: personal API keys, with which programs act for a user, and the key of stored secrets.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::{say, user};
use crate::config::key_file::KeySource;
use crate::config::parse_duration;
use crate::use_cases::keys::{self, NewKey};
use crate::vault::{self, Rotation, RotationError, Step, Vault};
use clap::Subcommand;
use frontdesk_db::queries::{api_keys, users};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::key::ApiKey;
use frontdesk_domain::{AccountId, ApiKeyId, KeyScope, Timestamp};
use std::time::Duration;

/// Manage personal API keys, and the key of stored secrets
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Make a key and show it this once
    New {
        /// Whose key it is, by e-mail address or number
        #[arg(long, value_name = "USER")]
        user: String,
        /// What it is for
        #[arg(long, value_name = "TEXT")]
        name: String,
        /// What it may do: read, write or admin
        #[arg(long, default_value = "read", value_parser = scope)]
        scope: KeyScope,
        /// How long it is good for, or never to keep it until it is revoked
        #[arg(long, default_value = "90 days", value_name = "TIME", value_parser = lifetime)]
        expires: Lifetime,
        #[command(flatten)]
        account: InAccount,
    },
    /// List the keys
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Rotate the key that stored secrets are sealed with
    ///
    /// The server must be stopped. A rotation that was interrupted is taken up again by the next.
    Rotate,
    /// Revoke a key
    Revoke {
        /// The key's id
        #[arg(value_name = "KEY", value_parser = key_id)]
        key: ApiKeyId,
        #[command(flatten)]
        account: InAccount,
    },
}

/// How long a key is good for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lifetime {
    Unlimited,
    For(Duration),
}

impl Lifetime {
    fn end(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Unlimited => None,
            Self::For(time) => {
                Some(now.plus_seconds(i64::try_from(time.as_secs()).unwrap_or(i64::MAX)))
            }
        }
    }
}

impl Key {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Rotate => rotate(options).await,
            Self::New {
                user,
                name,
                scope,
                expires,
                account,
            } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                let user_id = user::find(&desk, account.id, &user).await?.id;
                let expires_at = expires.end(desk.db().now());
                let new = NewKey {
                    user_id,
                    label: name,
                    scope,
                    expires_at,
                };
                let made = desk.act(account.id, move |unit, actor| {
                    keys::create(unit, actor, &new)
                });
                let (key, token) = made.await?;
                desk.close();
                say::line(format_args!("key {}, shown only now:", key.id))?;
                say::line(token.reveal())
            }
            Self::Revoke { key, account } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                desk.act(account.id, move |unit, actor| {
                    keys::revoke(unit, actor, key)
                })
                .await?;
                desk.close();
                say::line(format_args!("revoked key {key}"))
            }
        }
    }
}

async fn rotate(options: &Options) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    if let KeySource::Given(keys) = &desk.config().secrets.key {
        let lost = vault::upgrade(desk.db(), &Vault::with(keys.clone())).await?;
        desk.close();
        if lost > 0 {
            return Err(RotationError::Unreadable(lost).into());
        }
        return say::line(
            "every secret is sealed with the first key of secrets.key; the others can go now",
        );
    }
    let file = desk.config().key_file();
    let taken = file.take()?;
    let (mut rotation, mut sealed) = (Rotation::new(&file, desk.db()), 0);
    loop {
        match rotation.step().await? {
            Step::Began => {}
            Step::Sealed(count) => sealed += count,
            Step::Finished => break,
        }
    }
    drop(taken);
    desk.close();
    say::line(format_args!(
        "the key is new; {sealed} stored secrets were sealed with it\n  hint: copy {} to where you keep the old one",
        file.path().display()
    ))
}

fn scope(text: &str) -> Result<KeyScope, String> {
    text.parse()
        .map_err(|_| "must be read, write or admin".to_owned())
}

fn key_id(text: &str) -> Result<ApiKeyId, String> {
    text.parse()
        .map_err(|_| "must be a key's id, as `key list` shows it".to_owned())
}

fn lifetime(text: &str) -> Result<Lifetime, String> {
    if text == "never" {
        return Ok(Lifetime::Unlimited);
    }
    let time = parse_duration(text).map(Lifetime::For);
    time.ok_or_else(|| "must be a time such as \"90 days\", or \"never\"".to_owned())
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let found = desk.db().read(move |conn| all(conn, account.id)).await?;
    desk.close();
    let row = |(key, owner): (ApiKey, String)| {
        let expires = key
            .expires_at
            .map_or_else(|| "never".to_owned(), Timestamp::to_date);
        let used = key
            .last_used_at
            .map_or_else(|| "never".to_owned(), Timestamp::to_date);
        let hint = format!("…{}", key.hint);
        [
            key.id.to_string(),
            hint,
            owner,
            key.scope.to_string(),
            expires,
            used,
            key.label,
        ]
    };
    let heads = [
        "KEY",
        "ENDS IN",
        "USER",
        "SCOPE",
        "EXPIRES",
        "LAST USED",
        "NAME",
    ];
    say::table(heads, found.into_iter().map(row))
}

/// All keys of an account with their owners' addresses.
fn all(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<(ApiKey, String)>, DbError> {
    let mut found = Vec::new();
    for owner in users::of_account(conn, account_id)? {
        for key in api_keys::of_user(conn, account_id, owner.id)? {
            found.push((key, owner.email.clone()));
        }
    }
    Ok(found)
}
