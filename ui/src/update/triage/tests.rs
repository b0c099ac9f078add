use crate::effect::Effect;
use crate::model::Model;
use crate::msg::Msg;
use crate::testing::{ME, desk, id, press};
use crate::update::update;
use frontdesk_inbox::{Command, OutMark, View};
use frontdesk_protocol::id::ConversationId;

fn enqueued(effects: &[Effect]) -> Vec<(ConversationId, Command)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Enqueue(queued) => Some(queued),
            _ => None,
        })
        .flatten()
        .map(|it| (it.conversation_id, it.command.clone()))
        .collect()
}

fn shown(model: &Model) -> Vec<i64> {
    model
        .list
        .rows
        .iter()
        .map(|row| row.conversation.number)
        .collect()
}

#[test]
fn done_closes_at_once_and_goes_on_to_the_next() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "j e");
    assert_eq!(enqueued(&effects), [(id(2), Command::Close)]);
    assert_eq!(model.list.selected, Some(id(3)));
    assert!(!shown(&model).contains(&2));
    assert_eq!(model.counts.of(View::Inbox), 56);
    assert_eq!(model.outbox.len(), 1);
    let toast = model.toasts.shown.as_ref().unwrap();
    assert_eq!(toast.text, "1 conversation done");
}

#[test]
fn done_at_the_end_goes_up() {
    let mut model = desk(80, 24);
    press(&mut model, "G e");
    assert_eq!(model.list.selected, Some(id(12)));
}

#[test]
fn done_in_a_thread_opens_the_next_thread() {
    let mut model = desk(80, 24);
    press(&mut model, "enter e");
    assert_eq!(model.open, Some(id(2)));
    assert_eq!(model.list.selected, Some(id(2)));
}

#[test]
fn many_are_done_with_one_key() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "x x j x e");
    let done: Vec<_> = enqueued(&effects).into_iter().map(|(id, _)| id).collect();
    assert_eq!(done, [id(1), id(2), id(4)]);
    assert!(model.list.marked.is_empty());
    assert_eq!(model.list.selected, Some(id(5)));
    assert_eq!(
        model.toasts.shown.as_ref().unwrap().text,
        "3 conversations done"
    );
}

#[test]
fn undo_brings_all_of_it_back() {
    let mut model = desk(80, 24);
    let before = shown(&model);
    press(&mut model, "x x x e");
    let effects = press(&mut model, "u");
    let back: Vec<_> = enqueued(&effects);
    assert_eq!(back.len(), 3);
    assert!(back.iter().all(|(_, command)| *command == Command::Reopen));
    assert_eq!(shown(&model), before);
    assert_eq!(model.history.done().len(), 0);
    assert_eq!(model.history.undone().len(), 1);
}

#[test]
fn taking_shows_at_once_and_twice_is_once() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "j i");
    assert_eq!(enqueued(&effects), [(id(2), Command::Assign(Some(ME)))]);
    let row = model.list.find(id(2)).unwrap();
    assert_eq!(row.conversation.assignee_id, Some(ME));
    assert_eq!(row.out, OutMark::Waiting);
    assert!(enqueued(&press(&mut model, "i")).is_empty());
    let effects = press(&mut model, "u");
    assert_eq!(enqueued(&effects), [(id(2), Command::Assign(None))]);
    let effects = press(&mut model, "ctrl-r");
    assert_eq!(enqueued(&effects), [(id(2), Command::Assign(Some(ME)))]);
}

#[test]
fn snoozing_to_tomorrow_means_nine_in_the_morning() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "Z");
    let [(_, Command::Snooze(snooze))] = enqueued(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(
        snooze.until.unwrap().0.to_utc_stamp(),
        "2025-11-25T09:00:00Z"
    );
    assert_eq!(model.counts.of(View::Snoozed), 10);
}

#[test]
fn spam_leaves_at_once_and_comes_back_by_the_same_key() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "j #");
    assert_eq!(enqueued(&effects), [(id(2), Command::Spam)]);
    assert!(!shown(&model).contains(&2));
    assert_eq!(model.list.selected, Some(id(3)));
    assert_eq!(model.counts.of(View::Spam), 1);
    press(&mut model, "u");
    assert_eq!(model.counts.of(View::Spam), 0);
    assert!(shown(&model).contains(&2));
    press(&mut model, "ctrl-r");
    let mut row = crate::testing::row(2, 3);
    row.conversation.status = "spam".parse().unwrap();
    model.list.view = View::Spam;
    model.list.rows = vec![row];
    model.list.selected = Some(id(2));
    let effects = press(&mut model, "#");
    assert_eq!(enqueued(&effects), [(id(2), Command::Reopen)]);
    let toast = model.toasts.shown.as_ref().unwrap();
    assert_eq!(toast.text, "1 conversation no spam any more");
}

#[test]
fn the_spam_has_a_tab_only_while_it_is_looked_at() {
    let mut model = desk(160, 45);
    assert!(!model.tabs().contains(&View::Spam));
    press(&mut model, "g #");
    assert_eq!(model.list.view, View::Spam);
    assert!(model.tabs().contains(&View::Spam));
    press(&mut model, "esc");
    assert_eq!(model.list.view, View::Inbox);
    press(&mut model, "g v");
    let Some(crate::model::layer::Layer::Picker(front)) = model.layers.last() else {
        panic!("there is a box");
    };
    assert!(front.items.iter().any(|item| item.label == "Spam"));
}

#[test]
fn the_same_again_is_done_to_what_is_selected_now() {
    let mut model = desk(80, 24);
    press(&mut model, "p");
    let effects = press(&mut model, "j .");
    assert_eq!(enqueued(&effects).len(), 1);
    assert_eq!(
        model.toasts.shown.as_ref().unwrap().text,
        "1 conversation no longer marked priority"
    );
}

#[test]
fn what_was_refused_is_said_with_its_reason() {
    let mut model = desk(80, 24);
    press(&mut model, "i");
    press(&mut model, "j i");
    let intent = model.outbox[0].id;
    let reason = "the user was removed.".to_owned();
    let now = model.now;
    update(&mut model, now, Msg::Refused { id: intent, reason });
    assert_eq!(
        model.toasts.shown.as_ref().unwrap().text,
        "Assigning did not work: the user was removed. It is as it was."
    );
}
