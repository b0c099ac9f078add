//! PostgreSQL: each worker thread drives one connection on a runtime of its own, so that a unit
//! of work is as synchronous here as it is on SQLite.

use super::{Access, Engine};
use crate::conn::{Conn, Dialect};
use crate::error::{DbError, EngineError};
use crate::sql::Sql;
use crate::value::{Row, Value};
use std::collections::HashMap;
use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, NoTls, Statement};

/// Statements kept prepared per connection. Filtered lists come in many forms.
const PREPARED: usize = 512;

pub(crate) struct Postgres {
    url: String,
    runtime: Runtime,
    client: Option<Client>,
    prepared: HashMap<String, Statement>,
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
            in_transaction: false,
            spoiled: false,
        };
        engine.ensure_open()?;
        Ok(engine)
    }

    fn client(&self) -> Result<&Client, DbError> {
        self.client.as_ref().ok_or(DbError::Gone)
    }

    fn simple(&mut self, text: &'static str) -> Result<(), DbError> {
        let client = self.client()?;
        let ran = self
            .runtime
            .block_on(client.batch_execute(text))
            .map_err(|source| statement(text, source));
        self.noticed(ran)
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
        let client = self.client.as_ref().ok_or(DbError::Gone)?;
        let fresh = self
            .runtime
            .block_on(client.prepare(text))
            .map_err(|source| statement(sql.name, source));
        let fresh = self.noticed(fresh)?;
        if self.prepared.len() >= PREPARED {
            self.prepared.clear();
        }
        self.prepared.insert(text.to_owned(), fresh.clone());
        Ok(fresh)
    }
}

/// Where the database is, without user and password.
fn place(url: &str) -> String {
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
        let args: Vec<Param<'_>> = args.iter().map(|value| Param(*value)).collect();
        let args: Vec<&(dyn ToSql + Sync)> = args.iter().map(|arg| arg as _).collect();
        let client = self.client()?;
        let ran = self
            .runtime
            .block_on(client.execute(&ready, &args))
            .map_err(|source| statement(sql.name, source));
        self.noticed(ran)
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
        let rows = self
            .runtime
            .block_on(client.query(&ready, &args))
            .map_err(|source| statement(sql.name, source));
        let rows = self.noticed(rows)?;
        rows.iter().try_for_each(|row| each(&PostgresRow(row)))
    }
}

/// A value on its way to PostgreSQL, which says itself what type it expects.
#[derive(Debug)]
struct Param<'a>(Value<'a>);

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, EngineError> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) => match *ty {
                Type::INT4 => i32::try_from(number)?.to_sql(ty, out),
                Type::INT2 => i16::try_from(number)?.to_sql(ty, out),
                _ => number.to_sql(ty, out),
            },
            Value::Real(number) => number.to_sql(ty, out),
            // PostgreSQL keeps no NUL in a text; SQLite would, so both go without.
            Value::Text(text) if text.contains('\0') => text.replace('\0', "").to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Blob(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

struct PostgresRow<'a>(&'a tokio_postgres::Row);

impl PostgresRow<'_> {
    fn read<'r, T: tokio_postgres::types::FromSql<'r>>(
        &'r self,
        index: usize,
    ) -> Result<Option<T>, DbError> {
        self.0
            .try_get::<_, Option<T>>(index)
            .map_err(|_| DbError::Column {
                index,
                wanted: "readable value",
            })
    }
}

impl Row for PostgresRow<'_> {
    fn value(&self, index: usize) -> Result<Value<'_>, DbError> {
        let column = self.0.columns().get(index);
        let ty = column
            .ok_or(DbError::Column {
                index,
                wanted: "column",
            })?
            .type_();
        let found = match *ty {
            Type::INT8 => self.read::<i64>(index)?.map(Value::Int),
            Type::INT4 => self
                .read::<i32>(index)?
                .map(|number| Value::Int(i64::from(number))),
            Type::BOOL => self
                .read::<bool>(index)?
                .map(|truth| Value::Int(i64::from(truth))),
            Type::FLOAT8 => self.read::<f64>(index)?.map(Value::Real),
            Type::BYTEA => self.read::<&[u8]>(index)?.map(Value::Blob),
            Type::TEXT | Type::VARCHAR => self.read::<&str>(index)?.map(Value::Text),
            _ => {
                return Err(DbError::Column {
                    index,
                    wanted: "known type",
                });
            }
        };
        Ok(found.unwrap_or(Value::Null))
    }
}

/// Tells the failures a caller can act on from the rest.
fn statement(name: &'static str, source: tokio_postgres::Error) -> DbError {
    if source.is_closed() {
        return DbError::Gone;
    }
    let Some(state) = source.code() else {
        return DbError::Statement {
            statement: name,
            source: Box::new(source),
        };
    };
    if *state == SqlState::UNIQUE_VIOLATION {
        let what = source
            .as_db_error()
            .and_then(|error| error.constraint())
            .unwrap_or("key");
        return DbError::Taken {
            what: what.to_owned(),
        };
    }
    if *state == SqlState::FOREIGN_KEY_VIOLATION {
        return DbError::Dangling;
    }
    if *state == SqlState::DISK_FULL {
        return DbError::Full;
    }
    if *state == SqlState::ADMIN_SHUTDOWN || *state == SqlState::CRASH_SHUTDOWN {
        return DbError::Gone;
    }
    // Details quote whole rows, and rows hold what customers wrote: they must not reach a log.
    let said = source
        .as_db_error()
        .map_or_else(String::new, |error| error.message().to_owned());
    DbError::Statement {
        statement: name,
        source: format!("{said} ({})", state.code()).into(),
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
        self.in_transaction = false;
        let failed = |source: tokio_postgres::Error| DbError::Open {
            place: place(&self.url),
            source: Box::new(source),
        };
        let connecting = tokio_postgres::connect(&self.url, NoTls);
        let (client, connection) = self.runtime.block_on(connecting).map_err(failed)?;
        self.runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "lost a connection to PostgreSQL");
            }
        });
        self.client = Some(client);
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
        self.simple("SAVEPOINT unit")
    }

    fn release(&mut self) -> Result<(), DbError> {
        self.simple("RELEASE unit")
    }

    fn rollback_to_savepoint(&mut self) -> Result<(), DbError> {
        self.simple("ROLLBACK TO unit; RELEASE unit")?;
        self.spoiled = false;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DbError> {
        self.in_transaction = false;
        self.simple("COMMIT").map_err(|error| match error {
            DbError::Full => DbError::Full,
            other => DbError::Commit {
                source: EngineError::from(other),
            },
        })
    }

    fn rollback(&mut self) -> Result<(), DbError> {
        if !self.in_transaction {
            return Ok(());
        }
        self.in_transaction = false;
        self.simple("ROLLBACK")
    }

    fn in_transaction(&self) -> bool {
        self.in_transaction
            && self
                .client
                .as_ref()
                .is_some_and(|client| !client.is_closed())
    }

    fn is_spoiled(&self) -> bool {
        self.spoiled
    }

    fn script(&mut self, text: &str) -> Result<(), DbError> {
        let client = self.client()?;
        self.runtime
            .block_on(client.batch_execute(text))
            .map_err(|source| statement("script", source))
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
