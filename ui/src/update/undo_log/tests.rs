use crate::effect::Effect;
use crate::model::Model;
use crate::model::history::{Deed, Part};
use crate::model::layer::Layer;
use crate::msg::Msg;
use crate::testing::{desk, id, press, screen, typed};
use crate::update::update;
use frontdesk_inbox::{Command, KeptDeed, KeptPart, LogEntry};
use frontdesk_protocol::time::Timestamp;

const DAY: i64 = 86_400_000_000;

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
            "Ola @ Fjellby: marked as spam",
            "Dana Whitfield: marked priority",
            "+358 40 123 4567: assigned to you"
        ]
    );
    insta::assert_snapshot!("log_80x24", screen(&model));
    typed(&mut model, "priority");
    let effects = press(&mut model, "enter");
    let normal = frontdesk_protocol::kind::Priority::Normal;
    assert_eq!(commands(&effects), [Command::Priority(normal)]);
    assert_eq!(model.history.done().len(), 2);
    assert_eq!(model.history.undone().len(), 1);
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
    assert_eq!(model.history.done().len(), 2);
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

/// What was kept of the deeds, as another run of the program is told of it.
fn told_again(effects: &[Effect], model: &Model) -> Msg {
    let logged = effects.iter().filter_map(|effect| match effect {
        Effect::Log(entries) => Some(entries),
        _ => None,
    });
    let deeds = logged.flatten().filter_map(|entry| match entry {
        LogEntry::Did(deed) => Some(deed),
        LogEntry::Forget(_) => None,
    });
    let part = |kept: &KeptPart| Part {
        conversation_id: kept.conversation_id,
        intent: kept.intent,
        command: kept.command.clone(),
        inverse: Some(kept.inverse.clone()),
        row: model.list.find(kept.conversation_id).unwrap().clone(),
    };
    let deed = |kept: &KeptDeed| Deed {
        id: kept.id,
        title: kept.title.clone(),
        parts: kept.parts.iter().map(part).collect(),
        at: Timestamp(kept.at.0 - DAY),
        run: kept.run,
    };
    Msg::Deeds(deeds.map(deed).collect())
}

/// A desk of the next day, on which somebody asks what was done the day before.
fn next_day(width: u16, height: u16) -> Model {
    let mut before = desk(width, height);
    let effects = press(&mut before, "j i j p");
    let told = told_again(&effects, &before);
    let mut model = desk(width, height);
    model.list.rows.clone_from(&before.list.rows);
    assert!(press(&mut model, "g U").contains(&Effect::LoadDeeds));
    let now = model.now;
    update(&mut model, now, told);
    model
}

#[test]
fn what_was_done_before_the_start_stands_below_and_is_taken_back_too() {
    let mut model = next_day(80, 24);
    insta::assert_snapshot!("before_80x24", screen(&model));
    press(&mut model, "esc");
    // It is not what was done last.
    assert!(commands(&press(&mut model, "u")).is_empty());
    press(&mut model, "g U down");
    let effects = press(&mut model, "enter");
    assert_eq!(commands(&effects), [Command::Assign(None)]);
    let forgotten = effects.iter().any(|effect| {
        matches!(effect, Effect::Log(entries) if matches!(entries[..], [LogEntry::Forget(_)]))
    });
    assert!(forgotten, "{effects:?}");
    assert_eq!(model.history.earlier().len(), 1);
    let effects = press(&mut model, "ctrl-r");
    let me = model.directory.me;
    assert_eq!(commands(&effects), [Command::Assign(Some(me))]);
}

#[test]
fn what_somebody_changed_since_the_day_before_stays() {
    let mut model = next_day(80, 24);
    let mut changed = model.list.find(id(2)).unwrap().clone();
    changed.conversation.assignee_id = None;
    let now = model.now;
    update(&mut model, now, Msg::Changed(vec![changed]));
    press(&mut model, "down");
    assert!(commands(&press(&mut model, "enter")).is_empty());
    assert_eq!(model.history.earlier().len(), 2);
}

#[test]
fn what_was_noted_today_is_listed_once() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "j i");
    let told = told_again(&effects, &model);
    press(&mut model, "g U");
    let now = model.now;
    update(&mut model, now, told);
    assert_eq!(labels(&model), ["+358 40 123 4567: assigned to you"]);
}

#[test]
fn words_and_what_was_taken_back_at_once_are_not_noted() {
    let mut model = desk(80, 24);
    press(&mut model, "j i");
    press(&mut model, "A");
    let forgotten = |effects: &[Effect]| {
        effects.iter().all(|effect| match effect {
            Effect::Log(entries) => entries
                .iter()
                .all(|entry| matches!(entry, LogEntry::Forget(_))),
            _ => true,
        })
    };
    let effects = press(&mut model, "u u");
    assert!(forgotten(&effects), "{effects:?}");
}
