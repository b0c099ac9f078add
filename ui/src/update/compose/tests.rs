//! What is written is never lost, and never goes where it should not.

mod streams;

use crate::effect::Effect;
use crate::key::{Code, Key};
use crate::model::composer::Composer;
use crate::model::layer::{Layer, Then};
use crate::model::settings::Enter;
use crate::model::{Model, Pane};
use crate::msg::{Msg, Origin, Typed, WrittenKind};
use crate::testing::{desk, id, now, press};
use crate::update::update;
use frontdesk_protocol::id::{DraftId, EventSeq};
use frontdesk_protocol::time::Timestamp;

fn text(model: &Model) -> String {
    model
        .composer
        .as_ref()
        .map_or_else(String::new, Composer::text)
}

fn type_text(model: &mut Model, text: &str) -> Vec<Effect> {
    text.chars()
        .flat_map(|c| {
            let key = if c == '\n' {
                Key::plain(Code::Enter)
            } else {
                Key::char(c)
            };
            let now = model.now;
            update(model, now, Msg::Key(key))
        })
        .collect()
}

/// A desk on which a reply is being written.
fn replying(text: &str) -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "r");
    type_text(&mut model, text);
    model
}

/// The editor was closed over this text.
fn edit(model: &mut Model, text: Option<&str>) -> Vec<Effect> {
    let edited = Msg::Edited {
        conversation_id: id(1),
        text: text.map(str::to_owned),
    };
    update(model, now(), edited)
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |it| &it.text)
}

fn is_reply_sent(model: &Model) -> bool {
    let mut outbox = model.outbox.iter();
    outbox.any(|it| it.command.is_sent_to_customer())
}

fn later(model: &mut Model, millis: i64) -> Vec<Effect> {
    let now = Timestamp(model.now.0 + millis * 1_000);
    update(model, now, Msg::Tick)
}

fn saved(effects: &[Effect]) -> Vec<&Typed> {
    effects
        .iter()
        .filter_map(|it| match it {
            Effect::SaveText(typed) => Some(typed),
            _ => None,
        })
        .collect()
}

#[test]
fn letters_are_text_and_not_commands() {
    let model = replying("eek q?\n: done");
    assert_eq!(text(&model), "eek q?\n: done");
    assert!(model.outbox.iter().all(|it| it.conversation_id == id(1)));
    assert_eq!(model.open, Some(id(1)));
}

#[test]
fn a_note_and_a_reply_are_two_texts() {
    let mut model = replying("for Priya");
    press(&mut model, "esc c");
    assert_eq!(text(&model), "");
    type_text(&mut model, "for Teemu");
    press(&mut model, "esc r");
    assert_eq!(text(&model), "for Priya");
    press(&mut model, "esc c");
    assert_eq!(text(&model), "for Teemu");
}

#[test]
fn switching_takes_the_text_along_or_goes_to_the_other() {
    let mut model = replying("Hello");
    let effects = press(&mut model, "ctrl-x n");
    assert_eq!(model.composer.as_ref().unwrap().kind, WrittenKind::Note);
    assert_eq!(text(&model), "Hello");
    assert_eq!(saved(&effects)[0].kind, WrittenKind::Note);
    assert!(effects.contains(&Effect::ForgetText {
        conversation_id: id(1),
        kind: WrittenKind::Reply
    }));
    press(&mut model, "esc r");
    type_text(&mut model, "Reply");
    press(&mut model, "ctrl-x n");
    assert_eq!(text(&model), "Hello");
    press(&mut model, "ctrl-x n");
    assert_eq!(text(&model), "Reply");
}

#[test]
fn it_is_saved_half_a_second_after_the_last_key() {
    let mut model = replying("Hel");
    assert!(saved(&later(&mut model, 400)).is_empty());
    type_text(&mut model, "lo");
    assert!(saved(&later(&mut model, 400)).is_empty());
    assert!(model.next_deadline().is_some());
    let effects = later(&mut model, 100);
    assert_eq!(saved(&effects)[0].text, "Hello");
    assert!(saved(&later(&mut model, 5_000)).is_empty());
}

#[test]
fn leaving_saves_at_once_and_coming_back_brings_it_back() {
    let mut model = replying("Hello");
    let effects = press(&mut model, "esc");
    assert_eq!(saved(&effects)[0].text, "Hello");
    press(&mut model, "esc");
    assert_eq!((model.open, model.pane), (None, Pane::List));
    assert!(model.composer.is_none());
    press(&mut model, "j enter");
    assert!(model.composer.is_none());
    press(&mut model, "esc k enter");
    assert_eq!(text(&model), "Hello");
    assert!(!model.composer.as_ref().unwrap().has_focus());
    press(&mut model, "r");
    type_text(&mut model, " again");
    assert_eq!(text(&model), "Hello again");
}

#[test]
fn an_empty_text_closes_when_it_is_left() {
    let mut model = desk(80, 24);
    press(&mut model, "r space esc");
    assert!(model.composer.is_none());
}

