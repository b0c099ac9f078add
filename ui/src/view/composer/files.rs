//! The files that go along with a text, a line each.

use crate::cell;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::Enclosure;
use frontdesk_inbox::enclosure::size_words;

/// How many lines they take at most.
const MOST: usize = 4;

/// How many lines the files take.
pub(crate) fn rows(composer: &Composer) -> usize {
    let copying = usize::from(composer.copying > 0);
    (composer.files.len() + copying).min(MOST)
}

/// The lines; what does not fit is counted in the last.
pub(super) fn lines(model: &Model, composer: &Composer, width: usize, room: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = composer
        .files
        .iter()
        .map(|file| line(model, file, width))
        .collect();
    if composer.copying > 0 {
        lines.push(Line::new().with(Role::Muted, "  copying a file"));
    }
    if lines.len() > room {
        let more = lines.len() + 1 - room.max(1);
        lines.truncate(room.saturating_sub(1));
        lines.push(Line::new().with(Role::Muted, format!("  and {more} more")));
    }
    lines
}

/// One file: name, kind and size, and how far it is.
pub(crate) fn line(model: &Model, file: &Enclosure, width: usize) -> Line {
    let (role, state) = match model.uploads.refusal(file) {
        Some(why) => (
            Role::Danger,
            format!("  {} {}", model.glyphs.failed(), text_safe::line(why)),
        ),
        None => (
            Role::Muted,
            model
                .uploads
                .words(file)
                .map_or_else(String::new, |words| format!("  {words}")),
        ),
    };
    let name = text_safe::line(&file.filename);
    // The name is what the agent knows it by, so it gives way last, and what kind it is first.
    let least = cell::width(&name).min(12);
    let size = size_words(file.size);
    let whole = text_safe::line(&format!("  {}, {size}", file.content_type)).into_owned();
    let taken = |facts: &str| 2 + cell::width(facts) + cell::width(&state);
    let facts = if taken(&whole) + least > width {
        format!("  {size}")
    } else {
        whole
    };
    let taken = taken(&facts);
    let name = cell::cut(
        &name,
        width.saturating_sub(taken).max(least),
        model.glyphs.cut(),
    );
    Line::new()
        .with(Role::Muted, model.glyphs.more())
        .with(Role::Text, " ")
        .with(Role::Link, name)
        .with(Role::Muted, facts)
        .with(role, state)
        .cut(width, model.glyphs.cut())
}
