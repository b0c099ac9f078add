//! What goes out, when, and with what knowledge.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::layer::Layer;
use crate::msg::{Msg, WrittenKind};
use crate::testing::{customer, desk, id, message, now, press, thread};
use crate::update::update;
use frontdesk_inbox::{Command, Guard, Queued, Snooze};
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::time::Timestamp;

fn write(model: &mut Model, keys: &str, text: &str) {
    press(model, keys);
    let now = model.now;
    update(model, now, Msg::Paste(text.to_owned()));
}

fn queued(effects: &[Effect]) -> Vec<Queued> {
    effects
        .iter()
        .flat_map(|it| match it {
            Effect::Enqueue(queued) => queued.clone(),
            _ => Vec::new(),
        })
        .collect()
}

fn wait(model: &mut Model, seconds: i64) {
    let now = model.now.plus_seconds(seconds);
    update(model, now, Msg::Tick);
}

fn warnings(model: &Model) -> Vec<String> {
    match model.layers.last() {
        Some(Layer::Confirm(confirm)) => confirm.warnings.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn a_reply_is_held_as_long_as_its_channel_wants() {
    let mut model = desk(80, 24);
    wait(&mut model, 3);
    write(&mut model, "r", "Hello there\n\n");
    let effects = press(&mut model, "ctrl-s");
    let sent = queued(&effects);
    let [reply] = sent.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(reply.hold_until, Some(model.now.plus_seconds(3)), "chat");
    let guard = Guard::Seen(EventSeq(4));
    assert_eq!(
        reply.command,
        Command::Reply {
            body: "Hello there".to_owned(),
            guard
        }
    );
    assert!(
        effects
            .iter()
            .any(|it| matches!(it, Effect::ForgetText { .. }))
    );
    assert!(model.composer.is_none());
    assert!(model.outbox.contains(reply));
}

#[test]
fn a_note_goes_at_once() {
    let mut model = desk(80, 24);
    write(&mut model, "c", "Attached is nothing, dear Dana");
    let effects = press(&mut model, "ctrl-s");
    let sent = queued(&effects);
    assert_eq!(sent[0].hold_until, None);
    assert!(matches!(&sent[0].command, Command::Note { body } if body.starts_with("Attached")));
}

#[test]
fn nothing_is_not_sent() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "r space enter ctrl-s");
    assert!(
        queued(&effects)
            .iter()
            .all(|it| it.command == Command::Read)
    );
    assert!(model.composer.is_some());
}

#[test]
fn sending_and_closing_moves_on() {
    let mut model = desk(80, 24);
    write(&mut model, "r", "All done.");
    let sent = queued(&press(&mut model, "ctrl-x s"));
    assert!(matches!(sent[0].command, Command::Reply { .. }));
    assert_eq!(sent[1].command, Command::Close);
    assert_eq!(sent[0].made_at, sent[1].made_at);
    assert_eq!(model.open, Some(id(2)));
    write(&mut model, "r", "Please tell us more.");
    let sent = queued(&press(&mut model, "ctrl-x z"));
    assert_eq!(sent[1].command, Command::Snooze(Snooze::until_reply()));
}

#[test]
fn undo_brings_the_words_back_and_takes_back_what_followed() {
    let mut model = desk(80, 24);
    write(&mut model, "r", "All done.");
    wait(&mut model, 1);
    press(&mut model, "ctrl-x s");
    let effects = press(&mut model, "u");
    assert!(
        effects
            .iter()
            .any(|it| matches!(it, Effect::TakeBack(ids) if ids.len() == 2))
    );
    assert_eq!(model.open, Some(id(1)));
    assert_eq!(
        model.composer.as_ref().map(Composer::text).as_deref(),
        Some("All done.")
    );
    assert!(model.composer.as_ref().unwrap().has_focus());
    assert!(
        model.history.done().is_empty(),
        "closing is nothing to undo any more"
    );
}

#[test]
fn words_taken_back_do_not_push_out_newer_ones() {
    let mut model = desk(80, 24);
    write(&mut model, "r", "First");
    press(&mut model, "ctrl-s");
    write(&mut model, "r", "Second");
    press(&mut model, "esc u");
    let text = model.composer.as_ref().map(Composer::text);
    assert_eq!(text.as_deref(), Some("First\n\nSecond"));
}

#[test]
fn what_looks_wrong_is_asked_about() {
    let table = [
        ("Hello Priya, see the attached file.", "“attached”"),
        (
            "Hi Dana,\n\nit is done.",
            "It greets Dana, and this is Priya Raman.",
        ),
        ("Bonjour Claire, c'est fait.", "It greets Claire"),
    ];
    for (text, words) in table {
        let mut model = desk(80, 24);
        write(&mut model, "r", text);
        let effects = press(&mut model, "ctrl-s");
        assert!(queued(&effects).is_empty(), "{text}");
        let warnings = warnings(&model);
        assert!(warnings.iter().any(|it| it.contains(words)), "{warnings:?}");
        assert_eq!(queued(&press(&mut model, "y")).len(), 1, "yes is yes");
        assert!(model.layers.is_empty() && model.composer.is_none());
    }
}

#[test]
fn what_looks_right_is_not_asked_about() {
    for text in [
        "Hello Priya,\n\nit is done.",
        "Hi there, all good.",
        "Hi, Priya here is what you need.",
        "Dear Ms Raman, thank you.",
        "hello again",
        "We will look.\n> I attached it",
    ] {
        let mut model = desk(80, 24);
        write(&mut model, "r", text);
        assert_eq!(
            queued(&press(&mut model, "ctrl-s")).len(),
            1,
            "{text}: {:?}",
            warnings(&model)
        );
    }
}

