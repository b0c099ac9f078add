//! A PostgreSQL database as it is carried to and from: streams of rows, one transaction.

use super::table::Table;
use super::tally::{Holding, Tally};
use super::{CarryError, Progress, Watch, step};
use crate::engine::postgres::{Param, connect, place, watch};
use crate::value::Value;
use futures_util::StreamExt;
use rusqlite::Connection;
use std::pin::pin;
use tokio::runtime::Runtime;
use tokio_postgres::Client;
use tokio_postgres::binary_copy::{BinaryCopyInWriter, BinaryCopyOutRow, BinaryCopyOutStream};
use tokio_postgres::types::Type;

/// Rows between two words about how far it has come.
pub(super) const OFTEN: u64 = 10_000;

pub(super) struct Remote {
    runtime: Runtime,
    client: Client,
    /// Where it is, without a password.
    pub(super) place: String,
}

impl Remote {
    /// Connects. Not from a thread that drives another runtime.
    pub(super) fn open(url: &str) -> Result<Self, CarryError> {
        let place = place(url);
        let doing = || format!("connecting to {place}");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(step(doing()))?;
        let connecting = connect(url);
        let (client, connection) = runtime.block_on(connecting).map_err(step(doing()))?;
        runtime.spawn(watch(connection));
        Ok(Self {
            runtime,
            client,
            place,
        })
    }

    /// Runs statements without answers.
    pub(super) fn run(&self, doing: &str, statements: &str) -> Result<(), CarryError> {
        let running = self.client.batch_execute(statements);
        self.runtime.block_on(running).map_err(step(doing))
    }

    /// The one number that a statement answers, if it answers.
    pub(super) fn number(&self, doing: &str, statement: &str) -> Result<Option<i64>, CarryError> {
        let asking = self.client.query_opt(statement, &[]);
        let row = self.runtime.block_on(asking).map_err(step(doing))?;
        row.map_or(Ok(None), |row| row.try_get(0).map_err(step(doing)))
    }

    /// Pairs of texts that a statement answers.
    pub(super) fn pairs(
        &self,
        doing: &str,
        statement: &str,
    ) -> Result<Vec<(String, String)>, CarryError> {
        let asking = self.client.query(statement, &[]);
        let rows = self.runtime.block_on(asking).map_err(step(doing))?;
        let pair = |row: &tokio_postgres::Row| Ok((row.try_get(0)?, row.try_get(1)?));
        let pairs = rows.iter().map(pair).collect::<Result<_, _>>();
        pairs.map_err(|source: tokio_postgres::Error| step(doing)(source))
    }

    /// Writes all rows of a table of the file, and says what they were.
    pub(super) fn fill(
        &self,
        file: &Connection,
        table: &Table,
        watch: Watch<'_>,
    ) -> Result<Holding, CarryError> {
        let mut tally = Tally::default();
        self.fill_by(&table.copy_in(), &table.types(), &table.name, |writer| {
            let mut rows = file.prepare(&table.select()).map_err(step(&*table.name))?;
            let mut rows = rows.query([]).map_err(step(&*table.name))?;
            while let Some(row) = rows.next().map_err(step(&*table.name))? {
                let values = table.values(row).map_err(step(&*table.name))?;
                tally.add(&values);
                writer.write(&values)?;
                if tally.rows().is_multiple_of(OFTEN) {
                    let done = tally.rows();
                    let what = table.name.as_str();
                    watch(Progress { what, done });
                }
            }
            Ok(())
        })?;
        Ok(tally.holding(&table.name))
    }

    /// Runs a `COPY … FROM STDIN` with the rows that `each` writes.
    pub(super) fn fill_by(
        &self,
        statement: &str,
        types: &[Type],
        what: &str,
        each: impl FnOnce(&mut Filling<'_>) -> Result<(), CarryError>,
    ) -> Result<(), CarryError> {
        let doing = || format!("writing {what}");
        let sink = self.client.copy_in(statement);
        let sink = self.runtime.block_on(sink).map_err(step(doing()))?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, types));
        each(&mut Filling {
            runtime: &self.runtime,
            writer: writer.as_mut(),
            what,
        })?;
        let finishing = writer.finish();
        self.runtime
            .block_on(finishing)
            .map(|_| ())
            .map_err(step(doing()))
    }

    /// Reads all rows of a table, and says what they were.
    pub(super) fn drain(
        &self,
        table: &Table,
        mut each: impl FnMut(&[Value<'_>]) -> Result<(), CarryError>,
    ) -> Result<Holding, CarryError> {
        let doing = || format!("reading {}", table.name);
        let mut tally = Tally::default();
        self.runtime.block_on(async {
            let stream = self.client.copy_out(&table.copy_out()).await;
            let stream = stream.map_err(step(doing()))?;
            let types = table.types();
            let mut rows = pin!(BinaryCopyOutStream::new(stream, &types));
            while let Some(row) = rows.next().await {
                let row = row.map_err(step(doing()))?;
                let values = read(&row, &types).map_err(step(doing()))?;
                tally.add(&values);
                each(&values)?;
            }
            Ok(tally.holding(&table.name))
        })
    }
}

/// A `COPY` that goes on.
pub(super) struct Filling<'a> {
    runtime: &'a Runtime,
    writer: std::pin::Pin<&'a mut BinaryCopyInWriter>,
    what: &'a str,
}

impl Filling<'_> {
    /// Writes a row.
    pub(super) fn write(&mut self, values: &[Value<'_>]) -> Result<(), CarryError> {
        let row = values.iter().map(|value| Param(*value));
        let writing = self.writer.as_mut().write_raw(row);
        let written = self.runtime.block_on(writing);
        written.map_err(|source| step(format!("writing {}", self.what))(source))
    }
}

fn read<'r>(
    row: &'r BinaryCopyOutRow,
    types: &[Type],
) -> Result<Vec<Value<'r>>, tokio_postgres::Error> {
    let value = |(at, kind): (usize, &Type)| {
        Ok(match *kind {
            Type::INT8 => row.try_get::<Option<i64>>(at)?.map(Value::Int),
            Type::FLOAT8 => row.try_get::<Option<f64>>(at)?.map(Value::Real),
            Type::BYTEA => row.try_get::<Option<&[u8]>>(at)?.map(Value::Blob),
            _ => row.try_get::<Option<&str>>(at)?.map(Value::Text),
        }
        .unwrap_or(Value::Null))
    };
    types.iter().enumerate().map(value).collect()
}
