//! Templates: texts that a provider has approved for writing to a customer who has not written lately. A
//! text that fits one goes out as that template, with what stands in its places; nobody has to say which
//! it is.

use super::{Answer, Call, Delivery, Outgoing};
use std::collections::BTreeMap;

/// An approved text, with places such as `{{1}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The provider's name for it.
    pub id: String,
    /// What people call it.
    pub name: String,
    pub language: Option<String>,
    pub text: String,
    pub approval: Approval,
    /// What of it cannot be filled in here, whoever has approved it.
    pub obstacle: Option<Obstacle>,
    /// What may stand in its places, for who fills them in.
    pub examples: BTreeMap<String, String>,
}

/// Whether a template may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    Approved,
    /// Nobody was asked to approve it.
    Unasked,
    /// Nobody has decided yet.
    Waiting,
    /// With the provider's reason, where it gives one.
    Rejected(Option<String>),
    /// It was approved, and is not to be used for a while.
    Paused,
    /// It was approved, and is not to be used any more.
    Disabled,
}

/// Why a text cannot be made of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It shows a picture or a file.
    Media,
    /// It is no text but something of this kind.
    Kind(String),
    Long,
    /// One of its buttons has a place.
    Button,
}

/// Templates of a channel.
pub trait Templates: Sync {
    /// Those that an admin has set.
    fn set(&self) -> Vec<Template>;

    /// Whether this message goes only as a template, and none of the set ones fits it.
    fn wants(&self, outgoing: &Outgoing<'_>) -> bool;

    /// Asks for the list, or for the part of it that stands at this place.
    fn ask(&self, place: Option<&str>) -> Call;

    /// A part of the list.
    ///
    /// # Errors
    /// Why there is none.
    fn read(&self, answer: &Answer) -> Result<Listed, Delivery>;
}

/// A part of a list of templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub templates: Vec<Template>,
    /// Where the next part is.
    pub next: Option<String>,
}

/// A piece of a template.
enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

impl Template {
    /// What stands in the places, where the text is this template filled in.
    #[must_use]
    pub fn fits(&self, text: &str) -> Option<BTreeMap<String, String>> {
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
                    let before = filled.insert((*name).to_owned(), value.to_owned());
                    if before.is_some_and(|before| before != value) {
                        return None;
                    }
                    rest = after;
                }
            }
        }
        rest.is_empty().then_some(filled)
    }

    /// Why it cannot be sent, where it cannot.
    #[must_use]
    pub fn why_not(&self) -> Option<String> {
        let words = match (&self.approval, &self.obstacle) {
            (Approval::Unasked, _) => "it was never sent in for approval",
            (Approval::Waiting, _) => "it is not approved yet",
            (Approval::Rejected(None), _) => "it was rejected",
            (Approval::Rejected(Some(why)), _) => return Some(format!("it was rejected: {why}")),
            (Approval::Paused, _) => "it is paused",
            (Approval::Disabled, _) => "it was switched off",
            (Approval::Approved, Some(Obstacle::Media)) => "it has a picture or a file",
            (Approval::Approved, Some(Obstacle::Kind(kind))) => {
                return Some(format!("it is a {kind} and no text"));
            }
            (Approval::Approved, Some(Obstacle::Long)) => "it is longer than a message",
            (Approval::Approved, Some(Obstacle::Button)) => {
                "one of its buttons has a place to fill in"
            }
            (Approval::Approved, None) if self.has_places_that_touch() => "two of its places touch",
            (Approval::Approved, None) => return None,
        };
        Some(words.to_owned())
    }

    /// Whether nobody could tell where one place ends and the next begins.
    fn has_places_that_touch(&self) -> bool {
        let pieces = pieces(&self.text);
        let touch = |it: &[Piece<'_>]| matches!(it, [Piece::Place(_), Piece::Place(_)]);
        pieces.windows(2).any(touch)
    }

    /// The names of its places, each once.
    #[must_use]
    pub fn places(&self) -> Vec<&str> {
        let mut places = Vec::new();
        for piece in pieces(&self.text) {
            match piece {
                Piece::Place(name) if !places.contains(&name) => places.push(name),
                Piece::Place(_) | Piece::Words(_) => {}
            }
        }
        places
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
            id: String::new(),
            name: String::new(),
            language: None,
            text: text.to_owned(),
            approval: Approval::Approved,
            obstacle: None,
            examples: BTreeMap::new(),
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

    #[test]
    fn what_stands_in_a_place_twice_is_the_same_in_both() {
        let it = template("{{1}} is late. Sorry for {{1}}.");
        assert_eq!(it.fits("Tea is late. Sorry for Tea.").unwrap()["1"], "Tea");
        assert_eq!(it.fits("Tea is late. Sorry for Ham."), None);
    }

    #[test]
    fn what_cannot_be_sent_says_why() {
        let it = |approval, obstacle| Template {
            approval,
            obstacle,
            ..template("Hello {{1}}.")
        };
        let rejected = |why: &str| Approval::Rejected(Some(why.to_owned()));
        let carousel = || Obstacle::Kind("carousel".to_owned());
        for (approval, obstacle, why) in [
            (Approval::Unasked, None, "it was never sent in for approval"),
            (
                Approval::Waiting,
                Some(Obstacle::Media),
                "it is not approved yet",
            ),
            (Approval::Rejected(None), None, "it was rejected"),
            (
                rejected("PROMOTIONAL"),
                None,
                "it was rejected: PROMOTIONAL",
            ),
            (Approval::Paused, None, "it is paused"),
            (Approval::Disabled, None, "it was switched off"),
            (
                Approval::Approved,
                Some(Obstacle::Media),
                "it has a picture or a file",
            ),
            (
                Approval::Approved,
                Some(carousel()),
                "it is a carousel and no text",
            ),
            (
                Approval::Approved,
                Some(Obstacle::Long),
                "it is longer than a message",
            ),
            (
                Approval::Approved,
                Some(Obstacle::Button),
                "one of its buttons has a place to fill in",
            ),
        ] {
            assert_eq!(it(approval, obstacle).why_not().as_deref(), Some(why));
        }
        assert_eq!(it(Approval::Approved, None).why_not(), None);
        let touching = template("Hello {{1}}{{2}}.").why_not();
        assert_eq!(touching.as_deref(), Some("two of its places touch"));
    }

    #[test]
    fn each_place_is_named_once() {
        let it = template("{{ name }} has {{2}} of {{name}}");
        assert_eq!(it.places(), ["name", "2"]);
        assert_eq!(template("Hello {{1").places(), [""; 0]);
    }
}
