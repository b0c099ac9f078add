//! The seam: what a unit of work sees of either database.

use crate::error::DbError;
use crate::sql::Sql;
use crate::value::{Columns, Row, ToValue, Value, first};

/// Which of the two databases a connection speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A connection inside a transaction. Synchronous: each engine runs it on threads of its own.
pub trait Conn {
    /// Which database this is.
    fn dialect(&self) -> Dialect;

    /// Prepares a statement without running it.
    ///
    /// # Errors
    /// When the database does not understand the statement.
    fn prepare(&mut self, sql: &Sql) -> Result<(), DbError>;

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// When the database refuses the statement.
    fn exec_values(&mut self, sql: &Sql, args: &[Value<'_>]) -> Result<u64, DbError>;

    /// Runs a statement whose answer nobody needs. An engine need not wait for it: that it
    /// failed may be told by a later statement or by the end of the unit, which then fails.
    ///
    /// # Errors
    /// When the database refuses this statement, or one sent before it.
    fn send_values(&mut self, sql: &Sql, args: &[Value<'_>]) -> Result<(), DbError> {
        self.exec_values(sql, args).map(|_| ())
    }

    /// Runs a statement and shows each row of its answer.
    ///
    /// # Errors
    /// When the database refuses the statement, or when `each` fails.
    fn rows_values(
        &mut self,
        sql: &Sql,
        args: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError>;
}

/// Arguments as they are written in calls: `&[&id, &now]`.
pub type Args<'a> = &'a [&'a dyn ToValue];

fn values<'a>(args: Args<'a>) -> Vec<Value<'a>> {
    args.iter().map(|arg| arg.to_value()).collect()
}

impl dyn Conn + '_ {
    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn exec(&mut self, sql: &Sql, args: Args<'_>) -> Result<u64, DbError> {
        self.exec_values(sql, &values(args))
    }

    /// Runs a statement whose answer nobody needs; see [`Conn::send_values`].
    ///
    /// # Errors
    /// When the database refuses this statement, or one sent before it.
    pub fn send(&mut self, sql: &Sql, args: Args<'_>) -> Result<(), DbError> {
        self.send_values(sql, &values(args))
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// When the database refuses the statement, or a row cannot be read.
    pub fn all<T>(
        &mut self,
        sql: &Sql,
        args: Args<'_>,
        read: impl Fn(&mut Columns<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.all_values(sql, &values(args), read)
    }

    /// All rows of an answer to a statement whose arguments were put together at run time.
    ///
    /// # Errors
    /// When the database refuses the statement, or a row cannot be read.
    pub fn all_values<T>(
        &mut self,
        sql: &Sql,
        args: &[Value<'_>],
        read: impl Fn(&mut Columns<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        self.rows_values(sql, args, &mut |row| {
            found.push(read(&mut Columns::of(row))?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// When the database refuses the statement, or the row cannot be read.
    pub fn one<T>(
        &mut self,
        sql: &Sql,
        args: Args<'_>,
        read: impl Fn(&mut Columns<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut found = None;
        self.rows_values(sql, &values(args), &mut |row| {
            if found.is_none() {
                found = Some(read(&mut Columns::of(row))?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The one number a counting statement answers.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn count(&mut self, sql: &Sql, args: Args<'_>) -> Result<i64, DbError> {
        Ok(self
            .one(sql, args, first::<Option<i64>>)?
            .flatten()
            .unwrap_or(0))
    }
}
