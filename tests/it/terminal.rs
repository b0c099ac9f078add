//! The terminal is only borrowed: it is given back whatever happens, and nothing of it is used
//! while nothing happens.

use crate::bed::Bed;
use crate::window::{PROGRAM, Window, signal, wait_until};
use std::fs;

const ESC: &str = "\x1b";
const CTRL_L: &str = "\x0c";
const CTRL_Z: &str = "\x1a";

fn open(bed: &Bed) -> Window {
    let window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("live");
    window
}

/// A conversation of its own, with a customer of this name.
fn customer(bed: &Bed, name: &str, words: &str) -> String {
    let maya = bed.api(frontdesk_server::seed::EMAIL);
    bed.block_on(maya.visitor(name, words)).1
}

#[test]
fn it_opens_at_every_size_and_says_so_where_there_is_no_room() {
    let bed = Bed::signed_in();
    for (columns, rows) in [(80, 24), (40, 10), (300, 100), (161, 45)] {
        let window = Window::open(bed.home.path(), &[], columns, rows);
        window.wait_for("Inbox");
        window.leave();
    }
    let window = Window::open(bed.home.path(), &[], 30, 6);
    window.wait_for("40");
    window.resize(120, 35);
    window.wait_for("live");
    window.leave();
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_screen() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    for step in 0..200_u16 {
        let (columns, rows) = match step % 5 {
            0 => (1, 1),
            1 => (300, 100),
            2 => (40 + step % 41, 10 + step % 13),
            3 => (2, 60),
            _ => (200, 2),
        };
        window.resize(columns, rows);
    }
    window.resize(120, 35);
    // The thread beside the list is read after the list is drawn, and its draft after that; and a frame
    // that is half here is no screen to compare with.
    window.wait("a frame with all of it", |screen| {
        let parts = ["● live", "? help", "Ember stove", "A approve & send"];
        let raw = window.raw();
        let raw = String::from_utf8_lossy(&raw);
        let [begun, ended] = ["\x1b[?2026h", "\x1b[?2026l"].map(|it| raw.matches(it).count());
        parts.iter().all(|part| screen.contains(part)) && begun == ended
    });
    // What came together by changes is what is drawn from nothing.
    let drawn = window.raw().len();
    let changed = window.screen();
    window.send(CTRL_L);
    wait_until(|| "a whole frame".to_owned(), || window.raw().len() > drawn);
    let same = format!("the same screen as\n{changed}\nwhich is");
    window.wait(&same, |screen| screen == changed);
    window.leave();
}

#[test]
fn suspended_it_gives_the_terminal_back_and_takes_it_again() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    for _ in 0..2 {
        window.send(CTRL_Z);
        let status = format!("/proc/{}/stat", window.process());
        let is_stopped = || fs::read_to_string(&status).unwrap().contains(") T ");
        wait_until(|| "the program to stop".to_owned(), is_stopped);
        wait_until(
            || "the terminal to be given back".to_owned(),
            || !window.has_screen() && window.is_cooked(),
        );
        signal("CONT", window.process());
        window.wait("the screen again", |screen| screen.contains("? help"));
        assert!(window.has_screen() && !window.is_cooked());
    }
    window.leave();
}

#[test]
fn an_editor_that_fails_or_is_missing_costs_no_text() {
    let bed = Bed::signed_in();
    let cases = [
        ("/bin/false", "the editor ended with an error"),
        ("/nowhere/ed", "does not start"),
    ];
    for (editor, why) in cases {
        let variables = [("EDITOR", editor)];
        let mut window = Window::open_with(bed.home.path(), &[], &variables, 120, 35);
        window.wait_for("live");
        window.send("r");
        window.wait_for("Reply by");
        window.send("Half a thought");
        window.wait_for("Half a thought");
        window.send("\x18e");
        window.wait_for(why);
        window.wait_for("Your text is kept.");
        window.wait_for("Half a thought");
        assert!(window.has_screen() && !window.is_cooked(), "{editor}");
        // Thrown away, so that the next one begins with nothing.
        window.send("\x18d");
        window.wait_gone("Half a thought");
        window.leave();
    }
}

