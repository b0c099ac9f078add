//! What is said where there is nothing: what it means, and where to go.

use super::canvas::{Canvas, Ground};
use super::hint;
use super::status;
use crate::action::Action;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::painted::Line;
use crate::theme::Role;
use frontdesk_inbox::View;
use ratatui::layout::Rect;

/// The views an agent is sent on to, and the actions that go there.
const ONWARD: [(View, Action); 4] = [
    (View::Unassigned, Action::ViewUnassigned),
    (View::Mine, Action::ViewMine),
    (View::Drafts, Action::ViewDrafts),
    (View::Inbox, Action::ViewInbox),
];

/// Draws what stands in an empty list.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let lines = lines(model);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let top = area.height.saturating_sub(height) / 3;
    for (row, line) in (top..).zip(&lines) {
        let width = u16::try_from(line.width()).unwrap_or(u16::MAX);
        let left = 1.max(area.width.saturating_sub(width) / 2);
        let inside = Rect::new(
            area.x + left,
            area.y,
            area.width.saturating_sub(left),
            area.height,
        );
        canvas.line(inside, row, line, Ground::Plain);
    }
}

fn lines(model: &Model) -> Vec<Line> {
    if model.list.is_loading {
        return vec![Line::new().with(Role::Muted, loading(model))];
    }
    let mut lines = vec![
        Line::new().with(Role::Text, headline(model)),
        Line::new(),
        Line::new().with(Role::Muted, sentence(model)),
    ];
    let hints: Vec<Line> = [Some(step(model)), onward(model)]
        .into_iter()
        .flatten()
        .filter_map(|(action, word)| hint::of(model, action, &word))
        .collect();
    lines.push(hint::row(hints, 4, usize::from(u16::MAX)));
    lines
}

fn loading(model: &Model) -> String {
    match model.connection {
        Connection::Filling { done } => {
            format!("Fetching your desk, {} so far", status::grouped(done))
        }
        _ => "Loading".to_owned(),
    }
}

fn headline(model: &Model) -> &'static str {
    match model.list.narrowed {
        Some(_) => "Nothing has these words.",
        None => "Nothing here.",
    }
}

fn sentence(model: &Model) -> String {
    let title = model.title(model.list.view);
    if model.list.narrowed.is_some() {
        return format!("{title} may hold more; these words narrow it.");
    }
    match elsewhere(model) {
        Some((view, _)) => {
            let count = model.counts.of(view);
            let wait = if count == 1 { "waits" } else { "wait" };
            format!("{title} is empty. {count} {wait} in {}.", view.title())
        }
        None => format!("{title} is empty, and nothing waits elsewhere."),
    }
}

fn step(model: &Model) -> (Action, String) {
    match model.list.narrowed {
        Some(_) => (Action::Back, "show all".to_owned()),
        None => (Action::NextView, "next view".to_owned()),
    }
}

fn onward(model: &Model) -> Option<(Action, String)> {
    if model.list.narrowed.is_some() {
        return Some((Action::Search, "search everything".to_owned()));
    }
    elsewhere(model).map(|(view, action)| (action, view.title().to_lowercase()))
}

/// Another view in which something waits.
fn elsewhere(model: &Model) -> Option<(View, Action)> {
    ONWARD
        .into_iter()
        .find(|(view, _)| *view != model.list.view && model.counts.of(*view) > 0)
}
