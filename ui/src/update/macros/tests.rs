use crate::effect::Effect;
use crate::macros::{Macro, Words};
use crate::model::Model;
use crate::model::layer::Layer;
use crate::testing::{desk, id, press, screen, typed};
use frontdesk_inbox::{Command, Guard, Queued};
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::kind::Status;

fn refund() -> Macro {
    Macro {
        name: "refund".to_owned(),
        words: Some(Words::ToCustomer(
            "Hi {first|there}, your refund is on its way.\n{me}".to_owned(),
        )),
        steps: ["tag refund", "assign me", "done"]
            .map(|it| it.parse().unwrap())
            .into(),
    }
}

fn desk_with(macros: Vec<Macro>) -> Model {
    let mut model = desk(80, 24);
    model.macros = macros;
    model
}

fn queued(effects: &[Effect]) -> Vec<Queued> {
    let queued = effects.iter().filter_map(|it| match it {
        Effect::Enqueue(queued) => Some(queued.clone()),
        _ => None,
    });
    queued.flatten().collect()
}

fn replies(queued: &[Queued]) -> Vec<(frontdesk_protocol::id::ConversationId, String)> {
    let replies = queued.iter().filter_map(|it| match &it.command {
        Command::Reply { body, .. } => Some((it.conversation_id, body.clone())),
        _ => None,
    });
    replies.collect()
}

#[test]
fn what_will_happen_is_shown_and_then_happens_in_order() {
    let mut model = desk_with(vec![refund()]);
    press(&mut model, "m");
    insta::assert_snapshot!("macros_80x24", screen(&model));
    assert!(queued(&press(&mut model, "enter")).is_empty());
    insta::assert_snapshot!("macro_preview_80x24", screen(&model));
    let done = queued(&press(&mut model, "enter"));
    let commands: Vec<&Command> = done.iter().map(|it| &it.command).collect();
    // It is the agent's already.
    let [
        Command::Reply { body, guard },
        Command::Tag(_),
        Command::Close,
    ] = commands[..]
    else {
        panic!("{commands:?}");
    };
    assert_eq!(body, "Hi Priya, your refund is on its way.\nAino");
    assert_eq!(*guard, Guard::Seen(EventSeq(4)));
    assert!(done[0].hold_until.is_some(), "it can still be taken back");
    assert_eq!(model.list.selected, Some(id(2)), "and on to the next");
    let row = model.list.find(id(1)).cloned();
    let row = row.or_else(|| model.history.row(id(1)).cloned()).unwrap();
    assert_eq!(row.conversation.status, Status::Closed);
    assert_eq!(row.tags.len(), 1, "all of it is shown");
}

#[test]
fn undo_brings_the_words_back_and_takes_the_rest_back() {
    let mut model = desk_with(vec![refund()]);
    let done = queued(&press(&mut model, "m enter enter"));
    let effects = press(&mut model, "u");
    let ids = done.iter().map(|it| it.id).collect();
    assert!(effects.contains(&Effect::TakeBack(ids)));
    let composer = model.composer.as_ref().unwrap();
    assert!(composer.text().starts_with("Hi Priya, your refund"));
    assert!(model.history.done().is_empty(), "nothing is left to undo");
}

#[test]
fn on_a_selection_each_has_its_own_words_and_all_are_taken_back_at_once() {
    let mut model = desk_with(vec![refund()]);
    press(&mut model, "x x x m enter");
    let shown = screen(&model);
    assert!(
        shown.contains("Reply to 3 customers, 1 by chat, 1 by SMS, 1 by email"),
        "{shown}"
    );
    let done = queued(&press(&mut model, "enter"));
    let said = replies(&done);
    assert_eq!(said.len(), 3);
    assert!(
        said.iter()
            .any(|(to, text)| *to == id(2) && text.starts_with("Hi there,"))
    );
    assert!(
        said.iter()
            .any(|(to, text)| *to == id(3) && text.starts_with("Hi Dana,"))
    );
    let effects = press(&mut model, "u");
    let taken = effects.iter().find_map(|it| match it {
        Effect::TakeBack(ids) => Some(ids.len()),
        _ => None,
    });
    assert_eq!(taken, Some(done.len()));
    assert!(model.composer.is_none() && model.outbox.is_empty());
}

