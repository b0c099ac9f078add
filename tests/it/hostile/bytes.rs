//! What a terminal was sent, taken apart: every sequence must be one of ours, and all between
//! them must be letters.

use super::texts::acts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The private modes that the program sets and takes back.
const MODES: &[&str] = &[
    "?25", "?1000", "?1002", "?1003", "?1004", "?1006", "?1015", "?1049", "?2004", "?2026", "?2031",
];

/// What was taken apart.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) titles: Vec<String>,
    pub(super) notices: Vec<String>,
    pub(super) copied: Vec<String>,
}

/// Takes the bytes apart. Anything that is not ours ends the test.
pub(super) fn take_apart(bytes: &[u8]) -> Told {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut told = Told::default();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| acts(c) && !matches!(c, '\r' | '\n')) {
        rest = &rest[at..];
        let Some(sequence) = rest.strip_prefix('\u{1b}') else {
            panic!("{:?} in {:?}", rest.chars().next(), beginning(rest));
        };
        rest = match sequence.chars().next() {
            Some('[') => control(&sequence[1..]),
            Some(']') => command(&sequence[1..], &mut told),
            other => panic!("ESC {other:?} in {:?}", beginning(rest)),
        };
    }
    told
}

fn beginning(text: &str) -> String {
    text.chars().take(60).collect()
}

/// A control sequence, without its introducer. Gives what follows.
fn control(text: &str) -> &str {
    let end = text.find(|c: char| ('@'..='~').contains(&c)).unwrap();
    let (parameters, rest) = text.split_at(end);
    let is_ours = match &rest[..1] {
        "h" | "l" => MODES.contains(&parameters),
        "m" => parameters
            .chars()
            .all(|c| c.is_ascii_digit() || ";:".contains(c)),
        "G" | "H" | "J" | "K" => parameters.chars().all(|c| c.is_ascii_digit() || c == ';'),
        // The keyboard's richer words, and the shape of the cursor.
        "u" => parameters.starts_with(['<', '>', '?']),
        "q" => parameters.ends_with(' '),
        // Which colours the terminal has, asked before the keyboard is read.
        "c" => parameters.is_empty(),
        _ => false,
    };
    assert!(is_ours, "CSI {:?}", beginning(text));
    &rest[1..]
}

/// A command of the operating system's, without its introducer. Gives what follows.
fn command<'a>(text: &'a str, told: &mut Told) -> &'a str {
    let (end, closing) = ["\u{7}", "\u{1b}\\"]
        .iter()
        .filter_map(|closing| Some((text.find(closing)?, closing.len())))
        .min()
        .unwrap();
    let (words, rest) = (&text[..end], &text[end + closing..]);
    assert!(!words.chars().any(acts), "OSC {words:?}");
    match words.split_once(';') {
        Some(("0" | "2", title)) => told.titles.push(title.to_owned()),
        Some(("9", notice)) => told.notices.push(notice.to_owned()),
        Some(("52", copied)) => {
            let copied = STANDARD.decode(copied.strip_prefix("c;").unwrap()).unwrap();
            told.copied.push(String::from_utf8(copied).unwrap());
        }
        Some(("10" | "11", "?")) => {}
        _ => panic!("OSC {words:?}"),
    }
    rest
}

#[test]
fn what_is_not_ours_is_found() {
    let bad = [
        "\u{1b}]8;;http://evil\u{7}",
        "\u{1b}[6n",
        "\u{1b}[?1047h",
        "\u{9b}2J",
        "a\u{202e}b",
        "\u{1b}c",
        "\u{1b}]2;a\u{200b}\u{7}",
    ];
    for bytes in bad {
        let taken = std::panic::catch_unwind(|| take_apart(bytes.as_bytes()));
        assert!(taken.is_err(), "{bytes:?}");
    }
    let told = take_apart(b"\x1b[1;2Hhi\x1b[0m\x1b]52;c;aGk=\x07\x1b]0;(3) desk\x07");
    assert_eq!(
        (told.copied, told.titles),
        (vec!["hi".to_owned()], vec!["(3) desk".to_owned()])
    );
}