#[test]
fn a_text_from_disk_waits_until_it_is_wanted() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "enter");
    assert!(effects.contains(&Effect::LoadText(id(1))));
    let origin = Origin::Draft {
        id: DraftId(uuid::Uuid::from_u128(80)),
        version: 1,
    };
    let typed = Typed {
        conversation_id: id(1),
        kind: WrittenKind::Reply,
        text: "Earlier".to_owned(),
        seen: Some(EventSeq(2)),
        origin,
        files: Vec::new(),
    };
    update(&mut model, now(), Msg::Text(typed.clone()));
    assert_eq!(text(&model), "Earlier");
    let composer = model.composer.as_ref().unwrap();
    assert!(!composer.has_focus());
    assert_eq!((composer.seen, composer.origin), (EventSeq(2), origin));
    assert_eq!(composer.typed(), typed, "it is kept as it was");
    press(&mut model, "e");
    assert_eq!(
        text(&model),
        "",
        "the key was a command, and its conversation is done"
    );

    let mut model = replying("Now");
    update(&mut model, now(), Msg::Text(typed));
    assert_eq!(text(&model), "Earlier\n\nNow");
    let composer = model.composer.as_ref().unwrap();
    assert_eq!((composer.seen, composer.origin), (EventSeq(2), origin));
}

#[test]
fn a_paste_is_one_insertion_without_power() {
    let mut model = replying("");
    update(
        &mut model,
        now(),
        Msg::Paste("one\ntwo \u{1b}]52;c;aGk=\u{7} \u{202e}end".to_owned()),
    );
    let pasted = text(&model);
    assert!(pasted.starts_with("one\ntwo "), "{pasted}");
    assert!(
        !pasted.contains(['\u{1b}', '\u{7}', '\u{202e}']),
        "{pasted:?}"
    );
    assert!(model.outbox.iter().all(|it| it.conversation_id == id(1)));
    press(&mut model, "ctrl-u");
    assert_eq!(text(&model), "", "it goes at once");
}

#[test]
fn a_paste_elsewhere_does_nothing() {
    let mut model = desk(80, 24);
    update(&mut model, now(), Msg::Paste("e e e".to_owned()));
    assert!(model.composer.is_none());
    assert!(said(&model).contains("nothing to paste into"));
}

#[test]
fn discarding_asks_where_much_would_go() {
    let mut model = replying("one two");
    let effects = press(&mut model, "ctrl-x d");
    assert!(model.composer.is_none());
    assert!(matches!(effects.as_slice(), [Effect::ForgetText { .. }]));
    press(&mut model, "r");
    type_text(&mut model, "one two three four five six");
    press(&mut model, "ctrl-x d");
    assert!(model.composer.is_some());
    let Some(Layer::Confirm(confirm)) = model.layers.last() else {
        panic!("it asks");
    };
    assert_eq!(confirm.then, Then::Discard(id(1)));
    press(&mut model, "y");
    assert!(model.composer.is_none() && model.layers.is_empty());
}

#[test]
fn the_editor_gives_the_text_back_to_be_looked_at() {
    let mut model = replying("Hello");
    let effects = press(&mut model, "ctrl-x e");
    assert!(
        effects
            .iter()
            .any(|it| matches!(it, Effect::Edit(typed) if typed.text == "Hello"))
    );
    edit(&mut model, Some("Hello\u{7} there\n\n"));
    assert_eq!(text(&model), "Hello␇ there");
    edit(&mut model, None);
    assert_eq!(text(&model), "Hello␇ there");
    assert!(!is_reply_sent(&model));
}

#[test]
fn an_edited_text_finds_its_conversation() {
    let mut model = replying("Hello");
    press(&mut model, "esc esc j");
    let effects = edit(&mut model, Some("Edited"));
    assert_eq!(saved(&effects)[0].text, "Edited");
    press(&mut model, "k enter");
    assert_eq!(text(&model), "Edited");
}

#[test]
fn the_customer_in_a_chat_is_told_of_typing_now_and_then() {
    let mut model = replying("");
    let told = |effects: &[Effect]| {
        let typing = effects.iter().filter(|it| matches!(it, Effect::Typing(_)));
        typing.count()
    };
    assert_eq!(told(&type_text(&mut model, "Hello there")), 1);
    later(&mut model, 2_000);
    assert_eq!(told(&type_text(&mut model, "!")), 1);
    press(&mut model, "esc c");
    later(&mut model, 3_000);
    assert_eq!(told(&type_text(&mut model, "note")), 0);
}

#[test]
fn a_message_goes_to_one_conversation() {
    let mut model = desk(80, 24);
    press(&mut model, "x x r");
    assert!(model.composer.is_none());
    assert!(said(&model).contains("several are selected"));
}

#[test]
fn enter_may_send_where_that_is_wanted() {
    let mut model = desk(80, 24);
    model.settings.enter = Enter::Sends;
    press(&mut model, "r");
    type_text(&mut model, "Hello");
    press(&mut model, "ctrl-j");
    type_text(&mut model, "you");
    assert_eq!(text(&model), "Hello\nyou");
    press(&mut model, "enter");
    assert!(model.composer.is_none());
    press(&mut model, "c");
    type_text(&mut model, "note\nmore");
    assert_eq!(text(&model), "note\nmore", "a note has lines");
}
