//! What is loaded, where the reader is, and what counts as read.

use crate::effect::Effect;
use crate::key::Key;
use crate::model::Model;
use crate::model::thread::Scroll;
use crate::msg::{Focus, Level, Msg};
use crate::testing::{desk, id, message, now, press, rows, screen, thread};
use crate::update::update;
use frontdesk_inbox::{Command, Thread};
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::time::Timestamp;

/// A thread of so many messages of the first conversation.
fn long(count: i64) -> Thread {
    let mut it = thread();
    let text = "A line.\n\nAnother line.";
    it.messages = (1..=count)
        .map(|seq| {
            message(
                1,
                seq,
                if seq % 2 == 0 { "1" } else { "customer" },
                10 * (50 - seq),
                text,
            )
        })
        .collect();
    it.row.conversation.last_message_seq = EventSeq(count);
    it.draft = None;
    it
}

fn show(model: &mut Model, it: Thread) -> Vec<Effect> {
    let now = model.now;
    update(model, now, Msg::Thread(Box::new(it)))
}

fn loads(effects: &[Effect]) -> Vec<frontdesk_protocol::id::ConversationId> {
    effects
        .iter()
        .filter_map(|it| match it {
            Effect::LoadThread(id) => Some(*id),
            _ => None,
        })
        .collect()
}

#[test]
fn moving_asks_for_the_thread_and_its_neighbours_once() {
    let mut model = desk(80, 24);
    assert_eq!(
        loads(&press(&mut model, "j")),
        [id(3)],
        "the others are here or on their way"
    );
    assert_eq!(loads(&press(&mut model, "k j")), []);
    assert_eq!(loads(&press(&mut model, "5 j")), [id(7), id(8), id(6)]);
}

#[test]
fn the_network_hears_what_is_looked_at() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "j");
    assert!(effects.contains(&Effect::Watch(vec![id(2)])));
    let effects = press(&mut model, "enter");
    assert!(
        !effects.iter().any(|it| matches!(it, Effect::Watch(_))),
        "nothing new"
    );
    let mut model = desk(40, 12);
    assert!(
        press(&mut model, "j")
            .iter()
            .all(|it| !matches!(it, Effect::Watch(ids) if !ids.is_empty()))
    );
}

#[test]
fn a_changed_conversation_is_fetched_again_once() {
    let mut model = desk(80, 24);
    let mut row = rows().remove(0);
    row.conversation.version += 1;
    let effects = update(&mut model, now(), Msg::Changed(vec![row.clone()]));
    assert_eq!(loads(&effects), [id(1)]);
    let effects = update(&mut model, now(), Msg::Changed(vec![row.clone()]));
    assert_eq!(loads(&effects), []);
    let effects = show(&mut model, thread());
    assert_eq!(
        loads(&effects),
        [id(1)],
        "the answer was from before the change"
    );
    let mut it = thread();
    it.row = row;
    assert_eq!(loads(&show(&mut model, it)), []);
}

#[test]
fn messages_that_are_different_are_read_again_where_they_are_shown() {
    let mut model = desk(80, 24);
    let tell = |model: &mut Model, ids: &[i64]| {
        let ids = ids.iter().map(|it| id(*it)).collect();
        loads(&update(model, now(), Msg::Reworded(ids)))
    };
    assert_eq!(tell(&mut model, &[1]), [id(1)]);
    assert_eq!(tell(&mut model, &[1]), [id(1)], "the first may be older");
    assert_eq!(tell(&mut model, &[2, 9]), [], "nobody sees them");
    assert!(loads(&press(&mut model, "j")).contains(&id(2)));
}

#[test]
fn what_is_done_here_does_not_fetch_anything() {
    let mut model = desk(80, 24);
    assert_eq!(loads(&press(&mut model, "p")), []);
    assert!(model.threads.wanted.iter().all(|it| *it != id(1)));
}

