//! A draft that comes word by word.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::Assist;
use crate::msg::{Msg, Origin};
use crate::testing::{desk, id, message, now, press, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::Command;
use frontdesk_protocol::draft_text::{DraftText, Writing};
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::id::DraftId;
use uuid::Uuid;

fn tell(model: &mut Model, state: Writing, text: &str) {
    let told = DraftText {
        conversation_id: id(1),
        draft_id: None,
        state,
        text: text.to_owned(),
        why: (state == Writing::Broken).then(|| "The model's answer broke off.".to_owned()),
    };
    let now = model.now;
    update(model, now, Msg::DraftText(told));
}

fn without_draft() -> Model {
    let mut model = desk(80, 24);
    let mut it = thread();
    it.draft = None;
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    press(&mut model, "enter");
    model
}

fn written(body: &str) -> Draft {
    Draft {
        id: DraftId(Uuid::from_u128(81)),
        body: Some(body.to_owned()),
        ..thread().draft.unwrap()
    }
}

fn arrives(model: &mut Model, draft: Draft) {
    let mut it = thread();
    it.draft = Some(draft);
    let now = model.now;
    update(model, now, Msg::Thread(Box::new(it)));
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |toast| &toast.text)
}

#[test]
fn the_words_stand_where_the_reply_will_be() {
    let mut model = without_draft();
    tell(&mut model, Writing::Going, "Hi Priya, the second");
    assert!(screen(&model).contains("A draft is being written"));
    assert!(screen(&model).contains("Hi Priya, the second"));
    assert!(!screen(&model).contains("approve & send"));
    tell(
        &mut model,
        Writing::Going,
        "Hi Priya, the second one is a duplicate.",
    );
    assert!(screen(&model).contains("one is a duplicate."));
    tell(
        &mut model,
        Writing::Done,
        "Hi Priya, the second one is a duplicate.",
    );
    arrives(
        &mut model,
        written("Hi Priya, the second one is a duplicate."),
    );
    assert!(screen(&model).contains("approve & send"));
    assert!(!screen(&model).contains("being written"));
}

#[test]
fn one_that_breaks_off_says_so() {
    let mut model = without_draft();
    press(&mut model, "d d");
    tell(&mut model, Writing::Going, "Hi Pri");
    tell(&mut model, Writing::Broken, "");
    assert_eq!(
        said(&model),
        "There is no draft: The model's answer broke off."
    );
    assert!(screen(&model).contains("No draft: The model's answer broke off."));
    let mut it = thread();
    it.draft = None;
    it.messages.push(message(1, 5, "customer", 0, "Hello?"));
    update(&mut model, now(), Msg::Thread(Box::new(it)));
    assert!(!screen(&model).contains("No draft"));
}

#[test]
fn it_is_edited_while_it_comes_and_approved_as_edited() {
    let mut model = without_draft();
    tell(&mut model, Writing::Going, "The second one");
    press(&mut model, "d e");
    assert!(screen(&model).contains("You are editing it below"));
    typed(&mut model, " (Aino)");
    tell(&mut model, Writing::Going, "The second one is a");
    press(&mut model, "ctrl-s");
    assert!(said(&model).contains("It is stopped"), "{}", said(&model));
    tell(&mut model, Writing::Done, "The second one is a duplicate.");
    let text = |model: &Model| model.composer.as_ref().unwrap().text();
    assert_eq!(text(&model), "The second one is a duplicate. (Aino)");
    arrives(&mut model, written("The second one is a duplicate."));
    assert_eq!(text(&model), "The second one is a duplicate. (Aino)");
    let origin = model.composer.as_ref().unwrap().origin;
    assert!(matches!(origin, Origin::Draft { id, .. } if id == DraftId(Uuid::from_u128(81))));
    let sent = press(&mut model, "ctrl-s")
        .into_iter()
        .find_map(|it| match it {
            Effect::Enqueue(mut queued) => queued.pop(),
            _ => None,
        });
    let Some(Command::ApproveDraft { edited, .. }) = sent.map(|it| it.command) else {
        panic!("it is approved")
    };
    assert_eq!(
        edited.as_deref(),
        Some("The second one is a duplicate. (Aino)")
    );
}

#[test]
fn what_was_edited_is_kept_when_it_breaks_off() {
    let mut model = without_draft();
    tell(&mut model, Writing::Going, "The second one");
    press(&mut model, "d e");
    tell(&mut model, Writing::Broken, "");
    assert!(said(&model).contains("What you have is yours"));
    let composer = model.composer.as_ref().unwrap();
    assert_eq!(composer.text(), "The second one");
    assert_eq!(composer.origin, Origin::Fresh);
    tell(&mut model, Writing::Going, "Something else");
    assert_eq!(model.composer.as_ref().unwrap().text(), "The second one");
}

#[test]
fn it_goes_on_in_a_text_that_was_put_aside() {
    let mut model = without_draft();
    tell(&mut model, Writing::Going, "The second one");
    press(&mut model, "d e");
    typed(&mut model, "!");
    press(&mut model, "esc J");
    tell(&mut model, Writing::Going, "The second one is");
    press(&mut model, "K");
    assert_eq!(
        model.composer.as_ref().unwrap().text(),
        "The second one is!"
    );
}

#[test]
fn it_is_stopped_by_a_key() {
    let stopped = [Effect::Assist(Assist::Stop(id(1)))];
    for keys in ["d c", "d x"] {
        let mut model = without_draft();
        assert!(press(&mut model, "d c").is_empty());
        tell(&mut model, Writing::Going, "The second one");
        assert_eq!(press(&mut model, keys), stopped);
        assert!(model.layers.is_empty());
    }
}
