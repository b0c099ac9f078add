//! What the composer looks like.

use crate::glyph::Glyphs;
use crate::model::Model;
use crate::msg::Msg;
use crate::testing::{desk, press, screen};
use crate::update::update;
use crate::view::{composer, layout};

fn writing(width: u16, height: u16, keys: &str, text: &str) -> Model {
    let mut model = desk(width, height);
    press(&mut model, keys);
    let now = model.now;
    update(&mut model, now, Msg::Paste(text.to_owned()));
    model
}

/// The rows of the composer alone.
fn rows(model: &Model) -> String {
    let area = layout::of(model).composer;
    let shown = screen(model);
    let rows: Vec<&str> = shown
        .lines()
        .skip(usize::from(area.y))
        .take(usize::from(area.height))
        .map(|line| line.trim_matches('"').trim_end())
        .collect();
    rows.join("\n")
}

#[test]
fn a_reply_names_channel_and_reader() {
    let model = writing(
        80,
        24,
        "j j r",
        "Hello Dana,\n\nThe VAT number on invoice 10432 is FI00000000. I have sent the corrected file to you.",
    );
    insta::assert_snapshot!(rows(&model));
}

#[test]
fn a_note_says_that_nobody_outside_reads_it() {
    let model = writing(80, 24, "c", "Processor had a retry incident.");
    insta::assert_snapshot!(rows(&model));
}

#[test]
fn a_text_message_counts_its_letters() {
    let model = writing(80, 24, "j r", "Hi, I have reset the sign-in code.");
    assert!(
        rows(&model).contains("1 segment, 34/160"),
        "{}",
        rows(&model)
    );
    let model = writing(80, 24, "j r", "Hi, I have “reset” it…");
    assert!(
        rows(&model).contains("“ halves the room  1 segment, 22/70"),
        "{}",
        rows(&model)
    );
    let model = writing(80, 24, "j r", &"a".repeat(161));
    assert!(
        rows(&model).contains("2 segments, 8/153"),
        "{}",
        rows(&model)
    );
}

#[test]
fn it_is_readable_in_ascii_and_when_narrow() {
    let mut model = writing(40, 12, "r", "Hello there");
    model.glyphs = Glyphs::Ascii;
    assert!(rows(&model).is_ascii());
    insta::assert_snapshot!(rows(&model));
}

#[test]
fn it_says_when_the_text_is_on_disk() {
    let mut model = writing(80, 24, "r", "Hello");
    assert!(!rows(&model).contains("saved"));
    let later = model.now.plus_seconds(1);
    update(&mut model, later, Msg::Tick);
    assert!(rows(&model).contains("saved"));
    press(&mut model, "esc");
    assert!(rows(&model).contains("r go on writing"), "{}", rows(&model));
}

#[test]
fn the_cursor_stands_where_the_next_letter_goes() {
    let model = writing(80, 24, "r", "Hi");
    screen(&model);
    let area = layout::of(&model).composer;
    let (x, y) = composer::cursor(&model).unwrap().into();
    assert_eq!((x - area.x, y - area.y), (1 + 2 + 2, 1));
    let mut model = writing(80, 24, "r", &"日本語 ".repeat(200));
    screen(&model);
    let area = layout::of(&model).composer;
    let (x, y) = composer::cursor(&model).unwrap().into();
    assert!(x < area.right() && y < area.bottom());
    press(&mut model, "esc");
    assert_eq!(composer::cursor(&model), None);
}
