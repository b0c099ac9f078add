//! The two schemas are the same, and every statement is one both engines can prepare.

use crate::bed::on_each_engine;
use frontdesk_db::{Dialect, Sql, queries};

static SQLITE_COLUMNS: Sql = Sql::common(
    "SQLITE_COLUMNS",
    "SELECT m.name, c.name, c.\"notnull\" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '%_search%'
     ORDER BY 1, 2",
);

static POSTGRES_COLUMNS: Sql = Sql::common(
    "POSTGRES_COLUMNS",
    "SELECT table_name::TEXT, column_name::TEXT, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END
     FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name NOT LIKE '%_search%'",
);

#[test]
fn every_registered_statement_prepares() {
    on_each_engine(|bed| async move {
        bed.db
            .read(|conn| {
                for sql in queries::all() {
                    conn.prepare(sql)?;
                }
                Ok::<_, frontdesk_db::DbError>(())
            })
            .await
            .unwrap();
    });
}

#[test]
fn the_schemas_have_the_same_tables_and_columns() {
    let found = std::sync::Mutex::new(Vec::new());
    on_each_engine(|bed| {
        let found = &found;
        async move {
            let columns = bed
                .db
                .read(|conn| {
                    let sql = match conn.dialect() {
                        Dialect::Sqlite => &SQLITE_COLUMNS,
                        Dialect::Postgres => &POSTGRES_COLUMNS,
                    };
                    conn.all(sql, &[], |row| {
                        Ok((
                            row.get::<String>()?,
                            row.get::<String>()?,
                            row.get::<i64>()?,
                        ))
                    })
                })
                .await
                .map_err(|error: frontdesk_db::DbError| error)
                .unwrap();
            let mut columns: Vec<_> = columns
                .into_iter()
                // A primary key is never null; only PostgreSQL says so in this place.
                .map(|(table, column, _)| (table, column))
                .collect();
            columns.sort();
            assert!(columns.len() > 200);
            found.lock().unwrap().push(columns);
        }
    });
    let found = found.into_inner().unwrap();
    assert!(found.windows(2).all(|pair| pair[0] == pair[1]));
}
