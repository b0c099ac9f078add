//! The first run in a real terminal, against a real server.

use crate::bed::Bed;
use crate::window::Window;
use frontdesk_server::seed;
use std::path::Path;

const CTRL_C: &str = "\x03";
const ENTER: &str = "\r";
const TAB: &str = "\t";

fn open(bed: &Bed, columns: u16, rows: u16) -> Window {
    let window = Window::open(bed.home.path(), &[], columns, rows);
    window.wait_for("step 1 of 4");
    window
}

/// The names of all that lies in the home folder, beside the cache that every command makes.
fn left_behind(home: &Path) -> Vec<String> {
    let files = std::fs::read_dir(home).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("cache.db"))
        .collect()
}

fn sign_in(window: &mut Window, bed: &Bed) {
    window.send(&bed.server);
    window.send(ENTER);
    window.wait_for("step 2 of 4");
    window.send(seed::EMAIL);
    window.send(TAB);
    window.send(seed::PASSWORD);
    window.send(ENTER);
    window.wait_for("step 3 of 4");
}

#[test]
fn four_steps_lead_into_the_inbox_and_are_not_asked_again() {
    for (columns, rows) in [(80, 24), (40, 10)] {
        let bed = Bed::new();
        let mut window = open(&bed, columns, rows);
        sign_in(&mut window, &bed);
        assert!(!window.screen().contains(seed::PASSWORD));
        assert_eq!(left_behind(bed.home.path()), Vec::<String>::new());
        window.send("\x1b[C");
        window.wait_for("2 of ");
        window.send(ENTER);
        window.wait_for("Inbox");
        window.wait_for("live");
        window.send(CTRL_C);
        assert_eq!(window.ended(), 0);
        let config = std::fs::read_to_string(bed.home.path().join("config.toml")).unwrap();
        assert!(config.starts_with("theme = "), "{config}");
        let mut again = Window::open(bed.home.path(), &[], columns, rows);
        again.wait_for("live");
        again.send(CTRL_C);
        assert_eq!(again.ended(), 0);
    }
}

#[test]
fn what_is_wrong_is_said_where_it_is_typed() {
    let bed = Bed::new();
    let mut window = open(&bed, 80, 24);
    window.send("127.0.0.1:9");
    window.send(ENTER);
    window.wait_for("cannot be reached");
    window.send("\x15");
    window.send(&bed.server);
    window.send(ENTER);
    window.wait_for("step 2 of 4");
    window.send("nobody@northlight.example\twrong");
    window.send(ENTER);
    window.wait_for("Invalid email or password");
    window.send(CTRL_C);
    assert_eq!(window.ended(), 0);
}

#[test]
fn leaving_at_any_step_leaves_nothing_behind() {
    let bed = Bed::new();
    for step in 1..=3 {
        let mut window = open(&bed, 80, 24);
        match step {
            1 => {}
            2 => {
                window.send(&bed.server);
                window.send(ENTER);
                window.wait_for("step 2 of 4");
            }
            _ => sign_in(&mut window, &bed),
        }
        window.send(CTRL_C);
        assert_eq!(window.ended(), 0);
        assert!(!window.has_screen());
        assert_eq!(left_behind(bed.home.path()), Vec::<String>::new(), "{step}");
    }
}

#[test]
fn a_pipe_is_told_what_works_there() {
    let bed = Bed::new();
    let ran = bed.run(&[]);
    assert_ne!(ran.code, 0);
    assert!(ran.err.contains("needs a terminal"), "{}", ran.err);
}