fn customer_writes(model: &mut Model, at: Timestamp) {
    let mut thread = thread();
    thread
        .messages
        .push(message(1, 5, "customer", 0, "It works now, thanks!"));
    thread.row.conversation.last_message_seq = EventSeq(5);
    update(model, at, Msg::Thread(Box::new(thread)));
}

#[test]
fn what_came_in_just_before_sending_is_shown_first() {
    let mut model = desk(80, 24);
    wait(&mut model, 3);
    write(&mut model, "r", "Please try again.");
    let at = model.now;
    customer_writes(&mut model, at);
    wait(&mut model, 1);
    assert!(queued(&press(&mut model, "ctrl-s")).is_empty());
    assert!(warnings(&model)[0].contains("wrote while you were writing: It works now"));
    let sent = queued(&press(&mut model, "y"));
    let Command::Reply { guard, .. } = sent[0].command else {
        panic!("{sent:?}");
    };
    assert_eq!(guard, Guard::Seen(EventSeq(5)), "the question told of it");
}

#[test]
fn what_was_on_the_screen_for_a_while_has_been_seen() {
    let mut model = desk(80, 24);
    write(&mut model, "r", "Please try");
    let at = now();
    customer_writes(&mut model, at);
    wait(&mut model, 4);
    let sent = queued(&press(&mut model, "ctrl-s"));
    assert!(matches!(
        sent[0].command,
        Command::Reply {
            guard: Guard::Seen(EventSeq(5)),
            ..
        }
    ));
}

#[test]
fn what_stands_below_the_screen_has_not_been_seen() {
    let mut model = desk(80, 24);
    wait(&mut model, 3);
    press(&mut model, "enter g g");
    write(&mut model, "r", "Please try");
    let at = model.now;
    customer_writes(&mut model, at);
    assert_eq!(model.threads.fresh, 1);
    wait(&mut model, 60);
    press(&mut model, "x");
    assert!(queued(&press(&mut model, "ctrl-s")).is_empty());
    assert_eq!(warnings(&model).len(), 1);
}

#[test]
fn the_reply_to_one_customer_never_goes_to_another() {
    let mut model = desk(80, 24);
    write(&mut model, "r", "For Priya");
    press(&mut model, "esc esc j");
    assert!(model.composer.is_none());
    write(&mut model, "r", "For the other");
    let sent = queued(&press(&mut model, "ctrl-s"));
    assert_eq!(sent[0].conversation_id, id(2));
    assert!(matches!(&sent[0].command, Command::Reply { body, .. } if body == "For the other"));
    assert!(model.aside.get(id(1), WrittenKind::Reply).is_some());
}

#[test]
fn what_comes_in_while_the_question_is_open_still_holds_the_reply() {
    let mut model = desk(80, 24);
    wait(&mut model, 3);
    write(&mut model, "r", "See the attached file.");
    press(&mut model, "ctrl-s");
    let at = model.now;
    customer_writes(&mut model, at);
    let sent = queued(&press(&mut model, "y"));
    assert!(matches!(
        sent[0].command,
        Command::Reply {
            guard: Guard::Seen(EventSeq(4)),
            ..
        }
    ));
}

#[test]
fn the_agents_own_words_are_no_news() {
    let mut model = desk(80, 24);
    wait(&mut model, 3);
    write(&mut model, "r", "And one more thing.");
    let mut it = thread();
    it.messages.push(message(1, 5, "1", 0, "Thank you."));
    it.row.conversation.last_message_seq = EventSeq(5);
    let at = model.now;
    update(&mut model, at, Msg::Thread(Box::new(it)));
    assert_eq!(queued(&press(&mut model, "ctrl-s")).len(), 1);
}

/// What is asked before a reply by this line goes out.
fn asked_by(source: &str, line: &serde_json::Value) -> Vec<String> {
    let mut model = desk(80, 24);
    let mut it = thread();
    it.row.conversation.source = source.parse().unwrap();
    let mut known = customer();
    known["lines"] = serde_json::json!([line]);
    known["lines"][0]["conversation_id"] = serde_json::json!(it.id());
    it.customer = Some(serde_json::from_value(known).unwrap());
    let at = model.now;
    update(&mut model, at, Msg::Thread(Box::new(it)));
    write(&mut model, "r", "It is on its way.");
    press(&mut model, "ctrl-s");
    warnings(&model)
}

#[test]
fn what_would_not_reach_the_customer_is_asked_about() {
    let line = |stopped: Option<&str>, open: Option<&str>| serde_json::json!({ "ours": "+1", "theirs": "+2", "stopped_at": stopped, "open_until": open });
    let (past, to_come) = (Some("2020-11-25T14:31:00Z"), Some("2099-11-25T14:31:00Z"));
    let stopped = "The customer wrote STOP: it does not go out before they write START.";
    assert_eq!(asked_by("sms", &line(past, None)), [stopped]);
    assert_eq!(asked_by("whatsapp", &line(past, to_come)), [stopped]);
    let closed = "24 hours have passed since they wrote: WhatsApp lets only a template out.";
    assert_eq!(asked_by("whatsapp", &line(None, past)), [closed]);
    assert!(asked_by("whatsapp", &line(None, to_come)).is_empty());
    assert!(asked_by("sms", &line(None, None)).is_empty());
}
