//! The verbs for scripts: one thing for many conversations, a line for each, and exit codes.

use crate::bed::{Bed, Ran, TOMAS};
use serde_json::Value;

/// What was printed, an object in each line.
fn objects(ran: &Ran) -> Vec<Value> {
    ran.out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn open_numbers(bed: &Bed, count: &str) -> String {
    bed.out(&["ls", "--ids", "-n", count])
}

fn shown(bed: &Bed, number: &str) -> Value {
    serde_json::from_str(&bed.out(&["show", "--json", number])).unwrap()
}

#[test]
fn a_list_is_handed_on_and_doing_it_twice_changes_nothing() {
    let bed = Bed::signed_in();
    let numbers = open_numbers(&bed, "3");
    let first = bed.run_with(&["close", "-"], &numbers);
    let expected: String = numbers.lines().map(|n| format!("#{n} closed\n")).collect();
    assert_eq!((first.code, first.out), (0, expected));
    let again = bed.run_with(&["close", "--json", "-"], &numbers);
    assert_eq!(again.code, 0);
    let outcomes: Vec<Value> = objects(&again);
    assert_eq!(outcomes.len(), 3);
    for it in &outcomes {
        assert_eq!(
            (&it["outcome"], &it["what"]),
            (&"already_so".into(), &"closed".into())
        );
        assert_eq!(shown(&bed, &it["number"].to_string())["status"], "closed");
    }
    // A list as people read it is handed on as well.
    let listed = bed.out(&["ls", "--status", "closed", "-n", "2"]);
    let opened = bed.run_with(&["reopen", "-"], &listed);
    assert_eq!(
        (opened.code, opened.out.lines().count()),
        (0, 2),
        "{opened:?}"
    );
}

#[test]
fn nothing_happens_when_it_is_only_asked() {
    let bed = Bed::signed_in();
    let number = open_numbers(&bed, "1");
    let number = number.trim();
    bed.out(&["assign", number, "--to", "nobody"]);
    let before = shown(&bed, number);
    let name = format!("#{number}");
    let table: [(&[&str], &str); 5] = [
        (&["close", number], "would be closed"),
        (
            &["snooze", number, "--until", "reply"],
            "would be snoozed until the customer replies",
        ),
        (
            &["assign", number, "--to", TOMAS],
            "would be assigned to Tomas",
        ),
        (
            &["note", number, "x"],
            "would be noted; the customer does not see it",
        ),
        (&["reply", number, "x"], "would be answered by "),
    ];
    for (args, words) in table {
        let said = bed.out(&[args, &["--dry-run"]].concat());
        assert!(
            said.starts_with(&format!("{name} {words}")),
            "{args:?}: {said}"
        );
    }
    assert_eq!(shown(&bed, number), before);
}

#[test]
fn people_and_tags_are_named_as_people_name_them() {
    let bed = Bed::signed_in();
    let number = open_numbers(&bed, "1");
    let number = number.trim();
    bed.out(&["assign", number, "--to", "tomas"]);
    let tomas = shown(&bed, number)["assignee_id"].clone();
    assert!(tomas.is_number());
    bed.out(&["assign", number, "--to", "me"]);
    assert_ne!(shown(&bed, number)["assignee_id"], tomas);
    bed.out(&["assign", number, "--to", "nobody"]);
    assert!(shown(&bed, number)["assignee_id"].is_null());
    let ran = bed.run(&["assign", number, "--to", "nobody-of-this-name"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("there is no colleague"), "{}", ran.err);

    let maya = bed.api(frontdesk_server::seed::EMAIL);
    let tag = serde_json::json!({ "tag": { "name": "Waits for parts" } });
    bed.block_on(maya.post("/api/tags", tag));
    let names = |bed: &Bed| -> Vec<String> {
        let tags = shown(bed, number)["tags"].as_array().unwrap().clone();
        tags.iter()
            .map(|tag| tag["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let said = bed.out(&["tag", number, "--add", "waits"]);
    assert_eq!(said, format!("#{number} tagged Waits for parts\n"));
    assert!(names(&bed).contains(&"Waits for parts".to_owned()));
    bed.out(&["tag", number, "--remove", "waits for parts"]);
    assert!(!names(&bed).contains(&"Waits for parts".to_owned()));
    assert_eq!(bed.run(&["tag", number]).code, 2);
}

#[test]
fn one_that_fails_does_not_keep_the_others() {
    let bed = Bed::signed_in();
    let number = open_numbers(&bed, "1");
    let number = number.trim();
    let ran = bed.run(&["close", "999999", number, "--json"]);
    assert_eq!(ran.code, 5, "{ran:?}");
    let told = objects(&ran);
    assert_eq!(
        (&told[0]["outcome"], &told[0]["named"]),
        (&"failed".into(), &"999999".into())
    );
    assert_eq!(told[1]["outcome"], "done");
    assert!(
        ran.err.contains("1 of 2 conversations are not done"),
        "{}",
        ran.err
    );
    assert_eq!(bed.run(&["snooze", number, "--until", "soonish"]).code, 2);
    // Nobody asks a server that is not there once for each.
    let mut bed = bed;
    bed.stop_server();
    let ran = bed.run(&["reopen", number, "999998"]);
    assert_eq!(ran.code, 4, "{ran:?}");
}

#[test]
fn a_message_with_a_name_is_sent_once() {
    let bed = Bed::signed_in();
    let numbers = open_numbers(&bed, "2");
    for _ in 0..2 {
        let args = ["reply", "--once", "outage-7", "-", "It works again."];
        let ran = bed.run_with(&args, &numbers);
        assert_eq!((ran.code, ran.out.lines().count()), (0, 2), "{ran:?}");
    }
    for number in numbers.lines() {
        let it = shown(&bed, number);
        let messages = it["messages"].as_array().unwrap();
        let sent = messages.iter().filter(|it| it["body"] == "It works again.");
        assert_eq!(sent.count(), 1);
    }
    assert_eq!(bed.run_with(&["reply", "-", "-"], &numbers).code, 2);
}

#[test]
fn what_was_found_is_shown_and_handed_on() {
    let bed = Bed::signed_in();
    let number = open_numbers(&bed, "1");
    let number = number.trim();
    bed.out(&["note", number, "the zirconium hinge"]);
    let said = bed.out(&["search", "zirconium"]);
    assert!(
        said.contains(&format!("#{number} ")) && said.contains("zirconium"),
        "{said}"
    );
    assert_eq!(
        bed.out(&["search", "zirconium", "--ids"]),
        format!("{number}\n")
    );
    let json: Value = serde_json::from_str(&bed.out(&["search", "--json", "zirconium"])).unwrap();
    assert_eq!(json[0]["conversation"]["number"].to_string(), number);
    assert_eq!(bed.out(&["search", "no-such-word-here", "--ids"]), "");
    let ran = bed.run(&["search", "status:shut"]);
    assert!(ran.err.contains("what follows status: is"), "{ran:?}");
}

#[test]
fn conversations_are_exported_whole() {
    let bed = Bed::signed_in();
    let all: Vec<Value> =
        serde_json::from_str(&bed.out(&["ls", "--json", "--status", "all", "-n", "999"])).unwrap();
    let exported = objects(&bed.run(&["export"]));
    assert_eq!(exported.len(), all.len());
    assert!(exported.iter().all(|it| it["messages"].is_array()));
    let number = open_numbers(&bed, "1");
    bed.out(&["note", number.trim(), "one\ntwo"]);
    let text = bed.out(&["export", "--format", "text", number.trim()]);
    assert!(text.contains(" (note)\n    one\n    two\n"), "{text}");
}

#[test]
fn all_that_a_search_finds_are_done_by_the_server_and_taken_back() {
    let bed = Bed::signed_in();
    let before = bed.out(&["ls", "--ids", "-n", "500"]);
    let count = before.lines().count();
    let ahead = bed.out(&["bulk", "status:open", "--dry-run", "--json"]);
    let ahead: Value = serde_json::from_str(&ahead).unwrap();
    assert_eq!(ahead["total"], count);
    // Many customers are not answered without saying so, and nothing to do is no change.
    assert_eq!(bed.run(&["bulk", "status:open", "--reply", "Hi"]).code, 2);
    assert_eq!(bed.run(&["bulk", "status:open", "--yes"]).code, 2);
    assert_eq!(
        bed.run(&["bulk", "status:opne", "--close", "--yes"]).code,
        3
    );
    let run = bed.out(&["bulk", "status:open", "--close", "--yes", "--json"]);
    let run: Value = serde_json::from_str(&run).unwrap();
    assert_eq!(
        (&run["state"], &run["done"]),
        (&"done".into(), &count.into())
    );
    assert_eq!(bed.out(&["ls", "--ids"]), "");
    let said = bed.out(&["bulk", "--undo", run["id"].as_str().unwrap()]);
    assert_eq!(said, format!("{count} done.\n"));
    assert_eq!(
        bed.out(&["ls", "--ids", "-n", "500"]).lines().count(),
        count
    );
}
