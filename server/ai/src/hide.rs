//! Takes what belongs to a person out of a text before it leaves the house, and puts it back into what
//! came home. The rules know no names of places or streets: they hide what machines recognise.

mod names;

use names::{Names, Standing, word_length};
use std::collections::HashMap;

/// This many digits name something of one person: a telephone, an order, a card, an account.
const DIGITS: usize = 5;

/// Nothing that is recognised is longer than this many characters; of a longer link the rest is hidden
/// as another one.
const HEAD: usize = 300;

/// What was hidden, and by which words.
#[derive(Debug, Default)]
pub struct Hidden {
    /// What stands in a text for what.
    words: HashMap<String, String>,
    counts: HashMap<&'static str, usize>,
    names: Names,
}

impl Hidden {
    /// Hides the parts of this name wherever they stand as names.
    #[must_use]
    pub fn knowing(name: Option<&str>) -> Self {
        Self {
            names: Names::of(name.unwrap_or_default()),
            ..Self::default()
        }
    }

    /// The text without what belongs to a person.
    pub fn hide(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        // Up to where the whole name goes that was found last.
        let mut whole_to = 0;
        while let Some(letter) = rest.chars().next() {
            let at = text.len() - rest.len();
            let before = out.chars().next_back();
            let begins_word = !before.is_some_and(char::is_alphanumeric);
            if begins_word && at >= whole_to {
                whole_to = at + self.names.whole(rest);
            }
            let found = begins_word
                .then(|| personal(rest).or_else(|| self.name(text, at, at < whole_to)))
                .flatten();
            let Some((kind, length)) = found else {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
                continue;
            };
            let (found, after) = rest.split_at(length);
            out.push_str(&self.word(kind, found));
            rest = after;
        }
        out
    }

    /// The name that stands at this place of a text, if one does.
    fn name(&self, text: &str, at: usize, in_whole_name: bool) -> Option<(&'static str, usize)> {
        let length = word_length(&text[at..]);
        let standing = Standing {
            in_whole_name,
            alone_on_line: is_alone_on_line(text, at, at + length),
        };
        let is_name = self.names.has(&text[at..at + length], standing);
        is_name.then_some(("name", length))
    }

    /// The text with what was hidden put back. Links stay hidden: a reply has none but the company's.
    #[must_use]
    pub fn show(&self, text: &str) -> String {
        self.put_back(text, |word| !word.starts_with("[link"))
    }

    /// The text with everything put back: it was the agent's own.
    #[must_use]
    pub fn show_all(&self, text: &str) -> String {
        self.put_back(text, |_| true)
    }

    fn put_back(&self, text: &str, is_shown: impl Fn(&str) -> bool) -> String {
        let mut shown = text.to_owned();
        for (word, original) in self.words.iter().filter(|(word, _)| is_shown(word)) {
            shown = shown.replace(word.as_str(), original);
        }
        shown
    }

    /// The word that stands for something; the same for the same.
    fn word(&mut self, kind: &'static str, found: &str) -> String {
        let known = self.words.iter().find(|(word, original)| {
            original.as_str() == found && word.starts_with(&format!("[{kind} "))
        });
        if let Some((word, _)) = known {
            return word.clone();
        }
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let word = format!("[{kind} {count}]");
        self.words.insert(word.clone(), found.to_owned());
        word
    }
}

/// The kinds of what is hidden.
const KINDS: [&str; 4] = ["name", "email", "link", "number"];

/// The first word in the text that stands for something hidden.
#[must_use]
pub fn stand_in(text: &str) -> Option<&str> {
    text.match_indices('[').find_map(|(at, _)| {
        let end = text[at..].find(']')?;
        let word = &text[at..=at + end];
        let (kind, number) = word[1..end].split_once(' ')?;
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        (KINDS.contains(&kind) && is_number).then_some(word)
    })
}

/// Whether nothing but signs stands beside a word on its line.
fn is_alone_on_line(text: &str, from: usize, to: usize) -> bool {
    let before = text[..from].chars().rev().take_while(|it| *it != '\n');
    let after = text[to..].chars().take_while(|it| *it != '\n');
    !before.chain(after).any(char::is_alphanumeric)
}

/// What the text begins with, if that belongs to a person and is no name: its kind and its length in
/// bytes.
fn personal(text: &str) -> Option<(&'static str, usize)> {
    let text = head(text);
    let to_space = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = &text[..to_space];
    let trimmed = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
    let lower = trimmed.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.") {
        return Some(("link", trimmed.len()));
    }
    if is_address(trimmed) {
        return Some(("email", trimmed.len()));
    }
    if let Some(length) = account(text) {
        return Some(("number", length));
    }
    number(text).map(|length| ("number", length))
}

/// The beginning of a text, as far as anything recognised here goes. Without it an endless word would be
/// read again from each of its letters.
fn head(text: &str) -> &str {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |it| it.0);
    &text[..end]
}

fn is_address(word: &str) -> bool {
    let Some((local, host)) = word.rsplit_once('@') else {
        return false;
    };
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '_' | '+');
    !local.is_empty() && local.chars().all(plain) && host.contains('.') && host.chars().all(plain)
}

