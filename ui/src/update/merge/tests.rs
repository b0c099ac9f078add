use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::msg::Msg;
use crate::testing::{desk, id, press, row, screen, thread};
use crate::update::update;
use frontdesk_inbox::Command;

fn commands(effects: &[Effect]) -> Vec<(i64, Command)> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    let number = |of| (1..50).find(|n| id(*n) == of).unwrap();
    let queued = queued.flatten();
    queued
        .map(|it| (number(it.conversation_id), it.command.clone()))
        .collect()
}

/// The first three conversations are of one customer.
fn of_one_customer(width: u16, height: u16) -> Model {
    let mut model = desk(width, height);
    let customer = model.list.rows[0].conversation.customer_id;
    for row in &mut model.list.rows[..3] {
        row.conversation.customer_id = customer;
    }
    model
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |it| &it.text)
}

#[test]
fn what_is_selected_goes_into_the_one_under_the_cursor_and_comes_out_again() {
    let mut model = of_one_customer(80, 24);
    let before = screen(&model);
    press(&mut model, "x x x k k &");
    let Some(Layer::Picker(front)) = model.layers.last() else {
        panic!("there is a box");
    };
    assert_eq!(front.title, "Merge 3 conversations into");
    assert!(front.chosen().unwrap().label.starts_with("#2 "));
    insta::assert_snapshot!("box_80x24", screen(&model));
    press(&mut model, "enter");
    insta::assert_snapshot!("question_80x24", screen(&model));
    let effects = press(&mut model, "y");
    let done = commands(&effects);
    let from: Vec<i64> = done.iter().map(|(number, _)| *number).collect();
    assert_eq!(from, [1, 3]);
    let is_merge = |it: &Command| matches!(it, Command::Merge { into, .. } if *into == id(2));
    assert!(done.iter().all(|(_, it)| is_merge(it)));
    assert_eq!(said(&model), "2 conversations merged into #2");
    assert_eq!(model.list.selected, Some(id(2)));
    assert!(model.list.find(id(1)).is_none() && model.list.find(id(3)).is_none());
    let effects = press(&mut model, "u");
    let names: Vec<_> = done.iter().rev().map(|(_, it)| name(it)).collect();
    let undone: Vec<_> = commands(&effects).iter().map(|(_, it)| name(it)).collect();
    assert_eq!(undone, names, "the last comes out first, by its name");
    press(&mut model, "g g");
    let toast = model.toasts.shown.take();
    assert!(toast.is_some());
    assert_eq!(marks_away(&screen(&model)), marks_away(&before));
}

fn name(it: &Command) -> frontdesk_protocol::id::MergeId {
    match it {
        Command::Merge { merge, .. } | Command::UndoMerge { merge, .. } => *merge,
        other => panic!("{other:?}"),
    }
}

/// What waits to be sent is marked; the rest of the list is compared.
fn marks_away(screen: &str) -> Vec<String> {
    let lines = screen.lines().skip(2).take(10);
    lines
        .map(|line| line.chars().skip(4).take(60).collect())
        .collect()
}

#[test]
fn done_again_it_is_another_merge() {
    let mut model = of_one_customer(80, 24);
    press(&mut model, "x x & enter");
    let first = commands(&press(&mut model, "y"));
    press(&mut model, "u");
    let again = commands(&press(&mut model, "ctrl-r"));
    assert_eq!(first.len(), again.len());
    assert_ne!(name(&first[0].1), name(&again[0].1));
}

#[test]
fn different_customers_are_never_merged() {
    let mut model = desk(80, 24);
    assert!(commands(&press(&mut model, "x x &")).is_empty());
    assert!(model.layers.is_empty());
    assert!(said(&model).starts_with("These are of different customers"));
}

#[test]
fn one_goes_into_another_of_its_customer() {
    let mut model = desk(80, 24);
    press(&mut model, "&");
    assert_eq!(
        said(&model),
        "This customer has no other conversation here."
    );
    let mut it = thread();
    it.others = vec![row(40, 180)];
    let now = model.now;
    update(&mut model, now, Msg::Thread(Box::new(it)));
    press(&mut model, "& enter");
    assert!(screen(&model).contains("answers go out by email"));
    let effects = press(&mut model, "y");
    let [(1, Command::Merge { into, .. })] = commands(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(into, id(40));
}
