//! Words that were looked for, standing out in a text.

use crate::painted::{Line, Piece};
use crate::theme::Role;

/// The words of a search, each in lower case.
pub(crate) fn needles(typed: Option<&str>) -> Vec<String> {
    typed
        .unwrap_or("")
        .split_whitespace()
        .map(str::to_lowercase)
        .collect()
}

/// A line in which they stand out.
pub(crate) fn line(line: &Line, needles: &[String]) -> Line {
    let pieces = line
        .pieces
        .iter()
        .flat_map(|piece| highlighted(piece.role, &piece.text, needles));
    Line {
        pieces: pieces.collect(),
    }
}

/// A text in which the words that were searched for stand out.
pub(crate) fn highlighted(role: Role, text: &str, needles: &[String]) -> Vec<Piece> {
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

fn piece(role: Role, text: &str) -> Piece {
    Piece {
        role,
        text: text.to_owned(),
        link: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
