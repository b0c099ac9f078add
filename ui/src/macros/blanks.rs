//! Blanks in a text: `{first}` is filled in, `{first|there}` says what stands there where nothing
//! is known. Other braces are left as they are.

use crate::channel;
use frontdesk_inbox::{Directory, Row, directory};

/// The names of blanks.
pub const NAMES: [&str; 8] = [
    "customer", "first", "email", "phone", "subject", "number", "channel", "me",
];

/// What is known of a conversation, to be filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(Vec<(&'static str, String)>);

/// A text with its blanks filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    pub text: String,
    /// The blanks for which nothing is known and nothing else is said, each once. They still
    /// stand in the text.
    pub missing: Vec<String>,
}

/// A blank, where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Blank<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    otherwise: Option<&'a str>,
}

impl Known {
    /// What is known of this conversation. `email` and `phone` are the customer's, where they are
    /// known here.
    #[must_use]
    pub fn of(row: &Row, directory: &Directory, email: Option<&str>, phone: Option<&str>) -> Self {
        let it = &row.conversation;
        let name = name(&row.customer);
        let me = directory.user(directory.me).map(directory::name_of);
        let all = [
            ("customer", name.map(str::to_owned)),
            ("first", name.and_then(first).map(str::to_owned)),
            ("email", email.map(str::to_owned)),
            ("phone", phone.map(str::to_owned)),
            ("subject", it.subject.clone()),
            ("number", Some(format!("#{}", it.number))),
            ("channel", Some(channel::name(it.source).to_owned())),
            ("me", me.map(str::to_owned)),
        ];
        let known = all.into_iter().filter_map(|(name, value)| {
            let value = crate::text_safe::line(&value?).trim().to_owned();
            (!value.is_empty()).then_some((name, value))
        });
        Self(known.collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == name)?;
        Some(&found.1)
    }
}

/// Fills the blanks of a text in. What is filled in is not looked through again.
#[must_use]
pub fn fill(text: &str, known: &Known) -> Filled {
    let mut filled = Filled {
        text: String::new(),
        missing: Vec::new(),
    };
    let mut from = 0;
    for blank in blanks(text) {
        filled.text.push_str(&text[from..blank.start]);
        match known.get(blank.name).or(blank.otherwise) {
            Some(value) => filled.text.push_str(value),
            None => {
                filled.text.push_str(&text[blank.start..blank.end]);
                if !filled.missing.iter().any(|it| it == blank.name) {
                    filled.missing.push(blank.name.to_owned());
                }
            }
        }
        from = blank.end;
    }
    filled.text.push_str(&text[from..]);
    filled
}

/// The first blank of a text that still has one.
#[must_use]
pub fn first_left(text: &str) -> Option<&str> {
    let blank = blanks(text).next()?;
    Some(&text[blank.start..blank.end])
}

fn blanks(text: &str) -> impl Iterator<Item = Blank<'_>> {
    let opened = text.match_indices('{');
    opened.filter_map(|(start, _)| {
        let length = text[start..].find(['}', '\n'])?;
        let end = start + length + 1;
        let inside = text[start..end].strip_prefix('{')?.strip_suffix('}')?;
        let (name, otherwise) = match inside.split_once('|') {
            Some((name, otherwise)) => (name, Some(otherwise)),
            None => (inside, None),
        };
        NAMES.contains(&name).then_some(Blank {
            start,
            end,
            name,
            otherwise,
        })
    })
}

/// A customer's name, if it is one: an address or a number greets nobody.
fn name(customer: &str) -> Option<&str> {
    let begins = customer.trim().chars().next()?;
    (begins.is_alphabetic() && !customer.contains('@')).then_some(customer)
}

/// What somebody of this name is greeted by.
fn first(name: &str) -> Option<&str> {
    let mut words = name.split_whitespace();
    let first = words.next()?.trim_end_matches(',');
    // A visitor without a name is called Guest and a few signs.
    (!matches!(first, "Guest" | "Visitor" | "Anonymous")).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{directory, row};

    fn filled(text: &str, customer: &str) -> Filled {
        let mut row = row(12, 5);
        row.customer = customer.to_owned();
        let known = Known::of(&row, &directory(), Some("p@example.org"), None);
        fill(text, &known)
    }

    #[test]
    fn blanks_are_filled_in_or_say_what_else() {
        let it = filled(
            "Hi {first|there}, {number} by {channel}. {phone|no number}. {me}",
            "Priya Raman",
        );
        assert_eq!(it.text, "Hi Priya, #12 by email. no number. Aino");
        assert!(it.missing.is_empty());
        assert_eq!(filled("Hi {first|there}", "Guest 81f2").text, "Hi there");
        assert_eq!(filled("Hi {first|there}", "+358 40 1").text, "Hi there");
    }

    #[test]
    fn what_is_not_known_stays_and_is_named_once() {
        let it = filled("{phone} {phone} {first}", "Priya Raman");
        assert_eq!(it.text, "{phone} {phone} Priya");
        assert_eq!(it.missing, ["phone"]);
        assert_eq!(first_left(&it.text), Some("{phone}"));
    }

    #[test]
    fn other_braces_and_what_is_filled_in_stay_as_they_are() {
        let text = "if (x) { return {first }; } {nothing} {first";
        assert_eq!(filled(text, "Priya").text, text);
        assert_eq!(filled("{customer}", "a {first}").text, "a {first}");
    }
}
