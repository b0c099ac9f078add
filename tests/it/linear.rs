//! The inbox as lines, against the real server: what is typed is done there.

use crate::bed::Bed;
use serde_json::Value;

fn shown(bed: &Bed, number: &str) -> Value {
    serde_json::from_str(&bed.out(&["show", "--json", number])).unwrap()
}

/// The number of the conversation that is told as open.
fn number(out: &str) -> &str {
    let from = out.split("Number ").nth(1).unwrap();
    from.split(',').next().unwrap()
}

#[test]
fn a_conversation_is_read_noted_and_closed_in_lines() {
    let bed = Bed::signed_in();
    let said = "1\nnote\nAsked the warehouse.\nThey call back.\n.send\ndone\n";
    let ran = bed.run_with(&["--linear"], said);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("1. "), "{}", ran.out);
    assert!(ran.out.contains("A note for colleagues"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "nothing moves a cursor");
    let number = number(&ran.out).to_owned();
    // It left once all of it had been sent.
    let it = shown(&bed, &number);
    assert_eq!(it["status"], "closed", "{}", ran.out);
    let is_noted = it["messages"]
        .as_array()
        .unwrap()
        .iter()
        .any(|message| message["body"] == "Asked the warehouse.\nThey call back.");
    assert!(is_noted, "{it:#}");
}

#[test]
fn the_end_of_the_input_leaves_and_nobody_signed_in_is_said() {
    let bed = Bed::signed_in();
    let ran = bed.run_with(&["--linear"], "list\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    bed.out(&["logout"]);
    let ran = bed.run_with(&["--linear"], "list\n");
    assert_ne!(ran.code, 0);
    assert!(ran.err.contains("login"), "{}", ran.err);
}
