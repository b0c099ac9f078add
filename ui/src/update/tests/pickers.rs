//! What is chosen, and what follows.

use crate::action::Action;
use crate::effect::Effect;
use crate::model::layer::Layer;
use crate::model::picker::{Choice, Picker, Purpose};
use crate::model::{Model, Pane};
use crate::msg::{Hit, Msg, Reach};
use crate::testing::{desk, id, press, row, screen, typed};
use crate::update::update;
use frontdesk_inbox::{Command, Snooze};

fn front(model: &Model) -> &Picker {
    match model.layers.last() {
        Some(Layer::Picker(picker)) => picker,
        other => panic!("{other:?}"),
    }
}

/// The commands that were asked for.
fn commands(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    queued.flatten().map(|it| it.command.clone()).collect()
}

/// Opens a box, types into it and chooses.
fn pick(model: &mut Model, keys: &str, text: &str) -> Vec<Effect> {
    press(model, keys);
    typed(model, text);
    press(model, "enter")
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |it| &it.text)
}

#[test]
fn somebody_else_gets_it() {
    let mut model = desk(80, 24);
    press(&mut model, "a");
    assert_eq!(front(&model).chosen().unwrap().label, "me");
    let effects = pick(&mut model, "down", "tessa");
    let tessa = frontdesk_protocol::id::UserId(3);
    assert_eq!(commands(&effects), [Command::Assign(Some(tessa))]);
    assert!(model.layers.is_empty());
    assert_eq!(said(&model), "1 conversation assigned to Tessa");
}

#[test]
fn nobody_and_teams_get_it_too() {
    let mut model = desk(80, 24);
    let effects = pick(&mut model, "a", "none");
    assert_eq!(commands(&effects), [Command::Assign(None)]);
    let effects = pick(&mut model, "a", "tier");
    assert!(matches!(
        commands(&effects)[..],
        [Command::AssignTeam(Some(_))]
    ));
}

#[test]
fn all_that_is_selected_is_assigned() {
    let mut model = desk(80, 24);
    press(&mut model, "x x x a");
    assert_eq!(front(&model).title, "Assign 3 conversations");
    assert_eq!(commands(&press(&mut model, "enter")).len(), 3);
}

#[test]
fn a_tag_goes_on_and_off_and_the_box_stays() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "t tab");
    assert!(matches!(commands(&effects)[..], [Command::Tag(_)]));
    assert!(front(&model).chosen().unwrap().is_on);
    let effects = press(&mut model, "tab");
    assert!(matches!(commands(&effects)[..], [Command::Untag(_)]));
    assert!(!front(&model).chosen().unwrap().is_on);
    press(&mut model, "down enter");
    assert!(model.layers.is_empty());
    assert!(said(&model).ends_with("tagged refund"));
}

#[test]
fn a_phrase_says_how_long_it_rests() {
    let mut model = desk(80, 24);
    press(&mut model, "s");
    typed(&mut model, "thu 2pm");
    assert!(screen(&model).contains("= Thu 27 Nov 14:00   in 2 d 23 h"));
    let effects = press(&mut model, "enter");
    let until = frontdesk_protocol::time::Timestamp::parse("2025-11-27T14:00:00Z").unwrap();
    assert_eq!(commands(&effects), [Command::Snooze(Snooze::until(until))]);
    assert_eq!(
        said(&model),
        "1 conversation snoozed until Thu 27 Nov 14:00"
    );
}

#[test]
fn what_is_not_understood_does_nothing() {
    let mut model = desk(80, 24);
    assert!(pick(&mut model, "s", "sometime soon").is_empty());
    assert!(screen(&model).contains("I do not understand “sometime”"));
    assert_eq!(front(&model).purpose, Purpose::Snooze);
}

#[test]
fn a_preset_is_chosen_with_the_arrows() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "s up pagedown enter");
    assert_eq!(commands(&effects), [Command::Snooze(Snooze::until_reply())]);
    press(&mut model, "s t enter");
    assert_eq!(
        said(&model),
        "1 conversation snoozed until Tue 25 Nov 09:00"
    );
}

#[test]
fn esc_closes_one_box_at_a_time() {
    let mut model = desk(80, 24);
    press(&mut model, "t f1");
    assert_eq!(front(&model).purpose, Purpose::Keys);
    press(&mut model, "esc");
    assert_eq!(front(&model).purpose, Purpose::Label);
    press(&mut model, "esc");
    assert!(model.layers.is_empty());
}

#[test]
fn what_is_pasted_goes_into_the_field() {
    let mut model = desk(80, 24);
    press(&mut model, "a");
    let now = model.now;
    assert!(update(&mut model, now, Msg::Paste("tes\nsa".to_owned())).is_empty());
    assert_eq!(front(&model).field.text(), "tes sa");
}

