//! Operators of a search, alone and beside words.

use super::*;
use crate::account::COLLEAGUE;
use frontdesk_inbox::Directory;
use frontdesk_protocol::id::{TagId, UserId};
use frontdesk_protocol::kind::{MessageKind, Priority, Source};
use frontdesk_store::desk::Reach;
use serde_json::json;

struct Scene {
    bed: Bed,
    ids: Vec<ConversationId>,
}

fn user(id: UserId, name: &str) -> frontdesk_protocol::entity::User {
    serde_json::from_value(json!({
        "object": "user", "id": id, "email": format!("{name}@desk.test"), "role": "user",
        "created_at": "2026-01-01T00:00:00", "visibility": "all", "availability": "online",
        "display_name": name,
    }))
    .unwrap()
}

impl Scene {
    /// Five conversations, each with something that the others do not have.
    fn set() -> Self {
        let mut account = Account::new();
        let vip = TagId::random();
        let ids: Vec<_> = ["Refund", "Invoice", "Login", "Export", "Hello"]
            .map(|subject| account.begins(subject, "please look at my order"))
            .into();
        account.changes(ids[0], |it| {
            it.conversation.assignee_id = Some(ME);
            it.conversation.priority = Priority::High;
            it.tags = vec![vip];
        });
        account.writes(ids[1], Some(COLLEAGUE), "your order is on its way");
        account.changes(ids[1], |it| {
            it.conversation.assignee_id = Some(COLLEAGUE);
            it.conversation.read = true;
            it.conversation.waiting_since = None;
        });
        account.close(ids[2]);
        account.changes(ids[3], |it| it.conversation.source = Source::Chat);
        account.writes(ids[4], Some(ME), "an aside about the order");
        account.changes(ids[4], |it| {
            let note = it.messages.last_mut().unwrap();
            note.private = true;
            note.kind = MessageKind::Note;
        });
        let mut bed = Bed::with(&account);
        let tag = json!({ "object": "tag", "id": vip, "name": "VIP",
            "created_at": "2026-01-01T00:00:00", "updated_at": "2026-01-01T00:00:00" });
        let directory = Directory {
            users: vec![user(ME, "Maya"), user(COLLEAGUE, "Tomas")],
            tags: vec![serde_json::from_value(tag).unwrap()],
            ..account.directory()
        };
        bed.desk.put_directory(&directory).unwrap();
        Self { bed, ids }
    }

    /// Which of the five a search finds.
    fn finds(&self, text: &str) -> Vec<usize> {
        let hits = self.bed.desk.search(text, None, 10).unwrap().hits;
        let place = |id| self.ids.iter().position(|it| *it == id).unwrap();
        let mut found: Vec<usize> = hits.iter().map(|hit| place(hit.row.id())).collect();
        found.sort_unstable();
        found
    }
}

#[test]
fn operators_narrow_words_and_stand_alone() {
    let scene = Scene::set();
    let table: &[(&str, &[usize])] = &[
        ("order", &[0, 1, 2, 3, 4]),
        ("is:closed", &[2]),
        ("status:open", &[0, 1, 3, 4]),
        ("is:unread", &[0, 2, 3, 4]),
        ("is:read", &[1]),
        ("is:priority", &[0]),
        ("assignee:me", &[0]),
        ("assignee:tomas", &[1]),
        ("assignee:none", &[2, 3, 4]),
        ("is:assigned", &[0, 1]),
        ("tag:vip", &[0]),
        ("has:tag", &[0]),
        ("has:note", &[4]),
        ("has:file", &[]),
        ("channel:chat", &[3]),
        ("#3", &[2]),
        ("number:4", &[3]),
        ("before:1970-01-02", &[0, 1, 2, 3, 4]),
        ("after:1970-01-02", &[]),
        ("from:\"customer 1\"", &[0]),
        ("from:tomas", &[1]),
        ("to:c2@example.com", &[1]),
        ("-is:closed -tag:vip", &[1, 3, 4]),
        ("is:waiting", &[0, 2, 3, 4]),
        ("message:nobody@host.example", &[]),
    ];
    for (text, found) in table {
        assert_eq!(scene.finds(text), *found, "{text}");
    }
}

#[test]
fn a_message_is_found_by_its_id() {
    let scene = Scene::set();
    let thread = scene.bed.desk.thread(scene.ids[3], 10).unwrap().unwrap();
    let id = thread.messages[0].id;
    assert_eq!(scene.finds(&format!("message:{id}")), [3]);
    assert_eq!(scene.finds(&format!("message:{id} order")), [3]);
    assert_eq!(scene.finds(&format!("-message:{id} order")), [0, 1, 2, 4]);
}

#[test]
fn a_search_that_ends_early_says_so() {
    let mut account = Account::new();
    for _ in 0..1_201 {
        account.begins("Hello", "please look at my order");
    }
    let bed = Bed::with(&account);
    let reach = |text: &str| bed.desk.search(text, None, 10).unwrap().reach;
    assert_eq!(reach("is:closed"), Reach::Whole);
    assert_eq!(reach("assignee:me"), Reach::Newest);
    assert_eq!(reach("order assignee:me"), Reach::Newest);
    // Enough was found.
    assert_eq!(reach("is:unread"), Reach::Whole);
    assert_eq!(reach("nowhere"), Reach::Whole);
}

#[test]
fn words_and_operators_hold_for_the_same_message() {
    let scene = Scene::set();
    let table: &[(&str, &[usize])] = &[
        ("order from:tomas", &[1]),
        ("order from:c5", &[4]),
        ("aside from:c5", &[]),
        ("aside from:me", &[4]),
        ("order to:c2", &[1]),
        ("aside to:c5", &[]),
        ("order is:open channel:email assignee:none", &[4]),
        ("order -way", &[0, 1, 2, 3, 4]),
        ("-way is:open", &[0, 3, 4]),
        ("\"my order\" -is:open", &[2]),
        ("refund is:open", &[0]),
        ("refund is:closed", &[]),
        ("order is:nonsense", &[]),
    ];
    for (text, found) in table {
        assert_eq!(scene.finds(text), *found, "{text}");
    }
    for nothing in ["", "  ", "\"\"", "-"] {
        assert_eq!(scene.finds(nothing), [] as [usize; 0], "{nothing}");
    }
}
