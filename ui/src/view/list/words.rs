//! What a conversation is about and the last words in it, cut to the room there is.

use super::rows::Standing;
use crate::cell;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::painted::{Line, Piece};
use crate::text_safe;
use crate::theme::Role;
use crate::view::highlight::highlighted;
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
        link: None,
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
