//! Whatever is done in whatever order: when all of it is undone, everything is as it was.

use crate::macros::Macro;
use crate::model::Model;
use crate::msg::Msg;
use crate::testing::{desk, directory, press, row};
use crate::update::update;
use frontdesk_protocol::entity::Inbox;
use frontdesk_protocol::id::InboxId;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

/// What is done, and the answers to what it asks, where it asks.
const KEYS: [(&str, &str); 32] = [
    ("j", ""),
    ("k", ""),
    ("G", ""),
    ("g g", ""),
    ("x", ""),
    ("X", ""),
    // Several at once, and all that are here.
    ("v", ""),
    ("*", ""),
    ("e", ""),
    ("i", ""),
    ("I", ""),
    ("p", ""),
    ("U", ""),
    ("#", ""),
    ("Z", ""),
    // The first moment, and until the customer writes.
    ("s", "enter"),
    ("s", "up enter"),
    // A colleague, and a team.
    ("a", "down down enter"),
    ("a", "up enter"),
    ("S", "down enter"),
    ("S", "up enter"),
    ("V", "down enter"),
    ("m", "enter y"),
    (".", ""),
    ("B", "y"),
    ("t", "enter"),
    ("&", "enter y"),
    ("=", "enter"),
    ("-", "enter y"),
    ("-", "tab tab enter y"),
    ("esc", ""),
    ("ctrl-r", ""),
];

/// The conversations, but for what is still on its way of each.
fn shown(model: &Model) -> Vec<String> {
    let rows = model.list.rows.iter();
    let mut all: Vec<String> = rows
        .map(|row| format!("{:?} {:?} {}", row.conversation, row.tags, row.is_blocked))
        .collect();
    all.sort();
    all
}

fn inbox(n: u128, name: &str) -> Inbox {
    serde_json::from_value(json!({
        "object": "inbox", "id": Uuid::from_u128(n), "name": name, "description": null, "slug": null,
        "channel": "email", "is_primary": n == 1, "is_private": false, "identity_required": false,
        "account_id": Uuid::from_u128(1),
    }))
    .unwrap()
}

/// A desk on which three conversations are of one customer, who has another one.
fn start() -> Model {
    let mut model = desk(120, 35);
    let customer = model.list.rows[0].conversation.customer_id;
    for row in &mut model.list.rows[..3] {
        row.conversation.customer_id = customer;
    }
    let support = InboxId(Uuid::from_u128(1));
    for row in &mut model.list.rows {
        row.conversation.inbox_id = Some(support);
    }
    let mut known = directory();
    known.inboxes = vec![inbox(1, "Support"), inbox(2, "Returns")];
    let now = model.now;
    update(&mut model, now, Msg::Directory(Box::new(known)));
    model.macros = vec![Macro {
        name: "later".to_owned(),
        words: None,
        steps: [
            "tag refund",
            "untag vip",
            "assign Teemu",
            "priority",
            "move Returns",
            "snooze 3d",
        ]
        .map(|it| it.parse().unwrap())
        .into(),
    }];
    let mut thread = crate::testing::thread();
    thread.others = vec![row(40, 180)];
    update(&mut model, now, Msg::Thread(Box::new(thread)));
    model.threads.read_at = None;
    model
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn all_of_it_undone_is_the_beginning(keys in prop::collection::vec(0..KEYS.len(), 0..30)) {
        let mut model = start();
        let before = shown(&model);
        for at in keys {
            let (keys, answers) = KEYS[at];
            press(&mut model, keys);
            for answer in answers.split_whitespace() {
                // What cannot be done asks nothing.
                if !model.layers.is_empty() {
                    press(&mut model, answer);
                }
            }
        }
        let mut most = 400;
        while !model.history.done().is_empty() && most > 0 {
            press(&mut model, "u");
            most -= 1;
        }
        prop_assert!(model.history.done().is_empty());
        prop_assert_eq!(shown(&model), before);
    }
}
