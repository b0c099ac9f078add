//! Tabs, notices, hints and the marks of rows, one state each.

use super::{drawn, footer, list_alone, notice, row};
use crate::action::{Action, Context};
use crate::glyph::Glyphs;
use crate::model::Pane;
use crate::model::connection::Connection;
use crate::model::history::Deed;
use crate::msg::Level;
use crate::testing::{TEEMU, desk, id, now, press};
use crate::view::tabs;
use frontdesk_inbox::{Command, DeedId, Guard, IntentId, OutState, Queued, View};
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::time::UtcStamp;

fn queued(state: OutState, hold_seconds: Option<i64>) -> Queued {
    Queued {
        id: IntentId::random(),
        conversation_id: id(1),
        command: Command::Reply {
            body: "Done.".to_owned(),
            guard: Guard::Seen(EventSeq(1)),
        },
        files: Vec::new(),
        made_at: now(),
        hold_until: hold_seconds.map(|seconds| now().plus_seconds(seconds)),
        state,
    }
}

#[test]
fn a_click_finds_the_tab_that_is_drawn_there() {
    for width in (40..200).step_by(9) {
        for view in View::ALL {
            let mut model = list_alone(width, 24);
            model.list.view = view;
            let buffer = drawn(&model);
            for other in View::ALL {
                let columns = (0..width).filter(|x| tabs::at(&model, *x) == Some(other));
                let text: String = columns.map(|x| buffer[(x, 0)].symbol()).collect();
                let is_there = text.starts_with(other.title());
                assert!(is_there || text.is_empty(), "{width} {text}");
                assert!(is_there || other != view, "{width} {view:?}");
            }
        }
    }
}

