//! The inbox in a real terminal against a real server.

use crate::bed::{Bed, TOMAS};
use crate::window::{self, Window};

const CTRL_C: &str = "\x03";
const ENTER: &str = "\r";
const ESC: &str = "\x1b";

fn open(bed: &Bed) -> Window {
    let window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("live");
    window
}

#[test]
fn it_opens_lists_and_gives_the_terminal_back() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    assert!(window.has_screen());
    window.wait_for("Inbox");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
    assert!(!window.has_screen());
    let raw = String::from_utf8_lossy(&window.raw()).into_owned();
    for given_back in [
        "\x1b[?1049l",
        "\x1b[?2004l",
        "\x1b[?1004l",
        "\x1b[?1000l",
        "\x1b[?25h",
    ] {
        assert!(raw.contains(given_back), "{given_back:?}");
    }
}

#[test]
fn a_conversation_is_taken_answered_and_closed_by_keyboard() {
    let bed = Bed::signed_in();
    let colleague = bed.colleague(TOMAS, frontdesk_server::seed::PASSWORD);
    let mut window = open(&bed);
    window.send(ENTER);
    window.send("r");
    window.wait_for("Reply by");
    window.send("On its way, promised.");
    window.wait_for("On its way, promised.");
    window.send("\x13");
    window.wait_for("Sending");
    window.send("\x13");
    window.wait_gone("Sending");
    let shown = || colleague.out(&["ls", "--status", "all", "-n", "50"]);
    window.wait("the colleague to see it", |_| {
        shown().contains("On its way")
    });
    window.send("e");
    window.wait_for("1 conversation done");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}

#[test]
fn it_survives_every_size() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    for (columns, rows) in [(80, 24), (39, 9), (300, 100), (40, 10), (1, 1), (160, 45)] {
        window.resize(columns, rows);
    }
    window.wait_for("Inbox");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}

#[test]
fn a_terminal_that_closes_ends_it() {
    let bed = Bed::signed_in();
    for signal in ["HUP", "TERM"] {
        let mut window = open(&bed);
        window::signal(signal, window.process());
        assert_eq!(window.ended(), 0, "{signal}");
        assert!(!window.has_screen());
    }
}

#[test]
fn the_agents_own_editor_writes_into_the_composer() {
    let bed = Bed::signed_in();
    let editor = bed.home.path().join("editor.sh");
    std::fs::write(&editor, "#!/bin/sh\necho 'written elsewhere' > \"$1\"\n").unwrap();
    let command = format!("/bin/sh {}", editor.display());
    let variables = [("EDITOR", command.as_str())];
    let mut window = Window::open_with(bed.home.path(), &[], &variables, 120, 35);
    window.wait_for("live");
    window.send("r");
    window.wait_for("Reply by");
    window.send("\x18e");
    window.wait_for("written elsewhere");
    assert!(window.has_screen());
    window.send(ESC);
    window.wait_gone("and close");
    // That it was read is on its way, and leaving before would be asked about.
    window.wait_gone("queued");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}

#[test]
fn without_colours_there_are_none() {
    let bed = Bed::signed_in();
    let variables = [("NO_COLOR", "1")];
    let mut window = Window::open_with(bed.home.path(), &[], &variables, 80, 24);
    window.wait_for("live");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
    let raw = String::from_utf8_lossy(&window.raw()).into_owned();
    let coloured = raw.split("\x1b[").skip(1).find(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';');
        let (codes, rest) = rest.split_at(end.unwrap_or(rest.len()));
        rest.starts_with('m') && codes.split(';').any(is_colour)
    });
    assert_eq!(coloured, None);
}

/// Whether a number of a sequence that ends with `m` gives a colour; 39 and 49 take it back.
fn is_colour(code: &str) -> bool {
    let code: u8 = code.parse().unwrap_or(0);
    matches!(code, 30..=38 | 40..=48 | 90..=107)
}

#[test]
fn a_dumb_terminal_is_told_what_works_there() {
    let bed = Bed::signed_in();
    let variables = [("TERM", "dumb")];
    let mut window = Window::open_with(bed.home.path(), &[], &variables, 80, 24);
    assert_ne!(window.ended(), 0);
    assert!(window.screen().contains("the inbox needs a terminal"));
}
