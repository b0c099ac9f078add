use crate::effect::Effect;
use crate::model::Model;
use crate::msg::Msg;
use crate::testing::{desk, id, message, press, screen, thread};
use crate::update::update;
use frontdesk_inbox::Command;
use frontdesk_protocol::id::EventSeq;

fn commands(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    queued.flatten().map(|it| it.command.clone()).collect()
}

fn seqs(model: &Model) -> Vec<i64> {
    let thread = model.threads.get(id(1)).unwrap();
    thread.messages.iter().map(|it| it.seq.0).collect()
}

#[test]
fn two_messages_go_at_once_and_come_back() {
    let mut model = desk(80, 24);
    assert_eq!(seqs(&model), [1, 2, 3, 4]);
    press(&mut model, "- tab tab");
    insta::assert_snapshot!("box_80x24", screen(&model));
    press(&mut model, "enter");
    insta::assert_snapshot!("question_80x24", screen(&model));
    let effects = press(&mut model, "y");
    let [
        Command::Split {
            messages,
            new,
            back,
        },
    ] = &commands(&effects)[..]
    else {
        panic!("{effects:?}");
    };
    let named = |seq| message(1, seq, "customer", 1, "").id;
    assert_eq!(*messages, [named(4), named(3)]);
    assert_eq!(seqs(&model), [1, 2]);
    let effects = press(&mut model, "u");
    assert_eq!(
        commands(&effects),
        [Command::Unsplit {
            new: *new,
            back: *back
        }]
    );
    let now = model.now;
    let waiting = Msg::Outbox(model.outbox.clone());
    update(&mut model, now, waiting);
    let told = update(&mut model, now, Msg::Outbox(Vec::new()));
    assert!(told.contains(&Effect::LoadThread(id(1))));
}

#[test]
fn one_is_enough_and_all_are_too_many() {
    let mut model = desk(80, 24);
    press(&mut model, "- enter");
    let effects = press(&mut model, "y");
    assert!(
        matches!(&commands(&effects)[..], [Command::Split { messages, .. }] if messages.len() == 1)
    );
    let mut model = desk(80, 24);
    press(&mut model, "- tab tab tab tab enter");
    assert!(model.layers.is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert_eq!(said, "Nothing that was said would stay behind.");
}

#[test]
fn where_a_customer_has_one_conversation_nothing_is_split() {
    let mut model = desk(80, 24);
    let mut it = thread();
    it.row.conversation.source = "sms".parse().unwrap();
    it.messages.retain(|it| it.seq > EventSeq(0));
    let now = model.now;
    update(&mut model, now, Msg::Thread(Box::new(it)));
    press(&mut model, "-");
    assert!(model.layers.is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.contains("only one conversation"), "{said}");
}
