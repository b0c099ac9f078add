//! Takes one unit of a batch back without a savepoint around each.
//!
//! With a savepoint open SQLite copies every page before its first change, and FTS5 writes what it
//! gathered into pages at the end of each: a quarter of the writer's time, for units that fail
//! after they wrote, of which there are next to none. So the statements that wrote are kept until
//! the commit. When a unit fails after it wrote, the whole transaction is rolled back and the
//! statements of the units before it run again. There is one writer, and no statement depends on
//! anything but the tables and its arguments: the same rows come out.

use crate::value::Value;
use rusqlite::Connection;
use rusqlite::types::Value as Owned;

/// The statements of a transaction that wrote something, in their order.
#[derive(Debug, Default)]
pub(super) struct Written {
    statements: Vec<Statement>,
    /// How many there were when the unit that runs now began. There is none in a batch of one,
    /// which is rolled back whole.
    mark: Option<usize>,
}

/// A statement that wrote, with its arguments.
#[derive(Debug)]
pub(super) struct Statement {
    text: String,
    args: Vec<Owned>,
}

impl Written {
    /// Begins a unit.
    pub(super) fn mark(&mut self) {
        self.mark = Some(self.statements.len());
    }

    /// Keeps a statement that ran.
    pub(super) fn note(&mut self, text: &str, args: &[Value<'_>]) {
        if self.mark.is_some() {
            self.statements.push(Statement {
                text: text.to_owned(),
                args: args.iter().map(owned).collect(),
            });
        }
    }

    /// What the units before this one wrote; nothing when this one wrote nothing, as there is
    /// nothing to take back then.
    pub(super) fn before_mark(&mut self) -> Option<Vec<Statement>> {
        let mark = self.mark.filter(|mark| *mark < self.statements.len())?;
        self.statements.truncate(mark);
        Some(std::mem::take(&mut self.statements))
    }
}

impl From<Vec<Statement>> for Written {
    fn from(statements: Vec<Statement>) -> Self {
        Self {
            mark: Some(statements.len()),
            statements,
        }
    }
}

impl Statement {
    /// Runs it again, to its end.
    pub(super) fn run(&self, conn: &Connection) -> rusqlite::Result<()> {
        let mut ready = conn.prepare_cached(&self.text)?;
        let mut rows = ready.query(rusqlite::params_from_iter(&self.args))?;
        while rows.next()?.is_some() {}
        Ok(())
    }
}

fn owned(value: &Value<'_>) -> Owned {
    match *value {
        Value::Null => Owned::Null,
        Value::Int(number) => Owned::Integer(number),
        Value::Real(number) => Owned::Real(number),
        Value::Text(text) => Owned::Text(text.to_owned()),
        Value::Blob(bytes) => Owned::Blob(bytes.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sqlite;
    use crate::conn::Conn;
    use crate::engine::{Access, Engine};
    use crate::error::DbError;
    use crate::sql::Sql;
    use crate::value::first;

    static ADD: Sql = Sql::common("ADD", "INSERT INTO t (name) VALUES (?1)");
    static ADD_AND_TELL: Sql = Sql::common(
        "ADD_AND_TELL",
        "INSERT INTO t (name) VALUES (?1) RETURNING n",
    );
    static NAMES: Sql = Sql::common("NAMES", "SELECT n || name FROM t ORDER BY n");

    fn add(conn: &mut dyn Conn, name: &str) -> Result<(), DbError> {
        conn.exec(&ADD, &[&name])?;
        Ok(())
    }

    fn add_and_tell(conn: &mut dyn Conn, name: &str) -> Result<Vec<i64>, DbError> {
        conn.all(&ADD_AND_TELL, &[&name], first)
    }

    #[test]
    fn a_unit_that_fails_takes_back_its_own_rows_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let mut engine = Sqlite::open(&folder.path().join("db"), Access::Write).unwrap();
        engine
            .script("CREATE TABLE t (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT")
            .unwrap();
        engine.begin(Access::Write).unwrap();

        engine.savepoint().unwrap();
        add(engine.conn(), "a").unwrap();
        add_and_tell(engine.conn(), "a").unwrap_err();
        add(engine.conn(), "a").unwrap_err();
        assert_eq!(add_and_tell(engine.conn(), "b").unwrap(), [2]);
        engine.move_savepoint().unwrap();

        add(engine.conn(), "lost").unwrap();
        engine.rollback_to_savepoint().unwrap();

        engine.rollback_to_savepoint().unwrap();

        add(engine.conn(), "c").unwrap();
        engine.move_savepoint().unwrap();
        engine.commit().unwrap();

        let names = engine.conn().all(&NAMES, &[], first::<String>).unwrap();
        assert_eq!(names, ["1a", "2b", "3c"]);
    }
}
