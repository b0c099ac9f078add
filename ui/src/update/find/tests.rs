use crate::model::Model;
use crate::model::thread::Hit;
use crate::testing::{desk, message, press, roles, screen, typed};

/// The message on which the search stands.
fn on(model: &Model) -> Option<i64> {
    let Some(Hit::Shown(here)) = model.threads.hit else {
        return None;
    };
    (1..=4).find(|seq| message(1, *seq, "customer", 1, "").id == here)
}

fn said(model: &Model) -> &str {
    let toast = model.toasts.shown.as_ref();
    toast.map_or("", |toast| toast.text.as_str())
}

#[test]
fn words_are_found_in_the_thread_from_the_newest_on() {
    let mut model = desk(80, 24);
    press(&mut model, "enter /");
    typed(&mut model, "the");
    assert_eq!(on(&model), Some(2), "the newest that has the word");
    press(&mut model, "ctrl-u");
    typed(&mut model, "PAYMENTS");
    assert_eq!(on(&model), Some(2));
    press(&mut model, "ctrl-u");
    typed(&mut model, "i");
    press(&mut model, "enter");
    assert_eq!(on(&model), Some(4));
    assert_eq!(said(&model), "“i”: message 4 of 4.");
    press(&mut model, "n");
    assert_eq!(on(&model), Some(1), "around the end to the first");
    press(&mut model, "N N");
    assert_eq!(on(&model), Some(3));
}

#[test]
fn what_is_nowhere_is_said_and_escape_forgets_it() {
    let mut model = desk(80, 24);
    press(&mut model, "enter /");
    typed(&mut model, "zirconium");
    press(&mut model, "enter");
    assert_eq!(said(&model), "No message here has “zirconium”.");
    press(&mut model, "/ esc");
    assert!(model.threads.find.needles.is_empty() && model.threads.hit.is_none());
}

#[test]
fn what_is_found_stands_out() {
    let mut model = desk(80, 24);
    press(&mut model, "enter /");
    typed(&mut model, "refund");
    insta::assert_snapshot!("finding_80x24", screen(&model));
    press(&mut model, "ctrl-u");
    typed(&mut model, "again");
    insta::assert_snapshot!("finding_80x24_roles", roles(&model));
}

#[test]
fn in_the_list_the_line_narrows_as_before() {
    let mut model = desk(80, 24);
    press(&mut model, "/");
    typed(&mut model, "dana");
    assert_eq!(model.list.narrowed.as_deref(), Some("dana"));
}
