//! Every screen and every box, looked at four sizes, in unicode and in ASCII, with the role of each cell. One
//! that is not in this table has not been looked at.

use super::boxes;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::model::assist::{Answer, OwnText, Prompt};
use crate::model::connection::Connection;
use crate::msg::{Hit, Msg, Page, Reach};
use crate::testing::{desk, id, now, press, row, rows, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued, Thread, View};
use frontdesk_protocol::id::EventSeq;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// The smallest screen there may be, the usual one, a large one, and one that is far too large.
const SIZES: [(u16, u16); 4] = [(40, 10), (80, 24), (160, 45), (300, 100)];

/// A screen, and what leads to it from the inbox.
type Screen = (&'static str, fn(&mut Model));

/// Where the agent works.
const PLACES: [Screen; 15] = [
    ("inbox", |_| {}),
    ("thread", |model| keys(model, "enter")),
    ("reply", |model| {
        keys(model, "r");
        typed(model, "The second charge is on its way back to you.");
    }),
    ("note", |model| {
        keys(model, "c");
        typed(model, "See INC-204.");
    }),
    ("selection", |model| keys(model, "x x j j v j j")),
    ("side_by_side", |model| {
        short(model, 3);
        keys(model, "| j j |");
    }),
    ("story", |model| {
        let mut known = thread();
        known.others = vec![row(3, 9)];
        tell(model, Msg::Thread(Box::new(known)));
        short(model, 3);
        keys(model, "g h");
    }),
    ("context", |model| keys(model, "enter g c")),
    ("grouped", |model| {
        keys(model, "g C");
        let mut all = rows();
        all[1].conversation.customer_id = all[0].conversation.customer_id;
        all[1].customer = all[0].customer.clone();
        page(model, all);
    }),
    ("kept_view", boxes::on_kept_view),
    ("empty", |model| {
        keys(model, "g m");
        page(model, Vec::new());
    }),
    ("filling", |model| {
        model.list.rows.clear();
        model.list.selected = None;
        model.list.is_loading = true;
        model.connection = Connection::Filling { done: 12_400 };
    }),
    ("offline", offline),
    ("review", |model| {
        keys(model, "d A");
        page(model, rows());
    }),
    ("suggested", boxes::suggest),
];

/// What lies in front of it.
const BOXES: [Screen; 47] = [
    ("palette", |model| {
        keys(model, ":");
        typed(model, "snoo");
    }),
    ("help", |model| keys(model, "?")),
    ("keys_of_a_box", |model| keys(model, ": f1")),
    ("which_key", |model| {
        keys(model, "space");
        model.now = model.now.plus_seconds(1);
    }),
    ("search", |model| {
        keys(model, "g /");
        typed(model, "refund");
        let found = rows().into_iter().filter(|it| it.id() == id(8));
        let hits = found.map(|row| Hit { row, message: None }).collect();
        let (generation, reach) = (model.searches, Reach::Newest);
        tell(
            model,
            Msg::Found {
                generation,
                hits,
                reach,
            },
        );
    }),
    ("search_not_understood", |model| {
        keys(model, "g /");
        typed(model, "status:lost refund");
    }),
    ("narrow", |model| {
        keys(model, "/");
        typed(model, "vat");
    }),
    ("find", |model| {
        keys(model, "enter /");
        typed(model, "charge");
    }),
    ("not_found", |model| {
        keys(model, "enter /");
        typed(model, "zirconium");
        keys(model, "enter");
    }),
    ("assign", |model| keys(model, "a")),
    ("tags", |model| keys(model, "t")),
    ("status", |model| keys(model, "S")),
    ("snooze", |model| {
        keys(model, "s");
        typed(model, "thu 2pm");
    }),
    ("snooze_not_understood", |model| {
        keys(model, "s");
        typed(model, "sometime soon");
    }),
    ("sort", |model| keys(model, "g s")),
    ("availability", |model| keys(model, "space m a")),
    ("views", |model| keys(model, "g v")),
    ("view_kept", boxes::view_kept),
    ("view_renamed", |model| {
        boxes::on_kept_view(model);
        keys(model, "g e enter");
        typed(model, " 2");
    }),
    ("view_deleted", |model| {
        boxes::on_kept_view(model);
        keys(model, "g e down enter");
    }),
    ("block", |model| keys(model, "B")),
    ("merge", |model| {
        let customer = model.list.rows[0].conversation.customer_id;
        for row in &mut model.list.rows[..3] {
            row.conversation.customer_id = customer;
        }
        keys(model, "x x x k k & enter");
    }),
    ("split", |model| keys(model, "- tab tab")),
    ("split_asked", |model| keys(model, "- tab tab enter")),
    ("forward", |model| keys(model, "F")),
    ("forward_asked", |model| {
        keys(model, "F");
        typed(model, "parts@maker.example");
        keys(model, "enter enter");
    }),
    ("same_person", |model| {
        boxes::alike(model);
        keys(model, "g &");
    }),
    ("same_person_asked", |model| {
        boxes::alike(model);
        keys(model, "g & enter");
    }),
    ("undo_log", |model| keys(model, "j i j p g U")),
    ("messages", |model| keys(model, "I space m m")),
    ("links", |model| {
        let mut known = thread();
        known.messages[0].body = Some("See https://shop.example/orders/7781".to_owned());
        tell(model, Msg::Thread(Box::new(known)));
        keys(model, "enter O");
    }),
    ("attach", boxes::attach),
    ("attached", boxes::attached),
    ("canned", |model| keys(model, "r ctrl-x m")),
    ("send_later", |model| {
        keys(model, "enter r");
        typed(model, "Good morning");
        keys(model, "ctrl-x l");
        typed(model, "tomorrow 9");
    }),
    ("later", |model| keys(model, "g l")),
    ("outbox", |model| {
        model.outbox = vec![waiting()];
        keys(model, "g o");
    }),
    ("new", |model| keys(model, "C")),
    ("keep_keys", |model| {
        keys(model, "Q i Q g Q");
        typed(model, "mine");
    }),
    ("reject_draft", |model| keys(model, "d x")),
    ("change_draft", |model| keys(model, "d r")),
    ("why_draft", |model| keys(model, "d w")),
    ("prompt", |model| {
        keys(model, "d p");
        let messages = vec![
            ("system".to_owned(), "You answer for northwind.".to_owned()),
            ("user".to_owned(), "It just happened again.".to_owned()),
        ];
        let prompt = Prompt {
            model: "gpt".to_owned(),
            messages,
            hash: Some("5f1c".to_owned()),
        };
        tell(model, Msg::Prompt(Box::new(prompt)));
    }),
    ("proposals", |model| {
        keys(model, "g K");
        let entry = json!({
            "id": Uuid::from_u128(90), "source_id": null, "path": null,
            "title": "Does the umbrella survive a storm?", "body": "Yes, up to eighty km/h.",
            "audience": "public", "state": "proposed", "conversation_id": id(1), "decided_by": null,
            "created_at": "2025-11-24T14:31:52Z", "updated_at": "2025-11-24T14:31:52Z",
        });
        let entries = vec![serde_json::from_value(entry).unwrap()];
        tell(model, Msg::Answered(Box::new(Answer::Proposals(entries))));
    }),
    ("rewritten", |model| {
        keys(model, "r");
        typed(model, "we sended it");
        keys(model, "ctrl-x r enter");
        let text = OwnText::Rewritten {
            conversation_id: id(1),
            before: "we sended it".to_owned(),
            after: "We sent it.".to_owned(),
        };
        tell(model, Msg::OwnText(Box::new(text)));
    }),
    ("connections", boxes::connections_told),
    ("quit", |model| {
        offline(model);
        keys(model, "ctrl-c");
    }),
];

fn keys(model: &mut Model, keys: &str) {
    press(model, keys);
}

/// The line is cut, and a reply waits for it.
fn offline(model: &mut Model) {
    model.connection = Connection::Offline {
        since: model.now.plus_seconds(-200),
        why: "The line is cut.".to_owned(),
        again_at: model.now.plus_seconds(20),
    };
    model.outbox = vec![waiting()];
}

/// A reply that waits for the connection.
fn waiting() -> Queued {
    Queued {
        id: IntentId::random(),
        conversation_id: id(5),
        command: Command::Reply {
            body: "Which file was it?".to_owned(),
            guard: Guard::Seen(EventSeq(1)),
        },
        files: Vec::new(),
        made_at: now(),
        hold_until: None,
        state: OutState::Waiting,
    }
}

fn tell(model: &mut Model, msg: Msg) {
    let now = model.now;
    update(model, now, msg);
}

/// The list has come from the local copy.
fn page(model: &mut Model, rows: Vec<frontdesk_inbox::Row>) {
    let page = Page {
        generation: model.list.generation,
        view: model.list.view,
        rows,
        has_before: false,
        has_after: false,
    };
    tell(model, Msg::Page(page));
}

/// A conversation with one message has come.
fn short(model: &mut Model, number: i64) {
    let short = Thread {
        row: rows().into_iter().find(|it| it.id() == id(number)).unwrap(),
        messages: vec![crate::testing::message(
            number,
            10,
            "customer",
            9,
            "Can you confirm the VAT number on it?",
        )],
        draft: None,
        ..thread()
    };
    tell(model, Msg::Thread(Box::new(short)));
}

fn all() -> impl Iterator<Item = &'static Screen> {
    PLACES.iter().chain(&BOXES)
}

