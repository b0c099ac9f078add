use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

#[test]
fn honest_text_is_left_alone() {
    for text in [
        "Hello, is anyone there?",
        "¿Dónde está mi pedido? Größe 42",
        "日本語のテキスト",
        "Tiếng Việt có dấu",
        "می\u{200c}خواهم",
        "שלום עולם",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 👍🏽",
        "e\u{301}",
        "क्\u{200d}ष",
    ] {
        assert_eq!(line(text), text);
    }
}

#[test]
fn what_acts_on_a_terminal_becomes_visible() {
    let table = [
        ("\u{1b}[31mred", "␛[31mred"),
        ("\u{1b}]52;c;aGk=\u{7}", "␛]52;c;aGk=␇"),
        ("\u{1b}]8;;http://evil\u{1b}\\ok", "␛]8;;http://evil␛\\ok"),
        ("\u{9b}2J", "\u{fffd}2J"),
        ("\u{9d}0;title\u{9c}", "\u{fffd}0;title\u{fffd}"),
        ("a\u{8}b\u{7f}", "a␈b␡"),
        ("a\0b", "a␀b"),
    ];
    for (hostile, shown) in table {
        assert_eq!(line(hostile), shown);
    }
}

#[test]
fn what_turns_or_hides_text_is_named_or_dropped() {
    let table = [
        ("invoice\u{202e}gpj.exe", "invoice‹RLO›gpj.exe"),
        ("\u{2066}user\u{2069}", "user"),
        ("a\u{200b}\u{2060}\u{feff}b", "ab"),
        ("a\u{200d}b\u{200e}c", "abc"),
        ("hi\u{e0041}\u{e0042}\u{e007f}", "hi"),
        ("x\u{fe0f}\u{e0100}", "x"),
        ("\u{3164}\u{ffa0}", ""),
    ];
    for (hostile, shown) in table {
        assert_eq!(line(hostile), shown);
    }
}

#[test]
fn floods_end() {
    let zalgo = format!("a{}b", "\u{301}".repeat(1_000));
    assert_eq!(line(&zalgo).chars().count(), 2 + 4);
    let chain = "👩\u{200d}".repeat(1_000);
    let longest = line(&chain)
        .graphemes(true)
        .map(|grapheme| grapheme.chars().count())
        .max();
    assert!(longest.unwrap() <= 10, "{longest:?}");
    assert_eq!(line(&"\u{200b}".repeat(10_000)), "");
}

#[test]
fn lines_stay_in_a_block_and_go_in_a_line() {
    assert_eq!(block("a\r\nb\u{2028}c\td\r"), "a\nb\nc    d\n");
    assert_eq!(line("a\r\nb\u{2028}c\td\r"), "a b c d ");
}

#[test]
fn an_excerpt_says_what_it_left_out() {
    let long = "line\n".repeat(50_000);
    let cut = excerpt(&long, 10, 1_000_000);
    assert_eq!((cut.text.lines().count(), cut.lines_left_out), (10, 49_990));
    let cut = excerpt("äöü", 10, 3);
    assert_eq!((cut.text.as_str(), cut.lines_left_out), ("ä", 1));
    let whole = excerpt("a\nb", 10, 100);
    assert_eq!((whole.text.as_str(), whole.lines_left_out), ("a\nb", 0));
}

#[test]
fn escaped_json_is_the_same_value() {
    let value = "a\u{9b}2J\u{202e}\u{e0041}é\u{7f}\u{200d}";
    let quoted = format!("[\"{value}\"]");
    assert_eq!(
        json(&quoted),
        "[\"a\\u009b2J\\u202e\\udb40\\udc41é\\u007f\\u200d\"]"
    );
}

proptest! {
    #[test]
    fn nothing_that_acts_comes_through(text in "\\PC*|[\\x00-\\x{9f}\\x{200b}-\\x{206f}\\x{e0000}-\\x{e007f}a-z\\n]*") {
        for shown in [line(&text), block(&text), json(&text)] {
            for c in shown.chars() {
                let acts = c.is_control() && c != '\n';
                let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                prop_assert!(!acts && !turns, "{c:?} in {shown:?}");
            }
        }
        prop_assert!(!line(&text).contains('\n'));
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(text in "\\PC*") {
        let once = block(&text).into_owned();
        prop_assert_eq!(block(&once), once.as_str());
    }
}
