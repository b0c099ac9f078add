//! Addresses in what people write: where they begin and end, and which of them a terminal may be
//! told of.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// What an address that may be opened begins with.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Longer ones are shown, and not told to the terminal.
const LONGEST: usize = 1_000;

/// The addresses in a text. One ends at a space, at a bracket around it, and before the stop
/// that ends its sentence.
pub(crate) fn links_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_control() || "<>\"“”".contains(c))
        .filter_map(|word| {
            let start = SCHEMES.iter().filter_map(|it| word.find(it)).min()?;
            let link = word[start..].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
            let link = match (link.contains('('), link.strip_suffix(')')) {
                (false, Some(bare)) => bare,
                _ => link,
            };
            let is_bare = SCHEMES.contains(&link);
            (!is_bare && !link.is_empty()).then_some(link)
        })
}

/// Where the addresses in a line stand, in its order.
pub(crate) fn spans(line: &str) -> Vec<(Range<usize>, Arc<str>)> {
    if !SCHEMES.iter().any(|scheme| line.contains(scheme)) {
        return Vec::new();
    }
    let mut from = 0;
    let mut found = Vec::new();
    for link in links_in(line) {
        let Some(at) = line[from..].find(link) else {
            continue;
        };
        let start = from + at;
        from = start + link.len();
        if is_tellable(link) {
            found.push((start..from, Arc::from(link)));
        }
    }
    found
}

/// Whether it can stand in an escape sequence and end nowhere but at its end.
fn is_tellable(link: &str) -> bool {
    link.len() <= LONGEST && link.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A letter as a terminal takes it that knows links. All letters of a link have the same name, so that
/// it is one also where it goes on in the next line.
pub(crate) fn linked(letter: &str, link: &str) -> String {
    let mut name: u32 = 0x811c_9dc5;
    for byte in link.bytes() {
        name = (name ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let mut out = String::with_capacity(link.len() + 32);
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "\u{1b}]8;id={name:08x};{link}\u{1b}\\{letter}\u{1b}]8;;\u{1b}\\"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_they_end() {
        let table: [(&str, &[&str]); 7] = [
            ("see https://a.example/x.", &["https://a.example/x"]),
            ("(https://a.example)", &["https://a.example"]),
            ("https://a.example/x_(y)", &["https://a.example/x_(y)"]),
            ("<mailto:a@b.example>", &["mailto:a@b.example"]),
            ("javascript:alert(1) ftp://x", &[]),
            ("https:// alone", &[]),
            ("a https://b c http://d", &["https://b", "http://d"]),
        ];
        for (text, expected) in table {
            assert_eq!(links_in(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn where_they_stand_is_known_and_what_could_act_is_not_told() {
        let line = "see https://a.example, https://a.example and more";
        let found = spans(line);
        assert_eq!(found.len(), 2);
        for (at, link) in &found {
            assert_eq!(&line[at.clone()], link.as_ref());
        }
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        for hostile in [
            "https://a\u{9c}b",
            "https://a.example/é",
            "https://a\u{202e}b",
            &long,
        ] {
            assert!(
                spans(hostile).iter().all(|(_, it)| is_tellable(it)),
                "{hostile:?}"
            );
            let whole = spans(hostile).iter().any(|(_, it)| it.as_ref() == hostile);
            assert!(!whole, "{hostile:?}");
        }
        assert!(!linked("x", "https://a.example").contains('\u{7}'));
    }
}
