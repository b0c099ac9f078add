//! Templates: texts that WhatsApp approved for writing first. A text that fits one goes out as that
//! template, with what stands in its places; nobody has to say which it is.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An approved text, with places such as `{{1}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Twilio's name for it.
    pub sid: String,
    pub name: String,
    pub text: String,
}

/// A piece of a template.
enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

impl Template {
    /// What stands in the places, where the text is this template filled in.
    pub(super) fn fits(&self, text: &str) -> Option<BTreeMap<String, String>> {
        let pieces = pieces(self.text.trim());
        let mut filled = BTreeMap::new();
        let mut rest = text.trim();
        let mut pieces = pieces.iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Words(words) => rest = rest.strip_prefix(words)?,
                Piece::Place(name) => {
                    let end = match pieces.peek() {
                        Some(Piece::Words(words)) => rest.find(words)?,
                        Some(Piece::Place(_)) => return None,
                        None => rest.len(),
                    };
                    let (value, after) = rest.split_at(end);
                    if value.is_empty() || value.contains("{{") {
                        return None;
                    }
                    filled.insert((*name).to_owned(), value.to_owned());
                    rest = after;
                }
            }
        }
        rest.is_empty().then_some(filled)
    }
}

fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((before, after)) = text.split_once("{{") {
        let Some((name, rest)) = after.split_once("}}") else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(Piece::Place(name.trim()));
        text = rest;
    }
    if !text.is_empty() {
        pieces.push(Piece::Words(text));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        Template {
            sid: String::new(),
            name: String::new(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_text_that_fits_says_what_stands_in_the_places() {
        let it = template("Hello {{1}}, your order {{2}} is on its way.");
        let filled = it
            .fits("Hello Ada Lovelace, your order 7 is on its way.")
            .unwrap();
        assert_eq!(filled["1"], "Ada Lovelace");
        assert_eq!(filled["2"], "7");
        assert_eq!(
            template("We are here.").fits(" We are here. "),
            Some(BTreeMap::new())
        );
        assert_eq!(
            template("Dear {{name}}").fits("Dear Ada").unwrap()["name"],
            "Ada"
        );
    }

    #[test]
    fn another_text_does_not_fit() {
        let it = template("Hello {{1}}, your order is on its way.");
        for other in [
            "",
            "Hello",
            "Hello , your order is on its way.",
            "Hello {{1}}, your order is on its way.",
            "Hello Ada, your order is on its way. And more",
        ] {
            assert_eq!(it.fits(other), None, "{other}");
        }
        assert_eq!(template("{{1}}{{2}}").fits("ab"), None);
    }
}
