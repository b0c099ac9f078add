//! What a conversation is about and the last words in it, cut to the room there is.

use super::rows::Standing;
use crate::cell;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::painted::{Line, Piece};
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::{OutMark, OutState, Row, Speaker};
use frontdesk_protocol::kind::Priority;
use std::borrow::Cow;

/// A row shows the beginning of what may be a book.
const MOST_CHARACTERS: usize = 400;

/// Text from outside, safe and no longer than a line can show.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let end = text
        .char_indices()
        .nth(MOST_CHARACTERS)
        .map_or(text.len(), |(at, _)| at);
    text_safe::line(text[..end].trim())
}

/// The words a view is narrowed by, each in lower case.
pub(super) fn needles(narrowed: Option<&str>) -> Vec<String> {
    narrowed
        .unwrap_or("")
        .split_whitespace()
        .map(str::to_lowercase)
        .collect()
}

/// `subject — last words`, or the one of them that there is; what went wrong before both.
pub(super) fn of(model: &Model, row: &Row, standing: Standing, needles: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(6);
    push_trouble(&mut pieces, model, row);
    if row.conversation.priority == Priority::High {
        pieces.push(piece(Role::Danger, "! "));
    }
    let subject_role = match standing {
        Standing::Here => Role::Text,
        Standing::Leaving => Role::Muted,
    };
    let subject = safe(row.conversation.subject.as_deref().unwrap_or(""));
    let last = row.last.as_ref();
    let words = last.map_or(Cow::Borrowed(""), |last| safe(&last.text));
    if !subject.is_empty() {
        pieces.extend(highlighted(subject_role, &subject, needles));
    }
    if !words.is_empty() {
        if !subject.is_empty() {
            pieces.push(piece(Role::Muted, &format!(" {} ", model.glyphs.dash())));
        }
        if last.is_some_and(|last| last.by == Speaker::Me) {
            pieces.push(piece(Role::Muted, "You: "));
        }
        // Without a subject the words are what the conversation is about.
        let role = if subject.is_empty() {
            subject_role
        } else {
            Role::Muted
        };
        pieces.extend(highlighted(role, &words, needles));
    }
    pieces
}

fn piece(role: Role, text: &str) -> Piece {
    Piece {
        role,
        text: text.to_owned(),
    }
}

/// Why something was not sent, or that it waits for a decision.
fn push_trouble(pieces: &mut Vec<Piece>, model: &Model, row: &Row) {
    match row.out {
        OutMark::None | OutMark::Waiting => {}
        OutMark::Held => pieces.push(piece(Role::Warn, "Held back. ")),
        OutMark::Failed => {
            let reason = model.outbox.iter().find_map(|queued| match &queued.state {
                OutState::Failed { reason } if queued.conversation_id == row.id() => Some(reason),
                _ => None,
            });
            let words = match reason {
                Some(reason) => format!("Not sent: {}. ", safe(reason).trim_end_matches('.')),
                None => "Not sent. ".to_owned(),
            };
            pieces.push(piece(Role::Danger, &words));
        }
    }
}

/// A text in which the words that were searched for stand out.
pub(super) fn highlighted(role: Role, text: &str, needles: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let hit = needles
            .iter()
            .filter_map(|needle| begins_with(&text[at..], needle))
            .max();
        match hit {
            Some(length) if length > 0 => {
                if plain_from < at {
                    pieces.push(piece(role, &text[plain_from..at]));
                }
                pieces.push(piece(Role::Accent, &text[at..at + length]));
                at += length;
                plain_from = at;
            }
            _ => at += c.len_utf8(),
        }
        if needles.is_empty() {
            break;
        }
    }
    if plain_from < text.len() {
        pieces.push(piece(role, &text[plain_from..]));
    }
    pieces
}

/// How many bytes of a text are the lower-case `needle`, in letters of either case.
fn begins_with(text: &str, needle: &str) -> Option<usize> {
    let mut wanted = needle.chars();
    let mut rest = wanted.next();
    for (at, c) in text.char_indices() {
        let Some(_) = rest else {
            return Some(at);
        };
        for lower in c.to_lowercase() {
            if rest != Some(lower) {
                return None;
            }
            rest = wanted.next();
        }
    }
    rest.is_none().then_some(text.len())
}

/// Adds pieces in exactly `cells`, with the sign of a cut where they do not fit.
pub(super) fn push_fitted(line: &mut Line, pieces: Vec<Piece>, cells: usize, glyphs: Glyphs) {
    let widths: usize = pieces.iter().map(|it| cell::width(&it.text)).sum();
    if widths <= cells {
        line.pieces.extend(pieces);
        line.push(Role::Text, " ".repeat(cells - widths));
        return;
    }
    let mut left = cells.saturating_sub(1);
    for mut piece in pieces {
        let width = cell::width(&piece.text);
        if width > left {
            let end = cell::start(&piece.text, left).trim_end().len();
            piece.text.truncate(end);
            left -= cell::width(&piece.text);
            let role = piece.role;
            line.push(role, piece.text);
            if cells > 0 {
                line.push(role, glyphs.cut());
            }
            break;
        }
        left -= width;
        line.pieces.push(piece);
    }
    line.push(Role::Text, " ".repeat(left));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, needles: &[&str]) -> String {
        let needles: Vec<String> = needles.iter().map(|it| (*it).to_owned()).collect();
        highlighted(Role::Text, text, &needles)
            .into_iter()
            .map(|piece| match piece.role {
                Role::Accent => format!("[{}]", piece.text),
                _ => piece.text,
            })
            .collect()
    }

    #[test]
    fn hits_are_found_in_either_case() {
        assert_eq!(
            marked("Refund and REFUND", &["refund"]),
            "[Refund] and [REFUND]"
        );
        assert_eq!(marked("aÄb", &["ä"]), "a[Ä]b");
        assert_eq!(marked("invoice", &["in", "invoice"]), "[invoice]");
        assert_eq!(marked("nothing", &[]), "nothing");
        assert_eq!(marked("", &["x"]), "");
    }

    proptest! {
        #[test]
        fn pieces_take_the_cells_they_are_given(text in "\\PC{0,40}", needle in "[a-z]{0,2}", cells in 0_usize..30) {
            let text = safe(&text).into_owned();
            let pieces = highlighted(Role::Text, &text, &[needle]);
            let whole: String = pieces.iter().map(|it| it.text.as_str()).collect();
            prop_assert_eq!(&whole, &text);
            let mut line = Line::new();
            push_fitted(&mut line, pieces, cells, Glyphs::Unicode);
            let drawn: usize = line.pieces.iter().map(|it| cell::width(&it.text)).sum();
            prop_assert_eq!(drawn, cells);
        }
    }
}
