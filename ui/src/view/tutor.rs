//! The line of the guided tour, in the place of the footer.

use super::canvas::{Canvas, Ground};
use super::hint;
use crate::keymap::shown;
use crate::model::Model;
use crate::model::tutor::Tutor;
use crate::painted::Line;
use crate::theme::Role;
use ratatui::layout::Rect;

/// Draws it.
pub(super) fn draw(model: &Model, tutor: Tutor, canvas: &mut Canvas<'_>, area: Rect) {
    let lesson = tutor.lesson();
    let contexts = model.contexts_behind();
    let bound = model.keymap.bindings();
    let here = |context| {
        let fits =
            |it: &&crate::keymap::Binding| (it.context, it.action) == (context, lesson.action);
        bound.iter().find(fits)
    };
    let found = contexts.iter().find_map(|context| here(*context));
    let found = found.or_else(|| bound.iter().find(|it| it.action == lesson.action));
    let keys = found.map_or_else(String::new, |it| hint::signs(&it.chord, model.glyphs));
    let line = Line::new()
        .with(Role::Muted, format!(" {}  ", tutor.progress()))
        .with(Role::Accent, keys)
        .with(Role::Text, format!(" {}", lesson.words));
    canvas.line(area, 0, &line, Ground::Plain);
    if !model.typed.chord.is_empty() {
        let pending = format!("{}{} ", shown(&model.typed.chord), model.glyphs.cut());
        canvas.line_right(area, 0, &Line::new().with(Role::Accent, pending));
    }
}
