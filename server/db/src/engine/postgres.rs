//! PostgreSQL: each worker thread drives one connection on a runtime of its own, so that a unit
//! of work is as synchronous here as it is on SQLite.

mod failure;
mod patience;
mod pending;
mod secure;
mod sole;
mod values;

use super::{Access, Engine};
use crate::conn::{Conn, Dialect};
use crate::error::{DbError, EngineError};
use crate::sql::Sql;
use crate::value::{Row, Value};
pub(crate) use failure::is_lost;
use failure::statement;
use patience::Patience;
use pending::Pending;
pub(crate) use secure::connect;
pub use sole::Sole;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};
pub(crate) use values::Param;
use values::{Kept, PostgresRow};

/// Statements kept prepared per connection. Filtered lists come in many forms.
const PREPARED: usize = 512;

pub(crate) struct Postgres {
    url: String,
    runtime: Runtime,
    client: Option<Arc<Client>>,
    prepared: HashMap<String, Statement>,
    pending: Pending,
    patience: Patience,
    in_transaction: bool,
    spoiled: bool,
}

impl Postgres {
    /// Connects for one worker thread.
    pub(crate) fn open(url: &str) -> Result<Self, DbError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|source| DbError::Open {
                place: place(url),
                source: source.into(),
            })?;
        let mut engine = Self {
            url: url.to_owned(),
            runtime,
            client: None,
            prepared: HashMap::new(),
            pending: Pending::default(),
            patience: Patience::exhausted(),
            in_transaction: false,
            spoiled: false,
        };
        engine.ensure_open()?;
        Ok(engine)
    }

    /// Connects, and tries again for a while where PostgreSQL was there a moment ago.
    fn connect(&mut self) -> Result<Client, DbError> {
        loop {
            let error = match self.try_connect() {
                Ok(client) => {
                    self.patience = Patience::fresh();
                    return Ok(client);
                }
                Err(error) => error,
            };
            match self.patience.next_wait() {
                Some(wait) => self
                    .runtime
                    .block_on(async { tokio::time::sleep(wait).await }),
                None => {
                    return Err(DbError::Open {
                        place: place(&self.url),
                        source: error,
                    });
                }
            }
        }
    }

    /// Connects, unless this is a server that has lost the right to work here.
    fn try_connect(&mut self) -> Result<Client, EngineError> {
        let (client, connection) = self.runtime.block_on(connect(&self.url))?;
        self.runtime.spawn(watch(connection));
        if self.runtime.block_on(sole::may_work(&self.url, &client))? {
            Ok(client)
        } else {
            Err("this server does not have the database to itself now".into())
        }
    }

    fn client(&self) -> Result<Arc<Client>, DbError> {
        self.client.clone().ok_or(DbError::Gone)
    }

    /// Waits for an answer, and for those to all that was sent before it.
    fn answer<T>(&mut self, last: impl Future<Output = Result<T, DbError>>) -> Result<T, DbError> {
        let before = std::mem::take(&mut self.pending);
        let (before, last) = self
            .runtime
            .block_on(async { tokio::join!(before.settle(), last) });
        self.noticed(before.and(last))
    }

    fn simple(&mut self, text: &'static str) -> Result<(), DbError> {
        let client = self.client()?;
        self.answer(async move { said(&client, text).await })
    }

    /// The same without waiting.
    fn send_simple(&mut self, text: &'static str) -> Result<(), DbError> {
        let client = self.client()?;
        let sent = self.pending.send(async move { said(&client, text).await });
        self.noticed(sent)
    }

    /// Remembers what a failure means for the transaction and for the connection.
    fn noticed<T>(&mut self, result: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &result {
            self.spoiled = true;
            if matches!(error, DbError::Gone) {
                self.client = None;
            }
        }
        result
    }

    fn ready(&mut self, sql: &Sql) -> Result<Statement, DbError> {
        let text = sql.text(Dialect::Postgres);
        if let Some(known) = self.prepared.get(text) {
            return Ok(known.clone());
        }
        let client = self.client()?;
        let fresh = self.answer(async move {
            let prepared = client.prepare(text).await;
            prepared.map_err(|source| statement(sql.name, source))
        })?;
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        self.prepared.insert(text.to_owned(), fresh.clone());
        Ok(fresh)
    }
}

/// Drives a connection to its end.
pub(crate) async fn watch(connection: impl Future<Output = Result<(), tokio_postgres::Error>>) {
    if let Err(error) = connection.await {
        tracing::warn!(%error, "lost a connection to PostgreSQL");
    }
}

/// Runs a statement that has neither arguments nor an answer.
async fn said(client: &Client, text: &'static str) -> Result<(), DbError> {
    let ran = client.batch_execute(text).await;
    ran.map_err(|source| statement(text, source))
}

