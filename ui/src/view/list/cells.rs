//! The small columns of a row: one sign says the state, a colour never says it alone.

use crate::cell;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::theme::Role;
use crate::view::who;
use frontdesk_inbox::{DraftMark, OutMark, Row};
use frontdesk_protocol::kind::Status;
use unicode_segmentation::UnicodeSegmentation as _;

/// No name is longer than this before it is shortened.
const LONGEST_NAME: usize = 60;

/// What needs to be known of a conversation first: what went wrong, what is on its way, who is
/// there, what is new, what rests.
pub(super) fn mark(model: &Model, row: &Row) -> (Role, &'static str) {
    let glyphs = model.glyphs;
    match row.out {
        OutMark::Failed => return (Role::Danger, glyphs.failed()),
        OutMark::Held => return (Role::Warn, glyphs.held()),
        OutMark::Waiting => return (Role::Muted, glyphs.sending()),
        OutMark::None => {}
    }
    if who::viewing(model, row).next().is_some() {
        return (Role::Warn, glyphs.viewed());
    }
    match row.conversation.status {
        Status::Open if !row.conversation.read => (Role::Unread, glyphs.unread()),
        Status::Open => (Role::Text, " "),
        Status::Snoozed => (Role::Snoozed, glyphs.snoozed()),
        Status::Closed | Status::Spam => (Role::Closed, glyphs.done()),
    }
}

/// Whether a draft is there: violet when it can be used, grey while it is written or stale.
pub(super) fn draft(glyphs: Glyphs, mark: DraftMark) -> (Role, &'static str) {
    match mark {
        DraftMark::None => (Role::Text, " "),
        DraftMark::Writing => (Role::Muted, glyphs.cut()),
        DraftMark::Ready => (Role::Draft, glyphs.draft()),
        DraftMark::Stale => (Role::Muted, glyphs.held()),
    }
}

/// Whose it is: `me`, a name where there is room for one, else initials.
pub(super) fn assignee(model: &Model, row: &Row, cells: usize) -> String {
    let Some(user) = row.conversation.assignee_id else {
        return model.glyphs.dash().to_owned();
    };
    let name = who::name(model, user, LONGEST_NAME);
    if cells <= 2 {
        initials(&name)
    } else {
        let first = name.split_whitespace().next().unwrap_or("");
        cell::cut(first, cells, model.glyphs.cut()).into_owned()
    }
}

/// The first letters of the first two words, or the first two letters of the only one.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next());
    let initials: String = match second {
        Some(second) => [first, second]
            .into_iter()
            .filter_map(|word| word.graphemes(true).next())
            .collect(),
        None => first.graphemes(true).take(2).collect(),
    };
    cell::start(&initials.to_lowercase(), 2).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_two_cells_at_most() {
        for (name, expected) in [
            ("Teemu Koski", "tk"),
            ("Teemu", "te"),
            ("", ""),
            ("山田 太郎", "山"),
            ("Ana Maria Lima", "am"),
        ] {
            assert_eq!(initials(name), expected);
        }
    }
}
