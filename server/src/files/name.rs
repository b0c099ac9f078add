//! What files are called: cleaned when they come in, written safely into addresses and headers.

use frontdesk_domain::text::clean_line;
use std::fmt::Write;

/// The most bytes of a name; file systems take no more.
const LONGEST: usize = 200;

/// The longest ending that is kept when a name is cut.
const LONGEST_ENDING: usize = 20;

/// A file's name without folders, without what a reader cannot see, with dashes for spaces.
pub(crate) fn clean(name: &str) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let line: String = clean_line(own)
        .text
        .chars()
        .map(|c| match c {
            c if c.is_whitespace() => '-',
            '"' | '<' | '>' | ':' | '|' | '?' | '*' | '%' | '#' => '_',
            c => c,
        })
        .collect();
    let bare = line.trim_matches(['.', '-']);
    if bare.is_empty() {
        return "file".to_owned();
    }
    cut(bare)
}

fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name
        .rfind('.')
        .map(|at| &name[at..])
        .filter(|ending| ending.len() <= LONGEST_ENDING)
        .unwrap_or_default();
    let mut end = LONGEST - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &name[..end])
}

/// The name as it stands in addresses and headers: letters, digits and a few signs as they are,
/// every other byte as `%` and two digits.
pub(crate) fn encode(name: &str) -> String {
    name.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            write!(out, "%{byte:02X}").ok();
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::{clean, encode};

    #[test]
    fn names_lose_folders_and_what_cannot_be_seen() {
        for (sent, kept) in [
            ("my photo.png", "my-photo.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\b.txt", "b.txt"),
            (".htaccess", "htaccess"),
            ("", "file"),
            ("..", "file"),
            ("a\r\nb.txt", "a-b.txt"),
            ("quote\".txt", "quote_.txt"),
            ("Grüße.pdf", "Grüße.pdf"),
        ] {
            assert_eq!(clean(sent), kept, "{sent:?}");
        }
        assert!(!clean("gpj.\u{202e}exe").contains('\u{202e}'));
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = clean(&format!("{}.tar.gz", "ä".repeat(300)));
        assert!(name.len() <= 200 && name.ends_with(".gz"), "{name}");
    }

    #[test]
    fn names_are_safe_in_addresses() {
        assert_eq!(encode("Grüße 1.pdf"), "Gr%C3%BC%C3%9Fe%201.pdf");
    }
}
