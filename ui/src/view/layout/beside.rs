//! Where conversations stand that are held beside each other: in columns where the screen is
//! wide, stacked where it is not.

use super::{BESIDE, Layout, composer_height};
use crate::model::Model;
use crate::model::beside::{Held, MOST};
use ratatui::layout::Rect;

/// From these widths on two, three and four stand beside each other.
const WIDTHS: [u16; 3] = [BESIDE, 150, 200];
/// The rows a stacked one needs.
const STACKED: u16 = 10;
/// The cells between two columns: air, a line, air.
const BETWEEN: u16 = 3;
/// The rows below that say whom an answer reaches.
const FOOT: u16 = 2;

/// The panes that are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    rects: [Rect; MOST],
    /// Which of those that are held is the first that is seen.
    from: usize,
    count: usize,
}

impl Panes {
    /// Each pane that is seen, with its place among those that are held.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Rect)> + '_ {
        let seen = self.rects.iter().take(self.count);
        seen.enumerate().map(|(at, rect)| (self.from + at, *rect))
    }

    /// Whether they stand above each other.
    #[must_use]
    pub fn are_stacked(&self) -> bool {
        self.count > 1 && self.rects[0].x == self.rects[1].x
    }
}

/// Whether the screen has room for more than one.
pub(super) fn fits(width: u16, height: u16) -> bool {
    width >= BESIDE || height >= 2 * STACKED
}

/// How many rows of a pane say whose conversation it is.
#[must_use]
pub(crate) fn head_rows(pane: Rect) -> u16 {
    match pane.height {
        0..6 => 1,
        6..14 => 2,
        _ => 3,
    }
}

/// Divides the middle of the screen among them, and gives the one with the focus the composer.
pub(super) fn divide(layout: &mut Layout, model: &Model, middle: Rect) {
    let held = model.beside.held();
    let Some(focus) = model.focus_beside() else {
        return;
    };
    let inside = Rect::new(middle.x + 1, middle.y, middle.width - 2, middle.height);
    let below = composer_height(model, inside).unwrap_or(FOOT - 1);
    let rule = inside.bottom() - below - 1;
    layout.composer_rule = Rect::new(middle.x, rule, middle.width, 1);
    let foot = Rect::new(middle.x, rule + 1, middle.width, below);
    if model.composer.is_some() {
        layout.composer = foot;
    } else {
        layout.foot = foot;
    }
    let area = Rect {
        height: rule - inside.y,
        ..inside
    };
    layout.panes = panes(held, focus, area);
    let pane = layout.panes.iter().find(|(place, _)| *place == focus);
    if let Some((_, pane)) = pane {
        layout.thread = body(pane);
    }
}

/// The part of a pane below its head.
pub(crate) fn body(pane: Rect) -> Rect {
    let head = head_rows(pane).min(pane.height);
    Rect {
        y: pane.y + head,
        height: pane.height - head,
        ..pane
    }
}

fn panes(held: &[Held], focus: usize, area: Rect) -> Panes {
    let is_wide = area.width + 2 >= BESIDE;
    let room = if is_wide {
        1 + WIDTHS
            .iter()
            .filter(|least| area.width + 2 >= **least)
            .count()
    } else {
        usize::from(area.height / STACKED).clamp(2, MOST)
    };
    let count = held.len().min(room);
    let from = (focus + 1).saturating_sub(count);
    let seen = held.get(from..from + count).unwrap_or_default();
    let between = if is_wide { BETWEEN } else { 1 };
    let length = if is_wide { area.width } else { area.height };
    let mut rects = [Rect::ZERO; MOST];
    let mut at = 0;
    for (rect, long) in rects.iter_mut().zip(lengths(seen, length, between)) {
        *rect = if is_wide {
            Rect::new(area.x + at, area.y, long, area.height)
        } else {
            Rect::new(area.x, area.y + at, area.width, long)
        };
        at += long + between;
    }
    Panes { rects, from, count }
}

/// How long each is, by its share; the last has what is left over.
fn lengths(seen: &[Held], length: u16, between: u16) -> Vec<u16> {
    let count = u16::try_from(seen.len()).unwrap_or(u16::MAX);
    let room = length.saturating_sub(between * count.saturating_sub(1));
    let shares: u32 = seen.iter().map(|held| u32::from(held.share)).sum();
    let mut left = room;
    let mut lengths: Vec<u16> = seen
        .iter()
        .map(|held| {
            let long = u32::from(room) * u32::from(held.share) / shares.max(1);
            let long = u16::try_from(long).unwrap_or(room).min(left);
            left -= long;
            long
        })
        .collect();
    if let Some(last) = lengths.last_mut() {
        *last += left;
    }
    lengths
}
