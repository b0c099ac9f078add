//! The agent's text beside what a model made of it. What is gone and what is new stand out, by more than
//! their colour.

use super::canvas::{Canvas, Ground};
use super::{boxed, hints};
use crate::cell;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::model::compare::{Compare, Is, Stretch};
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use ratatui::layout::Rect;

/// How wide it is where there is room.
const WIDTH: u16 = 140;
/// Rows that are not text: the headings, air and the keys.
const FIXED: usize = 4;
/// Cells between the two texts.
const GAP: usize = 3;

/// Draws it.
pub(crate) fn draw(model: &Model, compare: &Compare, canvas: &mut Canvas<'_>) {
    let screen = canvas.area();
    let sides = sides(compare, column(screen));
    let outer = place(screen, longest(&sides));
    boxed::draw(canvas, model.glyphs, "Rewritten", outer);
    let inside = boxed::inside(outer);
    let heads = [("Yours", Role::Strong), ("Rewritten", Role::Draft)];
    let heads = heads.map(|(words, role)| Line::new().with(role, words));
    canvas.line(
        inside,
        0,
        &beside(model.glyphs, heads, column(screen)),
        Ground::Plain,
    );
    let seen = visible(outer);
    let top = compare.top.min(longest(&sides).saturating_sub(seen));
    for (at, row) in (2_u16..).zip(top..(top + seen).min(longest(&sides))) {
        let pair = [0, 1].map(|side| sides[side].get(row).cloned().unwrap_or_default());
        let line = beside(model.glyphs, pair, column(screen));
        canvas.line(inside, at, &line, Ground::Plain);
    }
    let keys = [
        ("Enter", "take it"),
        ("j/k", "scroll"),
        ("Esc", "keep yours"),
    ];
    let keys = hints::within(&keys, usize::from(inside.width));
    canvas.line(
        inside,
        inside.height.saturating_sub(1),
        &keys,
        Ground::Plain,
    );
}

/// How far it can be scrolled on this screen.
pub(crate) fn last_top(compare: &Compare, screen: Rect) -> usize {
    let rows = longest(&sides(compare, column(screen)));
    rows.saturating_sub(visible(place(screen, rows)))
}

fn longest(sides: &[Vec<Line>; 2]) -> usize {
    sides[0].len().max(sides[1].len())
}

fn outer_width(screen: Rect) -> u16 {
    WIDTH.min(screen.width.saturating_sub(2)).max(1)
}

/// How many cells each text has.
fn column(screen: Rect) -> usize {
    (usize::from(outer_width(screen)).saturating_sub(4 + GAP) / 2).max(1)
}

fn visible(outer: Rect) -> usize {
    usize::from(boxed::inside(outer).height)
        .saturating_sub(FIXED)
        .max(1)
}

fn place(screen: Rect, rows: usize) -> Rect {
    let wanted = u16::try_from(rows + FIXED + 2).unwrap_or(u16::MAX);
    let height = wanted.min(screen.height.saturating_sub(2)).max(1);
    let width = outer_width(screen);
    Rect::new(
        screen.x + screen.width.saturating_sub(width) / 2,
        screen.y + screen.height.saturating_sub(height) / 2,
        width,
        height,
    )
}

fn beside(glyphs: Glyphs, [left, right]: [Line; 2], column: usize) -> Line {
    let room = column.saturating_sub(left.width());
    let mut line = left;
    line.push(Role::Text, " ".repeat(room + 1));
    line.push(Role::Rule, glyphs.pane_line());
    line.push(Role::Text, " ");
    line.append(right);
    line
}

fn sides(compare: &Compare, column: usize) -> [Vec<Line>; 2] {
    compare
        .stretches()
        .map(|stretches| rows(&stretches, column))
}

/// A text in rows of so many cells, each letter with its look.
fn rows(stretches: &[Stretch], column: usize) -> Vec<Line> {
    let mut text = String::new();
    let mut looks = Vec::new();
    for stretch in stretches {
        let safe = text_safe::block(&stretch.text);
        text.push_str(&safe);
        looks.push((text.len(), role(stretch.is)));
    }
    let (mut rows, mut at) = (Vec::new(), 0);
    for line in text.split('\n') {
        for piece in cell::wrap(line, column) {
            // Only spaces and ends of lines are left out between two pieces.
            at += text[at..].find(piece).unwrap_or(0);
            rows.push(painted(piece, at, &looks));
            at += piece.len();
        }
    }
    rows
}

fn role(is: Is) -> Role {
    match is {
        Is::Same => Role::Text,
        Is::Gone => Role::Danger,
        Is::New => Role::Strong,
    }
}

/// A part of the text that begins at a place, in the looks that hold there.
fn painted(piece: &str, from: usize, looks: &[(usize, Role)]) -> Line {
    let mut line = Line::new();
    let (mut at, end) = (from, from + piece.len());
    for (until, role) in looks {
        let to = (*until).min(end);
        if to > at {
            line.push(*role, &piece[at - from..to - from]);
            at = to;
        }
    }
    line
}
