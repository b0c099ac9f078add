//! What follows from what, without a terminal.

mod pickers;
mod streams;

use crate::testing::{desk, id, press, screen};

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
fn a_message_that_is_held_counts_down_by_the_second() {
    let mut model = desk(80, 24);
    let held = frontdesk_inbox::Queued {
        id: frontdesk_inbox::IntentId::random(),
        conversation_id: id(1),
        command: frontdesk_inbox::Command::Close,
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
    super::update(&mut model, now, crate::msg::Msg::Gone(vec![id(1)]));
    press(&mut model, "[");
    assert_eq!(model.list.selected, None);
    // The same while the list is on its way.
    model.list.selected = Some(id(2));
    super::update(&mut model, now, crate::msg::Msg::Gone(vec![id(2)]));
    assert_eq!(model.list.selected, None);
}
