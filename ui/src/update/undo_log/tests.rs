use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::testing::{desk, id, press, screen, typed};
use frontdesk_inbox::Command;

fn commands(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    queued.flatten().map(|it| it.command.clone()).collect()
}

fn labels(model: &Model) -> Vec<&str> {
    match model.layers.last() {
        Some(Layer::Picker(front)) => front.items.iter().map(|it| it.label.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_further_back_is_taken_back_alone() {
    let mut model = desk(80, 24);
    press(&mut model, "j i j p j #");
    press(&mut model, "g U");
    assert_eq!(
        labels(&model),
        [
            "1 conversation marked as spam",
            "1 conversation marked priority",
            "1 conversation assigned to you"
        ]
    );
    insta::assert_snapshot!("log_80x24", screen(&model));
    typed(&mut model, "priority");
    let effects = press(&mut model, "enter");
    let normal = frontdesk_protocol::kind::Priority::Normal;
    assert_eq!(commands(&effects), [Command::Priority(normal)]);
    assert_eq!(model.history.done.len(), 2);
    assert_eq!(model.history.undone.len(), 1);
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "Undone: 1 conversation marked priority");
    // It is done again from where it was taken back.
    let effects = press(&mut model, "ctrl-r");
    let high = frontdesk_protocol::kind::Priority::High;
    assert_eq!(commands(&effects), [Command::Priority(high)]);
}

#[test]
fn what_was_changed_since_stays() {
    let mut model = desk(80, 24);
    press(&mut model, "j i I");
    press(&mut model, "g U down");
    assert!(commands(&press(&mut model, "enter")).is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "All of it was changed since, and stays as it is.");
    assert_eq!(model.history.done.len(), 2);
    let row = model.list.find(id(2)).unwrap();
    assert_eq!(row.conversation.assignee_id, None);
}

#[test]
fn of_several_those_that_were_changed_since_stay() {
    let mut model = desk(80, 24);
    press(&mut model, "j x x p X k k p");
    press(&mut model, "g U down");
    let effects = press(&mut model, "enter");
    assert_eq!(commands(&effects).len(), 1);
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(
        said.ends_with("1 of 2 were changed since and stay."),
        "{said}"
    );
}
