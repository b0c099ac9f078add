use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::testing::{desk, press, screen, typed};
use frontdesk_inbox::Command;

fn commands(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    queued.flatten().map(|it| it.command.clone()).collect()
}

fn forwarded(model: &mut Model) -> Vec<Effect> {
    press(model, "F");
    typed(model, "parts@maker.example");
    press(model, "enter");
    typed(model, "Is it in stock?");
    press(model, "enter");
    press(model, "y")
}

#[test]
fn it_goes_to_the_address_with_the_words_and_can_be_taken_back() {
    let mut model = desk(80, 24);
    let effects = forwarded(&mut model);
    let sent = Command::Forward {
        to: "parts@maker.example".to_owned(),
        body: "Is it in stock?".to_owned(),
    };
    assert_eq!(commands(&effects), [sent]);
    assert!(model.outbox.last().unwrap().hold_until.is_some());
    assert!(screen(&model).contains("to parts@maker.example in "));
    let effects = press(&mut model, "u");
    assert!(matches!(&effects[..], [Effect::TakeBack(ids)] if ids.len() == 1));
    let Some(Layer::Picker(front)) = model.layers.last() else {
        panic!("the words come back");
    };
    assert_eq!(front.field.text(), "Is it in stock?");
}

#[test]
fn what_leaves_is_said_before_and_no_means_no() {
    let mut model = desk(80, 24);
    press(&mut model, "F");
    typed(&mut model, "no address");
    assert!(press(&mut model, "enter").is_empty());
    press(&mut model, "ctrl-u");
    typed(&mut model, "parts@maker.example");
    press(&mut model, "enter enter");
    insta::assert_snapshot!("question_80x24", screen(&model));
    press(&mut model, "n");
    assert!(model.layers.is_empty());
    assert!(!model.outbox.iter().any(|it| it.command.goes_out()));
}
