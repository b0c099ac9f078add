//! Lists of kept views: what a search finds, in an order of its own. Nothing is kept of them; each
//! page is found anew, by looking through as many conversations as a list can bear to wait for.

use super::Desk;
use super::page::{Direction, Page, Place};
use super::search::Reach;
use crate::StoreError;
use frontdesk_inbox::Row;
use frontdesk_inbox::kept::{Asked, Counted, Grouping};
use frontdesk_protocol::id::CustomerId;
use std::cmp::Reverse;
use std::collections::HashMap;

impl Desk {
    /// At most `limit` lines of a kept view from a place on, and how many there are; days begin in
    /// `time_zone`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn kept_page(
        &self,
        asked: &Asked,
        time_zone: Option<&str>,
        (from, direction): (Place, Direction),
        limit: usize,
    ) -> Result<(Page, Counted), StoreError> {
        let (rows, reach) = self.found_of(&asked.query, time_zone)?;
        let (rows, counted) = sorted(rows, reach, asked);
        let at = match from {
            Place::Top | Place::Spot(_) => None,
            Place::Bottom => Some(rows.len()),
            Place::At(id) => rows.iter().position(|row| row.id() == id),
        };
        let start = match (direction, at) {
            (Direction::Below, Some(at)) => at + 1,
            (Direction::Above, Some(at)) => at.saturating_sub(limit),
            (Direction::Around, Some(at)) => at
                .saturating_sub(limit / 2)
                .min(rows.len().saturating_sub(limit)),
            (_, None) => 0,
        };
        let end = match (direction, at) {
            (Direction::Above, Some(at)) => at,
            _ => (start + limit).min(rows.len()),
        };
        let has_after = end < rows.len();
        let page = Page {
            rows: rows.into_iter().take(end).skip(start).collect(),
            has_before: start > 0,
            has_after,
            first: None,
            last: None,
        };
        Ok((page, counted))
    }

    /// How many stand in a kept view.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn kept_count(&self, query: &str, time_zone: Option<&str>) -> Result<Counted, StoreError> {
        let (rows, reach) = self.found_of(query, time_zone)?;
        Ok(counted(rows.len(), reach))
    }
}

fn sorted(mut rows: Vec<Row>, reach: Reach, asked: &Asked) -> (Vec<Row>, Counted) {
    let key = |row: &Row| asked.sort.key(&row.conversation);
    let mut first: HashMap<CustomerId, i64> = HashMap::new();
    if asked.grouping == Grouping::ByCustomer {
        for row in &rows {
            let best = first
                .entry(row.conversation.customer_id)
                .or_insert(i64::MIN);
            *best = key(row).max(*best);
        }
    }
    rows.sort_by_cached_key(|row| {
        let it = &row.conversation;
        // Without groups each stands for itself.
        let group = first
            .get(&it.customer_id)
            .map(|best| (*best, it.customer_id));
        (Reverse(group), Reverse(key(row)), it.number)
    });
    let counted = counted(rows.len(), reach);
    (rows, counted)
}

const fn counted(count: usize, reach: Reach) -> Counted {
    match reach {
        Reach::Whole => Counted::Exactly(count),
        Reach::Newest => Counted::AtLeast(count),
    }
}
