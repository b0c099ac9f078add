//! Lists and conversations.

use crate::bed::Bed;
use serde_json::Value;

fn list(bed: &Bed, args: &[&str]) -> Vec<Value> {
    let args = [&["ls", "--json", "-n", "1000"], args].concat();
    serde_json::from_str(&bed.out(&args)).unwrap()
}

#[test]
fn a_list_has_the_conversations_that_were_asked_for() {
    let bed = Bed::signed_in();
    let all = list(&bed, &["--status", "all"]);
    assert!(!all.is_empty());
    let count = |status: &str| all.iter().filter(|it| it["status"] == status).count();
    for status in ["open", "closed", "snoozed"] {
        let some = list(&bed, &["--status", status]);
        assert!(some.iter().all(|it| it["status"] == status));
        assert_eq!(some.len(), count(status));
    }
    let unassigned = list(&bed, &["--status", "all", "--unassigned"]);
    assert!(unassigned.iter().all(|it| it["assignee_id"].is_null()));
    let mine = list(&bed, &["--status", "all", "--mine"]);
    assert!(mine.iter().all(|it| it["assignee_id"].is_number()));
    let lines = bed.out(&["ls", "--status", "all", "-n", "3"]);
    assert_eq!(lines.lines().count(), 3.min(all.len()));
    assert!(!lines.contains('\u{1b}'), "a pipe gets no colours");
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let bed = Bed::signed_in();
    let plain = bed.out(&["ls", "--status", "all"]);
    let coloured = bed.out(&["ls", "--status", "all", "--color", "always"]);
    assert!(coloured.contains("\u{1b}["));
    let mut bare = coloured;
    while let Some(start) = bare.find('\u{1b}') {
        let end = start + bare[start..].find('m').unwrap();
        bare.replace_range(start..=end, "");
    }
    assert_eq!(bare, plain);
}

#[test]
fn a_conversation_is_found_by_number_and_by_id() {
    let bed = Bed::signed_in();
    let newest = list(&bed, &["--status", "all"]).remove(0);
    let (id, number) = (newest["id"].as_str().unwrap(), newest["number"].to_string());
    let shown = bed.out(&["show", &number]);
    assert!(shown.starts_with(&format!("#{number}  ")), "{shown}");
    assert_eq!(bed.out(&["show", id]), shown);
    assert_eq!(bed.out(&["show", &format!("#{number}")]), shown);
    let json: Value = serde_json::from_str(&bed.out(&["show", "--json", id])).unwrap();
    assert_eq!(json["id"], id);
}

#[test]
fn a_number_that_was_never_listed_is_searched() {
    let bed = Bed::signed_in();
    let ran = bed.run(&["show", "1"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = bed.run(&["show", "999999"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("there is no conversation 999999"),
        "{}",
        ran.err
    );
    let ran = bed.run(&["show", "7a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let ran = bed.run(&["show", "twelve"]);
    assert_eq!(ran.code, 2);
}
