//! Boxes and what is said in a thread, as whole screens: at four sizes, in unicode and in ASCII, and
//! once by the role of each cell.

use crate::glyph::Glyphs;
use crate::model::Model;
use crate::model::assist::Answer;
use crate::msg::{Msg, PathEntry, WrittenKind};
use crate::testing::{
    admin_with, connections, desk, directory, id, now, press, roles, screen, suggestions, typed,
};
use crate::update::update;
use frontdesk_inbox::{Directory, Enclosure, View};
use frontdesk_protocol::id::{CustomerId, FileId, ViewId};
use serde_json::{Value, json};
use uuid::Uuid;

const SIZES: [(u16, u16); 4] = [(40, 10), (80, 24), (120, 35), (160, 45)];

fn tell(model: &mut Model, msg: Msg) {
    let now = model.now;
    update(model, now, msg);
}

/// Looks at what keys lead to on a desk of every size.
fn looked_at(name: &str, lead: impl Fn(&mut Model)) {
    for (width, height) in SIZES {
        let mut model = desk(width, height);
        lead(&mut model);
        let name = format!("{name}_{width}x{height}");
        insta::assert_snapshot!(name.clone(), screen(&model));
        if (width, height) == (80, 24) {
            insta::assert_snapshot!(format!("{name}_roles"), roles(&model));
        }
        model.glyphs = Glyphs::Ascii;
        insta::assert_snapshot!(format!("{name}_ascii"), screen(&model));
    }
}

fn suggest(model: &mut Model) {
    press(model, "enter d g");
    let answer = Answer::Suggested(id(1), serde_json::from_value(suggestions()).unwrap());
    tell(model, Msg::Answered(Box::new(answer)));
}

#[test]
fn what_is_suggested_stands_below_the_messages() {
    looked_at("suggested", suggest);
    looked_at("suggested_part", |model| {
        suggest(model);
        press(model, "d Y");
    });
}

fn alike(model: &mut Model) {
    let customer = json!({
        "object": "customer", "id": CustomerId(Uuid::from_u128(2_000)), "name": "P. Raman",
        "email": "priya.r@example.org", "created_at": "2023-11-20T08:00:00",
        "updated_at": "2025-11-20T08:00:00", "title": "P. Raman", "account_id": Uuid::from_u128(1),
        "first_seen": "2023-11-20", "last_seen_at": "2025-11-24T14:31:00Z", "verified": false,
    });
    let related = json!({
        "object": "related", "links": [],
        "alike": [{ "customer": customer, "reason": "the same address" }],
    });
    let related = serde_json::from_value(related).unwrap();
    tell(model, Msg::Related(id(1), Box::new(related)));
}

#[test]
fn who_may_be_the_same_person_is_chosen_and_asked_about() {
    looked_at("same_person", |model| {
        alike(model);
        press(model, "g &");
    });
    looked_at("same_person_asked", |model| {
        alike(model);
        press(model, "g & enter");
    });
}

#[test]
fn blocking_is_asked_about() {
    looked_at("block", |model| {
        press(model, "B");
    });
}

#[test]
fn a_file_is_chosen_and_listed_below_the_text() {
    looked_at("attach", |model| {
        press(model, "r ctrl-x a");
        typed(model, "~/Documents/");
        let entry = |name: &str, size| PathEntry {
            path: format!("~/Documents/{name}"),
            name: name.to_owned(),
            size,
        };
        let entries = vec![
            entry("letters", None),
            entry("invoice-10432.pdf", Some(84 * 1024)),
            entry("statement.pdf", Some(212 * 1024)),
        ];
        let generation = model.searches;
        tell(
            model,
            Msg::Paths {
                generation,
                entries,
            },
        );
    });
    looked_at("attached", |model| {
        press(model, "r");
        typed(model, "Here it is.");
        let file = Enclosure {
            id: FileId(Uuid::from_u128(70)),
            filename: "invoice-10432.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            size: 84 * 1024,
        };
        tell(
            model,
            Msg::Attached {
                conversation_id: id(1),
                kind: WrittenKind::Reply,
                file: Ok(file),
            },
        );
    });
}

fn on_kept_view(model: &mut Model) {
    let view: Value = json!({
        "object": "view", "id": ViewId(Uuid::from_u128(60)), "name": "Storm", "query": "tag:storm",
        "sort": "newest", "scope": "shared", "owner_id": null, "team_id": null, "position": 0,
        "created_at": "2025-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
    });
    let directory = Directory {
        views: vec![serde_json::from_value(view).unwrap()],
        ..directory()
    };
    tell(model, Msg::Directory(Box::new(directory)));
    let rows = model.list.rows.clone();
    press(model, "g v");
    typed(model, "storm");
    press(model, "enter");
    let page = crate::msg::Page {
        generation: model.list.generation,
        view: View::Kept(ViewId(Uuid::from_u128(60))),
        rows,
        has_before: false,
        has_after: false,
    };
    tell(model, Msg::Page(page));
}

#[test]
fn a_view_is_kept_renamed_and_deleted() {
    looked_at("view_kept", |model| {
        press(model, "/");
        typed(model, "refund");
        press(model, "enter g V");
        typed(model, "Refunds");
        press(model, "enter");
    });
    looked_at("view_renamed", |model| {
        on_kept_view(model);
        press(model, "g e enter");
    });
    looked_at("view_deleted", |model| {
        on_kept_view(model);
        press(model, "g e down enter");
    });
}

#[test]
fn the_connections_are_told_and_those_that_fail_stand_first() {
    looked_at("connections", |model| {
        let known = admin_with(connections(), now());
        tell(model, Msg::Directory(Box::new(known)));
        press(model, "g M");
    });
}

#[test]
fn what_was_done_is_listed() {
    looked_at("done", |model| {
        press(model, "j i j p");
        press(model, "g U");
    });
}
