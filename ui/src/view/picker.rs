//! A box in which something is chosen.

mod row;

use super::canvas::{Canvas, Ground};
use super::{boxed, field, hints};
use crate::cell;
use crate::model::Model;
use crate::model::picker::{Picker, Purpose};
use crate::painted::Line;
use crate::theme::Role;
use crate::time_until;
use frontdesk_inbox::snooze::{self as phrases, Unclear};
use ratatui::layout::{Position, Rect};
use row::{Row, rows};

/// Below this height a box has no air in it.
const AIRY: u16 = 16;
/// How many things are shown at once, where there is room.
const MOST_ROWS: usize = 16;
/// How many lines say what is understood of a phrase.
const WORDS: usize = 2;

/// What stands where in the box.
pub(crate) struct Plan<'a> {
    pub(crate) outer: Rect,
    words: Vec<Line>,
    rows: Vec<Row<'a>>,
    /// The first row that is seen, and how many are.
    first: usize,
    visible: usize,
    /// The lines of the box in which the words and the rows begin.
    words_from: usize,
    from: usize,
}

impl<'a> Plan<'a> {
    /// The plan of a box on this screen.
    pub(crate) fn of(model: &Model, picker: &'a Picker, screen: Rect) -> Self {
        let air = usize::from(screen.height >= AIRY);
        let words = understood(model, picker, usize::from(boxed::inner_width(screen)));
        let said = if words.is_empty() {
            0
        } else {
            words.len() + air
        };
        let fixed = 2 + 2 * air + said;
        let room = usize::from(boxed::most_lines(screen)).saturating_sub(fixed);
        let rows = rows(picker);
        // As high as all of it would be, so that the box stays where it is while somebody types.
        let most = most_rows(picker).clamp(1, MOST_ROWS);
        let visible = most.min(room).max(1);
        let height = u16::try_from(fixed + visible).unwrap_or(u16::MAX);
        Self {
            outer: boxed::place(screen, height),
            first: first(&rows, picker.at, visible),
            words,
            rows,
            visible,
            words_from: 1 + air,
            from: 1 + air + said,
        }
    }

    /// Which of the fitting things stands there.
    pub(crate) fn at(&self, at: Position) -> Option<usize> {
        let inside = boxed::inside(self.outer);
        if !inside.contains(at) {
            return None;
        }
        let row = usize::from(at.y - inside.y).checked_sub(self.from)?;
        let found = self.rows.get(self.first + row);
        match found.filter(|_| row < self.visible)? {
            Row::Item { place, .. } => Some(*place),
            Row::Heading(_) => None,
        }
    }
}

/// Draws it, and says where the cursor of its field is.
pub(crate) fn draw(model: &Model, picker: &Picker, canvas: &mut Canvas<'_>) -> Position {
    let plan = Plan::of(model, picker, canvas.area());
    boxed::draw(canvas, model.glyphs, &picker.heading(), plan.outer);
    let inside = boxed::inside(plan.outer);
    let width = usize::from(inside.width);
    let text = field::line(&picker.field, ">", width, model.glyphs);
    canvas.line(inside, 0, &text.line, Ground::Plain);
    for (line, at) in plan.words.iter().zip(plan.words_from..) {
        let line = line.clone().cut(width, model.glyphs.cut());
        put(canvas, inside, at, &line, Ground::Plain);
    }
    if plan.rows.is_empty() {
        let line = Line::new().with(Role::Muted, format!("  {}", nothing(picker)));
        let line = line.cut(width, model.glyphs.cut());
        put(canvas, inside, plan.from, &line, Ground::Plain);
    }
    let seen = plan.rows.iter().skip(plan.first).take(plan.visible);
    for (row, at) in seen.zip(plan.from..) {
        let ground = if row.is_chosen(picker) {
            Ground::Selected
        } else {
            Ground::Plain
        };
        put(canvas, inside, at, &row.line(model, picker, width), ground);
    }
    let last = inside.height.saturating_sub(1);
    canvas.line(inside, last, &keys(picker, width), Ground::Plain);
    text.cursor(inside, 0)
}

fn put(canvas: &mut Canvas<'_>, area: Rect, row: usize, line: &Line, on: Ground) {
    canvas.line(area, u16::try_from(row).unwrap_or(u16::MAX), line, on);
}

/// How many lines all things with their headings take.
fn most_rows(picker: &Picker) -> usize {
    let mut headings: Vec<&str> = picker.in_scope().map(|item| item.heading).collect();
    let count = headings.len();
    headings.dedup();
    headings.retain(|heading| !heading.is_empty());
    count + headings.len()
}

/// The first row that is shown, so that the chosen one is among them.
fn first(rows: &[Row], chosen: usize, visible: usize) -> usize {
    let is_chosen = |row: &Row| matches!(row, Row::Item { place, .. } if *place == chosen);
    let at = rows.iter().position(is_chosen).unwrap_or(0);
    at.saturating_sub(visible / 2)
        .min(rows.len().saturating_sub(visible))
}

