//! Draws the model. Nothing here decides anything: what is drawn is a function of the model,
//! the theme and the size alone, and only what is visible is looked at.

mod beside;
pub(crate) mod boxed;
pub(crate) mod canvas;
pub(crate) mod compare;
pub(crate) mod composer;
pub(crate) mod confirm;
pub(crate) mod context;
mod empty;
pub(crate) mod field;
mod footer;
pub(crate) mod highlight;
pub(crate) mod hint;
pub(crate) mod hints;
mod layers;
pub mod layout;
pub(crate) mod list;
pub(crate) mod message;
mod narrow;
mod notice;
pub(crate) mod picker;
mod preview_head;
pub(crate) mod sheet;
mod status;
pub(crate) mod tabs;
pub(crate) mod thread;
mod thread_head;
mod too_small;
mod tutor;
mod which_key;
mod who;

#[cfg(test)]
mod tests;

use crate::model::settings::Shown;
use crate::model::{Model, Pane, Size};
use crate::theme::{Role, Theme};
use canvas::{Canvas, Links};
use layout::{Layout, Shape};
use ratatui::Frame;

/// Draws everything.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    if (area.width, area.height) == (model.size.width, model.size.height) {
        return draw(model, theme, frame);
    }
    // The window has another size already, and the news of it is still on its way.
    let mut fitted = model.clone();
    fitted.size = Size {
        width: area.width,
        height: area.height,
    };
    draw(&fitted, theme, frame);
}

fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let links = match model.settings.hyperlinks {
        Shown::Yes => Links::Told,
        Shown::No => Links::Untold,
    };
    let mut canvas = Canvas::new(frame.buffer_mut(), theme).with_links(links);
    let layout = layout::of(model);
    if layout.shape == Shape::TooSmall {
        return too_small::draw(model, &mut canvas);
    }
    panes(model, &mut canvas, &layout);
    notice::draw(model, &mut canvas, &layout);
    footer::draw(model, &mut canvas, layout.footer);
    which_key::draw(model, &mut canvas);
    let cursor = layers::draw(model, &mut canvas);
    if let Some(at) = cursor.or_else(|| composer::cursor(model)) {
        frame.set_cursor_position(at);
    }
}

fn panes(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    if layout.shape == Shape::SideBySide {
        beside::draw(model, canvas, layout);
        canvas.rule(layout.composer_rule, 0, Role::Rule, model.glyphs.rule());
        return composer::draw(model, canvas, layout.composer);
    }
    if layout.shape == Shape::Alone && layout.list.height == 0 {
        thread_head::draw(model, canvas, layout);
    } else {
        tabs::draw(model, canvas, layout);
    }
    let context_line = match model.pane {
        Pane::Context => Role::Accent,
        Pane::List | Pane::Thread => Role::Rule,
    };
    for (line, role) in layout.lines.into_iter().zip([Role::Rule, context_line]) {
        canvas.column(line, role, model.glyphs.pane_line());
    }
    list::draw(model, canvas, layout);
    list::news::draw(model, canvas, layout);
    preview_head::draw(model, canvas, layout.preview_head);
    thread::draw(model, canvas, layout.thread);
    context::draw(model, canvas, layout.context);
    canvas.rule(layout.composer_rule, 0, Role::Rule, model.glyphs.rule());
    composer::draw(model, canvas, layout.composer);
}
