//! Deciding on what an AI proposed.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::layer::Layer;
use crate::msg::{Msg, Origin};
use crate::testing::{desk, id, message, now, press, thread};
use crate::update::update;
use frontdesk_inbox::{Command, Guard, Queued, Quoting};
use frontdesk_protocol::entity::Raw;
use frontdesk_protocol::id::{DraftId, EventSeq};
use frontdesk_protocol::kind::DraftState;
use uuid::Uuid;

fn queued(effects: &[Effect]) -> Vec<Queued> {
    effects
        .iter()
        .flat_map(|it| match it {
            Effect::Enqueue(queued) => queued.clone(),
            _ => Vec::new(),
        })
        .collect()
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |toast| &toast.text)
}

#[test]
fn approving_sends_it_with_a_hold() {
    for keys in ["A", "d a", "enter A"] {
        let mut model = desk(80, 24);
        let effects = press(&mut model, keys);
        let sent = queued(&effects).pop().unwrap();
        assert_eq!(
            sent.command,
            Command::ApproveDraft {
                draft: DraftId(Uuid::from_u128(80)),
                version: 1,
                edited: None,
                guard: Guard::Seen(EventSeq(4)),
                quoting: Quoting::Public,
            }
        );
        assert_eq!(sent.hold_until, Some(now().plus_seconds(3)));
    }
}

#[test]
fn a_stale_draft_is_not_sent() {
    let mut model = desk(80, 24);
    let mut it = thread();
    it.messages
        .push(message(1, 5, "customer", 0, "It works now."));
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    assert!(queued(&press(&mut model, "A")).is_empty());
    assert_eq!(
        said(&model),
        "The draft is stale: Priya Raman wrote again. de edits it."
    );

    let mut it = thread();
    it.messages.push(message(1, 5, "2", 0, "I have done it."));
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    assert!(queued(&press(&mut model, "A")).is_empty());
    assert!(said(&model).contains("Teemu answered meanwhile"));

    let mut it = thread();
    it.messages.push(message(1, 5, "2", 0, "note: I am on it."));
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    assert_eq!(
        queued(&press(&mut model, "A")).len(),
        1,
        "a note changes nothing for the customer"
    );
}

#[test]
fn only_what_is_ready_is_sent() {
    for (state, words) in [
        (DraftState::Generating, "still being written"),
        (
            DraftState::Stale,
            "The draft is stale: something changed since.",
        ),
        (DraftState::Failed, "no draft to approve"),
    ] {
        let mut model = desk(80, 24);
        let mut it = thread();
        it.draft.as_mut().unwrap().state = state;
        update(&mut model, now(), Msg::Thread(Box::new(it)));
        assert!(queued(&press(&mut model, "A")).is_empty());
        assert!(said(&model).contains(words), "{}", said(&model));
    }
}

/// A desk whose draft rests on a text that is for the company only.
fn internal_desk() -> Model {
    let mut model = desk(80, 24);
    let mut it = thread();
    it.draft.as_mut().unwrap().sources = Some(internal_source());
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    model
}

fn internal_source() -> Raw {
    serde_json::from_str(
        r#"[{"n":1,"kind":"knowledge","id":"k","title":"Limits of refunds","internal":true}]"#,
    )
    .unwrap()
}

fn quoting(effects: &[Effect]) -> Option<Quoting> {
    match queued(effects).pop()?.command {
        Command::ApproveDraft { quoting, .. } => Some(quoting),
        _ => None,
    }
}

#[test]
fn what_is_for_the_company_only_is_asked_about_before_it_is_sent() {
    let mut model = internal_desk();
    assert!(queued(&press(&mut model, "A")).is_empty());
    let Some(Layer::Confirm(asked)) = model.layers.last() else {
        panic!("{:?}", model.layers);
    };
    let words = "It rests on “Limits of refunds”, which is for the company only.";
    assert_eq!(asked.warnings, [words]);
    assert!(queued(&press(&mut model, "n A")).is_empty());
    assert_eq!(quoting(&press(&mut model, "y")), Some(Quoting::Internal));

    let mut model = internal_desk();
    press(&mut model, "d e ctrl-e !");
    assert!(queued(&press(&mut model, "ctrl-s")).is_empty());
    assert_eq!(quoting(&press(&mut model, "y")), Some(Quoting::Internal));
}

#[test]
fn a_yes_is_for_the_draft_that_was_asked_about() {
    let mut model = internal_desk();
    press(&mut model, "A");
    let mut it = thread();
    let draft = it.draft.as_mut().unwrap();
    (draft.version, draft.sources) = (2, Some(internal_source()));
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    assert!(queued(&press(&mut model, "y")).is_empty());
    assert!(
        said(&model).contains("changed meanwhile"),
        "{}",
        said(&model)
    );

    let mut model = internal_desk();
    press(&mut model, "A");
    let mut it = thread();
    it.draft.as_mut().unwrap().sources = Some(internal_source());
    it.messages
        .push(message(1, 5, "customer", 0, "It works now."));
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    assert!(queued(&press(&mut model, "y")).is_empty());
    assert!(said(&model).contains("stale"), "{}", said(&model));
}

#[test]
fn nothing_is_approved_that_has_not_been_fetched() {
    let mut model = desk(80, 24);
    assert!(queued(&press(&mut model, "j A")).is_empty());
    assert!(said(&model).contains("being fetched"));
}

#[test]
fn an_edited_draft_is_approved_with_the_changes() {
    let mut model = desk(80, 24);
    press(&mut model, "d e");
    let composer = model.composer.as_ref().unwrap();
    assert!(matches!(composer.origin, Origin::Draft { version: 1, .. }));
    assert!(
        composer
            .text()
            .starts_with("Hi Priya, I can see two charges")
    );
    press(&mut model, "ctrl-e ! esc esc enter r");
    assert!(
        matches!(
            model.composer.as_ref().unwrap().origin,
            Origin::Draft { .. }
        ),
        "it stays one"
    );
    let sent = queued(&press(&mut model, "ctrl-s")).pop().unwrap();
    let Command::ApproveDraft {
        edited: Some(text), ..
    } = sent.command
    else {
        panic!("{sent:?}");
    };
    assert!(text.ends_with("3-5 working days.!"));
    press(&mut model, "u");
    assert!(
        matches!(
            model.composer.as_ref().unwrap().origin,
            Origin::Draft { .. }
        ),
        "also taken back"
    );
}

#[test]
fn a_draft_does_not_push_out_a_text() {
    let mut model = desk(80, 24);
    press(&mut model, "r M i n e esc d e");
    assert_eq!(
        model.composer.as_ref().map(Composer::text).as_deref(),
        Some("Mine")
    );
    press(&mut model, "esc esc d e");
    assert_eq!(
        model.composer.as_ref().map(Composer::text).as_deref(),
        Some("Mine")
    );
}

#[test]
fn the_next_draft_is_found_around_the_end() {
    let mut model = desk(80, 24);
    press(&mut model, "d n");
    assert_eq!(model.list.selected, Some(id(2)));
    press(&mut model, "d n d n");
    assert_eq!(model.list.selected, Some(id(5)));
    press(&mut model, "enter d n");
    assert_eq!(
        (model.list.selected, model.open),
        (Some(id(9)), Some(id(9)))
    );
    press(&mut model, "d n");
    assert_eq!(model.open, Some(id(1)));
}
