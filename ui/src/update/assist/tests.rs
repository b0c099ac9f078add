//! What an AI is asked for.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::{Assist, Prompt};
use crate::msg::Msg;
use crate::testing::{desk, id, now, press, screen, thread, typed};
use crate::update::update;
use frontdesk_protocol::entity::{Draft, Raw};

fn asked(effects: &[Effect]) -> Vec<Assist> {
    let asked = effects.iter().filter_map(|it| match it {
        Effect::Assist(assist) => Some(assist.clone()),
        _ => None,
    });
    asked.collect()
}

fn draft(wish: Option<&str>) -> Assist {
    Assist::Draft {
        conversation_id: id(1),
        wish: wish.map(ToOwned::to_owned),
    }
}

/// The desk with a draft that names two sources.
fn grounded() -> Model {
    let mut model = desk(80, 24);
    let mut it = thread();
    let sources = serde_json::json!([
        { "n": 1, "kind": "canned_response", "id": uuid::Uuid::from_u128(70), "title": "thanks" },
        { "n": 2, "kind": "business_context", "id": "", "title": "What the company says about itself" },
    ]);
    it.draft = it.draft.map(|it| Draft {
        sources: Raw::parse(sources.to_string()),
        hint: Some("Write it shorter.".to_owned()),
        ..it
    });
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    press(&mut model, "enter");
    model
}

#[test]
fn a_draft_is_asked_for_and_wished_for_otherwise() {
    let mut model = desk(80, 24);
    assert_eq!(asked(&press(&mut model, "d d")), [draft(None)]);
    press(&mut model, "d r");
    typed(&mut model, "shor");
    let effects = press(&mut model, "enter");
    assert_eq!(asked(&effects), [draft(Some("Write it shorter."))]);
    press(&mut model, "d r");
    typed(&mut model, "name the invoice");
    assert!(screen(&model).contains("your words"));
    let effects = press(&mut model, "enter");
    assert_eq!(asked(&effects), [draft(Some("name the invoice"))]);
}

#[test]
fn sources_stand_under_the_draft_and_are_opened_by_a_key() {
    let mut model = grounded();
    assert!(screen(&model).contains("1  thanks · canned reply"));
    assert!(screen(&model).contains("sources"));
    press(&mut model, "d s enter");
    assert!(screen(&model).contains("Thank you for writing to us."));
    press(&mut model, "esc d s ctrl-n enter");
    assert!(screen(&model).contains("under business context"));
}

#[test]
fn why_there_is_this_draft_is_told() {
    let mut model = grounded();
    press(&mut model, "d w");
    let shown = screen(&model);
    for words in [
        "Priya Raman: It just happened again",
        "gpt wrote it.",
        "Write it shorter.",
        "1  thanks (canned reply)",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn what_a_model_is_told_is_shown_word_for_word() {
    let mut model = desk(80, 24);
    assert_eq!(asked(&press(&mut model, "d p")), [Assist::Prompt(id(1))]);
    let prompt = |messages: &[(&str, &str)]| {
        let messages = messages.iter();
        Msg::Prompt(Box::new(Prompt {
            model: "gpt-4o-mini".to_owned(),
            messages: messages
                .map(|(role, text)| ((*role).to_owned(), (*text).to_owned()))
                .collect(),
            hash: None,
        }))
    };
    let told = prompt(&[("system", "Draft a reply."), ("user", "[{\"from\":1}]")]);
    update(&mut model, now(), told);
    for words in [
        "What gpt-4o-mini is told",
        "Draft a reply.",
        "[{\"from\":1}]",
    ] {
        assert!(screen(&model).contains(words), "{words}");
    }
    press(&mut model, "esc");
    update(&mut model, now(), prompt(&[]));
    assert!(screen(&model).contains("calls nobody"));
}
