//! The tools for whole conversations, for scripts: blocking, merging, linking and their undoing.

use crate::bed::Bed;
use serde_json::{Value, json};

fn shown(bed: &Bed, number: &str) -> Value {
    serde_json::from_str(&bed.out(&["show", "--json", number])).unwrap()
}

/// Begins a conversation by chat with whoever has this address, and gives its number.
fn begun(bed: &Bed, to: &str, text: &str) -> String {
    let json = bed.out(&["new", to, text, "--by", "chat", "--json"]);
    let told: Value = serde_json::from_str(&json).unwrap();
    told["number"].to_string()
}

#[test]
fn a_customer_is_blocked_and_heard_again() {
    let bed = Bed::signed_in();
    let number = begun(&bed, "vera@new.example", "Hello");
    let would = bed.out(&["block", &number, "--dry-run"]);
    assert_eq!(
        would,
        format!("#{number} would be spam, and its customer blocked\n")
    );
    bed.out(&["block", &number]);
    let it = shown(&bed, &number);
    assert_eq!(it["status"], "spam");
    assert!(it["customer"]["blocked_at"].is_string(), "{it}");
    assert!(
        bed.out(&["ls", "--status", "spam", "--ids"])
            .contains(&number)
    );
    let again = bed.out(&["block", "--json", &number]);
    let again: Value = serde_json::from_str(&again).unwrap();
    assert_eq!(again["outcome"], "already_so");
    bed.out(&["unblock", &number]);
    let it = shown(&bed, &number);
    assert_eq!(
        (&it["status"], &it["customer"]["blocked_at"]),
        (&"open".into(), &Value::Null)
    );
}

#[test]
fn conversations_become_one_and_two_again() {
    let bed = Bed::signed_in();
    let one = begun(&bed, "vera@new.example", "The first");
    let two = begun(&bed, "vera@new.example", "The second");
    let would = bed.out(&["merge", &two, "--into", &one, "--dry-run"]);
    assert_eq!(would, format!("#{two} would be merged into #{one}\n"));
    let told = bed.out(&["merge", &two, "--into", &one, "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["outcome"], "done");
    let merged = shown(&bed, &two)["merged_into"].clone();
    assert_eq!(merged, shown(&bed, &one)["id"]);
    let again = bed.out(&["merge", &two, "--into", &one]);
    assert_eq!(again, format!("#{two} was merged into #{one} already\n"));
    let id = told["merge_id"].as_str().unwrap();
    assert_eq!(
        bed.out(&["merge", "--undo", id]),
        format!("{id} is taken back.\n")
    );
    assert_eq!(shown(&bed, &two)["merged_into"], json!(null));
    let other = begun(&bed, "olaf@new.example", "Somebody else");
    let ran = bed.run(&["merge", &other, "--into", &one]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("are of different customers"),
        "{}",
        ran.err
    );
}

#[test]
fn conversations_are_linked_and_show_each_other() {
    let bed = Bed::signed_in();
    let one = begun(&bed, "vera@new.example", "The first");
    let two = begun(&bed, "olaf@new.example", "The second");
    assert_eq!(bed.out(&["related", &one]), "Nothing stands beside it.\n");
    let would = bed.out(&["link", &one, "--with", &two, "--dry-run"]);
    assert_eq!(would, format!("#{one} would be linked with #{two}\n"));
    bed.out(&["link", &one, "--with", &two]);
    let again = bed.out(&["link", &one, "--with", &two]);
    assert_eq!(again, format!("#{one} was linked with #{two} already\n"));
    assert!(bed.out(&["related", &two]).starts_with(&format!("#{one} ")));
    bed.out(&["unlink", &two, "--with", &one]);
    assert_eq!(bed.out(&["related", &one]), "Nothing stands beside it.\n");
}

#[test]
fn two_customers_become_one_only_on_a_yes_and_part_again() {
    let bed = Bed::signed_in();
    let one = begun(&bed, "vera@new.example", "By mail");
    let two = begun(&bed, "vera@old.example", "By another address");
    let before = shown(&bed, &two)["customer_id"].clone();
    let id = before.as_str().unwrap();
    let said = bed.out(&["same-person", &one, "--as", id]);
    assert!(said.ends_with("--yes does it.\n"), "{said}");
    assert_eq!(shown(&bed, &two)["customer_id"], before);
    let told = bed.out(&["same-person", &one, "--as", id, "--yes", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        shown(&bed, &two)["customer_id"],
        shown(&bed, &one)["customer_id"]
    );
    bed.out(&["merge", "--undo", told["merge_id"].as_str().unwrap()]);
    assert_eq!(shown(&bed, &two)["customer_id"], before);
}

#[test]
fn messages_are_split_off_and_merged_back() {
    let bed = Bed::signed_in();
    let number = begun(&bed, "vera@new.example", "The first");
    bed.out(&["reply", &number, "The second", "--force"]);
    let it = shown(&bed, &number);
    let mut messages = it["messages"].as_array().unwrap().iter();
    let second = messages.find(|it| it["body"] == "The second").unwrap();
    let second = second["id"].as_str().unwrap();
    let would = bed.out(&["split", &number, second, "--dry-run"]);
    assert_eq!(
        would,
        format!("#{number} would be split: 1 of its messages go\n")
    );
    let said = bed.out(&["split", &number, second]);
    let new = said.trim().rsplit('#').next().unwrap();
    let bodies = |number: &str| -> Vec<String> {
        let it = shown(&bed, number);
        let messages = it["messages"].as_array().unwrap().clone();
        let replies = messages.iter().filter(|it| it["type"] == "reply");
        replies
            .map(|it| it["body"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(bodies(&number), ["The first"]);
    assert_eq!(bodies(new), ["The second"]);
    bed.out(&["merge", new, "--into", &number]);
    assert_eq!(bodies(&number), ["The first", "The second"]);
    let ran = bed.run(&["split", &number, "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn forwarding_names_whom_and_refuses_what_is_no_address() {
    let bed = Bed::signed_in();
    let number = begun(&bed, "vera@new.example", "Hello");
    let args = [
        "forward",
        &number,
        "--to",
        "parts@maker.example",
        "--dry-run",
    ];
    assert_eq!(
        bed.out(&args),
        format!("#{number} would be forwarded to parts@maker.example\n")
    );
    let ran = bed.run(&["forward", &number, "--to", "nobody"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    bed.out(&args[..4]);
    let beside = bed.out(&["related", &number]);
    assert!(beside.contains("parts@maker.example"), "{beside}");
    // The customer's own address is nobody else's.
    let ran = bed.run(&["forward", &number, "--to", "vera@new.example"]);
    assert_eq!(ran.code, 3, "{ran:?}");
}
