//! The text that is being written: who reads it above, the text, and what is to know below.

pub(crate) mod files;

use super::canvas::{Canvas, Ground};
use super::{hint, layout};
use crate::action::{Action, Context};
use crate::cell;
use crate::channel;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::msg::{Origin, WrittenKind};
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::{Row, enclosure, segments};
use frontdesk_protocol::kind::Source;
use ratatui::layout::{Position, Rect};

/// Draws the composer.
pub(crate) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(composer) = &model.composer else {
        return;
    };
    let foot = foot(model, composer, area);
    let parts = parts(composer, area, &foot);
    canvas.line(
        parts.head,
        0,
        &head(model, composer, parts.head),
        Ground::Plain,
    );
    let rail = Line::new().with(rail_role(composer), rail(model, composer));
    for row in 0..parts.text.height {
        canvas.line(parts.rail, row, &rail, Ground::Plain);
    }
    canvas.text_area(parts.text, &composer.area);
    let (width, room) = (
        usize::from(parts.files.width),
        usize::from(parts.files.height),
    );
    for (line, row) in files::lines(model, composer, width, room).iter().zip(0..) {
        canvas.line(parts.files, row, line, Ground::Plain);
    }
    canvas.line(parts.foot, 0, &foot, Ground::Plain);
}

/// Where the terminal's cursor stands, once the composer has been drawn.
pub(crate) fn cursor(model: &Model) -> Option<Position> {
    let composer = model.composer.as_ref().filter(|it| it.has_focus())?;
    if !model.layers.is_empty() {
        return None;
    }
    let area = layout::of(model).composer;
    let text = parts(composer, area, &foot(model, composer, area)).text;
    if text.width == 0 || text.height == 0 {
        return None;
    }
    let cursor = composer.area.screen_cursor();
    let (top, left) = composer.area.scroll_offset();
    let row = u16::try_from(cursor.row).ok()?.checked_sub(top)?;
    let column = u16::try_from(cursor.col).ok()?.checked_sub(left)?;
    let column = text.x + column.min(text.width - 1);
    (row < text.height).then(|| Position::new(column, text.y + row))
}

/// The parts of the composer's area.
struct Parts {
    head: Rect,
    rail: Rect,
    text: Rect,
    files: Rect,
    foot: Rect,
}

fn parts(composer: &Composer, area: Rect, foot: &Line) -> Parts {
    let row = |y: u16, height: u16| Rect::new(area.x + 1, y, area.width.saturating_sub(2), height);
    let foot_height = u16::from(area.height >= 4 && !foot.pieces.is_empty());
    let rest = area.height.saturating_sub(1 + foot_height);
    // Of the text a line is always seen.
    let files_height = u16::try_from(files::rows(composer)).unwrap_or(u16::MAX);
    let files_height = files_height.min(rest.saturating_sub(1));
    let text_height = rest - files_height;
    let text = row(area.y + 1, text_height);
    Parts {
        head: row(area.y, area.height.min(1)),
        rail: Rect { width: 1, ..text },
        text: Rect::new(
            text.x + 2,
            text.y,
            text.width.saturating_sub(2),
            text.height,
        ),
        files: row(area.y + 1 + text_height, files_height),
        foot: row(area.y + 1 + rest, foot_height),
    }
}

/// A note has another rail than a reply, not only another colour.
fn rail(model: &Model, composer: &Composer) -> &'static str {
    match composer.kind {
        WrittenKind::Reply => model.glyphs.rail(),
        WrittenKind::Note => model.glyphs.note_rail(),
    }
}

fn rail_role(composer: &Composer) -> Role {
    match composer.kind {
        WrittenKind::Reply => Role::Agent,
        WrittenKind::Note => Role::Note,
    }
}

fn row<'a>(model: &'a Model, composer: &Composer) -> Option<&'a Row> {
    let id = composer.conversation_id;
    let in_thread = model.threads.get(id).map(|it| &it.row);
    in_thread.or_else(|| model.list.find(id))
}

/// Who will read this, and whether it is on disk.
fn head(model: &Model, composer: &Composer, area: Rect) -> Line {
    let state = state(composer);
    let room = usize::from(area.width).saturating_sub(cell::width(state) + 1);
    let line = match composer.kind {
        WrittenKind::Note => note_head(room),
        WrittenKind::Reply => reply_head(model, composer, room),
    };
    let air = usize::from(area.width).saturating_sub(line.width() + cell::width(state));
    line.with(Role::Text, " ".repeat(air))
        .with(Role::Muted, state)
}

