use super::*;
use crate::model::layer::Layer;
use crate::msg::{Msg, Reach};
use crate::testing::{desk, id, now, press, row, screen, typed};
use crate::update::update;

fn hit(number: i64, customer: &str) -> Hit {
    let mut row = row(number, 60 * 24 * number);
    row.customer = customer.to_owned();
    Hit { row, message: None }
}

fn asked(effects: &[Effect]) -> Vec<&str> {
    let texts = effects.iter().filter_map(|it| match it {
        Effect::SearchServer { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

fn choices(model: &Model) -> Vec<Choice> {
    match model.layers.last() {
        Some(Layer::Picker(front)) => front.items.iter().map(|it| it.choice.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_server_is_asked_when_nobody_types_any_more() {
    let mut model = desk(80, 24);
    press(&mut model, "g /");
    let effects = typed(&mut model, "invoice");
    assert!(asked(&effects).is_empty());
    let early = Timestamp(now().0 + AFTER_MICROS - 1);
    assert!(asked(&update(&mut model, early, Msg::Tick)).is_empty());
    assert_eq!(
        model.next_deadline(),
        Some(Timestamp(now().0 + AFTER_MICROS))
    );
    let due = Timestamp(now().0 + AFTER_MICROS);
    assert_eq!(asked(&update(&mut model, due, Msg::Tick)), ["invoice"]);
    assert!(asked(&update(&mut model, due, Msg::Tick)).is_empty());
}

#[test]
fn what_it_finds_comes_below_and_nothing_twice() {
    let mut model = desk(80, 24);
    press(&mut model, "g /");
    typed(&mut model, "invoice");
    let generation = model.searches;
    let hits = vec![hit(1, "Dana Whitfield"), hit(2, "Ola")];
    let found = Msg::Found {
        generation,
        hits,
        reach: Reach::Newest,
    };
    update(&mut model, now(), found);
    press(&mut model, "down");
    let hits = vec![hit(2, "Ola"), hit(300, "\u{1b}]0;x\u{7}Vera")];
    update(&mut model, now(), Msg::FoundOnServer { generation, hits });
    let found = choices(&model);
    let expected = [
        Choice::Hit(id(1), None),
        Choice::Hit(id(2), None),
        Choice::Nothing,
        Choice::Hit(id(300), None),
    ];
    assert_eq!(found, expected);
    insta::assert_snapshot!("found_on_server_80x24", screen(&model));
    assert!(!screen(&model).contains('\u{1b}'));
    // The cursor stays where it was, and the last one opens though it is not here.
    press(&mut model, "down down");
    let effects = press(&mut model, "enter");
    assert!(effects.contains(&Effect::LoadThread(id(300))));
    // An answer to an older question says nothing any more.
    press(&mut model, "g /");
    typed(&mut model, "x");
    let hits = vec![hit(2, "Ola")];
    update(&mut model, now(), Msg::FoundOnServer { generation, hits });
    assert!(choices(&model).is_empty());
}

#[test]
fn without_a_connection_or_a_word_it_is_not_asked() {
    let mut model = desk(80, 24);
    let later = Timestamp(now().0 + 2 * AFTER_MICROS);
    press(&mut model, "g /");
    typed(&mut model, "i");
    assert!(asked(&update(&mut model, later, Msg::Tick)).is_empty());
    typed(&mut model, "nvoice");
    press(&mut model, "esc");
    assert!(asked(&update(&mut model, later, Msg::Tick)).is_empty());
    model.connection = crate::model::connection::Connection::SignedOut { why: String::new() };
    press(&mut model, "g /");
    typed(&mut model, "invoice");
    assert!(asked(&update(&mut model, later, Msg::Tick)).is_empty());
}
