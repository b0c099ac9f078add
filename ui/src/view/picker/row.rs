//! A line of a box: a heading, or something to choose.

use crate::cell::{self, Align};
use crate::model::Model;
use crate::model::picker::{Item, Picker, Purpose};
use crate::painted::Line;
use crate::theme::Role;

/// The column of keys, where keys come first.
const KEYS: usize = 18;

/// The air before muted words at the end of a line, which colours alone do not set apart.
const GAP: usize = 2;

/// A line of the box.
#[derive(Debug, Clone, Copy)]
pub(super) enum Row<'a> {
    Heading(&'static str),
    Item {
        /// Its place among those that fit.
        place: usize,
        item: &'a Item,
    },
}

/// All lines, with a heading above the first of those that belong together.
pub(super) fn rows(picker: &Picker) -> Vec<Row<'_>> {
    let mut rows = Vec::with_capacity(picker.fitting.len());
    let mut heading = "";
    let has_headings = picker.is_in_given_order();
    for (place, at) in picker.fitting.iter().enumerate() {
        let Some(item) = picker.items.get(*at) else {
            continue;
        };
        if has_headings && item.heading != heading {
            heading = item.heading;
            rows.push(Row::Heading(heading));
        }
        rows.push(Row::Item { place, item });
    }
    rows
}

impl Row<'_> {
    /// Whether it is the one that Enter takes.
    pub(super) fn is_chosen(&self, picker: &Picker) -> bool {
        let is_phrase = picker.purpose.wants_time() && !picker.field.text().is_empty();
        matches!(self, Row::Item { place, .. } if *place == picker.at && !is_phrase)
    }

    /// How it looks.
    pub(super) fn line(&self, model: &Model, picker: &Picker, width: usize) -> Line {
        let item = match self {
            Row::Heading(heading) => {
                return Line::new().with(Role::Muted, format!("  {}", heading.to_uppercase()));
            }
            Row::Item { item, .. } => item,
        };
        let bar = if self.is_chosen(picker) {
            model.glyphs.bar()
        } else {
            " "
        };
        let on = if item.is_on { model.glyphs.done() } else { " " };
        let mut line = Line::new()
            .with(Role::Accent, bar)
            .with(Role::Ok, on)
            .with(Role::Text, " ");
        let room = width.saturating_sub(4);
        match picker.purpose {
            Purpose::Help | Purpose::Keys => keys_first(model, item, room, &mut line),
            _ => detail_last(model, picker, item, room, &mut line),
        }
        line
    }
}

fn role(item: &Item) -> Role {
    if item.unavailable.is_some() {
        Role::Faint
    } else {
        Role::Text
    }
}

fn keys_first(model: &Model, item: &Item, room: usize, line: &mut Line) {
    let cut = model.glyphs.cut();
    let keys = KEYS.min(room / 3);
    let why = item.unavailable.as_deref().unwrap_or_default();
    let why_width = cell::width(why).min(room / 2);
    let label = room.saturating_sub(keys + 1 + why_width + 1);
    line.push(
        Role::Accent,
        cell::fit(&item.detail, keys, Align::Left, cut),
    );
    line.push(
        role(item),
        format!(" {}", cell::fit(&item.label, label, Align::Left, cut)),
    );
    line.push(Role::Muted, format!(" {}", cell::cut(why, why_width, cut)));
}

fn detail_last(model: &Model, picker: &Picker, item: &Item, room: usize, line: &mut Line) {
    let cut = model.glyphs.cut();
    // What is read first keeps its room; muted words take what it leaves, and at least a third.
    let wanted = cell::width(&item.label);
    let most = room.saturating_sub(wanted + GAP).max(room / 3);
    let detail = cell::width(&item.detail).min(most);
    let gap = if detail > 0 { GAP } else { 0 };
    let label = room.saturating_sub(detail + gap);
    let shown = cell::fit(&item.label, label, Align::Left, cut);
    if picker.purpose == Purpose::Links {
        address(&shown, line);
    } else {
        line.push(role(item), shown);
    }
    if detail > 0 {
        line.push(Role::Text, " ".repeat(GAP));
        line.push(Role::Muted, cell::cut(&item.detail, detail, cut));
    }
}

/// An address, in which the host stands out: it says where a link really leads.
fn address(shown: &str, line: &mut Line) {
    let start = shown.find("://").map_or_else(
        || shown.find(':').map_or(0, |at| at + 1),
        |at| at + "://".len(),
    );
    let (scheme, rest) = shown.split_at(start);
    let authority_end = rest.find(['/', '?', '#', ' ']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(authority_end);
    // Before an @ stands a name that was made to look like a host.
    let host_start = match scheme {
        "mailto:" => 0,
        _ => authority.rfind('@').map_or(0, |at| at + 1),
    };
    let (user, host) = authority.split_at(host_start);
    line.push(Role::Muted, scheme);
    line.push(Role::Muted, user);
    line.push(Role::Strong, host);
    line.push(Role::Muted, path);
}