fn note_head(room: usize) -> Line {
    let line = Line::new().with(Role::Note, "Note for colleagues.");
    let more = " The customer does not see it.";
    if line.width() + more.len() <= room {
        line.with(Role::Muted, more)
    } else {
        line
    }
}

fn reply_head(model: &Model, composer: &Composer, room: usize) -> Line {
    let Some(row) = row(model, composer) else {
        return Line::new().with(Role::Strong, "Reply");
    };
    let verb = match composer.origin {
        Origin::Fresh => "Reply by ",
        Origin::Draft { .. } => "Edited draft by ",
    };
    let mut line = Line::new().with(Role::Text, verb);
    line.append(addressee(model, row, room.saturating_sub(verb.len())));
    line
}

/// By which channel words go, and to whom.
pub(super) fn addressee(model: &Model, row: &Row, room: usize) -> Line {
    let source = row.conversation.source;
    let way = format!("{} {}", model.glyphs.channel(source), channel::name(source));
    let taken = cell::width(&way) + " to ".len();
    let customer = text_safe::line(&row.customer);
    let customer = cell::cut(&customer, room.saturating_sub(taken), model.glyphs.cut());
    Line::new()
        .with(channel::role(source), way)
        .with(Role::Text, " to ")
        .with(Role::Strong, customer)
}

fn state(composer: &Composer) -> &'static str {
    match composer.save_at {
        Some(_) => "",
        None if composer.is_blank() => "",
        None => "saved",
    }
}

/// What the channel thinks of the text, and how to go on with one that waits. What can be done
/// with it while it is written stands at the foot of the screen.
fn foot(model: &Model, composer: &Composer, area: Rect) -> Line {
    let limit = limit(model, composer);
    let width = usize::from(area.width.saturating_sub(2));
    let mut line = if composer.has_focus() {
        carried(model, composer)
    } else {
        go_on(model, composer)
    };
    if limit.pieces.is_empty() {
        return line;
    }
    let air = width.saturating_sub(line.width() + limit.width());
    line.push(Role::Text, " ".repeat(air));
    line.append(limit);
    line
}

/// How the channel carries the files, or why it will not.
fn carried(model: &Model, composer: &Composer) -> Line {
    let source = row(model, composer).map(|row| row.conversation.source);
    let source =
        source.filter(|_| composer.kind == WrittenKind::Reply && !composer.files.is_empty());
    let Some(source) = source else {
        return Line::new();
    };
    match enclosure::objection(source, &composer.files) {
        Some(words) => Line::new().with(Role::Warn, words),
        None => enclosure::carriage(source).map_or_else(Line::new, |how| {
            let plural = composer.files.len() > 1;
            let what = if plural { "Each file" } else { "The file" };
            Line::new().with(Role::Muted, format!("{what} {how}."))
        }),
    }
}

fn go_on(model: &Model, composer: &Composer) -> Line {
    let action = match composer.kind {
        WrittenKind::Reply => Action::Reply,
        WrittenKind::Note => Action::Note,
    };
    let keys = model.keymap.keys(&[Context::Thread, Context::Desk], action);
    keys.map_or_else(Line::new, |keys| hint::pair(&keys, "go on writing"))
}

/// How much of what the channel takes is used, where it has a limit worth showing.
fn limit(model: &Model, composer: &Composer) -> Line {
    let source = row(model, composer).map(|row| row.conversation.source);
    if composer.kind == WrittenKind::Note {
        return Line::new();
    }
    match source {
        Some(Source::Sms) => sms(&composer.text()),
        Some(Source::Slack) => slack(&composer.text()),
        _ => Line::new(),
    }
}

fn sms(text: &str) -> Line {
    let it = segments::of(text);
    let plural = if it.count == 1 { "segment" } else { "segments" };
    let words = format!("{} {plural}, {}/{}", it.count, it.used, it.room);
    let role = if it.count > 1 {
        Role::Warn
    } else {
        Role::Muted
    };
    let line = Line::new();
    match it.forced_by {
        Some(letter) => {
            let mut buffer = [0; 4];
            let letter = text_safe::line(letter.encode_utf8(&mut buffer)).into_owned();
            line.with(Role::Warn, format!("{letter} halves the room  "))
                .with(role, words)
        }
        None => line.with(role, words),
    }
}

fn slack(text: &str) -> Line {
    const MOST: usize = 40_000;
    let count = text.chars().count();
    match count {
        ..30_000 => Line::new(),
        30_000..=MOST => Line::new().with(Role::Muted, format!("{count}/{MOST}")),
        _ => Line::new().with(Role::Danger, format!("{count}/{MOST}, too long for Slack")),
    }
}

#[cfg(test)]
mod tests;
