//! How the conversation may be sorted, below its messages, until somebody decides about it.

use super::keys;
use crate::action::Action;
use crate::cell;
use crate::model::Model;
use crate::model::suggestions::{Standing, parts};
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::Thread;

/// What is suggested, or nothing.
pub(super) fn lines(model: &Model, thread: &Thread, width: usize) -> Vec<Line> {
    let Some(said) = model.suggestions.of(thread.id()) else {
        return Vec::new();
    };
    let room = width.saturating_sub(2);
    let row = model.list.find(thread.id()).unwrap_or(&thread.row);
    let parts = parts(said, row);
    let by = match said.by.as_str() {
        "built-in" => "Suggested by earlier conversations".to_owned(),
        model => format!("Suggested by {model}"),
    };
    let mut inside = vec![cut(model, Role::Muted, &by, room)];
    if let Some(why) = &said.trouble {
        inside.push(cut(model, Role::Warn, why, room));
    }
    let words = parts.iter().map(|it| match it.standing {
        Standing::Open(_) => (Role::Text, it.told()),
        Standing::Done => (Role::Muted, format!("{} {}", model.glyphs.done(), it.words)),
        Standing::Told => (Role::Muted, it.told()),
    });
    inside.extend(flow(model, words, room));
    let all = (Action::ApplySuggestions, "do it");
    let one = (Action::ChooseSuggestion, "a part of it");
    let none = (Action::DismissSuggestions, "dismiss");
    let is_open = parts
        .iter()
        .any(|it| matches!(it.standing, Standing::Open(_)));
    let offered = if is_open {
        &[all, one, none][..]
    } else {
        &[none][..]
    };
    inside.push(keys(model, offered, room));
    let railed = inside.into_iter().map(|line| {
        let rail = model.glyphs.draft_rail();
        let mut out = Line::new().with(Role::Muted, rail).with(Role::Text, " ");
        out.append(line);
        out
    });
    std::iter::once(Line::new()).chain(railed).collect()
}

fn cut(model: &Model, role: Role, words: &str, room: usize) -> Line {
    let words = text_safe::line(words);
    Line::new().with(
        role,
        cell::cut(&words, room, model.glyphs.cut()).into_owned(),
    )
}

/// Short words beside each other, on as many lines as they need.
fn flow(model: &Model, words: impl Iterator<Item = (Role, String)>, room: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    for (role, words) in words {
        let words = text_safe::line(&words);
        let words = cell::cut(&words, room, model.glyphs.cut());
        let used = lines.last().map_or(0, Line::width);
        if used > 0 && used + 3 + cell::width(&words) > room {
            lines.push(Line::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.pieces.is_empty() {
                line.push(Role::Text, "   ");
            }
            line.push(role, words.into_owned());
        }
    }
    lines
}
