//! Replies and notes.

use crate::bed::{Bed, TOMAS};
use frontdesk_server::seed::PASSWORD;
use serde_json::Value;
use std::fs;

fn conversation(bed: &Bed, number: &str) -> Value {
    serde_json::from_str(&bed.out(&["show", "--json", number])).unwrap()
}

fn bodies(conversation: &Value) -> Vec<&str> {
    let messages = conversation["messages"].as_array().unwrap();
    messages
        .iter()
        .filter_map(|message| message["body"].as_str())
        .collect()
}

fn open_one(bed: &Bed) -> String {
    let listed: Vec<Value> = serde_json::from_str(&bed.out(&["ls", "--json", "-n", "1"])).unwrap();
    listed[0]["number"].to_string()
}

#[test]
fn a_reply_is_in_the_conversation_once() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    bed.out(&["show", &number]);
    assert_eq!(
        bed.out(&["reply", &number, "It left this morning."]),
        "Sent.\n"
    );
    let ran = bed.run_with(&["reply", &number, "-"], "Two\nlines\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    let after = conversation(&bed, &number);
    let count = |text: &str| bodies(&after).iter().filter(|body| **body == text).count();
    assert_eq!(
        (count("It left this morning."), count("Two\nlines")),
        (1, 1)
    );
}

#[test]
fn a_note_is_private() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    bed.out(&["note", &number, "Ask Tomas"]);
    let after = conversation(&bed, &number);
    let messages = after["messages"].as_array().unwrap();
    let note = messages
        .iter()
        .find(|message| message["body"] == "Ask Tomas")
        .unwrap();
    assert_eq!(
        (note["private"].as_bool(), note["type"].as_str()),
        (Some(true), Some("note"))
    );
    assert!(
        bed.out(&["show", &number])
            .contains("note, the customer does not see it")
    );
}

#[test]
fn what_has_become_stale_is_not_sent_until_it_was_read() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    bed.out(&["show", &number]);
    let colleague = bed.colleague(TOMAS, PASSWORD);
    colleague.out(&["reply", &number, "I have it already."]);

    let ran = bed.run(&["reply", &number, "Me too."]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.contains("I have it already."), "{}", ran.out);
    assert!(ran.err.contains("nothing was sent"), "{}", ran.err);
    assert!(ran.err.contains("--force"), "{}", ran.err);

    // Now it has been read.
    assert_eq!(bed.out(&["reply", &number, "Me too."]), "Sent.\n");
    colleague.out(&["reply", &number, "Wait for me."]);
    assert_eq!(bed.out(&["reply", "--force", &number, "No."]), "Sent.\n");
    let sent = conversation(&bed, &number);
    assert_eq!(
        bodies(&sent)
            .iter()
            .filter(|body| **body == "Me too.")
            .count(),
        1
    );
}

#[test]
fn nothing_is_not_sent() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    assert_eq!(bed.run_with(&["reply", &number, "-"], " \n").code, 2);
    let before = fs::read(bed.tokens_file()).unwrap();
    assert_eq!(bed.run(&["reply", &number, ""]).code, 2);
    assert_eq!(fs::read(bed.tokens_file()).unwrap(), before);
}

#[test]
fn files_go_along_and_what_is_no_file_sends_nothing() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    let path = |name: &str| bed.home.path().join(name).display().to_string();
    for name in ["one.txt", "two.pdf"] {
        fs::write(path(name), name).unwrap();
    }
    let (one, two, none) = (path("one.txt"), path("two.pdf"), path("none"));
    for _ in 0..2 {
        let args = [
            "reply", &number, "Both", "--force", "--once", "both", "--attach", &one, "--attach",
            &two,
        ];
        bed.out(&args);
    }
    let ran = bed.run(&[
        "reply", &number, "None", "--attach", &one, "--attach", &none,
    ]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let after = conversation(&bed, &number);
    assert!(!bodies(&after).contains(&"None"));
    let messages = after["messages"].as_array().unwrap();
    let sent: Vec<_> = messages.iter().filter(|it| it["body"] == "Both").collect();
    assert_eq!(sent.len(), 1, "under one name it is sent once");
    let files = sent[0]["attachments"].as_array().unwrap();
    let names: Vec<_> = files
        .iter()
        .map(|it| it["filename"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["one.txt", "two.pdf"]);
    let to = "dana@new.example";
    let args = [
        "new",
        to,
        "Hello",
        "--subject",
        "Prices",
        "--attach",
        &one,
        "--json",
    ];
    let told: Value = serde_json::from_str(&bed.out(&args)).unwrap();
    let begun = conversation(&bed, &told["number"].to_string());
    assert_eq!(
        begun["messages"][0]["attachments"][0]["filename"],
        "one.txt"
    );
}
