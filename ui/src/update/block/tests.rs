use crate::effect::Effect;
use crate::model::layer::Layer;
use crate::testing::{desk, id, press, screen};
use frontdesk_inbox::Command;

fn commands(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    queued.flatten().map(|it| it.command.clone()).collect()
}

#[test]
fn a_customer_is_blocked_only_on_a_yes_and_heard_again_by_undo() {
    let mut model = desk(160, 45);
    let customer = model.list.find(id(1)).unwrap().conversation.customer_id;
    assert!(commands(&press(&mut model, "B")).is_empty());
    let Some(Layer::Confirm(asked)) = model.layers.last() else {
        panic!("it is asked");
    };
    assert_eq!(asked.question, "Block Priya Raman?");
    press(&mut model, "n");
    assert!(model.layers.is_empty() && model.outbox.is_empty());
    press(&mut model, "B");
    let effects = press(&mut model, "y");
    assert_eq!(
        commands(&effects),
        [Command::Block(customer), Command::Spam]
    );
    assert!(model.list.find(id(1)).is_none());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "1 customer blocked");
    let effects = press(&mut model, "u");
    assert_eq!(
        commands(&effects),
        [Command::Reopen, Command::Unblock(customer)]
    );
    assert!(!model.list.find(id(1)).unwrap().is_blocked);
}

#[test]
fn whoever_is_blocked_is_shown_so_and_heard_again_without_a_question() {
    let mut model = desk(160, 45);
    model.list.rows[0].is_blocked = true;
    let customer = model.list.rows[0].conversation.customer_id;
    assert!(screen(&model).contains("blocked"));
    let effects = press(&mut model, "B");
    assert_eq!(commands(&effects), [Command::Unblock(customer)]);
    assert!(!screen(&model).contains("blocked: "));
}

#[test]
fn several_customers_are_blocked_at_once_each_once() {
    let mut model = desk(80, 24);
    let same = model.list.rows[0].conversation.customer_id;
    model.list.rows[1].conversation.customer_id = same;
    press(&mut model, "x x x B");
    let Some(Layer::Confirm(asked)) = model.layers.last() else {
        panic!("it is asked");
    };
    assert_eq!(asked.question, "Block 2 customers?");
    let effects = press(&mut model, "y");
    let blocks = commands(&effects)
        .into_iter()
        .filter(|it| matches!(it, Command::Block(_)));
    assert_eq!(blocks.count(), 2);
    assert!(model.list.marked.is_empty());
}
