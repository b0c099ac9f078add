//! The files the program keeps for itself: the copy of the desk, which may break, and what waits
//! to be sent, which may not be lost.

use crate::bed::Bed;
use crate::window::{Window, wait_until};
use frontdesk_server::seed::EMAIL;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn desk(bed: &Bed) -> PathBuf {
    bed.home.path().join("desks/1")
}

fn open(bed: &Bed) -> Window {
    let window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("● live");
    window
}

/// Leaves a note in the first conversation, which waits because nobody can be reached.
fn note_offline(window: &mut Window, words: &str) {
    window.wait_for("offline");
    window.wait_for("1/5");
    window.send("c");
    window.wait_for("Note for colleagues");
    window.send(words);
    window.wait_for(words);
    window.send("\x13");
    window.wait_for("Note added.");
}

/// How often these words were written on the desk.
fn count(bed: &Bed, words: &str) -> usize {
    let maya = bed.api(EMAIL);
    let listed = bed.block_on(maya.get("/api/v1/conversations?limit=50"));
    let listed = listed.is(200);
    let messages = |it: &Value| it["messages"].as_array().unwrap().clone();
    let all = listed["data"].as_array().unwrap().iter().flat_map(messages);
    all.filter(|it| it["body"] == words).count()
}

/// Damages the header, pages in the middle, the end, or all of a file.
fn damage(bytes: &mut Vec<u8>, n: usize) {
    let middle = bytes.len() / 2;
    match n {
        0 => bytes[..16].fill(0x5a),
        1 => bytes[middle..middle + 8_192].fill(0x5a),
        2 => bytes.truncate(middle + 100),
        _ => bytes.fill(0x5a),
    }
}

#[test]
fn a_damaged_copy_is_made_anew_and_what_waits_is_sent() {
    let bed = Bed::behind_a_line();
    open(&bed).leave();
    for n in 0..4 {
        let words = format!("Kept through damage {n}");
        bed.line().down();
        let mut window = Window::open(bed.home.path(), &[], 120, 35);
        note_offline(&mut window, &words);
        window.kill();
        for companion in ["desk.db-wal", "desk.db-shm"] {
            // There may be none: then everything is in the file.
            drop(fs::remove_file(desk(&bed).join(companion)));
        }
        let file = desk(&bed).join("desk.db");
        let mut bytes = fs::read(&file).unwrap();
        damage(&mut bytes, n);
        fs::write(&file, bytes).unwrap();
        bed.line().resume();
        let mut window = open(&bed);
        window.wait("the note", |_| count(&bed, &words) == 1);
        // Damage that is met later is repaired by the next start.
        window.send("\x03");
        wait_until(
            || "the end".to_owned(),
            || {
                let has_ended = window.has_ended();
                if !has_ended {
                    window.send("y");
                }
                has_ended
            },
        );
        let window = open(&bed);
        window.wait_for("1/5");
        window.leave();
        assert_eq!(count(&bed, &words), 1);
    }
}

#[test]
fn a_copy_from_the_future_is_left_alone_and_said() {
    let bed = Bed::signed_in();
    open(&bed).leave();
    let file = desk(&bed).join("desk.db");
    let db = rusqlite::Connection::open(&file).unwrap();
    db.pragma_update(None, "user_version", 9_999).unwrap();
    drop(db);
    let before = fs::read(&file).unwrap();
    let mut window = Window::open(bed.home.path(), &[], 120, 35);
    assert_ne!(window.ended(), 0);
    window.wait_for("has version 9999");
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn two_programs_share_a_desk_and_send_once() {
    let bed = Bed::behind_a_line();
    let mut one = open(&bed);
    let mut two = open(&bed);
    bed.line().down();
    note_offline(&mut one, "From the first");
    note_offline(&mut two, "From the second");
    bed.line().resume();
    for window in [&one, &two] {
        window.wait_for("● live");
    }
    for words in ["From the first", "From the second"] {
        one.wait(words, |_| count(&bed, words) == 1);
    }
    one.leave();
    two.leave();
    let window = open(&bed);
    window.wait_for("Inbox 5");
    window.leave();
    for words in ["From the first", "From the second"] {
        assert_eq!(count(&bed, words), 1);
    }
}
