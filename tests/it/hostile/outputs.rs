//! What commands print, in words and as JSON.

use super::Planted;
use super::bytes::take_apart;
use super::texts::{acts, floods};
use crate::tail::Tail;
use serde_json::Value;

#[test]
fn no_command_prints_what_acts() {
    let planted = Planted::new();
    let bed = &planted.bed;
    let first = 31;
    let mut commands: Vec<Vec<String>> = Vec::new();
    for n in 0..planted.groups.len() {
        commands.push(vec!["show".to_owned(), (first + n).to_string()]);
    }
    let list = ["ls", "-n", "50", "--status", "all"];
    commands.push(list.map(str::to_owned).to_vec());
    for command in &commands {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let plain = bed.out(&words);
        assert!(!plain.chars().any(|c| acts(c) && c != '\n'), "{words:?}");
        let coloured = bed.out(&[&words[..], &["--color", "always"]].concat());
        let told = take_apart(coloured.as_bytes());
        assert!(told.titles.is_empty() && told.copied.is_empty() && told.notices.is_empty());
        let json = bed.out(&[&words[..], &["--json"]].concat());
        assert!(
            !json.chars().any(|c| acts(c) && c != '\n'),
            "{words:?} --json"
        );
        serde_json::from_str::<Value>(&json).unwrap();
    }
    for format in ["text", "jsonl"] {
        let exported = bed.out(&["export", "--format", format]);
        assert!(!exported.chars().any(|c| acts(c) && c != '\n'), "{format}");
        assert!(exported.contains("first-07"), "{format}");
    }
    // They did come through, with their teeth drawn.
    let shown = bed.out(&["show", "38"]);
    assert!(shown.contains("first-07"), "{shown}");
    let json: Value = serde_json::from_str(&bed.out(&["show", "--json", "38"])).unwrap();
    let body = json["messages"][0]["body"].as_str().unwrap();
    assert_eq!(body, format!("first-07 {}", planted.groups[7]));
}

#[test]
fn tail_prints_nothing_that_acts() {
    let planted = Planted::new();
    let last = format!("last-{:02}", planted.groups.len() - 1);
    for args in [&["--after", "0"][..], &["--after", "0", "--json"]] {
        let mut tail = Tail::start(&planted.bed, args);
        loop {
            let line = tail.line();
            assert!(!line.chars().any(|c| acts(c) && c != '\n'), "{line:?}");
            if line.contains(&last) {
                break;
            }
        }
    }
}

#[test]
fn floods_are_printed_line_by_line_and_end() {
    let bed = crate::bed::Bed::signed_in();
    let maya = bed.api(frontdesk_server::seed::EMAIL);
    let bodies = floods();
    let ids = bodies
        .each_ref()
        .map(|body| bed.block_on(maya.visitor("Flood", body)).1);
    for id in ids {
        let shown = bed.out(&["show", &id]);
        assert!(!shown.chars().any(|c| acts(c) && c != '\n'));
        assert!(shown.contains("Flood"));
    }
    let listed = bed.out(&["ls"]);
    assert!(listed.lines().all(|it| it.chars().count() < 400));
}
