//! Texts that are kept, and what stands around conversations, for scripts: macros, canned replies, files,
//! the whole story of a customer.

use crate::bed::Bed;
use serde_json::{Value, json};

const MACROS: &str = "[macros.thanks]\nreply = \"Hi {first|there}, thank you.\"\ndo = [\"tag vip\", \"priority\", \"done\"]\n\n\
                      [macros.rest]\ndo = [\"snooze 3d\"]\n";

fn shown(bed: &Bed, number: &str) -> Value {
    serde_json::from_str(&bed.out(&["show", "--json", number])).unwrap()
}

/// Begins a conversation by chat with whoever has this address, and gives its number.
fn begun(bed: &Bed, to: &str, text: &str) -> String {
    let json = bed.out(&["new", to, text, "--by", "chat", "--json"]);
    let told: Value = serde_json::from_str(&json).unwrap();
    told["number"].to_string()
}

/// A server with the tag that the macros put on.
fn desk() -> Bed {
    let bed = Bed::signed_in();
    let maya = bed.api(frontdesk_server::seed::EMAIL);
    let tags = bed.block_on(maya.get("/api/tags")).is(200);
    let mut tags = tags["data"].as_array().unwrap().iter();
    if !tags.any(|it| it["name"] == "vip") {
        let tag = json!({ "tag": { "name": "vip" } });
        bed.block_on(maya.post("/api/tags", tag)).is(201);
    }
    bed
}

#[test]
fn macros_are_carried_from_one_configuration_to_another() {
    let bed = Bed::signed_in();
    let said = bed.run_with(&["macros", "import", "-"], MACROS);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, "thanks is new\nrest is new\n")
    );
    assert_eq!(bed.out(&["macros", "export"]), MACROS);
    let listed = bed.out(&["macros"]);
    let expected = "thanks  reply, tag vip, priority, done\nrest  snooze 3d\n";
    assert_eq!(listed, expected);
    let again = bed.run_with(&["macros", "import", "-"], MACROS);
    assert_eq!(
        (again.code, again.out.as_str()),
        (0, "thanks was so already\nrest was so already\n")
    );
    // Another one of the same name is never lost without a word.
    let other = "[macros.rest]\ndo = [\"snooze 5d\"]\n";
    let kept = bed.run_with(&["macros", "import", "-"], other);
    assert_eq!(kept.code, 5, "{kept:?}");
    assert!(kept.out.contains("--replace writes over it"), "{kept:?}");
    assert_eq!(bed.out(&["macros", "export"]), MACROS);
    let would = ["macros", "import", "-", "--replace", "--dry-run"];
    assert_eq!(bed.run_with(&would, other).out, "rest would be replaced\n");
    assert_eq!(bed.run_with(&would[..4], other).out, "rest is replaced\n");
    assert_eq!(bed.out(&["macros", "export", "rest"]), other);
    let wrong = bed.run_with(&["macros", "import", "-"], "[macros.a]\ndo = [\"shout\"]\n");
    assert_eq!(wrong.code, 64, "{wrong:?}");
    assert!(wrong.err.contains("a macro cannot \"shout\""), "{wrong:?}");
}

#[test]
fn a_macro_writes_and_does_in_each_conversation() {
    let bed = desk();
    bed.run_with(&["macros", "import", "-"], MACROS);
    let number = begun(&bed, "vera@new.example", "Hello");
    let run = ["macros", "run", "thanks", &number];
    let would = bed.out(&[&run[..], &["--dry-run"]].concat());
    let words = "run through thanks: reply, tag vip, priority, done";
    assert_eq!(would, format!("#{number} would be {words}\n"));
    assert_eq!(bed.out(&run), format!("#{number} {words}\n"));
    let it = shown(&bed, &number);
    assert_eq!(
        (&it["status"], &it["priority"]),
        (&"closed".into(), &"priority".into())
    );
    assert_eq!(it["tags"][0]["name"], "vip");
    let thanked = |it: &Value| {
        let bodies = it["messages"].as_array().unwrap().iter();
        bodies
            .filter(|it| it["body"] == "Hi there, thank you.")
            .count()
    };
    assert_eq!(thanked(&it), 1, "{it}");
    // Under one name it is said once, also when it was cut and is run again.
    let number = begun(&bed, "vera@new.example", "Hello again");
    for _ in 0..2 {
        bed.out(&["macros", "run", "thanks", &number, "--once", "june"]);
    }
    assert_eq!(thanked(&shown(&bed, &number)), 1);
    let ran = bed.run(&["macros", "run", "thank", &number]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("there is thanks, rest"), "{}", ran.err);
}

