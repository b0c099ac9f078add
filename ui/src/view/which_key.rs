//! The keys that go on from those typed so far, at the foot of the screen.

use super::canvas::{Canvas, Ground};
use crate::cell::{self, Align};
use crate::keymap::{Next, shown};
use crate::model::Model;
use crate::painted::Line;
use crate::theme::Role;
use crate::update::available::available;
use ratatui::layout::Rect;

/// How wide a column is, and how narrow it becomes before a key is left out.
const COLUMN: u16 = 26;
const NARROWEST: u16 = 13;
const MOST_COLUMNS: u16 = 3;

/// Draws them, if it is time.
pub(crate) fn draw(model: &Model, canvas: &mut Canvas<'_>) {
    let Some(entries) = entries(model) else {
        return;
    };
    let screen = canvas.area();
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX);
    // A rule and a title above, the footer below.
    let most = screen.height.saturating_sub(3).max(1);
    let wanted = (screen.width / COLUMN).clamp(1, MOST_COLUMNS);
    let columns = wanted
        .max(count.div_ceil(most))
        .min((screen.width / NARROWEST).max(1));
    let rows = count.div_ceil(columns).clamp(1, most);
    let height = (rows + 2).min(screen.height.saturating_sub(1));
    let sheet = Rect {
        y: screen.bottom().saturating_sub(height + 1),
        height,
        ..screen
    };
    canvas.clear(sheet);
    canvas.rule(sheet, 0, Role::Rule, model.glyphs.rule());
    canvas.line(sheet, 1, &title(model), Ground::Plain);
    let width = screen.width / columns;
    for (place, entry) in (0_u16..).zip(&entries) {
        let column = place / rows;
        if column >= columns {
            break;
        }
        let area = Rect::new(sheet.x + column * width, sheet.y, width, sheet.height);
        let line = line(model, entry, usize::from(width));
        canvas.line(area, 2 + place % rows, &line, Ground::Plain);
    }
}

/// What may follow, when the moment has come to show it.
fn entries(model: &Model) -> Option<Vec<Next>> {
    if model.typed.chord.is_empty() || !model.layers.is_empty() {
        return None;
    }
    let at = model.settings.which_key_at(model.typed.since)?;
    if at > model.now {
        return None;
    }
    let entries = model.keymap.next(model.contexts(), &model.typed.chord);
    (!entries.is_empty()).then_some(entries)
}

fn title(model: &Model) -> Line {
    let keys = shown(&model.typed.chord);
    let name = model.keymap.group_name(&model.typed.chord).unwrap_or("");
    Line::new()
        .with(Role::Accent, format!(" {keys}"))
        .with(Role::Muted, format!("  {name}"))
}

fn line(model: &Model, entry: &Next, width: usize) -> Line {
    let (keys, label, role) = match entry {
        Next::Action { key, action } => {
            let role = match available(model, *action) {
                Ok(()) => Role::Text,
                Err(_) => Role::Faint,
            };
            (
                key.to_string(),
                model.glyphs.words(action.title()).into_owned(),
                role,
            )
        }
        Next::Macro { key, name } => (key.to_string(), name.clone(), Role::Text),
        Next::Group { key, name } => (
            key.to_string(),
            format!("{name}{}", model.glyphs.more_follows()),
            Role::Text,
        ),
    };
    let keys = cell::fit(&keys, 5, Align::Right, "");
    let label = cell::cut(&label, width.saturating_sub(8), model.glyphs.cut()).into_owned();
    Line::new()
        .with(Role::Accent, keys)
        .with(role, format!("  {label}"))
}
