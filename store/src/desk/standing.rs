//! Which conversations stand in which list, and how many: kept with every change, so that
//! showing a list never looks at more than it shows.

use super::cache::Cache;
use super::effective::marks;
use super::{Desk, effective};
use crate::StoreError;
use frontdesk_inbox::{Counts, Row, View};
use rusqlite::Result;

/// A conversation by its local number.
pub(crate) type Number = i64;

/// A view as the tables name it. None of them has a kept one.
pub(crate) fn place_of(view: View) -> i64 {
    let place = view.number().and_then(|at| i64::try_from(at).ok());
    place.unwrap_or(-1)
}

impl Desk {
    /// How many conversations stand in each view.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(&self) -> std::result::Result<Counts, StoreError> {
        self.cache()
            .counts()
            .map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

/// Puts every conversation of which the outbox tells, or told when this was last open, where it
/// belongs.
pub(crate) fn lay_over(cache: &mut Cache<'_>) -> Result<()> {
    let mut numbers = Vec::new();
    for id in cache.outbox.conversations() {
        numbers.extend(cache.number(id)?);
    }
    let mut statement = cache
        .db
        .prepare_cached("SELECT n FROM conversations WHERE overlaid = 1")?;
    let overlaid = statement.query_map([], |row| row.get(0))?;
    for n in overlaid {
        numbers.push(n?);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().try_for_each(|n| cache.stand(n))
}

impl Cache<'_> {
    fn counts(&self) -> Result<Counts> {
        let mut counts = Counts::default();
        let mut statement = self.db.prepare_cached("SELECT view, count FROM counts")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (view, count): (i64, i64) = (row.get(0)?, row.get(1)?);
            if let Some(view) = usize::try_from(view).ok().and_then(|at| View::ALL.get(at)) {
                counts.set(*view, usize::try_from(count).unwrap_or(0));
            }
        }
        Ok(counts)
    }

    /// Puts a conversation where it belongs now, as it is shown.
    pub(crate) fn stand(&self, n: Number) -> Result<()> {
        let Some(truth) = self.truth(n)? else {
            return self.leave(n);
        };
        let queued = self.outbox.of(truth.id());
        self.mark_overlaid(n, i64::from(!queued.is_empty()))?;
        self.stand_as(
            n,
            &effective::effective(truth, queued.iter().map(|it| &it.queued)),
        )
    }

    /// Builds the list of a view anew, after its sort changed.
    pub(crate) fn stand_anew(&self, view: View) -> Result<()> {
        const CLEAR: &str = "DELETE FROM standing WHERE view = ?1";
        let mut statement = self
            .db
            .prepare_cached("SELECT n FROM standing WHERE view = ?1 ORDER BY n")?;
        let numbers: Vec<Number> = statement
            .query_map([place_of(view)], |row| row.get(0))?
            .collect::<Result<_>>()?;
        self.db.prepare_cached(CLEAR)?.execute([place_of(view)])?;
        for n in numbers {
            if let Some(row) = self.row(n)? {
                self.insert(view, self.rank(view, &row), n)?;
            }
        }
        Ok(())
    }

    /// Builds every list anew, after the agent turned out to be another.
    pub(crate) fn stand_all_anew(&self) -> Result<()> {
        self.db
            .execute_batch("DELETE FROM standing; DELETE FROM counts;")?;
        let mut statement = self
            .db
            .prepare_cached("SELECT n FROM conversations ORDER BY n")?;
        let numbers = statement.query_map([], |row| row.get(0))?;
        for n in numbers {
            self.stand(n?)?;
        }
        Ok(())
    }

    /// Takes a conversation out of every list.
    pub(crate) fn leave(&self, n: Number) -> Result<()> {
        for (view, rank) in self.standing_of(n)? {
            self.remove(view, rank, n)?;
            self.count(view, -1)?;
        }
        Ok(())
    }

    /// Puts a conversation that shows as `row` where it belongs.
    pub(crate) fn stand_as(&self, n: Number, row: &Row) -> Result<()> {
        let mut before = self.standing_of(n)?;
        for view in View::ALL {
            if !view.holds(&row.conversation, marks(row), self.me) {
                continue;
            }
            let rank = self.rank(view, row);
            match before.iter().position(|(of, _)| *of == place_of(view)) {
                None => {
                    self.insert(view, rank, n)?;
                    self.count(place_of(view), 1)?;
                }
                Some(at) => {
                    let (_, old) = before.swap_remove(at);
                    if old != rank {
                        self.remove(place_of(view), old, n)?;
                        self.insert(view, rank, n)?;
                    }
                }
            }
        }
        for (view, rank) in before {
            self.remove(view, rank, n)?;
            self.count(view, -1)?;
        }
        Ok(())
    }

    /// Where a row would stand in a view: the lowest rank is the first line. It is the sort's
    /// key the other way round, so that places compare as pairs of numbers.
    pub(crate) fn rank(&self, view: View, row: &Row) -> i64 {
        !self.sorts.of(view).key(&row.conversation)
    }

    fn standing_of(&self, n: Number) -> Result<Vec<(i64, i64)>> {
        self.db
            .prepare_cached("SELECT view, rank FROM standing WHERE n = ?1")?
            .query_map([n], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    fn insert(&self, view: View, rank: i64, n: Number) -> Result<()> {
        self.db
            .prepare_cached("INSERT INTO standing (view, rank, n) VALUES (?1, ?2, ?3)")?
            .execute((place_of(view), rank, n))
            .map(drop)
    }

    fn remove(&self, view: i64, rank: i64, n: Number) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM standing WHERE view = ?1 AND rank = ?2 AND n = ?3")?
            .execute((view, rank, n))
            .map(drop)
    }

    fn count(&self, view: i64, by: i64) -> Result<()> {
        const COUNT: &str = "INSERT INTO counts (view, count) VALUES (?1, ?2)
            ON CONFLICT (view) DO UPDATE SET count = count + excluded.count";
        self.db.prepare_cached(COUNT)?.execute((view, by)).map(drop)
    }

    fn mark_overlaid(&self, n: Number, is_overlaid: i64) -> Result<()> {
        const MARK: &str = "UPDATE conversations SET overlaid = ?2 WHERE n = ?1 AND overlaid <> ?2";
        self.db
            .prepare_cached(MARK)?
            .execute((n, is_overlaid))
            .map(drop)
    }
}