#[test]
fn canned_replies_are_carried_from_one_desk_to_another() {
    let bed = Bed::signed_in();
    let text = "[canned.\"on its way\"]\ntext = \"It is on its way.\"\n";
    let said = bed.run_with(&["canned", "import", "-"], text);
    assert_eq!((said.code, said.out.as_str()), (0, "on its way is new\n"));
    assert_eq!(bed.out(&["canned", "export", "on its way"]), text);
    let listed = bed.out(&["canned"]);
    assert!(
        listed.contains("on its way  It is on its way.\n"),
        "{listed}"
    );
    let other = "[canned.\"on its way\"]\ntext = \"It left this morning.\"\n";
    assert_eq!(bed.run_with(&["canned", "import", "-"], other).code, 5);
    let replaced = bed.run_with(&["canned", "import", "-", "--replace"], other);
    assert_eq!(replaced.out, "on its way is replaced\n");
    assert_eq!(bed.out(&["canned", "export", "on its way"]), other);
}

#[test]
fn a_story_is_all_that_was_said_with_a_customer_in_the_order_of_time() {
    let bed = Bed::signed_in();
    let one = begun(&bed, "vera@new.example", "The first of all");
    let two = begun(&bed, "vera@new.example", "The second of all");
    bed.out(&["reply", &one, "The third of all", "--force"]);
    let story = bed.out(&["show", &two, "--story"]);
    let places: Vec<usize> = ["first", "second", "third"]
        .iter()
        .map(|it| story.find(&format!("The {it} of all")).unwrap())
        .collect();
    assert!(places.is_sorted(), "{story}");
    assert!(story.contains(&format!("#{one} ")) && story.contains(&format!("#{two} ")));
    let json: Value = serde_json::from_str(&bed.out(&["show", &two, "--story", "--json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn files_are_listed_and_saved_and_nothing_is_written_over() {
    let bed = Bed::signed_in();
    let number = begun(&bed, "vera@new.example", "Hello");
    let none = bed.out(&["attachments", &number]);
    assert_eq!(none, "No file was sent in it.\n");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("terms.txt");
    std::fs::write(&file, "The terms.").unwrap();
    let path = file.to_str().unwrap();
    bed.out(&[
        "reply",
        &number,
        "Here they are.",
        "--attach",
        path,
        "--force",
    ]);
    let listed = bed.out(&["attachments", &number]);
    assert!(listed.starts_with("terms.txt  text/plain"), "{listed}");
    let into = folder.path().to_str().unwrap();
    let saved = bed.out(&["attachments", &number, "--into", into]);
    assert_eq!(saved, format!("{into}/terms (2).txt\n"));
    let kept = std::fs::read_to_string(folder.path().join("terms (2).txt")).unwrap();
    assert_eq!(kept, "The terms.");
}

#[test]
fn who_is_there_and_where_one_was_named_is_known_to_scripts() {
    let bed = Bed::signed_in();
    let away = bed.out(&["availability", "away"]);
    assert_eq!(away, "Colleagues see you as away.\n");
    let maya = bed.api(frontdesk_server::seed::EMAIL);
    let users = bed.block_on(maya.get("/api/v1/users")).is(200);
    let mut users = users["data"].as_array().unwrap().iter();
    let me = users.find(|it| it["email"] == frontdesk_server::seed::EMAIL);
    let me = me.unwrap();
    assert_eq!(me["availability"], "away");
    let me = me["id"].clone();
    let number = begun(&bed, "vera@new.example", "Hello");
    let named = || bed.out(&["ls", "--mentions", "--ids"]);
    let before = named();
    let tomas = bed.api(crate::bed::TOMAS);
    let note = json!({ "message": {
        "conversation_id": shown(&bed, &number)["id"], "body": "Please look", "private": true,
        "type": "note", "mentioned_user_ids": [me],
    } });
    bed.block_on(tomas.post("/api/v1/messages", note)).is(201);
    assert_eq!(named(), format!("{number}\n{before}"));
    assert_eq!(bed.run(&["connections"]).code, 0);
}