#[test]
fn the_end_is_followed_and_another_place_is_kept() {
    let mut model = desk(80, 24);
    show(&mut model, long(40));
    press(&mut model, "enter");
    show(&mut model, long(41));
    assert_eq!(
        (model.threads.scroll, model.threads.fresh),
        (Scroll::End, 0)
    );
    press(&mut model, "ctrl-u");
    let before = screen(&model);
    show(&mut model, long(43));
    let after = screen(&model);
    let place = model.threads.scroll;
    assert_eq!(model.threads.fresh, 2);
    let kept = |screen: &str| {
        screen
            .lines()
            .skip(2)
            .take(15)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(&before), kept(&after));
    assert!(after.contains("↓ 2 new"), "{after}");
    press(&mut model, "G");
    assert_eq!(
        (model.threads.scroll, model.threads.fresh),
        (Scroll::End, 0)
    );
    assert_ne!(place, Scroll::End);
}

#[test]
fn scrolling_down_as_far_as_up_leads_back_to_the_end() {
    let mut model = desk(80, 24);
    show(&mut model, long(40));
    press(&mut model, "enter k k k k k k k");
    assert_ne!(model.threads.scroll, Scroll::End);
    press(&mut model, "j j j j j j");
    assert_ne!(model.threads.scroll, Scroll::End);
    press(&mut model, "j");
    assert_eq!(model.threads.scroll, Scroll::End);
    press(&mut model, "j j");
    assert_eq!(model.threads.scroll, Scroll::End);
}

#[test]
fn a_short_thread_does_not_scroll() {
    let mut model = desk(80, 40);
    press(&mut model, "enter k ctrl-u g g");
    assert_eq!(model.threads.scroll, Scroll::End);
}

#[test]
fn older_messages_are_asked_for_near_the_beginning_and_do_not_move_the_reader() {
    let mut model = desk(80, 24);
    let mut it = long(40);
    let older: Vec<_> = it.messages.drain(..20).collect();
    it.has_older = true;
    show(&mut model, it);
    let effects = press(&mut model, "enter g g");
    let wanted = Effect::LoadOlder {
        conversation_id: id(1),
        before: EventSeq(21),
    };
    assert!(effects.contains(&wanted));
    assert!(!press(&mut model, "k g g").contains(&wanted), "once");
    let before = screen(&model);
    let msg = Msg::Older {
        conversation_id: id(1),
        messages: older,
        has_older: false,
    };
    update(&mut model, now(), msg);
    let after = screen(&model);
    // The line that named the day is not the first of its day any more.
    assert_eq!(before.lines().nth(11), after.lines().nth(10));
    press(&mut model, "g g");
    assert_eq!(
        model.threads.scroll,
        Scroll::At {
            message: EventSeq(1),
            line: 0
        }
    );
    assert!(
        press(&mut model, "g g").is_empty(),
        "there is nothing older"
    );
}

#[test]
fn opening_is_reading() {
    let mut model = desk(80, 24);
    let is_read =
        |it: &Effect| matches!(it, Effect::Enqueue(queued) if queued[0].command == Command::Read);
    assert!(press(&mut model, "enter").iter().any(is_read));
    assert!(model.list.row().unwrap().conversation.read);
    assert!(!press(&mut model, "esc enter").iter().any(is_read), "once");
}

#[test]
fn looking_for_a_while_is_reading_unless_the_window_is_elsewhere() {
    let is_read =
        |it: &Effect| matches!(it, Effect::Enqueue(queued) if queued[0].command == Command::Read);
    let mut model = desk(80, 24);
    press(&mut model, "j");
    assert_eq!(model.next_deadline(), Some(model.now.plus_seconds(2)));
    assert!(
        !update(&mut model, now().plus_seconds(1), Msg::Tick)
            .iter()
            .any(is_read)
    );
    update(&mut model, now().plus_seconds(1), Msg::Focus(Focus::Lost));
    assert!(
        !update(&mut model, now().plus_seconds(9), Msg::Tick)
            .iter()
            .any(is_read)
    );
    update(
        &mut model,
        now().plus_seconds(10),
        Msg::Focus(Focus::Gained),
    );
    assert!(
        update(&mut model, now().plus_seconds(12), Msg::Tick)
            .iter()
            .any(is_read)
    );
    assert_eq!(model.threads.read_at, None);
}

