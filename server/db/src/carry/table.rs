//! Which tables there are and how their rows look, read from a SQLite file.

use crate::value::Value;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use tokio_postgres::types::Type;

/// A table with its columns, in their order.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    name: String,
    pub(super) kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Real,
    Text,
    Blob,
}

/// Every table of ours, those that others refer to first. Search indexes are made anew and the
/// journal of migrations is each engine's own, so neither is here.
pub(super) fn tables(conn: &Connection) -> rusqlite::Result<Vec<Table>> {
    let mut names = conn.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'schema_migrations' ORDER BY name",
    )?;
    let names = names.query_map([], |row| row.get::<_, String>(0))?;
    let names = names.collect::<Result<Vec<String>, _>>()?;
    let mut left = Vec::new();
    for name in names {
        left.push((parents(conn, &name)?, describe(conn, name)?));
    }
    Ok(in_order(left))
}

fn describe(conn: &Connection, name: String) -> rusqlite::Result<Table> {
    let mut columns = conn.prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = columns.query_map([&name], |row| {
        Ok(Column {
            name: row.get(0)?,
            kind: Kind::declared(&row.get::<_, String>(1)?),
        })
    })?;
    let columns = columns.collect::<Result<Vec<Column>, _>>()?;
    Ok(Table { name, columns })
}

fn parents(conn: &Connection, name: &str) -> rusqlite::Result<Vec<String>> {
    let mut found = conn.prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)")?;
    let found = found.query_map([name], |row| row.get(0))?;
    found.collect()
}

/// Takes again and again what refers to nothing that is still left. A table that refers to itself
/// may come when the others have; a circle, which we do not have, would come last.
fn in_order(mut left: Vec<(Vec<String>, Table)>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let waiting: Vec<String> = left.iter().map(|(_, table)| table.name.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|(parents, table)| {
            let blocks = |parent: &String| *parent != table.name && waiting.contains(parent);
            !parents.iter().any(blocks)
        });
        let stuck = ready.is_empty();
        ordered.extend(ready.into_iter().map(|(_, table)| table));
        if stuck {
            ordered.extend(rest.into_iter().map(|(_, table)| table));
            break;
        }
        left = rest;
    }
    ordered
}

impl Kind {
    fn declared(text: &str) -> Self {
        match text {
            "INTEGER" | "BIGINT" => Self::Int,
            "REAL" => Self::Real,
            "BLOB" => Self::Blob,
            _ => Self::Text,
        }
    }
}

impl Table {
    fn list(&self) -> String {
        let names = self.columns.iter().map(|it| format!("\"{}\"", it.name));
        names.collect::<Vec<_>>().join(", ")
    }

    /// All rows, in whatever order.
    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM \"{}\"", self.list(), self.name)
    }

    pub(super) fn insert(&self) -> String {
        let marks = vec!["?"; self.columns.len()].join(", ");
        let (name, list) = (&self.name, self.list());
        format!("INSERT INTO \"{name}\" ({list}) VALUES ({marks})")
    }

    pub(super) fn copy_in(&self) -> String {
        format!("COPY \"{}\" ({}) FROM STDIN BINARY", self.name, self.list())
    }

    pub(super) fn copy_out(&self) -> String {
        format!("COPY \"{}\" ({}) TO STDOUT BINARY", self.name, self.list())
    }

    /// What PostgreSQL calls the columns' types.
    pub(super) fn types(&self) -> Vec<Type> {
        let of = |column: &Column| match column.kind {
            Kind::Int => Type::INT8,
            Kind::Real => Type::FLOAT8,
            Kind::Text => Type::TEXT,
            Kind::Blob => Type::BYTEA,
        };
        self.columns.iter().map(of).collect()
    }

    /// The values of a row of [`Table::select`].
    pub(super) fn values<'r>(&self, row: &'r Row<'_>) -> rusqlite::Result<Vec<Value<'r>>> {
        let value = |at: usize| {
            Ok(match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Int(number),
                ValueRef::Real(number) => Value::Real(number),
                ValueRef::Text(text) => Value::Text(std::str::from_utf8(text)?),
                ValueRef::Blob(bytes) => Value::Blob(bytes),
            })
        };
        (0..self.columns.len()).map(value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_referred_to_comes_first() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES z (id));
             CREATE TABLE z (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES z (id), note TEXT);
             CREATE VIRTUAL TABLE words USING fts5 (body);",
        )
        .unwrap();
        let found = tables(&conn).unwrap();
        let names: Vec<&str> = found.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["z", "a"]);
        assert_eq!(
            found[0].select(),
            "SELECT \"id\", \"parent\", \"note\" FROM \"z\""
        );
        assert_eq!(found[0].columns[2].kind, Kind::Text);
    }
}