#[test]
fn who_has_nothing_for_a_blank_is_left_out_and_named() {
    let mut greeting = refund();
    greeting.words = Some(Words::ToCustomer("Hi {first}".to_owned()));
    let mut model = desk_with(vec![greeting]);
    press(&mut model, "x x m enter");
    let shown = screen(&model);
    assert!(
        shown.contains("is left out: nothing is known for"),
        "{shown}"
    );
    let done = queued(&press(&mut model, "enter"));
    assert!(
        done.iter().all(|it| it.conversation_id == id(1)),
        "{done:?}"
    );
}

#[test]
fn a_macro_that_names_what_is_not_there_does_nothing_and_says_so() {
    let mut broken = refund();
    broken.steps = vec!["tag nowhere".parse().unwrap()];
    let mut model = desk_with(vec![broken]);
    press(&mut model, "m enter");
    assert!(model.layers.is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "There is no tag \"nowhere\".");
}

#[test]
fn keys_of_their_own_ask_for_a_macro() {
    use crate::keymap::{Keymap, Override, Place, Preset};
    let own = Override {
        context: "desk".to_owned(),
        chord: "ctrl-t".to_owned(),
        action: Some("macro refund".to_owned()),
        place: Place { line: 1, column: 1 },
    };
    let (keymap, problems) = Keymap::build(Preset::Vim, &[own]);
    assert!(problems.is_empty(), "{problems:?}");
    let mut model = desk_with(vec![refund()]);
    model.keymap = keymap;
    press(&mut model, "ctrl-t");
    assert!(matches!(model.layers.last(), Some(Layer::Confirm(_))));
    press(&mut model, "esc m");
    assert!(screen(&model).contains("^t"), "the list names the keys");
}

#[test]
fn a_slash_at_the_beginning_of_a_line_offers_canned_texts() {
    let mut model = desk_with(vec![refund()]);
    press(&mut model, "r");
    typed(&mut model, "/thank");
    press(&mut model, "enter");
    assert_eq!(
        model.composer.as_ref().unwrap().text(),
        "Thank you for writing to us."
    );
    press(&mut model, "enter");
    typed(&mut model, "/refu");
    press(&mut model, "enter");
    let text = model.composer.as_ref().unwrap().text();
    assert!(
        text.ends_with("\nHi Priya, your refund is on its way.\nAino"),
        "{text}"
    );
}

#[test]
fn words_for_colleagues_are_offered_and_put_into_notes_alone() {
    let look = Macro {
        name: "look".to_owned(),
        words: Some(Words::ToColleagues(
            "Please look, they are angry.".to_owned(),
        )),
        steps: Vec::new(),
    };
    let mut model = desk_with(vec![refund(), look]);
    press(&mut model, "r ctrl-x m");
    let shown = screen(&model);
    assert!(
        shown.contains("refund") && !shown.contains("angry"),
        "{shown}"
    );
    press(&mut model, "esc");
    super::by_key(&mut model, "look");
    assert_eq!(model.composer.as_ref().unwrap().text(), "");
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "look has no words for these readers.");
    press(&mut model, "ctrl-x n ctrl-x m");
    let shown = screen(&model);
    assert!(
        !shown.contains("your refund") && shown.contains("angry"),
        "{shown}"
    );
    press(&mut model, "esc");
    super::by_key(&mut model, "look");
    let text = model.composer.as_ref().unwrap().text();
    assert_eq!(text, "Please look, they are angry.");
}

#[test]
fn a_slash_that_meant_itself_loses_no_letter() {
    let mut model = desk_with(Vec::new());
    press(&mut model, "r");
    typed(&mut model, "/etc");
    press(&mut model, "esc");
    typed(&mut model, "/hosts and/or");
    assert_eq!(model.composer.as_ref().unwrap().text(), "/etc/hosts and/or");
}

#[test]
fn a_blank_that_is_left_is_asked_about() {
    let mut model = desk_with(Vec::new());
    press(&mut model, "r");
    typed(&mut model, "Call {phone}");
    press(&mut model, "ctrl-s");
    assert!(screen(&model).contains("A blank is left in it: {phone}."));
}