/// Where the database is, without user and password.
pub(crate) fn place(url: &str) -> String {
    let after = url.rsplit('@').next().unwrap_or_default();
    let bare = after.split('?').next().unwrap_or_default();
    format!(
        "postgres://{}",
        bare.trim_start_matches("postgres://")
            .trim_start_matches("postgresql://")
    )
}

impl Conn for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn prepare(&mut self, sql: &Sql) -> Result<(), DbError> {
        self.ready(sql).map(|_| ())
    }

    fn exec_values(&mut self, sql: &Sql, args: &[Value<'_>]) -> Result<u64, DbError> {
        let ready = self.ready(sql)?;
        let client = self.client()?;
        self.answer(async move {
            let params = args.iter().map(|value| Param(*value));
            let ran = client.execute_raw(&ready, params).await;
            ran.map_err(|source| statement(sql.name, source))
        })
    }

    fn send_values(&mut self, sql: &Sql, args: &[Value<'_>]) -> Result<(), DbError> {
        let ready = self.ready(sql)?;
        let client = self.client()?;
        let name = sql.name;
        let kept: Vec<Kept> = args.iter().map(|value| Kept::from(*value)).collect();
        let sent = self.pending.send(async move {
            let params = kept.iter().map(Kept::param);
            let ran = client.execute_raw(&ready, params).await;
            ran.map(|_| ()).map_err(|source| statement(name, source))
        });
        self.noticed(sent)?;
        if self.pending.is_full() {
            return self.answer(std::future::ready(Ok(())));
        }
        Ok(())
    }

    fn rows_values(
        &mut self,
        sql: &Sql,
        args: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let ready = self.ready(sql)?;
        let args: Vec<Param<'_>> = args.iter().map(|value| Param(*value)).collect();
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        let client = self.client()?;
        let rows = self.answer(async move {
            let rows = client.query(&ready, &args).await;
            rows.map_err(|source| statement(sql.name, source))
        })?;
        rows.iter().try_for_each(|row| each(&PostgresRow(row)))
    }
}

impl Engine for Postgres {
    fn conn(&mut self) -> &mut dyn Conn {
        self
    }

    fn ensure_open(&mut self) -> Result<(), DbError> {
        if self
            .client
            .as_ref()
            .is_some_and(|client| !client.is_closed())
        {
            return Ok(());
        }
        self.client = None;
        self.prepared.clear();
        self.pending.forget();
        self.in_transaction = false;
        let client = self.connect()?;
        self.client = Some(Arc::new(client));
        Ok(())
    }

    fn begin(&mut self, access: Access) -> Result<(), DbError> {
        self.simple(match access {
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Access::Write => "BEGIN",
        })?;
        self.in_transaction = true;
        self.spoiled = false;
        Ok(())
    }

    fn savepoint(&mut self) -> Result<(), DbError> {
        self.send_simple("SAVEPOINT unit")
    }

    fn move_savepoint(&mut self) -> Result<(), DbError> {
        self.simple("RELEASE unit; SAVEPOINT unit")
    }

    fn rollback_to_savepoint(&mut self) -> Result<(), DbError> {
        self.pending.forget();
        self.simple("ROLLBACK TO unit")?;
        self.spoiled = false;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DbError> {
        self.in_transaction = false;
        let client = self.client()?;
        self.answer(async move {
            said(&client, "COMMIT").await.map_err(|error| match error {
                DbError::Full => DbError::Full,
                other => DbError::Commit {
                    source: EngineError::from(other),
                },
            })
        })
    }

    fn rollback(&mut self) -> Result<(), DbError> {
        if !self.in_transaction {
            return Ok(());
        }
        self.in_transaction = false;
        self.pending.forget();
        self.simple("ROLLBACK")
    }

    fn in_transaction(&self) -> bool {
        self.in_transaction
            && self
                .client
                .as_ref()
                .is_some_and(|client| !client.is_closed())
    }

    fn why_lost(&self) -> DbError {
        DbError::Gone
    }

    fn is_spoiled(&self) -> bool {
        self.spoiled
    }

    fn script(&mut self, text: &str) -> Result<(), DbError> {
        let client = self.client()?;
        self.answer(async move {
            let ran = client.batch_execute(text).await;
            ran.map_err(|source| statement("script", source))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn the_place_of_a_database_shows_no_password() {
        assert_eq!(
            place("postgres://u:secret@db:5432/desk?a=b"),
            "postgres://db:5432/desk"
        );
        assert_eq!(place("postgres://db/desk"), "postgres://db/desk");
    }
}
