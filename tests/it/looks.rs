//! How the inbox looks in a real terminal: what the terminal says of its ground, and themes that are
//! saved while it is open.

use crate::bed::Bed;
use crate::window::Window;
use std::fs;

const CTRL_C: &str = "\x03";
const QUESTION: &str = "\x1b]11;?\x1b\\";

fn raw(window: &Window) -> String {
    String::from_utf8_lossy(&window.raw()).into_owned()
}

#[test]
fn the_terminals_answer_chooses_the_theme_and_is_no_key() {
    let bed = Bed::signed_in();
    let variables = [("COLORTERM", "truecolor")];
    let mut window = Window::open_with(bed.home.path(), &[], &variables, 80, 24);
    window.wait_for("live");
    assert!(raw(&window).contains(QUESTION));
    // Paper's own ground.
    let ground = "48;2;251;250;247";
    assert!(!raw(&window).contains(ground));
    window.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    window.wait("the light theme", |_| raw(&window).contains(ground));
    assert!(window.screen().contains("Inbox"));
    assert!(!window.screen().contains("rgb"));
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}

#[test]
fn whoever_chose_a_theme_is_not_asked() {
    let bed = Bed::signed_in();
    let mut window = Window::open(bed.home.path(), &["--theme", "ink"], 80, 24);
    window.wait_for("live");
    assert!(!raw(&window).contains(QUESTION));
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}

#[test]
fn a_theme_that_is_saved_is_shown_and_a_broken_one_is_told() {
    let bed = Bed::signed_in();
    let file = bed.home.path().join("themes/mine.toml");
    fs::create_dir(bed.home.path().join("themes")).unwrap();
    fs::write(&file, "[roles]\ntext = \"#010203\"\n").unwrap();
    let variables = [("COLORTERM", "truecolor")];
    let mut window = Window::open_with(bed.home.path(), &["--theme", "mine"], &variables, 120, 24);
    window.wait_for("live");
    fs::write(&file, "[roles]\ntext = \"#0a0b0c\"\n").unwrap();
    window.wait("the new colour", |_| raw(&window).contains("38;2;10;11;12"));
    fs::write(&file, "[roles]\ntext = \"greenish\"\n").unwrap();
    window.wait_for("The theme stays as it was");
    window.wait_for("mine.toml, line 2");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}
