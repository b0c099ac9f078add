//! The agent's own words, written otherwise.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::{Assist, OwnText};
use crate::msg::{Msg, WrittenKind};
use crate::testing::{desk, id, press, screen, typed};
use crate::update::update;

fn asks(model: &mut Model) -> Vec<Effect> {
    press(model, "r");
    typed(model, "we sended it");
    press(model, "ctrl-x r");
    press(model, "enter")
}

fn rewritten(model: &mut Model, after: &str) {
    let now = model.now;
    let text = OwnText::Rewritten {
        conversation_id: id(1),
        before: "we sended it".to_owned(),
        after: after.to_owned(),
    };
    update(model, now, Msg::OwnText(Box::new(text)));
}

fn text(model: &Model) -> String {
    model.composer.as_ref().unwrap().text()
}

#[test]
fn both_texts_stand_beside_each_other_and_one_is_taken() {
    let mut model = desk(80, 24);
    let effects = asks(&mut model);
    assert!(effects.iter().any(|it| matches!(
        it,
        Effect::Assist(Assist::Rewrite { text, wish, .. })
            if text == "we sended it" && wish.contains("grammar")
    )));
    rewritten(&mut model, "We sent it.");
    let shown = screen(&model);
    for words in ["Yours", "we sended it", "We sent it.", "keep yours"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    press(&mut model, "esc");
    assert_eq!(text(&model), "we sended it");
    rewritten(&mut model, "We sent it.");
    press(&mut model, "enter");
    assert_eq!(text(&model), "We sent it.");
}

#[test]
fn what_was_written_meanwhile_is_never_replaced() {
    let mut model = desk(80, 24);
    asks(&mut model);
    typed(&mut model, "!");
    rewritten(&mut model, "We sent it.");
    assert!(model.layers.is_empty());
    assert_eq!(text(&model), "we sended it!");
}

#[test]
fn a_hand_over_note_is_begun_and_not_added() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "d h");
    assert_eq!(effects, [Effect::Assist(Assist::HandOver(id(1)))]);
    let now = model.now;
    let note = OwnText::HandOver {
        conversation_id: id(1),
        text: "Asked: a refund".to_owned(),
    };
    update(&mut model, now, Msg::OwnText(Box::new(note)));
    let composer = model.composer.as_ref().unwrap();
    assert_eq!(composer.kind, WrittenKind::Note);
    assert_eq!(composer.text(), "Asked: a refund");
    assert!(composer.has_focus());
}