#[test]
fn the_palette_names_the_key_three_times() {
    let mut model = desk(80, 24);
    for _ in 0..4 {
        pick(&mut model, ":", "preview on");
    }
    let lessons = model.toasts.earlier.iter().map(|it| it.text.as_str());
    assert_eq!(
        lessons.collect::<Vec<_>>(),
        ["Preview on or off: P does that too."; 3]
    );
}

#[test]
fn the_palette_finds_people_tags_and_views() {
    let mut model = desk(80, 24);
    let effects = pick(&mut model, ":", "assign to teemu");
    assert!(matches!(commands(&effects)[..], [Command::Assign(Some(_))]));
    let effects = pick(&mut model, ":", "tag: vip");
    assert!(matches!(commands(&effects)[..], [Command::Tag(_)]));
    pick(&mut model, ":", "go to closed");
    assert_eq!(model.list.view, frontdesk_inbox::View::Closed);
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut model = desk(80, 24);
    press(&mut model, "E");
    assert_eq!(said(&model), "Reopen: already open.");
    assert!(pick(&mut model, ":", "reopen").is_empty());
    assert_eq!(said(&model), "Already open.");
    assert_eq!(front(&model).purpose, Purpose::Palette);
}

#[test]
fn help_begins_with_what_holds_here_and_runs_it() {
    let mut model = desk(80, 24);
    press(&mut model, "?");
    let items = &front(&model).items;
    assert_eq!(items.first().map(|it| it.heading), Some("Move"));
    assert_eq!(items.last().map(|it| it.heading), Some("Not here"));
    let effects = pick(&mut model, "down", "assign to nobody");
    assert_eq!(commands(&effects), [Command::Assign(None)]);
}

#[test]
fn the_sort_is_kept_and_the_view_asked_for_again() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "g s down enter");
    assert!(matches!(
        effects[..],
        [Effect::SortBy { .. }, Effect::LoadPage(_)]
    ));
    assert_eq!(model.list.sort(), frontdesk_inbox::Sort::Oldest);
}

