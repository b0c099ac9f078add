//! The thread on the screen, open or previewed. Only the lines that are seen are looked at, and
//! each message is laid out once.

mod draft_box;
pub(super) mod head;
mod outgoing;
mod reached;
pub(crate) mod scene;
mod suggested;
mod tail;

use super::canvas::{Canvas, Ground};
use super::highlight;
use crate::action::{Action, Context};
use crate::model::Model;
use crate::model::lines::Lines;
use crate::model::thread::Scroll;
use crate::painted::Line;
use crate::theme::Role;
pub(crate) use draft_box::stale;
use frontdesk_inbox::Thread;
use ratatui::layout::Rect;
use scene::Scene;

/// Draws the thread, open or previewed.
pub(crate) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if area.height == 0 || area.width == 0 {
        return;
    }
    head::draw(model, canvas, area);
    let Some(scene) = Scene::of(model, area) else {
        return;
    };
    paint(&scene, canvas);
    if let Some(line) = below(model, scene.area.width) {
        let last = scene.area.height.saturating_sub(1);
        let bottom = Rect::new(scene.area.x, scene.area.y + last, scene.area.width, 1);
        canvas.clear(bottom);
        canvas.line(bottom, 0, &line, Ground::Plain);
    }
}

/// A thread that is looked at, and where its reader is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Viewed<'a> {
    pub(crate) thread: &'a Thread,
    /// Changes whenever the thread does.
    pub(crate) stamp: u64,
    pub(crate) scroll: Scroll,
    /// What has been laid out of it.
    pub(crate) lines: &'a Lines,
}

/// Draws a thread that stands beside the one with the focus.
pub(crate) fn draw_viewed(model: &Model, canvas: &mut Canvas<'_>, it: Viewed<'_>, area: Rect) {
    if let Some(scene) = Scene::viewed(model, it, &[], area) {
        paint(&scene, canvas);
    }
}

fn paint(scene: &Scene<'_>, canvas: &mut Canvas<'_>) {
    let needles = &scene.needles;
    let mut row = 0;
    scene.visible(|line, ground| {
        if needles.is_empty() {
            canvas.line(scene.area, row, line, ground);
        } else {
            canvas.line(scene.area, row, &highlight::line(line, needles), ground);
        }
        row += 1;
    });
}

/// What came in below, where the reader is not at the end.
fn below(model: &Model, width: u16) -> Option<Line> {
    let fresh = model.threads.fresh;
    if model.threads.scroll == Scroll::End || fresh == 0 {
        return None;
    }
    let words = format!("{} {fresh} new", model.glyphs.below());
    let mut line = Line::new().with(Role::Accent, words);
    if let Some(key) = key(model, Action::Bottom).filter(|_| width > 30) {
        line.push(Role::Muted, format!("   {key} to the end"));
    }
    Some(line)
}

/// The keys of an action in a thread, as they are shown.
pub(crate) fn key(model: &Model, action: Action) -> Option<String> {
    let contexts = [Context::Thread, Context::Desk];
    model.keymap.keys(&contexts, action)
}

/// Keys with what they do, as many of the first ones as fit.
pub(crate) fn keys(model: &Model, wanted: &[(Action, &str)], cells: usize) -> Line {
    let mut line = Line::new();
    for (action, word) in wanted {
        let Some(key) = key(model, *action) else {
            continue;
        };
        let air = if line.pieces.is_empty() { 0 } else { 3 };
        let taken = line.width() + air + crate::cell::width(&key) + 1 + word.len();
        if taken > cells {
            break;
        }
        line.push(Role::Text, " ".repeat(air));
        line.push(Role::Strong, key);
        line.push(Role::Muted, format!(" {word}"));
    }
    line
}

#[cfg(test)]
mod tests;
