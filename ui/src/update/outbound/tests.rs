use super::*;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::model::layer::Layer;
use crate::msg::{Msg, WrittenKind};
use crate::testing::{desk, id, now, press, screen, thread, typed};
use crate::update::update;
use serde_json::json;
use uuid::Uuid;

fn customer(n: u128, name: &str, email: Option<&str>, phone: Option<&str>) -> CustomerBasic {
    let at = "2025-01-01T00:00:00";
    serde_json::from_value(
        json!({ "object": "customer", "id": Uuid::from_u128(n), "name": name,
        "email": email, "phone": phone, "created_at": at, "updated_at": at, "title": name }),
    )
    .unwrap()
}

fn known() -> Vec<CustomerBasic> {
    vec![
        customer(1, "Dana Whitfield", Some("dana@whitfield.example"), None),
        customer(2, "Guest 81f2", None, None),
        customer(3, "\u{1b}]0;x\u{7}Bo", None, Some("+358401234567")),
    ]
}

/// A box that has got these customers as its answer.
fn asked(model: &mut Model, effects: &[Effect]) {
    let asked = effects.iter().rev().find_map(|effect| match effect {
        Effect::FindCustomers { generation, .. } => Some(*generation),
        _ => None,
    });
    let told = Msg::Customers {
        generation: asked.unwrap(),
        customers: known(),
    };
    update(model, now(), told);
}

fn labels(model: &Model) -> Vec<&str> {
    match model.layers.last() {
        Some(Layer::Picker(front)) => front.items.iter().map(|it| it.label.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

fn begun(effects: &[Effect]) -> &Outbound {
    match effects.last() {
        Some(Effect::Begin(outbound)) => outbound,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_customer_a_way_and_a_subject_begin_a_mail() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "C");
    asked(&mut model, &effects);
    insta::assert_snapshot!("new_to_80x24", screen(&model));
    press(&mut model, "enter");
    insta::assert_snapshot!("new_by_80x24", screen(&model));
    press(&mut model, "enter");
    typed(&mut model, "Your invoice");
    let effects = press(&mut model, "enter");
    let outbound = begun(&effects);
    assert_eq!(outbound.subject.as_deref(), Some("Your invoice"));
    assert_eq!(outbound.source, Source::Email);
    assert_eq!(outbound.to, Whom::Known(known()[0].id));
    assert!(model.layers.is_empty());
}

#[test]
fn an_address_that_nobody_has_makes_a_new_customer() {
    let mut model = desk(80, 24);
    press(&mut model, "C");
    let effects = typed(&mut model, "vera@new.example");
    asked(&mut model, &effects);
    assert_eq!(labels(&model)[0], "vera@new.example, who is new");
    press(&mut model, "enter enter");
    let effects = press(&mut model, "enter");
    let outbound = begun(&effects);
    assert_eq!(outbound.subject, None);
    let address = Address::Email("vera@new.example".to_owned());
    assert_eq!(outbound.to, Whom::At(address));
    // One that somebody has is theirs.
    press(&mut model, "C");
    let effects = typed(&mut model, "Dana@whitfield.example");
    asked(&mut model, &effects);
    assert_eq!(labels(&model)[0], "Dana Whitfield");
}

#[test]
fn only_ways_that_reach_somebody_can_be_chosen() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "C");
    asked(&mut model, &effects);
    press(&mut model, "down enter");
    assert_eq!(labels(&model)[0], "by chat");
    press(&mut model, "down enter");
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.starts_with("No "), "{said}");
    press(&mut model, "up");
    let effects = press(&mut model, "enter");
    assert_eq!(begun(&effects).source, Source::Chat);
    // What a customer calls itself has no power over the terminal.
    let effects = press(&mut model, "C");
    asked(&mut model, &effects);
    press(&mut model, "down down enter");
    assert!(!screen(&model).contains('\u{1b}'));
}

#[test]
fn what_has_begun_opens_with_a_text() {
    let mut model = desk(80, 24);
    let effects = update(&mut model, now(), Msg::Begun(id(99)));
    assert!(effects.contains(&Effect::LoadThread(id(99))));
    let composer = model.composer.as_ref().unwrap();
    assert_eq!(
        (composer.conversation_id, composer.kind),
        (id(99), WrittenKind::Reply)
    );
    let mut it = thread();
    it.row.conversation.id = id(99);
    it.messages.clear();
    it.draft = None;
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    typed(&mut model, "Hello");
    let effects = press(&mut model, "ctrl-s");
    assert!(effects.iter().any(|it| matches!(it, Effect::Enqueue(_))));
}

#[test]
fn without_the_server_nothing_begins() {
    let mut model = desk(80, 24);
    model.connection = Connection::Offline {
        since: now(),
        why: String::new(),
        again_at: now(),
    };
    assert!(press(&mut model, "C").is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "New conversation: the server cannot be reached.");
}
