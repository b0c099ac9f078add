//! The database as commands reach it: beside no running server, and within one account.

use super::error::CliError;
use super::options::Options;
use crate::config::key_file::KeySource;
use crate::config::{Config, DatabaseAt, folder};
use crate::failure::Outcome;
use crate::lock::{FolderLock, LockError};
use crate::vault::Vault;
use clap::Args;
use frontdesk_db::queries::accounts;
use frontdesk_db::{Db, DbError, SystemClock, Unit};
use frontdesk_domain::account::Account;
use frontdesk_domain::{AccountId, Actor};
use std::sync::Arc;

/// What a command wants to do with the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// It may look while a server is running.
    Read,
    Write,
}

/// An open database.
pub(super) struct Desk {
    db: Db,
    config: Config,
    _lock: Option<FolderLock>,
}

/// Makes what a desk needs in its data folder, and keeps other processes out of it. With
/// PostgreSQL several may work at once, and the database itself keeps them apart.
pub(super) fn prepare(config: &Config, access: Access) -> Result<Option<FolderLock>, CliError> {
    folder::prepare(&config.data)?;
    if let KeySource::File(_) = config.secrets.key {
        config.key_file().load_or_create()?;
    }
    let DatabaseAt::Sqlite(file) = &config.database.url else {
        return Ok(None);
    };
    let lock = match (FolderLock::take(&config.data), access) {
        (Ok(lock), _) => Some(lock),
        (Err(LockError::Taken { .. }), Access::Read) => None,
        (Err(error), _) => return Err(error.into()),
    };
    folder::private_file(&config.data.join(file))?;
    Ok(lock)
}

impl Desk {
    /// Opens the database that the options lead to.
    pub(super) fn open(options: &Options, access: Access) -> Result<Self, CliError> {
        let config = options.load(Vec::new())?.config;
        let lock = prepare(&config, access)?;
        let clock = Arc::new(SystemClock);
        let db = match access {
            Access::Read => Db::open_to_look(&config.place(), clock)?,
            Access::Write => Db::open(&config.place(), clock)?,
        };
        Ok(Self {
            db,
            config,
            _lock: lock,
        })
    }

    /// The database itself.
    pub(super) fn db(&self) -> &Db {
        &self.db
    }

    /// How the server is configured.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Seals and opens stored secrets.
    pub(super) fn vault(&self) -> Result<Vault, CliError> {
        Ok(Vault::open_for(&self.config)?)
    }

    /// Does something in an account, as the system.
    pub(super) async fn act<T: Send + 'static>(
        &self,
        account_id: AccountId,
        work: impl FnOnce(&mut Unit<'_>, &Actor) -> Outcome<T> + Send + 'static,
    ) -> Result<T, CliError> {
        let actor = Actor::system(account_id);
        Ok(self
            .db
            .write(account_id, move |unit| work(unit, &actor))
            .await?)
    }

    /// Closes the database after everything that was done.
    pub(super) fn close(self) {
        self.db.close();
    }
}

/// Which account a command is about.
#[derive(Debug, Args)]
pub(super) struct InAccount {
    /// The account, by its id or name; needed only when there are several
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
}

impl InAccount {
    /// The account of this id or name.
    pub(super) fn named(account: String) -> Self {
        Self {
            account: Some(account),
        }
    }

    /// Finds the account.
    pub(super) async fn find(&self, desk: &Desk) -> Result<Account, CliError> {
        let all = desk.db.read(|conn| {
            let ids = accounts::ids(conn)?;
            ids.into_iter()
                .filter_map(|id| accounts::by_id(conn, id).transpose())
                .collect::<Result<Vec<Account>, DbError>>()
        });
        pick(all.await?, self.account.as_deref())
    }
}

fn pick(all: Vec<Account>, wanted: Option<&str>) -> Result<Account, CliError> {
    if all.is_empty() {
        return Err(CliError::usage(
            "there is no account yet\n  hint: make one with `frontdesk-server init`",
        ));
    }
    let known: Vec<String> = all
        .iter()
        .map(|account| format!("\n  {}  {}", account.id, account.company_name))
        .collect();
    let known = known.concat();
    let fits = |account: &Account| {
        wanted.is_none_or(|text| account.id.to_string() == text || account.company_name == text)
    };
    let mut fitting: Vec<Account> = all.into_iter().filter(fits).collect();
    match (fitting.pop(), fitting.is_empty(), wanted) {
        (Some(account), true, _) => Ok(account),
        (Some(_), false, None) => Err(CliError::usage(format!(
            "there are several accounts; say which with --account ID:{known}"
        ))),
        (Some(_), false, Some(name)) => Err(CliError::usage(format!(
            "several accounts are named {name}; use the id with --account:{known}"
        ))),
        (None, ..) => Err(CliError::usage(format!(
            "there is no such account; there are:{known}"
        ))),
    }
}
