//! What the mouse does, and where.

use super::*;
use crate::effect::Effect;
use crate::model::Pane;
use crate::msg::Msg;
use crate::testing::{desk, id, now, press, screen as drawn};
use crate::update::update;

/// Does something with the mouse where these words are on the screen.
fn on(model: &mut Model, what: MouseWhat, words: &str) -> Vec<Effect> {
    let picture = drawn(model);
    let found = picture.lines().enumerate().find_map(|(row, line)| {
        let at = line.find(words)?;
        // The picture has a quotation mark at both ends of a line.
        Some((line[..at].chars().count() - 1, row))
    });
    let (column, row) = found.unwrap_or_else(|| panic!("{words}:\n{picture}"));
    at(model, what, column, row)
}

fn at(model: &mut Model, what: MouseWhat, column: usize, row: usize) -> Vec<Effect> {
    let mouse = Mouse {
        what,
        column: u16::try_from(column).unwrap(),
        row: u16::try_from(row).unwrap(),
    };
    let now = model.now;
    update(model, now, Msg::Mouse(mouse))
}

fn chosen(model: &Model) -> String {
    match model.layers.last() {
        Some(Layer::Picker(front)) => front.chosen().unwrap().label.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_click_chooses_and_a_second_one_takes_it() {
    let mut model = desk(80, 24);
    press(&mut model, "a");
    on(&mut model, MouseWhat::Click, "Tessa");
    assert_eq!(chosen(&model), "Tessa");
    let effects = on(&mut model, MouseWhat::Click, "Tessa");
    assert!(
        matches!(effects[..], [Effect::Enqueue(_), Effect::Log(_)]),
        "{effects:?}"
    );
    assert!(model.layers.is_empty());
}

#[test]
fn the_wheel_moves_in_the_box_and_not_behind_it() {
    let mut model = desk(80, 24);
    press(&mut model, ":");
    let first = chosen(&model);
    at(&mut model, MouseWhat::WheelDown, 40, 12);
    assert_ne!(chosen(&model), first);
    at(&mut model, MouseWhat::WheelUp, 40, 12);
    assert_eq!(chosen(&model), first);
    assert_eq!(model.list.selected, Some(id(1)));
}

#[test]
fn a_click_outside_closes_and_one_on_the_frame_does_nothing() {
    let mut model = desk(80, 24);
    press(&mut model, "?");
    on(&mut model, MouseWhat::Click, "Keys in the list");
    assert_eq!(model.layers.len(), 1);
    at(&mut model, MouseWhat::Click, 0, 0);
    assert!(model.layers.is_empty());
    assert_eq!(model.list.view, frontdesk_inbox::View::Inbox);
}

#[test]
fn a_question_is_answered_where_its_answers_stand() {
    let mut model = desk(80, 24);
    model.connection = crate::model::connection::Connection::CatchingUp;
    press(&mut model, "I ctrl-c");
    on(&mut model, MouseWhat::Click, "1 thing has");
    assert_eq!(model.layers.len(), 1);
    on(&mut model, MouseWhat::Click, "n no");
    assert!(model.layers.is_empty());
    press(&mut model, "ctrl-c");
    let effects = on(&mut model, MouseWhat::Click, "y quit");
    assert_eq!(effects, [Effect::Quit]);
}

#[test]
fn what_narrows_the_view_stays_after_a_click_on_a_row() {
    let mut model = desk(80, 24);
    press(&mut model, "/ v");
    on(&mut model, MouseWhat::Click, "Hanako");
    assert!(model.layers.is_empty());
    assert_eq!(model.list.narrowed.as_deref(), Some("v"));
    assert_eq!(model.list.selected, Some(id(7)));
}

#[test]
fn the_customers_pane_scrolls_by_wheel_and_by_key() {
    let mut model = desk(160, 16);
    let mut thread = crate::testing::thread();
    thread.row.tags = model.directory.tags.iter().map(|tag| tag.id).collect();
    thread.others = (20..26).map(|n| crate::testing::row(n, n)).collect();
    let now = model.now;
    update(&mut model, now, Msg::Thread(Box::new(thread)));
    let foot = "Status    open";
    assert!(!drawn(&model).contains(foot), "{}", drawn(&model));
    for _ in 0..9 {
        at(&mut model, MouseWhat::WheelDown, 150, 6);
    }
    assert!(drawn(&model).contains(foot), "{}", drawn(&model));
    press(&mut model, "tab tab g g");
    assert_eq!(model.pane, Pane::Context);
    assert_eq!(model.context_top, 0);
    press(&mut model, "j j k");
    assert_eq!(model.context_top, 1);
    press(&mut model, "G esc j");
    assert_eq!(model.context_top, 0);
}

#[test]
fn a_border_between_panes_goes_where_it_is_dragged() {
    let at = |what, column, row| Msg::Mouse(Mouse { what, column, row });
    let mut model = desk(120, 35);
    let border = layout::of(&model).lines[0];
    let list = |model: &Model| layout::of(model).list.width;
    update(&mut model, now(), at(MouseWhat::Drag, 80, 10));
    assert_eq!(list(&model), border.x, "nothing is held");
    update(&mut model, now(), at(MouseWhat::Click, border.x, 10));
    update(&mut model, now(), at(MouseWhat::Drag, 80, 12));
    assert_eq!(list(&model), 80);
    // Neither pane is pushed off the screen.
    for (column, width) in [(0, 30), (119, 90)] {
        update(&mut model, now(), at(MouseWhat::Drag, column, 12));
        assert_eq!(list(&model), width);
    }
    update(&mut model, now(), at(MouseWhat::LetGo, 60, 12));
    update(&mut model, now(), at(MouseWhat::Drag, 60, 12));
    assert_eq!(list(&model), 90);

    let mut model = desk(80, 24);
    let border = layout::of(&model).preview_head;
    update(&mut model, now(), at(MouseWhat::Click, 5, border.y));
    update(&mut model, now(), at(MouseWhat::Drag, 5, 6));
    assert_eq!(layout::of(&model).preview_head.y, 6);
    crate::testing::screen(&model);
}
