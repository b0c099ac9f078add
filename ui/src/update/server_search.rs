//! What the server finds of a search, below what is found here: older conversations, and what is
//! not in the copy on this machine.

use super::{Effects, picker};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::find::Wanted;
use crate::model::picker::{Choice, Item, Purpose};
use crate::msg::Hit;
use frontdesk_protocol::time::Timestamp;
use std::collections::HashSet;

/// How long nobody types before the server is asked.
const AFTER_MICROS: i64 = 300_000;
/// One letter finds half of a desk.
const SHORTEST: usize = 2;

/// What stands above what the server found.
pub(super) const HEADING: &str = "On the server";

/// Puts it off until the agent stops typing.
pub(super) fn want(model: &mut Model, generation: u64, text: &str) {
    let is_asked = model.connection.reaches_server() && text.chars().count() >= SHORTEST;
    model.server_search = is_asked.then(|| Wanted {
        due: Timestamp(model.now.0 + AFTER_MICROS),
        generation,
        text: text.to_owned(),
    });
}

/// Asks it when it is time, if the box is still there.
pub(super) fn in_time(model: &mut Model) -> Effects {
    let now = model.now;
    let Some(wanted) = model.server_search.take_if(|it| it.due <= now) else {
        return Vec::new();
    };
    let is_open = picker::front(model).is_some_and(|it| it.purpose == Purpose::Search);
    if !is_open || wanted.generation != model.searches {
        return Vec::new();
    }
    vec![Effect::SearchServer {
        generation: wanted.generation,
        text: wanted.text,
    }]
}

/// The server has answered: what is not there already comes below.
pub(super) fn found(model: &mut Model, generation: u64, hits: &[Hit]) -> Effects {
    if generation != model.searches {
        return Vec::new();
    }
    let now = model.now;
    let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::Search) else {
        return Vec::new();
    };
    let mut known = HashSet::new();
    let mut items = std::mem::take(&mut front.items);
    items.retain(|it| it.heading != HEADING);
    for item in &items {
        if let Choice::Hit(id, _) = &item.choice {
            known.insert(*id);
        }
    }
    let more = hits.iter().filter(|hit| known.insert(hit.row.id()));
    items.extend(more.map(|hit| super::palette::hit(hit, now).under(HEADING)));
    // Words about how far was looked here stand before what lies further.
    items.sort_by_key(|it: &Item| it.heading == HEADING);
    front.refill(items);
    Vec::new()
}

#[cfg(test)]
mod tests;