#[test]
fn a_narrow_screen_says_less_but_always_how_the_connection_is() {
    let mut model = list_alone(80, 24);
    model.connection = Connection::Offline {
        since: now().plus_seconds(-200),
        why: String::new(),
        again_at: now(),
    };
    model.outbox = vec![
        queued(OutState::Waiting, None),
        queued(OutState::Waiting, None),
    ];
    let mut tops = Vec::new();
    for width in [40, 60, 80, 120, 160] {
        model.size.width = width;
        tops.push(row(&model, 0));
    }
    insta::assert_snapshot!(tops.join("\n"), @r"
    Inbox 57    ○ offline 3 min · 2 queued
    Inbox 57   Mine 12   northwind  ○ offline 3 min · 2 queued
    Inbox 57   Mine 12   Unassigned 4   Drafts 6        ○ offline 3 min · 2 queued
    Inbox 57   Mine 12   Unassigned 4   Drafts 6   Snoozed 9   Mentions 0   Closed   northwind  ○ offline 3 min · 2 queued
    Inbox 57   Mine 12   Unassigned 4   Drafts 6   Snoozed 9   Mentions 0   Closed                                    northwind · Aino  ○ offline 3 min · 2 queued
    ");
}

#[test]
fn a_toast_has_a_sign_and_the_way_back() {
    let mut model = list_alone(80, 24);
    model.history.add(Deed {
        id: DeedId::random(),
        title: "12 conversations done".to_owned(),
        parts: Vec::new(),
        run: None,
        at: now(),
    });
    model
        .toasts
        .say(Level::Good, "12 conversations done", now());
    insta::assert_snapshot!(notice(&model), @" ✓ 12 conversations done                                                 u undo");
    model.toasts.say(Level::Good, "Copied the text", now());
    insta::assert_snapshot!(notice(&model), @" ✓ Copied the text");
    model
        .toasts
        .say(Level::Bad, "Assigning failed: Tier 2 is gone.", now());
    insta::assert_snapshot!(notice(&model), @" ! Assigning failed: Tier 2 is gone.                 Space m m earlier messages");
}

#[test]
fn what_is_held_counts_down() {
    let mut model = list_alone(80, 24);
    model.outbox = vec![queued(OutState::Waiting, Some(8))];
    insta::assert_snapshot!(notice(&model), @" ↑ Sending to Priya Raman in 8 s                           u undo   ^s send now");
    model.now = now().plus_seconds(7);
    insta::assert_snapshot!(notice(&model), @" ↑ Sending to Priya Raman in 1 s                           u undo   ^s send now");
    model.now = now().plus_seconds(8);
    assert!(!notice(&model).contains("Sending"));
}

#[test]
fn what_waits_for_a_decision_is_counted() {
    let mut model = list_alone(80, 24);
    let held = || queued(OutState::Held { newer: Vec::new() }, None);
    model.outbox = vec![held(), held()];
    insta::assert_snapshot!(notice(&model), @" ? 2 held back: something was written since.                          go decide");
}

#[test]
fn without_a_connection_work_goes_on() {
    let mut model = list_alone(80, 24);
    model.connection = Connection::Offline {
        since: now(),
        why: String::new(),
        again_at: now(),
    };
    insta::assert_snapshot!(notice(&model), @" ! Offline. Work goes on.                            gr try now   go what waits");
    model.outbox = vec![queued(OutState::Waiting, None)];
    insta::assert_snapshot!(notice(&model), @" ! Offline. Work goes on; 1 action waits.            gr try now   go what waits");
}

#[test]
fn without_news_the_list_has_the_whole_middle() {
    let model = list_alone(80, 15);
    assert!(notice(&model).contains("Accounts, Pell"));
    let mut model = model;
    press(&mut model, "G x");
    assert!(notice(&model).contains("selected"));
    assert!(
        row(&model, 12).contains("+44 7700 900118"),
        "the cursor is above the notice"
    );
}

#[test]
fn hints_follow_the_conversation_under_the_cursor() {
    let mut model = list_alone(80, 24);
    insta::assert_snapshot!(footer(&model), @" j/k move  ⏎ open  A approve  r reply  e done  s snooze  a assign  ? help  1/13");
    model.list.rows[0].draft = frontdesk_inbox::DraftMark::None;
    model.list.rows[0].conversation.status = "closed".parse().unwrap();
    insta::assert_snapshot!(footer(&model), @" j/k move  ⏎ open  r reply  E reopen  a assign  c note  t tags     ? help  1/13");
    model.pane = Pane::Thread;
    model.open = model.list.selected;
    insta::assert_snapshot!(footer(&model), @" J/K next  r reply  c note  E reopen  a assign  t tags  Esc back         ? help");
    model.size.width = 120;
    insta::assert_snapshot!(footer(&model), @" J/K next   r reply   c note   E reopen   a assign   t tags   Esc back   za quotes   : commands                  ? help");
    model.glyphs = Glyphs::Ascii;
    model.pane = Pane::List;
    insta::assert_snapshot!(footer(&model), @" j/k move   RET open   r reply   E reopen   a assign   c note   t tags   x select   / narrow              ? help   1/13");
}

#[test]
fn every_hint_is_a_key_of_the_keymap() {
    let model = list_alone(300, 24);
    let contexts = [Context::List, Context::Desk];
    let done = model.keymap.keys(&contexts, Action::Done).unwrap();
    assert!(footer(&model).contains(&format!(" {done} done")));
}

#[test]
fn keys_that_wait_for_more_are_shown() {
    let mut model = list_alone(80, 24);
    press(&mut model, "1 2 g");
    assert!(footer(&model).ends_with("12g…  1/13"), "{}", footer(&model));
}

#[test]
fn one_sign_says_the_state_of_a_row() {
    let mut model = list_alone(80, 24);
    let mark = |model: &crate::model::Model, y: u16| row(model, y).chars().nth(1);
    assert_eq!(mark(&model, 2), Some('●'));
    assert_eq!(mark(&model, 7), Some('↑'));
    assert_eq!(mark(&model, 9), Some('!'));
    model.presence.take(crate::model::presence::Presence {
        online: Vec::new(),
        viewing: vec![(id(4), TEEMU), (id(5), crate::testing::ME)],
    });
    assert_eq!(mark(&model, 5), Some('◌'));
    assert_eq!(mark(&model, 6), Some(' '), "the agent alone is nobody else");
    model.list.rows[3].out = frontdesk_inbox::OutMark::Held;
    assert_eq!(mark(&model, 5), Some('?'));
    model.list.rows[4].conversation.status = "snoozed".parse().unwrap();
    assert_eq!(mark(&model, 6), Some('z'));
    model.list.rows[4].conversation.status = "closed".parse().unwrap();
    assert_eq!(mark(&model, 6), Some('✓'));
}

#[test]
fn a_refusal_stands_where_the_words_were() {
    let mut model = list_alone(80, 24);
    let mut failed = queued(
        OutState::Failed {
            reason: "the attachment is over 25 MB".to_owned(),
        },
        None,
    );
    failed.conversation_id = id(8);
    model.outbox = vec![failed];
    insta::assert_snapshot!(row(&model, 9), @" ! @ Leo Brandt       Not sent: the attachment is over 25 MB. Refund…   me   2h");
}

#[test]
fn the_snoozed_say_when_they_wake() {
    let mut model = list_alone(80, 24);
    model.list.view = View::Snoozed;
    for (at, minutes) in [(0, Some(60)), (1, Some(1_200)), (2, None)] {
        let it = &mut model.list.rows[at].conversation;
        it.status = "snoozed".parse().unwrap();
        it.read = true;
        it.snoozed_until = minutes.map(|minutes| UtcStamp(now().plus_seconds(60 * minutes)));
    }
    let rows: Vec<String> = (2..5).map(|y| row(&model, y)).collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    ▌z ~ Priya Raman      ! Card charged twice — It just happened…  ✦ me      15:32
     z + +358 40 123 4567 Code never arrives when I sign in         ✦ —   Tue 10:32
     z @ Dana Whitfield   Re: Invoice 10432 — can you confirm the…  ✦ me   on reply
    ");
}

#[test]
fn news_and_narrowing_are_told_on_the_rule() {
    let mut model = list_alone(80, 24);
    model.list.fresh.extend([id(50), id(51), id(52)]);
    insta::assert_snapshot!(row(&model, 1), @"─━━━━━━━━───────────────────────────────────────────────────────────── 3 new ↑ ─");
    model.list.narrowed = Some("invoice".to_owned());
    insta::assert_snapshot!(row(&model, 1), @"─━━━━━━━━─────────────────────────────────────────────── only invoice  3 new ↑ ─");
    let mut beside = desk(160, 45);
    beside.list.fresh.insert(id(50));
    assert!(row(&beside, 1).contains(" 1 new ↑ ─"));
    let mut low = list_alone(80, 11);
    low.list.fresh.insert(id(50));
    assert!(row(&low, 1).ends_with("1 new ↑"), "{}", row(&low, 1));
}