/// What a phrase for a time means, or what is not clear about it.
fn understood(model: &Model, picker: &Picker, width: usize) -> Vec<Line> {
    if !picker.purpose.wants_time() {
        return Vec::new();
    }
    let examples = phrases::EXAMPLES.join(if model.glyphs.dot().is_ascii() {
        ", "
    } else {
        " · "
    });
    let plain = |unclear: &Unclear| model.glyphs.words(&unclear.to_string()).into_owned();
    let (role, words) = match phrases::parse(picker.field.text(), model.now, &model.zone) {
        Ok(snooze) => {
            let Some(until) = snooze.until else {
                return padded(vec![
                    Line::new().with(Role::Accent, "= until the customer replies"),
                ]);
            };
            let moment = time_until::moment(until.0, model.now, &model.zone);
            let span = time_until::span(until.0, model.now);
            return padded(vec![
                Line::new()
                    .with(Role::Accent, format!("= {moment}"))
                    .with(Role::Muted, format!("   {span}")),
            ]);
        }
        Err(Unclear::Nothing) => (Role::Muted, format!("Say when: {examples}")),
        Err(unclear @ (Unclear::Word(_) | Unclear::Unfinished(_))) => {
            (Role::Warn, format!("{} Try: {examples}", plain(&unclear)))
        }
        Err(unclear) => (Role::Warn, plain(&unclear)),
    };
    let words = crate::text_safe::line(&words);
    let pieces = cell::wrap(&words, width).into_iter();
    padded(pieces.map(|piece| Line::new().with(role, piece)).collect())
}

fn padded(mut lines: Vec<Line>) -> Vec<Line> {
    lines.resize(lines.len().max(WORDS), Line::new());
    lines
}

fn nothing(picker: &Picker) -> &'static str {
    match (&picker.purpose, picker.field.text().trim()) {
        (Purpose::Search, "") => {
            "Type what to look for: a name, some words, is:open, from:ada, has:file."
        }
        (Purpose::Search, _) => "Nothing found so far.",
        (Purpose::Later, "") => "Nothing waits to go out.",
        (Purpose::ViewName(_) | Purpose::ViewRename(_) | Purpose::KeysName, _) => {
            "Type what it shall be called."
        }
        (Purpose::NewTo, "") => "Type a name, an address, or a number such as +358401234567.",
        (Purpose::NewTo, _) => {
            "Nobody here is called so. An address or a number makes a new customer."
        }
        (Purpose::SamePerson, "") => "Nobody seems to be. Type a name or an address.",
        (Purpose::ForwardTo, _) => "Type the address of whoever shall read it.",
        (Purpose::Link, "") => "Type a number or some words.",
        (Purpose::Path, "") => "Type the path of a file; ~/ is your home.",
        (Purpose::Path, _) => "Nothing of this name lies there.",
        (Purpose::UndoLog, "") => "Nothing has been done yet.",
        (Purpose::Messages, "") => "Nothing has been said yet.",
        (_, "") => "There is nothing here.",
        _ => "Nothing fits.",
    }
}

/// The keys at the foot of the box.
fn keys(picker: &Picker, cells: usize) -> Line {
    let enter = ("Enter", verb(&picker.purpose));
    match picker.purpose {
        Purpose::Path => hints::within(&[enter, ("Tab", "complete"), ("Esc", "close")], cells),
        Purpose::Label => hints::within(&[enter, ("Tab", "and stay"), ("Esc", "close")], cells),
        Purpose::Split => hints::within(&[enter, ("Tab", "one more"), ("Esc", "close")], cells),
        Purpose::Search => {
            hints::within(&[enter, ("Tab", "keep as a view"), ("Esc", "close")], cells)
        }
        Purpose::Snooze | Purpose::SendLater | Purpose::LaterTime(_) => {
            hints::within(&[enter, ("^u", "clear"), ("Esc", "close")], cells)
        }
        Purpose::Palette | Purpose::Help => {
            let others = format!("only {}", picker.next_scope().title());
            let others = others.replace("only everything", "everything");
            hints::within(&[enter, ("Tab", &others), ("Esc", "close")], cells)
        }
        Purpose::Messages | Purpose::Keys | Purpose::Printed => {
            hints::within(&[("^n/^p", "move"), ("Esc", "close")], cells)
        }
        _ => hints::within(&[enter, ("^n/^p", "move"), ("Esc", "close")], cells),
    }
}

fn verb(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Palette | Purpose::Help => "run",
        Purpose::Assign => "assign",
        Purpose::Label => "tag or untag",
        Purpose::Move => "move",
        Purpose::Merge | Purpose::SamePerson => "see what it does",
        Purpose::Split | Purpose::ForwardWords(_) => "see what it does",
        Purpose::ForwardTo => "go on",
        Purpose::Link => "link",
        Purpose::Linked => "do it",
        Purpose::UndoLog => "take it back",
        Purpose::Snooze => "snooze",
        Purpose::Status => "make it so",
        Purpose::SortBy => "sort",
        Purpose::Availability => "say so",
        Purpose::Canned | Purpose::Slash => "insert",
        Purpose::Template => "go on",
        Purpose::TemplatePlace(_) => "put it in",
        Purpose::Macro => "see what it does",
        Purpose::RejectDraft => "reject",
        Purpose::Wish | Purpose::Rewrite => "ask for it",
        Purpose::Channel => "reply",
        Purpose::KeysName => "keep",
        Purpose::Play => "play",
        Purpose::SendLater | Purpose::LaterTime(_) => "send then",
        Purpose::Later | Purpose::Proposals => "choose",
        Purpose::LaterEntry | Purpose::Suggestions | Purpose::Proposal => "do it",
        Purpose::Views => "go there",
        Purpose::ViewName(_) => "go on",
        Purpose::ViewScope => "keep",
        Purpose::ChangeView => "go on",
        Purpose::ViewRename(_) => "rename",
        Purpose::NewTo | Purpose::NewBy => "go on",
        Purpose::NewSubject(_) => "begin",
        Purpose::Links | Purpose::Outbox | Purpose::Search | Purpose::Sources => "open",
        Purpose::Attachments => "save",
        Purpose::Path => "attach",
        Purpose::Pasted(_) => "do it",
        Purpose::Detach => "take off",
        Purpose::OutboxEntry(_) => "do it",
        Purpose::Command => "run",
        Purpose::Messages | Purpose::Keys | Purpose::Printed => "close",
    }
}

#[cfg(test)]
mod tests;
