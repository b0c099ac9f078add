//! Pages of a list: found by place and never by counting, so that the first costs what the
//! last does.

use super::Desk;
use super::cache::Cache;
use super::messages::limit_of;
use super::standing::{Number, place_of};
use crate::StoreError;
use frontdesk_inbox::{Row, View};
use frontdesk_protocol::id::ConversationId;
use rusqlite::{OptionalExtension as _, Result, params};

const BELOW: &str = "SELECT rank, n FROM standing
    WHERE view = ?1 AND (rank, n) > (?2, ?3) ORDER BY rank, n LIMIT ?4";
const ABOVE: &str = "SELECT rank, n FROM standing
    WHERE view = ?1 AND (rank, n) < (?2, ?3) ORDER BY rank DESC, n DESC LIMIT ?4";

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Top,
    Bottom,
    /// At a conversation, where it stands or would stand. One that is not here is at the top.
    At(ConversationId),
    /// At the edge of a page that was shown before.
    Spot(Spot),
}

/// A place in a list that stays where it is when the conversation there moves or leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    rank: i64,
    n: Number,
}

/// Which lines a page has, seen from its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Those below, without the place itself.
    Below,
    /// Those above, without the place itself.
    Above,
    /// The place itself in the middle.
    Around,
}

/// Some lines of a list, in its order.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Whether the list goes on above.
    pub has_before: bool,
    /// Whether the list goes on below.
    pub has_after: bool,
    /// The places of the first and the last line.
    pub first: Option<Spot>,
    pub last: Option<Spot>,
}

impl Spot {
    const TOP: Self = Self {
        rank: i64::MIN,
        n: i64::MIN,
    };
    const BOTTOM: Self = Self {
        rank: i64::MAX,
        n: i64::MAX,
    };
}

impl Desk {
    /// At most `limit` lines of a view, from a place on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(
        &self,
        view: View,
        from: Place,
        direction: Direction,
        limit: usize,
    ) -> std::result::Result<Page, StoreError> {
        let cache = self.cache();
        let read = || {
            let spot = match from {
                Place::Top => Spot::TOP,
                Place::Bottom => Spot::BOTTOM,
                Place::At(id) => cache.spot(view, id)?,
                Place::Spot(spot) => spot,
            };
            cache.page(view, spot, direction, limit)
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

impl Cache<'_> {
    /// Where a conversation stands in a view, or would.
    fn spot(&self, view: View, id: ConversationId) -> Result<Spot> {
        let Some(n) = self.number(id)? else {
            return Ok(Spot::TOP);
        };
        let row = self.row(n)?;
        Ok(row.map_or(Spot::TOP, |row| Spot {
            rank: self.rank(view, &row),
            n,
        }))
    }

    fn page(&self, view: View, spot: Spot, direction: Direction, limit: usize) -> Result<Page> {
        let (above, below) = match direction {
            Direction::Below => (0, limit),
            Direction::Above => (limit, 0),
            Direction::Around => (limit / 2, limit - limit / 2),
        };
        let mut spots = self.spots(ABOVE, view, spot, above)?;
        spots.reverse();
        if direction == Direction::Around && below > 0 && self.is_taken(view, spot)? {
            spots.push(spot);
        }
        let rest = (above + below).saturating_sub(spots.len()).min(limit);
        let rest = if direction == Direction::Above {
            0
        } else {
            rest
        };
        spots.extend(self.spots(BELOW, view, spot, rest)?);
        if direction == Direction::Around && spots.len() < limit {
            self.fill_above(view, &mut spots, limit)?;
        }
        self.page_of(view, spot, &spots)
    }

    /// Completes a page around a place near the end of the list.
    fn fill_above(&self, view: View, spots: &mut Vec<Spot>, limit: usize) -> Result<()> {
        let Some(first) = spots.first().copied() else {
            return Ok(());
        };
        let mut more = self.spots(ABOVE, view, first, limit - spots.len())?;
        more.reverse();
        more.append(spots);
        *spots = more;
        Ok(())
    }

    fn page_of(&self, view: View, from: Spot, spots: &[Spot]) -> Result<Page> {
        let (first, last) = (spots.first().copied(), spots.last().copied());
        let mut rows = Vec::with_capacity(spots.len());
        for spot in spots {
            rows.extend(self.row(spot.n)?);
        }
        Ok(Page {
            rows,
            has_before: !self
                .spots(ABOVE, view, first.unwrap_or(from), 1)?
                .is_empty(),
            has_after: !self.spots(BELOW, view, last.unwrap_or(from), 1)?.is_empty(),
            first,
            last,
        })
    }

    fn spots(&self, sql: &str, view: View, from: Spot, limit: usize) -> Result<Vec<Spot>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        self.db
            .prepare_cached(sql)?
            .query_map(
                params![place_of(view), from.rank, from.n, limit_of(limit)],
                |row| {
                    Ok(Spot {
                        rank: row.get(0)?,
                        n: row.get(1)?,
                    })
                },
            )?
            .collect()
    }

    fn is_taken(&self, view: View, spot: Spot) -> Result<bool> {
        const TAKEN: &str = "SELECT 1 FROM standing WHERE view = ?1 AND rank = ?2 AND n = ?3";
        self.db
            .prepare_cached(TAKEN)?
            .query_row((place_of(view), spot.rank, spot.n), |_| Ok(()))
            .optional()
            .map(|found| found.is_some())
    }
}