#[test]
fn what_is_pasted_is_text_and_never_a_command() {
    let bed = Bed::signed_in();
    customer(&bed, "Paula Paste", "Nothing shall happen to this");
    let mut window = open(&bed);
    window.find("Paula Paste");
    // With nothing to write into, a paste does nothing.
    window.paste("eeeaiE\x03q");
    window.wait_for("nothing to paste into");
    window.wait_for("Paula Paste");
    window.send("r");
    window.wait_for("Reply by");
    // An end of the paste within the paste, then keys that would send, leave and quit.
    window.paste("first\nsecond\x07\x1b[2J\u{9b}31m third\u{202e}");
    window.wait("both lines, and nothing that acts", |screen| {
        screen.contains("first") && screen.contains("second") && screen.contains("third")
    });
    window.paste("tail\x1b[201~ still here");
    window.wait_for("still here");
    assert!(window.has_screen());
    window.keep_text();
    window.leave();
    let listed = bed.out(&["ls", "--status", "all", "-n", "50"]);
    let row = listed.lines().find(|it| it.contains("Paula Paste"));
    assert!(
        row.is_some_and(|it| it.contains("Nothing shall happen")),
        "{listed}"
    );
}

#[test]
fn with_its_terminal_it_goes_too() {
    let bed = Bed::signed_in();
    let home = bed.home.path().to_owned();
    // The terminal is closed under a program that is told so by a signal, and under one that
    // is not, because it belongs to no terminal's session.
    for holder in ["", "setsid -w "] {
        let noted = home.join("process");
        let script = format!(
            "exec script -qec \"{holder}sh -c 'echo \\$\\$ > process; exec {PROGRAM}'\" /dev/null"
        );
        let window = Window::script(&home, &script);
        window.wait_for("live");
        let process: u32 = fs::read_to_string(&noted).unwrap().trim().parse().unwrap();
        fs::remove_file(&noted).unwrap();
        window.kill();
        let folder = format!("/proc/{process}");
        wait_until(
            || format!("the program to end after {holder:?}"),
            || !fs::exists(&folder).unwrap(),
        );
    }
}

#[test]
fn when_nothing_happens_it_does_nothing() {
    let bed = Bed::signed_in();
    let window = open(&bed);
    let process = window.process();
    let mut before = (Work::default(), 0);
    let mut quiet = 0;
    // A stretch without a wake-up, a tick of the processor or a byte for the terminal. Between
    // two signs of life towards the server there is always one, unless it turns in circles.
    wait_until(
        || "a quiet stretch".to_owned(),
        || {
            let now = (Work::of(process), window.raw().len());
            quiet = if now == before { quiet + 1 } else { 0 };
            before = now;
            quiet == 100
        },
    );
    window.leave();
}

/// What a process has done so far.
#[derive(Debug, Default, PartialEq, Eq)]
struct Work {
    ticks: u64,
    wake_ups: u64,
}

impl Work {
    fn of(process: u32) -> Self {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
        let (_, numbers) = stat.rsplit_once(") ").unwrap();
        let numbers: Vec<&str> = numbers.split(' ').collect();
        let ticks = [11, 12].map(|at: usize| numbers[at].parse::<u64>().unwrap());
        let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
        let wake_ups = threads.map(|thread| {
            let status = thread.unwrap().path().join("status");
            // A thread may end while it is looked at.
            let status = fs::read_to_string(status).unwrap_or_default();
            let line = status
                .lines()
                .find_map(|it| it.strip_prefix("voluntary_ctxt_switches:"));
            line.map_or(0, |it| it.trim().parse::<u64>().unwrap())
        });
        Self {
            ticks: ticks.iter().sum(),
            wake_ups: wake_ups.sum(),
        }
    }
}

#[test]
fn ascii_is_enough_where_nothing_else_is_there() {
    let bed = Bed::signed_in();
    let variables = [("LANG", "C")];
    let mut window = Window::open_with(bed.home.path(), &[], &variables, 80, 24);
    window.wait_for("live");
    window.send("?");
    window.wait_for("Keys");
    window.send(ESC);
    window.wait_gone("Keys");
    // What customers wrote is shown in their letters. Signs, lines and arrows are ours.
    let is_sign = |c: &char| ('\u{2000}'..'\u{2c00}').contains(c);
    let odd: String = window.screen().chars().filter(is_sign).collect();
    assert_eq!(odd, "", "{}", window.screen());
    window.leave();
}
