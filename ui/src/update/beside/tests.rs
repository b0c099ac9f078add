use crate::effect::Effect;
use crate::model::thread::Scroll;
use crate::model::{Model, Pane};
use crate::msg::Msg;
use crate::testing::{desk, id, message, press, rows, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::Thread;
use frontdesk_protocol::id::{ConversationId, EventSeq};

/// A short thread of the conversation with this number.
fn short(number: i64) -> Thread {
    let row = rows().into_iter().find(|row| row.id() == id(number));
    Thread {
        row: row.unwrap(),
        messages: vec![
            message(number, 10 * number, "customer", 90, "Where is it?"),
            message(number, 10 * number + 1, "1", 80, "On its way."),
        ],
        draft: None,
        ..thread()
    }
}

fn tell(model: &mut Model, msg: Msg) {
    update(model, model.now, msg);
}

/// A desk on which the first conversations of the list are held, the last with the focus.
fn holding(count: i64, width: u16, height: u16) -> Model {
    let mut model = desk(width, height);
    for number in 2..=count {
        tell(&mut model, Msg::Thread(Box::new(short(number))));
    }
    for place in 0..count {
        if model.open.is_some() {
            press(&mut model, "esc");
        }
        if place > 0 {
            press(&mut model, "j");
        }
        press(&mut model, "|");
    }
    model
}

fn held(model: &Model) -> Vec<ConversationId> {
    model.beside.held().iter().map(|held| held.id).collect()
}

#[test]
fn the_second_one_that_is_held_stands_beside_the_first() {
    let mut model = desk(160, 45);
    press(&mut model, "|");
    assert_eq!((held(&model), model.open), (vec![id(1)], None));
    press(&mut model, "j |");
    assert_eq!(held(&model), [id(1), id(2)]);
    assert_eq!((model.open, model.pane), (Some(id(2)), Pane::Thread));
    // The list is where it was, and whoever is opened again stands beside the other.
    press(&mut model, "esc");
    assert_eq!((model.open, model.pane), (None, Pane::List));
    press(&mut model, "k enter");
    assert_eq!(model.beside.focus(model.open), Some(0));
}

#[test]
fn what_is_selected_is_held_at_once_and_four_are_enough() {
    let mut model = desk(160, 45);
    press(&mut model, "x j x j x j x j x |");
    assert_eq!(held(&model).len(), 4);
    let said = model.toasts.shown.as_ref().unwrap();
    assert!(said.text.contains("Take one out first"), "{}", said.text);
    assert!(model.list.marked.is_empty());
}

#[test]
fn keys_act_on_the_one_with_the_focus() {
    let mut model = holding(3, 160, 45);
    assert_eq!(model.open, Some(id(3)));
    press(&mut model, "ctrl-w l");
    assert_eq!(model.open, Some(id(1)));
    press(&mut model, "tab");
    assert_eq!(model.open, Some(id(2)));
    let effects = press(&mut model, "e");
    let done = effects.iter().find_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued[0].conversation_id),
        _ => None,
    });
    assert_eq!(done, Some(id(2)));
    assert_eq!(model.open, Some(id(2)), "what is held stays");
    press(&mut model, "ctrl-w x");
    assert_eq!(
        (held(&model), model.open),
        (vec![id(1), id(3)], Some(id(3)))
    );
    press(&mut model, "ctrl-w x");
    assert!(held(&model).is_empty());
    assert_eq!(model.open, Some(id(1)));
}

#[test]
fn a_text_belongs_to_its_conversation() {
    let mut model = holding(2, 160, 45);
    press(&mut model, "r");
    typed(&mut model, "To the second");
    press(&mut model, "esc ctrl-w h");
    assert!(model.composer.is_none(), "the first has no text");
    assert_eq!(model.open, Some(id(1)));
    press(&mut model, "ctrl-w l");
    let text = model
        .composer
        .as_ref()
        .map(crate::model::composer::Composer::text);
    assert_eq!(text.as_deref(), Some("To the second"));
}

#[test]
fn each_keeps_its_place_unless_they_scroll_together() {
    let mut model = holding(2, 120, 24);
    let long: Vec<_> = (1..60)
        .map(|seq| message(2, seq, "customer", 600 - seq, "Are you there?"))
        .collect();
    let tall = Thread {
        messages: long,
        ..short(2)
    };
    tell(&mut model, Msg::Thread(Box::new(tall)));
    press(&mut model, "ctrl-u ctrl-u");
    let place = model.threads.scroll;
    assert!(matches!(place, Scroll::At { .. }));
    press(&mut model, "ctrl-w h");
    assert_eq!(model.threads.scroll, Scroll::End);
    press(&mut model, "ctrl-w l");
    assert_eq!(model.threads.scroll, place);
    press(&mut model, "ctrl-w s");
    let Scroll::At { message, .. } = place else {
        panic!("{place:?}")
    };
    let first = model.beside.held()[0].scroll;
    assert_eq!(first, Scroll::At { message, line: 0 });
    press(&mut model, "G");
    assert_eq!(model.beside.held()[0].scroll, Scroll::End);
    assert!(message > EventSeq(0));
}

#[test]
fn what_is_gone_is_not_held() {
    let mut model = holding(3, 160, 45);
    tell(&mut model, Msg::Gone(vec![id(1)]));
    assert_eq!(held(&model), [id(2), id(3)]);
}

#[test]
fn as_many_stand_beside_each_other_as_there_is_room_for() {
    for (width, height, seen) in [(80, 24, 2), (110, 30, 2), (150, 30, 3), (200, 50, 4)] {
        let model = holding(4, width, height);
        let layout = crate::view::layout::of(&model);
        let panes: Vec<_> = layout.panes.iter().collect();
        assert_eq!(panes.len(), seen, "{width}x{height}");
        assert_eq!(layout.panes.are_stacked(), width < 110);
        // The last has the focus and is seen; nothing overlaps or sticks out.
        assert_eq!(panes.last().unwrap().0, 3);
        for (at, (_, pane)) in panes.iter().enumerate() {
            assert!(pane.right() <= width && pane.bottom() < height);
            assert!(
                panes[at + 1..]
                    .iter()
                    .all(|(_, other)| !pane.intersects(*other))
            );
        }
    }
}

#[test]
fn one_may_have_more_of_the_room() {
    let mut model = holding(2, 160, 45);
    let widths = |model: &Model| -> Vec<u16> {
        let layout = crate::view::layout::of(model);
        layout.panes.iter().map(|(_, pane)| pane.width).collect()
    };
    let before = widths(&model);
    press(&mut model, "ctrl-w + ctrl-w +");
    let after = widths(&model);
    assert!(after[1] > before[1] && after[0] < before[0]);
    assert_eq!(after.iter().sum::<u16>(), before.iter().sum::<u16>());
    press(&mut model, "ctrl-w =");
    assert_eq!(widths(&model), before);
}

#[test]
fn they_are_seen_in_columns_or_above_each_other() {
    let mut wide = holding(3, 160, 45);
    insta::assert_snapshot!("side_by_side_160x45", screen(&wide));
    press(&mut wide, "r");
    typed(&mut wide, "It left this morning.");
    insta::assert_snapshot!("side_by_side_writing_160x45", screen(&wide));
    let mut narrow = holding(2, 80, 24);
    insta::assert_snapshot!("side_by_side_80x24", screen(&narrow));
    narrow.glyphs = crate::glyph::Glyphs::Ascii;
    insta::assert_snapshot!("side_by_side_80x24_ascii", screen(&narrow));
}
