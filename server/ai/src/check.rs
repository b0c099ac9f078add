//! What a model wrote, looked at before an agent sees it: it rests on sources, has no links of its own,
//! and fits its channel.

use crate::prompt::NO_ANSWER;

/// A text that may become a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Without the numbers of the sources.
    pub text: String,
    /// After which character of the text which source is named.
    pub cited: Vec<(u32, usize)>,
}

/// Why a text becomes no draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The model says that the sources do not answer.
    NoAnswer,
    Empty,
    /// It names no source, or one there is not.
    Ungrounded,
    /// A link that no source has.
    Link,
    TooLong,
}

impl Unfit {
    /// The words for agents.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoAnswer => "The sources do not answer this.",
            Self::Empty => "The model wrote nothing.",
            Self::Ungrounded => "The model's text rests on no source.",
            Self::Link => "The model wrote a link or an address that no source has.",
            Self::TooLong => "The model's text is longer than the channel takes.",
        }
    }
}

/// What a text is held against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// All that may be quoted: sources and what the company says of itself.
    pub texts: &'a [&'a str],
    /// The numbers of the sources there are.
    pub numbers: &'a [u32],
    /// In UTF-16 units, in which services count.
    pub longest: Option<usize>,
}

/// Looks at what a model wrote.
///
/// # Errors
/// Why it becomes no draft.
pub fn check(written: &str, against: &Against<'_>) -> Result<Checked, Unfit> {
    let written = written.trim();
    if written.is_empty() {
        return Err(Unfit::Empty);
    }
    if written.contains(NO_ANSWER) {
        return Err(Unfit::NoAnswer);
    }
    let checked = without_numbers(written);
    if checked.text.is_empty() {
        return Err(Unfit::Empty);
    }
    let unknown = |(n, _): &(u32, usize)| !against.numbers.contains(n);
    if checked.cited.is_empty() || checked.cited.iter().any(unknown) {
        return Err(Unfit::Ungrounded);
    }
    if has_strange_link(&checked.text, against.texts) || checked.text.contains("[link") {
        return Err(Unfit::Link);
    }
    let length = checked.text.encode_utf16().count();
    if against.longest.is_some_and(|longest| length > longest) {
        return Err(Unfit::TooLong);
    }
    Ok(checked)
}

/// What may be shown of a text while it is written: without the numbers of its sources, and without the
/// beginning of a word in brackets that is not whole yet.
#[must_use]
pub fn so_far(written: &str) -> String {
    let written = written.trim_start();
    if !written.is_empty() && (NO_ANSWER.starts_with(written) || written.contains(NO_ANSWER)) {
        return String::new();
    }
    let open = written.rfind('[');
    let half = open.filter(|at| !written[*at..].contains(']') && written.len() - at < BRACKET);
    let whole = &written[..half.unwrap_or(written.len())];
    without_numbers(whole).text
}

/// A word in brackets is not longer than this; what is, is text.
const BRACKET: usize = 24;

/// Takes `[1]` and `[1, 2]` out, and remembers where they stood.
fn without_numbers(written: &str) -> Checked {
    let mut text = String::with_capacity(written.len());
    let mut cited = Vec::new();
    let mut rest = written;
    while let Some(open) = rest.find('[') {
        let (before, after) = rest.split_at(open);
        text.push_str(before);
        let numbers = after.find(']').and_then(|close| numbers(&after[1..close]));
        if let Some(numbers) = numbers {
            while text.ends_with(' ') {
                text.pop();
            }
            let place = text.chars().count();
            cited.extend(numbers.into_iter().map(|n| (n, place)));
            rest = &after[after.find(']').map_or(1, |close| close + 1)..];
        } else {
            text.push('[');
            rest = &after[1..];
        }
    }
    text.push_str(rest);
    Checked {
        text: text.trim().to_owned(),
        cited,
    }
}

fn numbers(inside: &str) -> Option<Vec<u32>> {
    inside.split(',').map(|it| it.trim().parse().ok()).collect()
}

/// Everything that a reader, or a reader's program, may take for a link or an address.
fn links(text: &str) -> impl Iterator<Item = String> {
    let cut = |it: char| {
        it.is_whitespace() || matches!(it, '(' | ')' | '<' | '>' | '"' | '[' | ']' | ',')
    };
    let words = text.split(cut);
    words
        .map(|word| word.trim_matches(|it: char| !it.is_alphanumeric() && it != '/'))
        .filter(|word| is_link(word))
        .map(str::to_lowercase)
}

fn is_link(word: &str) -> bool {
    let dotted = word.split_once('.').is_some_and(|(host, rest)| {
        let end: String = rest.chars().take_while(|it| *it != '/').collect();
        let end = end.rsplit('.').next().unwrap_or_default().to_owned();
        !host.is_empty() && end.chars().count() >= 2 && end.chars().all(char::is_alphabetic)
    });
    word.contains("://") || word.contains('@') || word.contains("www.") || dotted
}

/// Whether a text has a link or an address that none of these texts has.
#[must_use]
pub fn has_strange_link(text: &str, texts: &[&str]) -> bool {
    links(text).any(|link| !texts.iter().any(|it| holds(it, &link)))
}

/// Whether a source has the link as a whole, and not only as the beginning of another one.
fn holds(source: &str, link: &str) -> bool {
    links(source).any(|it| it == *link)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: &[&str] = &["Refunds: see https://acme.test/refunds or write to help@acme.test."];

    fn looked(written: &str) -> Result<Checked, Unfit> {
        let against = Against {
            texts: TEXTS,
            numbers: &[0, 1, 2],
            longest: Some(80),
        };
        check(written, &against)
    }

    #[test]
    fn numbers_go_and_their_places_stay() {
        let found =
            looked("It takes five days [1]. See https://acme.test/refunds. [1, 2]").unwrap();
        assert_eq!(
            found.text,
            "It takes five days. See https://acme.test/refunds."
        );
        assert_eq!(found.cited, [(1, 18), (1, 50), (2, 50)]);
        let kept = looked("Dear [name 1], five days [1].").unwrap();
        assert_eq!(kept.text, "Dear [name 1], five days.");
    }

    #[test]
    fn what_rests_on_nothing_is_no_draft() {
        assert_eq!(looked("Five days."), Err(Unfit::Ungrounded));
        assert_eq!(looked("Five days [7]."), Err(Unfit::Ungrounded));
        assert_eq!(looked("NO_ANSWER"), Err(Unfit::NoAnswer));
        assert_eq!(looked(" \n"), Err(Unfit::Empty));
        assert_eq!(looked("[1]"), Err(Unfit::Empty));
        assert_eq!(
            looked(&format!("{} [1]", "x".repeat(81))),
            Err(Unfit::TooLong)
        );
    }

    #[test]
    fn a_link_comes_from_a_source_or_not_at_all() {
        for link in [
            "https://evil.test/refunds",
            "https://acme.test/refunds?to=evil",
            "https://acme.test",
            "www.evil.test",
            "evil.test/x",
            "[here](https://evil.test)",
            "me@evil.test",
            "HTTPS://EVIL.TEST",
            "javascript://x",
            "[link 1]",
        ] {
            assert_eq!(
                looked(&format!("See {link} [1]")),
                Err(Unfit::Link),
                "{link}"
            );
        }
        for fine in [
            "help@acme.test",
            "(https://acme.test/refunds)",
            "3.5 kg",
            "e.g. this",
        ] {
            assert!(looked(&format!("See {fine} [1]")).is_ok(), "{fine}");
        }
    }
}
