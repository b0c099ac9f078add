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
fn priority_reading_and_moving_are_verbs_like_the_others() {
    let bed = Bed::signed_in();
    let number = open_numbers(&bed, "1");
    let number = number.trim();
    let maya = bed.api(frontdesk_server::seed::EMAIL);
    let inbox = serde_json::json!({ "inbox": { "name": "Returns" } });
    bed.block_on(maya.post("/api/inboxes", inbox)).is(201);
    let table: [(&[&str], &str, &str, Value); 7] = [
        (&["spam"], "marked as spam", "status", "spam".into()),
        (&["reopen"], "open", "status", "open".into()),
        (
            &["priority"],
            "marked priority",
            "priority",
            "priority".into(),
        ),
        (
            &["priority", "--to", "normal"],
            "of normal priority",
            "priority",
            "not_priority".into(),
        ),
        (&["read"], "read", "read", true.into()),
        (&["unread"], "unread", "read", false.into()),
        (
            &["move", "--to", "returns"],
            "in the inbox Returns",
            "",
            Value::Null,
        ),
    ];
    for (args, words, field, value) in table {
        let args = [args, &["-"]].concat();
        assert_eq!(bed.run_with(&args, number).code, 0, "{args:?}");
        let again = bed.run_with(&[&args[..], &["--json"]].concat(), number);
        let told = objects(&again).remove(0);
        assert_eq!(told["outcome"], "already_so", "{args:?}");
        assert_eq!(told["what"], words, "{args:?}");
        if !field.is_empty() {
            assert_eq!(shown(&bed, number)[field], value, "{args:?}");
        }
    }
    let ran = bed.run(&["move", number, "--to", "nowhere"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("there is no inbox"), "{}", ran.err);
}

#[test]
fn a_conversation_begins_here_once() {
    let bed = Bed::signed_in();
    let would = bed.out(&["new", "vera@new.example", "Hello", "--dry-run"]);
    assert_eq!(
        would,
        "vera@new.example would be written to by email, to vera@new.example, who is new\n"
    );
    let args = [
        "new",
        "vera@new.example",
        "-",
        "--subject",
        "Hi",
        "--once",
        "a",
        "--json",
    ];
    let first = objects(&bed.run_with(&args, "Hello Vera\n")).remove(0);
    assert_eq!(first["outcome"], "done");
    let again = objects(&bed.run_with(&args, "Hello Vera\n")).remove(0);
    assert_eq!(again["id"], first["id"]);
    let it = shown(&bed, &first["number"].to_string());
    assert_eq!(
        (&it["subject"], &it["source"]),
        (&"Hi".into(), &"email".into())
    );
    assert_eq!(it["messages"][0]["body"], "Hello Vera");
    assert_eq!(it["customer"]["email"], "vera@new.example");
    // Whoever has the address is known by it, and by the name.
    let known = bed.out(&["new", "vera@new.example", "More", "--by", "chat"]);
    assert!(
        known.contains("begun by chat, to vera@new.example"),
        "{known}"
    );
    let other = shown(&bed, known.split_whitespace().next().unwrap());
    assert_eq!(other["customer_id"], it["customer_id"]);
    let ran = bed.run(&["new", "nobody of this name", "Hello"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("there is no customer"), "{}", ran.err);
}

#[test]
fn a_reply_goes_out_later_unless_it_is_taken_back() {
    let bed = Bed::signed_in();
    let number = open_numbers(&bed, "1");
    let number = number.trim();
    let would = bed.out(&[
        "reply",
        number,
        "Good morning",
        "--at",
        "tomorrow 9",
        "--dry-run",
    ]);
    assert!(
        would.starts_with(&format!("#{number} would be answered ")),
        "{would}"
    );
    assert_eq!(bed.out(&["later"]), "Nothing waits to go out.\n");
    bed.out(&["show", number]);
    let kept = bed.out(&["reply", number, "Good morning", "--at", "tomorrow 9"]);
    assert!(
        kept.starts_with(&format!("#{number} is answered ")),
        "{kept}"
    );
    let all = objects(&bed.run(&["later", "--json"]));
    assert_eq!(all[0]["body"], "Good morning");
    let id = all[0]["id"].as_str().unwrap();
    let moved = bed.out(&["later", "move", id, "--at", "in 3 days"]);
    assert!(moved.starts_with(&format!("{id} goes out ")), "{moved}");
    assert!(bed.out(&["later"]).contains(&format!("#{number}")));
    bed.out(&["later", "cancel", id]);
    assert_eq!(bed.out(&["later"]), "Nothing waits to go out.\n");
    assert_eq!(bed.run(&["later", "cancel", id]).code, 3);
    let ran = bed.run(&["reply", number, "x", "--at", "reply"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn views_are_kept_counted_and_removed() {
    let bed = Bed::signed_in();
    let words = [
        "views",
        "add",
        "Unhurried",
        "status:open",
        "-is:priority",
        "--sort",
        "oldest",
    ];
    let ran = bed.run(&["views", "add", "Open", "status:open", "--sort", "oldest"]);
    assert_eq!(ran.out, "Open is kept.\n", "{ran:?}");
    let shared = [
        "views",
        "add",
        "High",
        "is:priority",
        "--share",
        "everybody",
    ];
    bed.out(&shared);
    let all: Vec<Value> = objects(&bed.run(&["views", "--json"]));
    let open = all.iter().find(|it| it["name"] == "Open").unwrap();
    let ids = bed.out(&["ls", "--ids", "-n", "100"]);
    assert_eq!(open["count"], ids.lines().count());
    assert!(bed.out(&["views"]).contains("High"));
    let ran = bed.out(&["views", "rename", "high", "Urgent"]);
    assert_eq!(ran, "High is called Urgent now.\n");
    let shown = bed.out(&["views"]);
    assert!(
        shown.contains("Urgent") && !shown.contains("High"),
        "{shown}"
    );
    bed.out(&["views", "remove", "open"]);
    assert!(!bed.out(&["views"]).contains("Open"));
    let ran = bed.run(&["views", "add", "Bad", "status:opn"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(
        bed.run(&words).code,
        2,
        "what begins with - stands behind --"
    );
}

#[test]
fn drafts_and_logs_are_printed() {
    let bed = Bed::signed_in();
    assert_eq!(bed.out(&["logs"]).lines().count(), 1);
    let folder = bed.out(&["logs", "--path"]);
    let folder = std::path::Path::new(folder.trim());
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("frontdesk.2026-11-19.log"), "one\ntwo\n").unwrap();
    std::fs::write(folder.join("frontdesk.2026-11-20.log"), "three\u{1b}[2J\n").unwrap();
    assert_eq!(bed.out(&["logs", "-n", "2"]), "two\nthree␛[2J\n");

    let maya = bed.api(frontdesk_server::seed::EMAIL);
    // Nothing is drafted but what this asks for.
    let modes = bed.block_on(maya.get("/api/v1/ai/modes")).data(200);
    for mode in modes.as_array().unwrap() {
        let path = format!("/api/v1/ai/modes/{}", mode["inbox_id"].as_str().unwrap());
        let request = serde_json::json!({ "mode": "request" });
        bed.block_on(maya.put(&path, request)).is(200);
    }
    let before = bed.out(&["drafts", "--ids"]);
    let open = open_numbers(&bed, "50");
    let mut without = open
        .lines()
        .filter(|it| !before.lines().any(|of| of == *it));
    let number = without.next().unwrap();
    let id = shown(&bed, number)["id"].clone();
    let draft = serde_json::json!({ "draft": { "conversation_id": id, "body": "Your refund is on its way" } });
    bed.block_on(maya.post("/api/v1/drafts", draft)).is(201);
    let after = bed.out(&["drafts", "--ids"]);
    assert!(after.lines().any(|it| it == number), "{number} in {after}");
    assert!(bed.out(&["drafts"]).contains("Your refund is on its way"));
    let json: Value = serde_json::from_str(&bed.out(&["drafts", "--json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), after.lines().count());
    let would = bed.out(&["drafts", "approve", number, "--dry-run"]);
    assert_eq!(
        would,
        format!("#{number} would be answered with the draft\n")
    );
    bed.out(&["drafts", "approve", number, "--text", "It is on its way."]);
    let messages = shown(&bed, number)["messages"].clone();
    let last = messages.as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["body"], "It is on its way.");
    let source = serde_json::json!({
        "n": 1, "kind": "knowledge", "id": "1", "title": "Margins", "internal": true,
    });
    let draft = serde_json::json!({ "draft": {
        "conversation_id": id, "body": "We may go down to ten percent", "sources": [source],
    } });
    bed.block_on(maya.post("/api/v1/drafts", draft)).is(201);
    let ran = bed.run(&["drafts", "approve", number]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.err.contains("Margins") && ran.err.contains("--internal"),
        "{}",
        ran.err
    );
    bed.out(&["drafts", "approve", number, "--internal"]);
    let ran = bed.run(&["drafts", "reject", number, "--reason", "not needed"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("no draft waits"), "{}", ran.err);
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