/// The keys that a key held down sends, one every thirtieth of a second.
fn hold(model: &mut Model, key: char, times: i64) -> Vec<Effect> {
    let begin = model.now;
    (1..=times)
        .flat_map(|nth| {
            let now = Timestamp(begin.0 + nth * 33_000);
            update(model, now, Msg::Key(Key::char(key)))
        })
        .collect()
}

#[test]
fn a_held_key_leaves_the_thread_until_the_cursor_rests() {
    let mut model = desk(80, 24);
    let effects = hold(&mut model, 'j', 5);
    assert_eq!(model.list.selected, Some(id(6)));
    assert_eq!(
        loads(&effects),
        [id(3)],
        "only what the first key asked for"
    );
    assert_eq!(model.shown(), Some(id(1)));
    assert!(!effects.iter().any(|it| matches!(it, Effect::Watch(_))));
    let rested = model.next_deadline().unwrap();
    let effects = update(&mut model, rested, Msg::Tick);
    assert_eq!(model.shown(), Some(id(6)));
    assert_eq!(loads(&effects), [id(6), id(7), id(5)]);
    assert!(effects.contains(&Effect::Watch(vec![id(6)])));
}

#[test]
fn after_a_rest_what_is_here_is_shown_with_the_key() {
    let mut model = desk(80, 24);
    let mut it = thread();
    it.row = rows().remove(1);
    show(&mut model, it);
    update(&mut model, now(), Msg::Key(Key::char('j')));
    assert_eq!(model.shown(), Some(id(2)));
    assert_eq!(model.threads.show_at, None);
}

#[test]
fn what_is_acted_on_is_on_the_screen() {
    let mut model = desk(80, 24);
    hold(&mut model, 'j', 3);
    assert_eq!(model.shown(), Some(id(1)));
    let now = model.now;
    update(&mut model, now, Msg::Key(Key::char('r')));
    assert_eq!(model.shown(), Some(id(4)));
    assert_eq!(model.composer.unwrap().conversation_id, id(4));
}

#[test]
fn what_was_marked_unread_stays_so() {
    let mut model = desk(80, 24);
    press(&mut model, "enter U");
    assert!(!model.list.row().unwrap().conversation.read);
    update(&mut model, now().plus_seconds(20), Msg::Tick);
    assert!(!model.list.row().unwrap().conversation.read);
}

#[test]
fn copies_are_told_apart() {
    let mut model = desk(80, 24);
    let copied = |effects: Vec<Effect>| match effects.as_slice() {
        [Effect::Copy { what, text }] => (*what, text.clone()),
        other => panic!("{other:?}"),
    };
    let (what, text) = copied(press(&mut model, "y y"));
    assert_eq!(what, "the message");
    assert!(text.starts_with("It just happened again"));
    let (_, text) = copied(press(&mut model, "y i"));
    assert_eq!(text, "#1");
    assert!(press(&mut model, "y m").is_empty(), "no address is known");
}

#[test]
fn only_what_is_seen_is_laid_out() {
    let mut model = desk(80, 24);
    show(&mut model, long(2_000));
    press(&mut model, "enter");
    screen(&model);
    assert!(
        model.threads.lines.len() < 15,
        "{}",
        model.threads.lines.len()
    );
    press(&mut model, "k k k");
    screen(&model);
    assert!(
        model.threads.lines.len() < 18,
        "{}",
        model.threads.lines.len()
    );
}

#[test]
fn the_last_error_is_copied_with_its_time() {
    let mut model = desk(80, 24);
    let told = |level, text: &str| Msg::Told(level, text.to_owned());
    update(
        &mut model,
        now(),
        told(Level::Bad, "Assign failed (request 7f3a)."),
    );
    update(&mut model, now(), told(Level::Good, "Note added."));
    let effects = press(&mut model, "y e");
    let expected = Effect::Copy {
        what: "the last error",
        text: "2025-11-24T14:32:00Z Assign failed (request 7f3a).".to_owned(),
    };
    assert_eq!(effects, [expected]);
}
