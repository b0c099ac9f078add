//! What follows from what, without a terminal.

mod pickers;
mod streams;
mod undone;

use super::update;
use crate::effect::Effect;
use crate::model::Model;
use crate::msg::{Msg, Page};
use crate::testing::{desk, id, press, row, screen};
use frontdesk_inbox::View;

#[test]
fn the_cursor_follows_the_conversation() {
    let mut model = desk(80, 24);
    assert_eq!(model.list.selected, Some(id(1)));
    press(&mut model, "j j k 3 j");
    assert_eq!(model.list.selected, Some(id(5)));
    press(&mut model, "G");
    assert_eq!(model.list.selected, Some(id(13)));
    press(&mut model, "g g");
    assert_eq!(model.list.selected, Some(id(1)));
    assert_eq!(screen(&model).lines().count(), 24);
}

#[test]
fn the_list_turns_over_at_its_edge_so_that_the_next_keys_move_the_cursor_alone() {
    let mut model = desk(80, 24);
    let page = Page {
        generation: model.list.generation,
        view: View::Inbox,
        rows: (1..=60).map(|number| row(number, number)).collect(),
        has_before: false,
        has_after: false,
    };
    let now = model.now;
    update(&mut model, now, Msg::Page(page));
    let mut tops = Vec::new();
    for _ in 0..59 {
        press(&mut model, "j");
        tops.push(model.list.top);
        let at = model.list.at().unwrap();
        assert!((model.list.top..model.list.top + 20).contains(&at));
    }
    tops.dedup();
    // Sixty rows are gone through, and the list moves a handful of times.
    assert!((3..=10).contains(&tops.len()), "{tops:?}");
    let end = model.list.top;
    press(&mut model, "k k k");
    assert_eq!(model.list.top, end);
}

#[test]
fn more_of_the_list_comes_without_asking_for_the_thread_again() {
    let mut model = desk(80, 24);
    let now = model.now;
    let part = |model: &Model, numbers: std::ops::RangeInclusive<i64>| Page {
        generation: model.list.generation,
        view: View::Inbox,
        rows: numbers.map(|number| row(number, number)).collect(),
        has_before: false,
        has_after: true,
    };
    let first = part(&model, 1..=60);
    update(&mut model, now, Msg::Page(first));
    let asked = press(&mut model, "2 0 j");
    assert!(asked.iter().any(|it| matches!(it, Effect::LoadPage(_))));
    let at = model.list.selected;
    let next = part(&model, 61..=200);
    let effects = update(&mut model, now, Msg::Page(next));
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!((model.list.selected, model.list.rows.len()), (at, 200));
}

#[test]
fn a_message_that_is_held_counts_down_by_the_second() {
    let mut model = desk(80, 24);
    let held = frontdesk_inbox::Queued {
        id: frontdesk_inbox::IntentId::random(),
        conversation_id: id(1),
        command: frontdesk_inbox::Command::Close,
        files: Vec::new(),
        made_at: model.now,
        hold_until: Some(model.now.plus_seconds(10)),
        state: frontdesk_inbox::OutState::Waiting,
    };
    model.outbox.push(held);
    for second in 1..=10 {
        let next = model.next_deadline().unwrap();
        assert_eq!(next.0, crate::testing::now().plus_seconds(second).0);
        model.now = next;
    }
}

#[test]
fn a_conversation_that_is_gone_is_not_gone_back_to() {
    let mut model = desk(80, 24);
    press(&mut model, "]");
    let now = model.now;
    update(&mut model, now, Msg::Gone(vec![id(1)]));
    press(&mut model, "[");
    assert_eq!(model.list.selected, None);
    // The same while the list is on its way.
    model.list.selected = Some(id(2));
    update(&mut model, now, Msg::Gone(vec![id(2)]));
    assert_eq!(model.list.selected, None);
}
