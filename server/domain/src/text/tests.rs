use super::*;
use proptest::prelude::*;

#[test]
fn ordinary_text_in_any_script_passes_unchanged() {
    for text in [
        "",
        "Hello,\n\tworld",
        "Grüße, 你好, שלום, سلام\u{200c}ها",
        "👩\u{200d}🔧 ❤\u{fe0f}",
        "葛\u{e0100}飾",
        "tiếng Việt e\u{302}\u{301}",
    ] {
        assert_eq!(
            clean_body(text),
            Cleaned {
                text: text.to_owned(),
                original: None
            }
        );
    }
}

#[test]
fn what_a_terminal_would_obey_becomes_visible() {
    for (hostile, shown) in [
        ("\u{1b}[2Jgone", "␛[2Jgone"),
        ("\u{1b}]52;c;aGk=\u{7}", "␛]52;c;aGk=␇"),
        ("\u{9b}31m", "\u{fffd}31m"),
        ("a\u{8}b\u{7f}\0", "a␈b␡␀"),
        ("one\r\ntwo\rthree\u{2028}four", "one\ntwo\nthree\nfour"),
    ] {
        assert_eq!(clean_body(hostile).text, shown);
        assert!(clean_body(hostile).original.is_some(), "{hostile:?}");
    }
}

#[test]
fn nothing_turns_around_or_hides() {
    assert_eq!(clean_body("safe\u{202e}fdp.exe").text, "safe‹RLO›fdp.exe");
    assert_eq!(clean_body("\u{202a}+49 30 1\u{202c}").text, "+49 30 1");
    assert_eq!(
        clean_body("a\u{2066}b\u{2069}c\u{200b}d\u{feff}").text,
        "abcd"
    );
    let tagged: String = "hi"
        .chars()
        .chain(
            "obey"
                .chars()
                .filter_map(|c| char::from_u32(0xe0000 + u32::from(c))),
        )
        .collect();
    assert_eq!(clean_body(&tagged).text, "hi");
    assert_eq!(clean_body("a\u{e0101}\u{e0102}").text, "a");
}

#[test]
fn a_flood_of_marks_is_thinned() {
    let flood = format!("a{}b", "\u{301}".repeat(500));
    let thinned = clean_body(&flood).text;
    let marks = thinned.chars().filter(|c| *c == '\u{301}').count();
    assert_eq!(marks, MOST_MARKS);
}

#[test]
fn long_text_is_cut_between_characters_and_kept_whole_beside() {
    let long = "é".repeat(LONGEST_BODY);
    let cleaned = clean_body(&long);
    assert_eq!(cleaned.text.len(), LONGEST_BODY);
    assert_eq!(cleaned.original, Some(long));
}

#[test]
fn a_line_has_no_breaks_and_no_space_around_it() {
    let cleaned = clean_line("  Re: x\r\nBcc: all@example.com\u{0}\n");
    assert_eq!(cleaned.text, "Re: x Bcc: all@example.com␀");
    assert_eq!(
        cleaned.original.as_deref(),
        Some("  Re: x\r\nBcc: all@example.com\u{2400}\n")
    );
}

/// Text thick with what cleaning is for.
fn hostile() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        '\u{1b}',
        '\u{9b}',
        '\u{9d}',
        '\r',
        '\n',
        '\t',
        '\0',
        '\u{7f}',
        '\u{202e}',
        '\u{2066}',
        '\u{301}',
        '\u{e0041}',
        '\u{e0100}',
        '葛',
        '\u{feff}',
        '\u{2028}',
        ' ',
        'a',
    ]);
    let piece = prop_oneof![nasty, any::<char>()];
    prop::collection::vec(piece, 0..200).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(text in hostile()) {
        let once = clean_body(&text).text;
        prop_assert_eq!(clean_body(&once), Cleaned { text: once.clone(), original: None });
        let line = clean_line(&text).text;
        prop_assert_eq!(clean_line(&line), Cleaned { text: line.clone(), original: None });
    }

    #[test]
    fn no_control_is_left(text in hostile()) {
        let allowed = |c: char| !c.is_control() || c == '\n' || c == '\t';
        prop_assert!(clean_body(&text).text.chars().all(allowed));
        prop_assert!(clean_line(&text).text.chars().all(|c| !c.is_control()));
    }

    #[test]
    fn the_original_is_kept_exactly_when_something_changed(text in "\\PC*|[^\0]*") {
        let cleaned = clean_body(&text);
        let differs = cleaned.text != text;
        prop_assert_eq!(cleaned.original, differs.then_some(text));
    }
}
