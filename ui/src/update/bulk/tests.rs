use super::*;
use crate::msg::Msg;
use crate::testing::{desk, press};
use crate::update::update;
use frontdesk_protocol::id::{EventSeq, UserId};
use frontdesk_protocol::time::UtcStamp;
use std::collections::BTreeMap;

fn run(id: BulkRunId, done: i64, state: BulkState) -> BulkRun {
    BulkRun {
        id,
        user_id: UserId(1),
        state,
        query: None,
        change: None,
        undoes: None,
        total: 812,
        done,
        skipped: 0,
        failed: 0,
        created_at: UtcStamp(crate::testing::now()),
        finished_at: (state == BulkState::Done).then(|| UtcStamp(crate::testing::now())),
    }
}

fn tell(model: &mut Model, msg: Msg) -> Effects {
    let now = model.now;
    update(model, now, msg)
}

/// A desk with more in the inbox than is loaded, of which everything is selected.
fn everything() -> Model {
    let mut model = desk(80, 24);
    model.connection = Connection::Live;
    model.list.has_after = true;
    press(&mut model, "* *");
    model
}

fn asked(effects: &[Effect]) -> Bulk {
    match effects {
        [Effect::BulkLook(bulk)] => Bulk::clone(bulk),
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_of_a_view_is_looked_at_asked_about_and_done_by_the_server() {
    let mut model = everything();
    assert_eq!(model.list.everything.as_deref(), Some("status:open"));
    let bulk = asked(&press(&mut model, "e"));
    assert_eq!(
        (&bulk.command, bulk.words.as_str()),
        (&Command::Close, "done")
    );
    // Nothing happens to what is loaded before the server does it.
    assert!(model.outbox.is_empty());
    let preview = BulkPreview {
        total: 812,
        customers: 640,
        channels: BTreeMap::from([("chat".to_owned(), 600), ("email".to_owned(), 212)]),
        seq: EventSeq(7),
    };
    tell(&mut model, Msg::BulkAhead(bulk.clone(), preview));
    let Some(Layer::Confirm(confirm)) = model.layers.last() else {
        panic!("it is asked");
    };
    assert_eq!(confirm.question, "812 conversations done?");
    assert!(confirm.warnings[0].contains("640 customers: 600 chat, 212 email"));
    let effects = press(&mut model, "y");
    assert_eq!(effects, [Effect::BulkBegin(Box::new(bulk), EventSeq(7))]);
    let id = BulkRunId::random();
    tell(
        &mut model,
        Msg::BulkBegun(run(id, 0, BulkState::Choosing), "done".to_owned()),
    );
    assert!(model.list.marked.is_empty() && model.list.everything.is_none());
    tell(&mut model, Msg::Bulk(run(id, 320, BulkState::Running)));
    assert_eq!(model.bulk.as_ref().unwrap().over(), 320);
    tell(&mut model, Msg::Bulk(run(id, 812, BulkState::Done)));
    assert!(model.bulk.is_none());
    let toast = model.toasts.shown.as_ref().unwrap();
    assert_eq!(toast.text, "812 conversations done.");
    assert!(press(&mut model, "u").contains(&Effect::BulkUndo(id)));
}

#[test]
fn what_cannot_be_asked_of_the_server_selects_what_is_loaded() {
    let mut model = desk(80, 24);
    model.list.has_after = true;
    model.connection = Connection::Starting;
    press(&mut model, "*");
    assert!(!model.list.marked.is_empty());
    press(&mut model, "*");
    assert!(model.list.marked.is_empty() && model.list.everything.is_none());
}

#[test]
fn letting_one_go_lets_go_of_everything_that_is_not_loaded() {
    let mut model = everything();
    press(&mut model, "x");
    assert!(model.list.everything.is_none());
    let mut model = everything();
    press(&mut model, "esc");
    assert!(model.list.everything.is_none() && model.list.marked.is_empty());
    // An answer that comes too late asks nothing.
    let bulk = Bulk {
        query: "status:open".to_owned(),
        command: Command::Close,
        words: "done".to_owned(),
    };
    let preview = BulkPreview {
        total: 1,
        customers: 1,
        channels: BTreeMap::new(),
        seq: EventSeq(7),
    };
    tell(&mut model, Msg::BulkAhead(bulk, preview));
    assert!(model.layers.is_empty());
}
