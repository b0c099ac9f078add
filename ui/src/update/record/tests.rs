use crate::effect::Effect;
use crate::model::Model;
use crate::testing::{desk, id, press, screen, typed};
use frontdesk_inbox::{Command, Queued};
use frontdesk_protocol::id::ConversationId;

fn done(effects: &[Effect]) -> Vec<(ConversationId, Command)> {
    let queued = effects.iter().filter_map(|it| match it {
        Effect::Enqueue(queued) => Some(queued.clone()),
        _ => None,
    });
    let queued: Vec<Queued> = queued.flatten().collect();
    let is_said = |it: &Queued| !matches!(it.command, Command::Read);
    let queued = queued.into_iter().filter(is_said);
    queued.map(|it| (it.conversation_id, it.command)).collect()
}

fn said(model: &Model) -> &str {
    &model.toasts.shown.as_ref().unwrap().text
}

#[test]
fn keys_are_recorded_and_played_again() {
    let mut model = desk(80, 24);
    press(&mut model, "Q");
    assert!(screen(&model).contains("recording, Q ends"));
    press(&mut model, "t");
    typed(&mut model, "billing");
    press(&mut model, "enter p");
    press(&mut model, "Q");
    assert_eq!(
        said(&model),
        "10 keys are recorded. g Q keeps them under a name."
    );
    assert!(!screen(&model).contains("recording,"));
    press(&mut model, "j");
    let effects = press(&mut model, "@");
    let tag = model.directory.tags[0].id;
    let expected = [
        (id(2), Command::Tag(tag)),
        (
            id(2),
            Command::Priority(frontdesk_protocol::kind::Priority::High),
        ),
    ];
    assert_eq!(done(&effects), expected);
}

#[test]
fn a_selection_is_played_on_one_by_one_after_asking() {
    let mut model = desk(80, 24);
    press(&mut model, "Q i Q");
    press(&mut model, "j j j x j j x");
    assert!(done(&press(&mut model, "@")).is_empty());
    let shown = screen(&model);
    assert!(
        shown.contains("Play these keys on 2 conversations?"),
        "{shown}"
    );
    let me = Some(crate::testing::ME);
    let effects = press(&mut model, "enter");
    assert_eq!(
        done(&effects),
        [(id(4), Command::Assign(me)), (id(7), Command::Assign(me))]
    );
    assert_eq!(said(&model), "Played on 2 of 2 conversations.");
    assert!(model.list.marked.is_empty());
}

#[test]
fn it_ends_where_a_key_cannot_do_the_same() {
    let mut model = desk(80, 24);
    // The first has a draft, the fourth has none.
    press(&mut model, "Q d e esc Q esc");
    press(&mut model, "j j j x x");
    press(&mut model, "@ enter");
    assert!(
        said(&model).starts_with("Played on 0 of 2"),
        "{}",
        said(&model)
    );
    assert!(model.composer.is_none());
}

#[test]
fn it_plays_as_often_as_is_said_and_never_itself() {
    let mut model = desk(80, 24);
    press(&mut model, "Q j Q g g");
    press(&mut model, "3 @");
    assert_eq!(model.list.selected, Some(id(4)));
    press(&mut model, "Q @ Q");
    press(&mut model, "@");
    assert_eq!(model.recorder.playing, crate::model::recorder::Playing::No);
}

#[test]
fn recording_nothing_keeps_what_was_recorded_before() {
    let mut model = desk(80, 24);
    press(&mut model, "Q j Q");
    press(&mut model, "Q Q");
    assert_eq!(model.recorder.kept().len(), 1);
}

#[test]
fn what_was_recorded_is_kept_under_a_name_and_played_again() {
    let mut model = desk(80, 24);
    press(&mut model, "Q p j Q g Q");
    typed(&mut model, "Mark and on");
    let effects = press(&mut model, "enter");
    let kept = Effect::KeepKeys {
        name: "Mark and on".to_owned(),
        keys: "p j".to_owned(),
    };
    assert_eq!(effects, [kept]);
    press(&mut model, "Q k Q");
    assert_eq!(model.recorder.kept().len(), 1);
    let before = model.list.at();
    press(&mut model, "g A");
    let effects = press(&mut model, "enter");
    assert!(effects.iter().any(|it| matches!(it, Effect::Enqueue(_))));
    assert_eq!(model.list.at(), before.map(|at| at + 1));
    // The palette has it too.
    press(&mut model, ":");
    typed(&mut model, "play mark");
    let effects = press(&mut model, "enter");
    assert!(effects.iter().any(|it| matches!(it, Effect::Enqueue(_))));
}
