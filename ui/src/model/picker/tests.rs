//! What is found by which letters.

use super::*;
use proptest::prelude::*;

fn item(label: &str, detail: &str) -> Item {
    Item::new(label, Choice::Nothing).with_detail(detail)
}

fn picker() -> Picker {
    let items = vec![
        item("snooze…", "s"),
        item("go to snoozed", "gz"),
        item("done (close), next", "e"),
        item("search everything…", "g/"),
        item("half a page down", "^d"),
    ];
    Picker::new(Purpose::Palette, "Commands", items)
}

fn labels(picker: &Picker) -> Vec<&str> {
    let labels = picker.fitting.iter();
    labels.map(|it| picker.items[*it].label.as_str()).collect()
}

fn typed(text: &str) -> Picker {
    let mut picker = picker();
    picker.field.insert(text);
    picker.fit();
    picker
}

#[test]
fn nothing_typed_keeps_the_given_order() {
    assert_eq!(labels(&picker()).len(), 5);
    assert_eq!(typed("").fitting, [0, 1, 2, 3, 4]);
    assert_eq!(typed("  ").fitting, [0, 1, 2, 3, 4]);
}

#[test]
fn letters_may_be_left_out() {
    assert_eq!(labels(&typed("snz"))[0], "snooze…");
    assert_eq!(labels(&typed("everything")), ["search everything…"]);
    assert!(typed("qqq").chosen().is_none());
}

#[test]
fn it_is_found_by_its_keys() {
    assert_eq!(labels(&typed("g z"))[0], "go to snoozed");
    assert_eq!(labels(&typed("gz"))[0], "go to snoozed");
    assert_eq!(labels(&typed("^d"))[0], "half a page down");
    assert_eq!(labels(&typed("e"))[0], "done (close), next");
}

#[test]
fn of_two_that_fit_alike_the_one_that_can_be_chosen_is_first() {
    let mut picker = Picker::new(Purpose::Palette, "", vec![item("tag", ""), item("tag", "")]);
    picker.items[0].unavailable = Some("not here".into());
    picker.field.insert("tag");
    picker.fit();
    assert_eq!(picker.fitting, [1, 0]);
}

#[test]
fn help_keeps_its_order() {
    let mut picker = Picker::new(Purpose::Help, "Keys", picker().items);
    picker.field.insert("s e");
    picker.fit();
    assert!(picker.is_in_given_order());
}

#[test]
fn words_from_outside_are_cleaned() {
    let item = Item::new("a\u{1b}[31mb", Choice::Nothing);
    assert!(!item.label.contains('\u{1b}'));
}

proptest! {
    #[test]
    fn nothing_breaks_it(text in "\\PC{0,20}", steps in proptest::collection::vec(-30_isize..30, 0..8)) {
        let mut picker = typed(&text);
        for by in steps {
            picker.step(by);
            prop_assert_eq!(picker.chosen().is_some(), !picker.fitting.is_empty());
        }
    }
}
