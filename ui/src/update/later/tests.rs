use super::*;
use crate::msg::Msg;
use crate::testing::{ME, desk, id, now, press, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::{Command, Guard};
use frontdesk_protocol::entity::ScheduledReply;
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::time::{RowStamp, UtcStamp};
use uuid::Uuid;

fn planned(n: u128, state: ScheduledState) -> Planned {
    let tomorrow = Timestamp::parse("2025-11-25T09:00:00Z").unwrap();
    Planned {
        customer: "Priya \u{1b}[2JRaman".to_owned(),
        reply: ScheduledReply {
            id: ScheduledReplyId(Uuid::from_u128(n)),
            conversation_id: id(1),
            user_id: ME,
            body: "Good morning Priya".to_owned(),
            send_at: UtcStamp(tomorrow),
            seen_seq: EventSeq(4),
            state,
            reason: (state == ScheduledState::Held).then(|| "the customer wrote first".to_owned()),
            created_at: RowStamp(now()),
            updated_at: RowStamp(now()),
        },
    }
}

fn later_of(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued.iter().map(|it| it.command.clone())),
        _ => None,
    });
    queued.flatten().collect()
}

#[test]
fn a_text_goes_out_when_the_agent_says() {
    let mut model = desk(80, 24);
    press(&mut model, "enter r");
    typed(&mut model, "Good morning");
    press(&mut model, "ctrl-x l");
    typed(&mut model, "tomorrow 9");
    insta::assert_snapshot!("send_later_80x24", screen(&model));
    let effects = press(&mut model, "enter");
    let at = Timestamp::parse("2025-11-25T09:00:00Z").unwrap();
    let expected = Command::SendLater {
        body: "Good morning".to_owned(),
        at: UtcStamp(at),
        guard: Guard::Seen(EventSeq(4)),
    };
    assert_eq!(later_of(&effects), [expected]);
    assert!(model.composer.is_none());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.starts_with("Goes out Tue 25 Nov 09:00"), "{said}");
}

#[test]
fn a_note_does_not_wait_and_no_phrase_is_no_time() {
    let mut model = desk(80, 24);
    press(&mut model, "enter c");
    typed(&mut model, "Look");
    assert!(press(&mut model, "ctrl-x l").is_empty());
    assert!(model.layers.is_empty());
    press(&mut model, "ctrl-x n ctrl-x l");
    typed(&mut model, "until they reply");
    assert!(later_of(&press(&mut model, "enter")).is_empty());
    assert!(model.composer.is_some());
}

#[test]
fn what_waits_is_listed_changed_and_taken_back() {
    let mut model = desk(80, 24);
    assert_eq!(press(&mut model, "g l"), [Effect::LoadLater]);
    let both = vec![
        planned(1, ScheduledState::Waiting),
        planned(2, ScheduledState::Held),
    ];
    update(&mut model, now(), Msg::Later(both));
    let said = model.toasts.shown.as_ref().unwrap().text.clone();
    assert!(said.contains("is held"), "{said}");
    insta::assert_snapshot!("later_80x24", screen(&model));
    assert!(!screen(&model).contains('\u{1b}'));
    press(&mut model, "enter down enter");
    typed(&mut model, "wed 10:00");
    let effects = press(&mut model, "enter");
    let one = ScheduledReplyId(Uuid::from_u128(1));
    let at = Timestamp::parse("2025-11-26T10:00:00Z").unwrap();
    assert_eq!(effects, [Effect::MoveLater(one, at)]);
    press(&mut model, "g l");
    let effects = press(&mut model, "enter down down down enter");
    assert!(effects.contains(&Effect::CancelLater(one)));
    assert!(model.later.iter().all(|it| it.reply.id != one));
}

#[test]
fn a_text_comes_back_into_the_composer_before_it_is_forgotten() {
    let mut model = desk(80, 24);
    update(&mut model, now(), Msg::Thread(Box::new(thread())));
    update(
        &mut model,
        now(),
        Msg::Later(vec![planned(1, ScheduledState::Waiting)]),
    );
    press(&mut model, "g l");
    let effects = press(&mut model, "enter down down enter");
    let one = ScheduledReplyId(Uuid::from_u128(1));
    let kept = effects
        .iter()
        .position(|it| matches!(it, Effect::SaveText(_)));
    let forgotten = effects
        .iter()
        .position(|it| *it == Effect::CancelLater(one));
    assert!(kept.unwrap() < forgotten.unwrap());
    assert_eq!(
        model.composer.as_ref().unwrap().text(),
        "Good morning Priya"
    );
}

#[test]
fn what_was_held_is_told_once_and_to_its_writer() {
    let mut model = desk(80, 24);
    let held = planned(1, ScheduledState::Held);
    let mut theirs = planned(2, ScheduledState::Held);
    theirs.reply.user_id = crate::testing::TEEMU;
    update(&mut model, now(), Msg::Later(vec![theirs.clone()]));
    assert!(model.toasts.shown.is_none());
    update(&mut model, now(), Msg::Later(vec![theirs, held.clone()]));
    assert!(model.toasts.shown.take().is_some());
    update(&mut model, now(), Msg::Later(vec![held]));
    assert!(model.toasts.shown.is_none());
}