fn led_to((_, lead): &Screen, (width, height): (u16, u16), glyphs: Glyphs) -> Model {
    let mut model = desk(width, height);
    model.glyphs = glyphs;
    lead(&mut model);
    model
}

/// Rows without the air at their ends; of rows that are the same, the first and how often it comes.
fn rows_of(model: &Model) -> String {
    let buffer = super::drawn(model);
    let row = |y: u16| -> String {
        let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned()
    };
    together((0..buffer.area.height).map(row))
}

/// The role of each cell as a letter, followed by how many have it.
fn roles_of(model: &Model) -> String {
    let buffer = super::drawn(model);
    let row = |y: u16| -> String {
        let letters: Vec<char> = (0..buffer.area.width)
            .map(|x| super::letter(&buffer[(x, y)]))
            .collect();
        let runs = letters.chunk_by(|one, other| one == other);
        let run = |run: &[char]| match (run.first(), run.len()) {
            (Some(letter), 1) => letter.to_string(),
            (Some(letter), count) => format!("{letter}{count}"),
            (None, _) => String::new(),
        };
        runs.map(run).collect::<Vec<_>>().join(" ")
    };
    together((0..buffer.area.height).map(row))
}

fn together(rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.collect();
    let mut text = String::new();
    for same in rows.chunk_by(|one, other| one == other) {
        text.push_str(&format!("{}\n", same[0]));
        if same.len() > 1 {
            text.push_str(&format!("      ({} rows like this)\n", same.len()));
        }
    }
    text
}

