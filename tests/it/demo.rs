//! The demonstration.

use crate::bed::{Bed, Ran, command};
use crate::window::Window;
use frontdesk_server::seed::{EMAIL, PASSWORD};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command};
use tempfile::TempDir;

#[test]
fn a_stranger_can_sign_in_with_what_it_prints() {
    let home = TempDir::new().unwrap();
    let temporary = TempDir::new().unwrap();
    let mut demo = command(home.path(), &["demo"])
        .env("TMPDIR", temporary.path())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    let login = lines.find_map(|line| {
        let line = line.unwrap();
        line.split_once(" login ").map(|(_, rest)| rest.to_owned())
    });
    let login = login.expect("it says how to sign in");
    assert!(login.ends_with(&format!("--email {EMAIL}")), "{login}");
    let args: Vec<&str> = ["login", "--password-stdin"]
        .into_iter()
        .chain(login.split(' '))
        .collect();
    let ran = Bed::run_in(home.path(), &args, &format!("{PASSWORD}\n"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let Ran { code, out, .. } = Bed::run_in(home.path(), &["ls", "-n", "5"], "");
    assert_eq!((code, out.lines().count()), (0, 5), "{out}");
    end(&mut demo);
    let left: Vec<_> = temporary.path().read_dir().unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn in_a_terminal_it_opens_an_inbox_to_play_with_and_leaves_nothing() {
    let home = TempDir::new().unwrap();
    let temporary = TempDir::new().unwrap();
    let variables = [("TMPDIR", temporary.path().to_str().unwrap())];
    let mut window = Window::open_with(home.path(), &["demo"], &variables, 120, 35);
    window.wait_for("● live");
    window.wait_for("Northlight Outfitters");
    window.send("gd");
    window.wait_for("approve & send");
    window.send("A");
    window.wait_for("Sending in");
    window.send("u");
    window.wait_gone("Sending in");
    window.send("?");
    window.wait_for("─ Keys");
    window.send("\x1b");
    window.wait_gone("─ Keys");
    window.leave();
    for folder in [&temporary, &home] {
        let left: Vec<_> = folder.path().read_dir().unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// Asks it to end, as a closed terminal or a system that goes down does.
fn end(demo: &mut Child) {
    let asked = Command::new("kill")
        .arg(demo.id().to_string())
        .status()
        .unwrap();
    assert!(asked.success());
    assert!(demo.wait().unwrap().success());
}
