//! What leads to boxes that wait for an answer of the server or of the local copy.

use crate::model::Model;
use crate::model::assist::Answer;
use crate::msg::{Msg, PathEntry, WrittenKind};
use crate::testing::{admin_with, connections, directory, id, now, press, suggestions, typed};
use crate::update::update;
use frontdesk_inbox::{Directory, Enclosure, View};
use frontdesk_protocol::id::{CustomerId, FileId, ViewId};
use serde_json::{Value, json};
use uuid::Uuid;

fn tell(model: &mut Model, msg: Msg) {
    let now = model.now;
    update(model, now, msg);
}

/// Tags, a team and a priority are suggested.
pub(super) fn suggest(model: &mut Model) {
    press(model, "enter d g");
    let answer = Answer::Suggested(id(1), serde_json::from_value(suggestions()).unwrap());
    tell(model, Msg::Answered(Box::new(answer)));
}

/// Somebody else has the same address.
pub(super) fn alike(model: &mut Model) {
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

/// A path is being typed.
pub(super) fn attach(model: &mut Model) {
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
}

/// A file goes along with the text.
pub(super) fn attached(model: &mut Model) {
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
}

/// A view of everybody's is on the screen.
pub(super) fn on_kept_view(model: &mut Model) {
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

/// It is asked who sees a view.
pub(super) fn view_kept(model: &mut Model) {
    press(model, "/");
    typed(model, "refund");
    press(model, "enter g V");
    typed(model, "Refunds");
    press(model, "enter");
}

/// The server has said how the connections are.
pub(super) fn connections_told(model: &mut Model) {
    let known = admin_with(connections(), now());
    tell(model, Msg::Directory(Box::new(known)));
    press(model, "g M");
}