#[test]
fn every_screen_is_as_it_was_looked_at() {
    for it in all() {
        let mut seen = String::new();
        for size in SIZES {
            let (width, height) = size;
            let model = led_to(it, size, Glyphs::Unicode);
            let (words, roles) = (rows_of(&model), roles_of(&model));
            let plain = rows_of(&led_to(it, size, Glyphs::Ascii));
            for (what, text) in [("unicode", words), ("roles", roles), ("ASCII", plain)] {
                seen.push_str(&format!("== {width}x{height}, {what}\n{text}"));
            }
        }
        insta::assert_snapshot!(it.0, seen);
    }
}

#[test]
fn no_lead_leads_nowhere() {
    let mut known: HashMap<String, &str> = HashMap::new();
    for it in all() {
        let shown = screen(&led_to(it, (160, 45), Glyphs::Unicode));
        let other = known.insert(shown, it.0);
        assert_eq!(other, None, "{} shows the same", it.0);
    }
}

/// What customers wrote stays as they wrote it; every sign of our own has a plain one.
#[test]
fn in_ascii_only_the_words_of_customers_are_more_than_ascii() {
    let theirs: String = rows()
        .into_iter()
        .map(|row| {
            let subject = row.conversation.subject.unwrap_or_default();
            let last = row.last.map_or_else(String::new, |it| it.text);
            format!("{}{subject}{last}", row.customer)
        })
        .collect();
    // What would act on a terminal is made visible, whoever wrote it.
    let is_made_visible = |sign: char| ('\u{2400}'..='\u{2426}').contains(&sign);
    let is_ours = |sign: char| !sign.is_ascii() && !theirs.contains(sign) && !is_made_visible(sign);
    let mut wrong = Vec::new();
    for it in all() {
        let shown = screen(&led_to(it, (160, 45), Glyphs::Ascii));
        let lines = shown.lines().filter(|line| line.chars().any(is_ours));
        wrong.extend(lines.map(|line| format!("{}: {}", it.0, line.trim())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_view_has_its_screen() {
    for view in View::ALL {
        let mut model = desk(80, 24);
        model.list.view = view;
        page(&mut model, rows());
        let shown = screen(&model);
        assert!(shown.contains("Dana Whitfield"), "{view:?}\n{shown}");
    }
}