/// An account number such as an IBAN: two letters, then digits and letters in groups.
fn account(text: &str) -> Option<usize> {
    let mut letters = text.chars();
    let begins = letters.by_ref().take(2).all(|it| it.is_ascii_uppercase());
    let checks = letters.take(2).filter(char::is_ascii_digit).count() == 2;
    if !(begins && checks) {
        return None;
    }
    let (mut end, mut count) = (0, 0);
    for (place, letter) in text.char_indices() {
        if letter.is_ascii_uppercase() || letter.is_ascii_digit() {
            count += 1;
            end = place + 1;
        } else if letter != ' ' {
            break;
        }
    }
    (15..=34).contains(&count).then_some(end)
}

/// A number of enough digits, with what people write between them.
fn number(text: &str) -> Option<usize> {
    let begins = text
        .chars()
        .next()
        .is_some_and(|it| it.is_numeric() || it == '+' || it == '(');
    if !begins {
        return None;
    }
    let (mut end, mut digits) = (0, 0);
    for (place, letter) in text.char_indices() {
        if letter.is_numeric() {
            digits += 1;
            end = place + letter.len_utf8();
        } else if !matches!(letter, ' ' | '-' | '/' | '(' | ')' | '+' | '\u{a0}' | '.') {
            break;
        }
    }
    // Prices and versions have a dot and few digits.
    let least = if text[..end].contains('.') { 7 } else { DIGITS };
    (digits >= least).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_person_does_not_leave_and_comes_back() {
        let text = "Hi, Grace Hopper here (grace.h+shop@example.co.uk), call +49 (30) 1234-567. \
            IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111, order #1002345: \
            https://track.test/?t=abc. Again grace.h+shop@example.co.uk!";
        let mut hidden = Hidden::knowing(Some("Grace Hopper"));
        let safe = hidden.hide(text);
        for secret in [
            "Grace", "Hopper", "example", "1234", "3704", "4111", "1002345", "track",
        ] {
            assert!(!safe.contains(secret), "{secret} in {safe}");
        }
        assert_eq!(safe.matches("[email 1]").count(), 2, "{safe}");
        let home = hidden.show("Dear [name 1], we wrote to [email 1]. See [link 1].");
        assert_eq!(
            home,
            "Dear Grace, we wrote to grace.h+shop@example.co.uk. See [link 1]."
        );
    }

    #[test]
    fn what_belongs_to_nobody_stays() {
        let text = "It takes 3-5 days, costs 1,200.50 EUR and was fine in 2024. I'm at a @ sign.";
        let mut hidden = Hidden::knowing(None);
        assert_eq!(hidden.hide(text), text);
    }

    #[test]
    fn a_number_in_a_name_hides_no_other_number() {
        let mut hidden = Hidden::knowing(Some("Grace 24 R2D2"));
        let safe = hidden.hide("Grace, it takes 24 hours, says r2d2.");
        assert_eq!(safe, "[name 1], it takes 24 hours, says [name 2].");
    }

    #[test]
    fn a_name_that_is_a_word_is_hidden_where_it_is_a_name() {
        for (name, text, safe) in [
            (
                "Will Smith",
                "I will wait. Thanks, Will\nor will smith, or WILL",
                "I will wait. Thanks, [name 1]\nor [name 2] [name 3], or [name 4]",
            ),
            (
                "Will",
                "When will it come?\n\nwill!\n",
                "When will it come?\n\n[name 1]!\n",
            ),
            (
                "Grace May",
                "You may give grace. - Grace",
                "You may give grace. - [name 1]",
            ),
            (
                "María de la Cruz",
                "La caja de maría",
                "La caja de [name 1]",
            ),
            (
                "Acme Support",
                "I need support from acme",
                "I need support from [name 1]",
            ),
            // Addresses and numbers are hidden, whatever name stands in them.
            (
                "Mark",
                "mark my words: mark@example.com, +358 40 1234567, https://mark.test/mark",
                "mark my words: [email 1], [number 1], [link 1]",
            ),
        ] {
            let mut hidden = Hidden::knowing(Some(name));
            assert_eq!(hidden.hide(text), safe, "{name}");
            assert_eq!(hidden.show_all(safe), text, "{name}");
        }
    }

    #[test]
    fn what_stands_for_something_hidden_is_found_again() {
        let table = [
            ("Yes [name 1], up to eighty km/h.", Some("[name 1]")),
            (
                "See [1] and [link] and [note 2], then [number 12].",
                Some("[number 12]"),
            ),
            ("A [link to it](https://shop.test) [name", None),
        ];
        for (text, word) in table {
            assert_eq!(stand_in(text), word, "{text}");
        }
    }

    #[test]
    fn every_script_and_an_endless_text_pass() {
        let mut hidden = Hidden::knowing(Some("王"));
        assert_eq!(hidden.hide("电话 ١٢٣٤٥٦ 🙂"), "电话 [number 1] 🙂");
        assert!(hidden.hide(&"a@b ".repeat(20_000)).len() > 70_000);
    }
}
