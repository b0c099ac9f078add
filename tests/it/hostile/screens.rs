//! The screen with everything that can lie on it, the window's title, notices, the clipboard, the
//! editor's file and the log.

use super::Planted;
use super::bytes::take_apart;
use super::plant::arrive;
use super::texts::{acts, floods};
use crate::bed::Bed;
use crate::window::Window;
use frontdesk_server::seed::EMAIL;
use std::fs;

const VARIABLES: [(&str, &str); 2] = [("FRONTDESK_LOG", "trace"), ("TERM_PROGRAM", "WezTerm")];

/// Opens what a key opens, and closes it again.
fn look_into(window: &mut Window, keys: &str, title: &str) {
    window.send(keys);
    window.wait_for(title);
    window.send("\x1b");
    window.wait_gone(title);
}

#[test]
fn nothing_acts_on_the_terminal() {
    let planted = Planted::new();
    let home = planted.bed.home.path();
    let editor = home.join("editor.sh");
    let edited = home.join("edited");
    let script = format!("#!/bin/sh\ncp \"$1\" {}\n", edited.display());
    fs::write(&editor, script).unwrap();
    let command = format!("/bin/sh {}", editor.display());
    let variables = [&VARIABLES[..], &[("EDITOR", &command)]].concat();
    let mut window = Window::open_with(home, &[], &variables, 160, 45);
    window.wait_for("● live");
    let mut seen = String::new();
    for n in (0..planted.groups.len()).rev() {
        window.find(&format!("name-{n:02}"));
        window.send("\r");
        window.wait_for(&format!("first-{n:02}"));
        seen.push_str(&window.screen());
    }
    for shown in ["␛[2J", "‹RLO›", "␇"] {
        assert!(seen.contains(shown), "{shown} was on no screen");
    }
    for (keys, title) in [
        ("a", "─ Assign 1"),
        ("t", "─ Tag 1"),
        ("o", "─ Save an attachment"),
        (":", "─ Commands"),
    ] {
        look_into(&mut window, keys, title);
    }
    window.send("yy");
    window.wait_for("Copied");
    window.send("ym");
    window.wait_for("Copied the customer's address");
    window.send("de");
    window.wait_for("Edited draft by");
    window.send("\x18e");
    window.wait("the editor to have been there", |_| edited.exists());
    // What is typed before the screen is back belongs to the editor.
    let is_back = |_: &str| {
        let raw = window.raw();
        String::from_utf8_lossy(&raw).matches("\x1b[?1049h").count() == 2
    };
    window.wait("the screen to be back", is_back);
    window.send("\x18m");
    window.wait_for("─ Canned replies");
    window.send("\x1b");
    window.wait_gone("─ Canned replies");
    window.keep_text();
    window.send("\x1b[O");
    arrive(&planted, 31);
    window.wait_for("Hello?");
    let has_notice = |_: &str| String::from_utf8_lossy(&window.raw()).contains("\x1b]9;");
    window.wait("a notice", has_notice);
    let raw = window.raw();
    let told = take_apart(&raw);
    assert!(told.titles.iter().any(|it| it.contains("frontdesk")));
    assert!(told.notices.iter().any(|it| it.contains("name-00")));
    assert!(told.copied.len() >= 2);
    for copied in &told.copied {
        assert!(!copied.chars().any(|c| acts(c) && c != '\n'), "{copied:?}");
    }
    let handed_over = fs::read_to_string(&edited).unwrap();
    assert!(handed_over.contains("draft-00"));
    assert!(!handed_over.chars().any(|c| acts(c) && c != '\n'));
    drop(window);
    check_log(&planted);
}

/// The log has events, a line each, and nothing that anybody wrote.
fn check_log(planted: &Planted) {
    let folder = planted.bed.home.path().join("log");
    let files = fs::read_dir(folder).unwrap();
    let log: String = files
        .map(|it| fs::read_to_string(it.unwrap().path()).unwrap())
        .collect();
    assert!(!log.is_empty());
    for line in log.lines() {
        assert!(!line.chars().any(acts), "{line:?}");
        assert!(line.starts_with("20"), "{line:?}");
    }
    let tokens = fs::read_to_string(planted.bed.tokens_file()).unwrap();
    let tokens: serde_json::Value = serde_json::from_str(&tokens).unwrap();
    let secrets = tokens.as_object().unwrap().values().flat_map(|it| {
        let fields = it.as_object().unwrap().values();
        fields.filter_map(|it| it.as_str().map(str::to_owned))
    });
    let written = ["first-0", "last-0", "draft-0", "name-0", "Hello?"];
    let all = written.into_iter().map(str::to_owned).chain(secrets);
    for words in all.filter(|it| it.len() > 4) {
        assert!(!log.contains(&words), "{words:?} is in the log");
    }
}

#[test]
fn a_flood_fills_a_screen_and_no_more() {
    let bed = Bed::signed_in();
    let maya = bed.api(EMAIL);
    for (name, body) in ["Wide Flood", "Tall Flood"].iter().zip(floods()) {
        bed.block_on(maya.visitor(name, &body));
    }
    let mut window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("● live");
    for (name, words) in [("Wide Flood", "long long"), ("Tall Flood", "  line")] {
        window.find(name);
        window.send("\r");
        window.wait_for(words);
        window.send("G");
        window.wait_for("Esc back");
    }
    let raw = window.raw();
    take_apart(&raw);
    // Both bodies together are larger than all that was drawn.
    assert!(raw.len() < floods().map(|it| it.len()).iter().sum());
    window.leave();
}