#[test]
fn a_draft_is_rejected_for_a_reason_of_ones_own() {
    let mut model = desk(80, 24);
    model.threads.keep(crate::testing::thread());
    let effects = pick(&mut model, "d x", "wrong customer");
    match &commands(&effects)[..] {
        [Command::RejectDraft { reason, .. }] => assert_eq!(reason, "wrong customer"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn links_of_the_thread_are_opened() {
    let mut model = desk(80, 24);
    let mut thread = crate::testing::thread();
    let text = "see https://pay.example/x?a=1 and mailto:a@b.example.";
    thread.messages[0].body = Some(text.to_owned());
    model.threads.keep(thread);
    press(&mut model, "O");
    assert_eq!(front(&model).items.len(), 2);
    let effects = press(&mut model, "enter");
    assert_eq!(
        effects,
        [Effect::OpenLink("https://pay.example/x?a=1".to_owned())]
    );
}

#[test]
fn search_asks_and_opens_what_was_found() {
    let mut model = desk(80, 24);
    press(&mut model, "g /");
    let effects = typed(&mut model, "vat");
    assert!(matches!(&effects[2], Effect::Search { generation: 3, text } if text == "vat"));
    let now = model.now;
    for (generation, rows) in [(2, vec![row(50, 5)]), (3, vec![row(90, 5), row(3, 9)])] {
        let hits = rows.into_iter().map(|row| Hit { row, message: None });
        let hits = hits.collect();
        let reach = Reach::Whole;
        let found = Msg::Found {
            generation,
            hits,
            reach,
        };
        update(&mut model, now, found);
    }
    assert_eq!(front(&model).items.len(), 2);
    press(&mut model, "enter");
    assert_eq!((model.open, model.pane), (Some(id(90)), Pane::Thread));
    assert!(model.layers.is_empty());
}

#[test]
fn a_search_points_at_what_it_does_not_understand() {
    let mut model = desk(80, 24);
    press(&mut model, "g /");
    let effects = typed(&mut model, "vat is:opn");
    let asked = effects.iter().rev().find_map(|it| match it {
        Effect::Search { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(
        asked,
        Some("vat "),
        "a value that is still being typed is none yet"
    );
    let effects = typed(&mut model, " now");
    assert!(effects.is_empty(), "{effects:?}");
    let items = &front(&model).items;
    assert_eq!(items.len(), 1);
    assert!(
        items[0]
            .label
            .starts_with("is:opn: what follows is: is open"),
        "{}",
        items[0].label
    );
    assert_eq!(items[0].detail, "at 5");
    press(&mut model, "enter");
    assert_eq!(model.open, None);
}

#[test]
fn narrowing_asks_as_it_is_typed_and_esc_brings_all_back() {
    let mut model = desk(80, 24);
    press(&mut model, "j j /");
    assert_eq!(typed(&mut model, "vat").len(), 3);
    assert_eq!(model.list.narrowed.as_deref(), Some("vat"));
    let effects = press(&mut model, "esc");
    assert!(matches!(effects[..], [Effect::LoadPage(_)]));
    assert_eq!(model.list.narrowed, None);
    assert_eq!(model.list.selected, Some(id(3)));
    press(&mut model, "/ v enter");
    assert!(model.layers.is_empty());
    assert_eq!(model.list.narrowed.as_deref(), Some("v"));
}

#[test]
fn a_question_is_answered_with_y_or_n() {
    let mut model = desk(80, 24);
    model.connection = crate::model::connection::Connection::CatchingUp;
    press(&mut model, "I ctrl-c n");
    assert!(model.layers.is_empty());
    press(&mut model, "ctrl-c x");
    assert_eq!(model.layers.len(), 1);
    assert!(press(&mut model, "y").contains(&Effect::Quit));
}

#[test]
fn what_is_on_its_way_can_be_taken_back() {
    let mut model = desk(80, 24);
    press(&mut model, "I i g o enter");
    assert!(matches!(front(&model).purpose, Purpose::OutboxEntry(_)));
    let effects = press(&mut model, "down enter");
    assert!(matches!(effects[..], [Effect::TakeBack(_)]), "{effects:?}");
    assert!(model.layers.is_empty());
}

#[test]
fn the_message_that_was_found_is_brought_to_the_screen_and_marked() {
    let mut model = desk(80, 24);
    let mut thread = crate::testing::thread();
    for seq in 5..40 {
        let text = format!("Message number {seq}.");
        thread
            .messages
            .push(crate::testing::message(1, seq, "customer", 1, &text));
    }
    let (now, wanted) = (model.now, thread.messages[9].id);
    press(&mut model, "g /");
    typed(&mut model, "number");
    let hit = Hit {
        row: thread.row.clone(),
        message: Some(wanted),
    };
    let found = Msg::Found {
        generation: model.searches,
        hits: vec![hit],
        reach: Reach::Newest,
    };
    update(&mut model, now, found);
    assert!(screen(&model).contains("Only the newest were looked through"));
    model.threads.forget(id(1));
    press(&mut model, "enter");
    // It lies further back than what is read at first.
    let older: Vec<_> = thread.messages.drain(..20).collect();
    thread.has_older = true;
    let effects = update(&mut model, now, Msg::Thread(Box::new(thread)));
    let wanted = |it: &Effect| matches!(it, Effect::LoadOlder { .. });
    assert!(effects.iter().any(wanted), "{effects:?}");
    let older = Msg::Older {
        conversation_id: id(1),
        messages: older,
        has_older: false,
    };
    update(&mut model, now, older);
    let words = screen(&model);
    let row = words.lines().position(|line| line.contains("number 10."));
    assert!(row.is_some(), "{words}");
    let roles = crate::testing::roles(&model);
    let marked = roles.lines().nth(row.unwrap()).unwrap().to_owned();
    assert!(
        marked.contains(|c: char| c.is_ascii_lowercase()),
        "{marked}"
    );
    press(&mut model, "J");
    assert_eq!(model.threads.hit, None);
}

#[test]
fn tab_looks_through_fewer_things() {
    let mut model = desk(80, 24);
    press(&mut model, ": tab tab");
    assert_eq!(front(&model).heading(), "Commands: views");
    let labels = front(&model).fitting.iter();
    let items = &front(&model).items;
    let all: Vec<&str> = labels.map(|at| items[*at].label.as_str()).collect();
    assert!(
        all.iter().all(|label| label.starts_with("go to")),
        "{all:?}"
    );
    press(&mut model, "tab");
    typed(&mut model, "teemu");
    assert_eq!(front(&model).chosen().unwrap().label, "assign to Teemu");
    press(&mut model, "tab tab");
    assert_eq!(front(&model).heading(), "Commands");
}

#[test]
fn help_shows_what_holds_here_and_all_of_it_when_asked() {
    let mut model = desk(80, 24);
    press(&mut model, "?");
    assert_eq!(front(&model).heading(), "Keys in the list");
    typed(&mut model, "send and close");
    assert!(front(&model).chosen().is_none());
    press(&mut model, "tab");
    assert_eq!(front(&model).heading(), "All keys");
    assert!(front(&model).chosen().is_some());
}

#[test]
fn the_palette_has_every_action() {
    let mut model = desk(80, 24);
    press(&mut model, ":");
    let listed: Vec<_> = front(&model)
        .items
        .iter()
        .filter_map(|item| match item.choice {
            Choice::Action(action) => Some(action),
            _ => None,
        })
        .collect();
    let missing: Vec<_> = Action::ALL
        .iter()
        .filter(|action| **action != Action::Palette && !listed.contains(action))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
