//! What boxes look like.

use crate::glyph::Glyphs;
use crate::testing::{desk, press, screen, typed};

macro_rules! pictures {
    ($($name:ident($width:literal, $height:literal) = $keys:literal, $text:literal;)+) => {$(
        #[test]
        fn $name() {
            let mut model = desk($width, $height);
            press(&mut model, $keys);
            typed(&mut model, $text);
            insta::assert_snapshot!(screen(&model));
        }
    )+};
}

pictures! {
    the_palette(80, 24) = ":", "snoo";
    the_palette_at_first(160, 45) = ":", "";
    who_gets_it(80, 24) = "a", "";
    a_phrase_that_is_understood(80, 24) = "s", "thu 2pm";
    a_phrase_that_is_not(80, 24) = "s", "sometime soon";
    tags(80, 24) = "t", "";
    help(80, 24) = "?", "snooze";
    help_on_a_large_screen(160, 45) = "?", "";
    the_smallest_screen(40, 10) = "s", "";
    the_line_that_narrows(80, 24) = "/", "vat";
    a_question(80, 24) = "B", "";
}

#[test]
fn with_plain_signs() {
    let mut model = desk(80, 24);
    model.glyphs = Glyphs::Ascii;
    press(&mut model, "a");
    insta::assert_snapshot!(screen(&model));
}

#[test]
fn keys_that_go_on() {
    for (name, width, height, keys) in [
        ("which_key_root", 80, 24, "space"),
        ("which_key_go", 160, 45, "g"),
        ("which_key_smallest", 40, 10, "space"),
    ] {
        let mut model = desk(width, height);
        press(&mut model, keys);
        model.now = model.now.plus_seconds(1);
        insta::assert_snapshot!(name, screen(&model));
    }
}
