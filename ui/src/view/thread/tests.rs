//! What a thread looks like, whole and in its small moments.

use crate::glyph::Glyphs;
use crate::model::Model;
use crate::msg::{Msg, Typist};
use crate::testing::{TEEMU, desk, id, message, now, press, screen, thread};
use crate::update::update;
use crate::view::layout;
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued, Thread};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::kind::{DeliveryState, DraftState, Source};
use proptest::prelude::*;
use uuid::Uuid;

fn desk_with(width: u16, height: u16, thread: Thread) -> Model {
    let mut model = desk(width, height);
    update(&mut model, now(), Msg::Thread(Box::new(thread)));
    press(&mut model, "enter");
    model.outbox.clear();
    model
}

/// The thread's part of the screen, without the empty right side of its lines.
fn lines(model: &Model) -> String {
    let area = layout::of(model).thread;
    let shown = screen(model);
    let cut = |line: &str| {
        let cells = line.trim_matches('"').chars().skip(usize::from(area.x));
        let row: String = cells.take(usize::from(area.width)).collect();
        row.trim_end().to_owned()
    };
    let rows = shown.lines().skip(usize::from(area.y));
    let rows: Vec<String> = rows.take(usize::from(area.height)).map(cut).collect();
    rows.join("\n").trim_end().to_owned()
}

/// Every kind of message and mark there is.
fn everything() -> Thread {
    let mut it = thread();
    let system = message(1, 5, "system", 300, "merged from #12");
    let mut seen = message(1, 6, "1", 200, "Your refund is on its way.");
    seen.delivery_state = DeliveryState::Read;
    let mut failed = message(1, 7, "1", 190, "And here is the receipt.");
    failed.delivery_state = DeliveryState::Failed;
    failed.delivery_reason = Some("the mailbox is full".to_owned());
    let mut unknown = message(1, 8, "1", 180, "Again:");
    unknown.delivery_state = DeliveryState::Unknown;
    let bot = message(1, 9, "bot", 100, "We answer within an hour.");
    let mut quoting = message(
        1,
        10,
        "customer",
        3,
        "Thanks!\n\nOn Mon, 24 Nov 2025, Aino wrote:\n> Your refund\n> is on its way.\n-- \nPriya\nRaman Ltd",
    );
    quoting.attachments = vec![
        serde_json::from_value(serde_json::json!({
            "id": Uuid::from_u128(5), "file_url": "https://files.example/1",
            "content_type": "application/pdf", "filename": "statement.pdf",
        }))
        .unwrap(),
    ];
    it.messages.truncate(3);
    it.messages
        .extend([system, seen, failed, unknown, bot, quoting]);
    for message in &mut it.messages[..6] {
        message.source = Source::Chat;
    }
    it.draft.as_mut().unwrap().based_on_seq = EventSeq(10);
    it
}

fn queued(state: OutState, hold: i64) -> Queued {
    Queued {
        id: IntentId(Uuid::from_u128(7)),
        conversation_id: id(1),
        command: Command::Reply {
            body: "It is on its way.".to_owned(),
            guard: Guard::Seen(EventSeq(4)),
        },
        files: Vec::new(),
        made_at: now(),
        hold_until: (hold > 0).then(|| now().plus_seconds(hold)),
        state,
    }
}

#[test]
fn everything_at_80_by_50() {
    insta::assert_snapshot!(lines(&desk_with(80, 50, everything())));
}

#[test]
fn everything_at_160_by_45() {
    let mut model = desk_with(160, 45, everything());
    // Letters of two cells in the list would shift what is cut out beside it.
    model.list.rows.retain(|row| row.customer.is_ascii());
    insta::assert_snapshot!(lines(&model));
}

#[test]
fn everything_in_ascii_with_quotes() {
    let mut model = desk_with(80, 56, everything());
    model.glyphs = Glyphs::Ascii;
    press(&mut model, "z a");
    let shown = lines(&model);
    assert!(shown.is_ascii(), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_preview_shows_the_end() {
    insta::assert_snapshot!(lines(&desk(80, 24)));
}

#[test]
fn words_on_their_way_say_how_they_stand() {
    let table = [
        (queued(OutState::Waiting, 8), "Sending in 8 s"),
        (queued(OutState::Waiting, 0), "on its way"),
        (queued(OutState::Sending, 0), "sending"),
        (
            queued(OutState::Held { newer: Vec::new() }, 0),
            "held back: somebody wrote meanwhile",
        ),
        (
            queued(
                OutState::Failed {
                    reason: "no such \u{1b}[2J inbox".to_owned(),
                },
                0,
            ),
            "not sent: no such",
        ),
    ];
    let mut all = String::new();
    for (queued, words) in table {
        let mut it = thread();
        it.draft = None;
        let mut model = desk_with(80, 24, it);
        model.outbox = vec![queued];
        let shown = lines(&model);
        assert!(shown.contains(words), "{shown}");
        assert!(!shown.contains('\u{1b}'));
        let from = shown.find(" ▏ You").unwrap();
        all.push_str(shown[from..].trim_end());
        all.push_str("\n\n");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_reply_that_has_arrived_does_not_stand_there_twice() {
    let mut it = thread();
    it.messages.push(message(1, 5, "1", 0, "It is on its way."));
    let mut model = desk_with(80, 24, it);
    model.outbox = vec![queued(OutState::Sending, 0)];
    assert_eq!(lines(&model).matches("It is on its way.").count(), 1);
}

#[test]
fn a_draft_says_what_state_it_is_in() {
    let first = |it: Thread| {
        let shown = lines(&desk_with(80, 30, it));
        let line = shown.lines().find(|line| line.contains('✦'));
        line.map(str::to_owned).unwrap_or_default()
    };
    let with = |state| {
        let mut it = thread();
        it.draft.as_mut().unwrap().state = state;
        it
    };
    assert_eq!(
        first(with(DraftState::Generating)),
        " ┊ ✦ A draft is being written"
    );
    assert_eq!(
        first(with(DraftState::Ready)),
        " ┊ ✦ Draft · reply by chat · gpt"
    );
    assert_eq!(
        first(with(DraftState::Edited)),
        " ┊ ✦ Draft · edited · reply by chat"
    );
    assert_eq!(
        first(with(DraftState::Failed)),
        " ┊ ✦ No draft: not enough to go on"
    );
    assert_eq!(first(with(DraftState::Approved)), "");
    let mut it = thread();
    it.messages.push(message(1, 5, "customer", 0, "Hello?"));
    let stale = lines(&desk_with(80, 30, it));
    assert!(
        stale.contains("✦ Draft is stale: Priya Raman wrote again"),
        "{stale}"
    );
    assert!(!stale.contains("A approve"), "{stale}");
    assert!(stale.contains("de edit"));
}

#[test]
fn a_decided_draft_gives_its_place_to_the_reply() {
    let mut model = desk(80, 24);
    press(&mut model, "enter A");
    let shown = lines(&model);
    assert!(!shown.contains('✦'), "{shown}");
    assert!(shown.contains("Sending in 3 s"));
    assert!(shown.contains("Hi Priya, I can see two charges"));
}

#[test]
fn who_is_here_is_told() {
    let mut model = desk(80, 24);
    let typing = |who| Msg::Typing {
        conversation_id: id(1),
        who,
    };
    update(&mut model, now(), typing(Typist::Customer));
    update(&mut model, now(), typing(Typist::Agent(TEEMU)));
    let viewing = crate::model::presence::Presence {
        online: Vec::new(),
        viewing: vec![(id(1), TEEMU), (id(1), crate::testing::ME)],
    };
    update(&mut model, now(), Msg::Presence(viewing));
    press(&mut model, "enter");
    let shown = lines(&model);
    for words in [
        "Priya Raman is typing…",
        "Teemu is typing…",
        "◌ Teemu is here too",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    update(&mut model, now().plus_seconds(6), Msg::Tick);
    assert!(!lines(&model).contains("typing"));
}

/// The widest text a line of the screen may have, whatever came from outside.
fn nothing_leaves_its_place(messages: Vec<Message>, width: u16) {
    let mut it = thread();
    it.messages = messages;
    let model = desk_with(width, 40, it);
    let shown = screen(&model);
    for line in shown.lines() {
        for c in line.chars() {
            let is_bad =
                c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!is_bad, "{line:?}");
        }
    }
    if width >= 110 {
        return;
    }
    for line in shown.lines().skip(2).filter(|line| line.contains(" ▏ ")) {
        let rail = line.trim_start_matches('"').chars().nth(1);
        assert_eq!(rail, Some('▏'), "the rail is where it belongs: {line}");
    }
}

#[test]
fn hostile_and_foreign_texts_stay_in_their_place() {
    let texts = [
        "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{9b}31m",
        "\u{202e}txt.exe\u{2066} ▏ Aino (you)",
        "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "Loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
        "日本語の長い文章がここにあります。日本語の長い文章がここにあります。日本語の長い文章がここにあります。",
        "שלום עולם مرحبا بالعالم",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 👍🏽 🇫🇮",
        "one\u{2028}two\r\nthree\rfour\tfive",
    ];
    for width in [40, 80, 160] {
        let messages = texts
            .iter()
            .zip(1..)
            .map(|(text, seq)| {
                message(
                    1,
                    seq,
                    if seq % 2 == 0 { "1" } else { "customer" },
                    30,
                    text,
                )
            })
            .collect();
        nothing_leaves_its_place(messages, width);
    }
}

#[test]
fn a_flood_is_cut_and_counted() {
    let mut it = thread();
    it.draft = None;
    it.messages = vec![message(1, 1, "customer", 1, &"line\n".repeat(5_000))];
    assert!(lines(&desk_with(80, 24, it.clone())).contains("4800 more lines are not shown"));
    it.messages = vec![message(1, 1, "customer", 1, &"x".repeat(1_000_000))];
    let shown = lines(&desk_with(80, 24, it));
    assert!(shown.contains("are not shown"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_and_no_size_breaks_it(text in "\\PC{0,300}", width in 40_u16..200, height in 10_u16..60, keys in prop::collection::vec(0_usize..8, 0..12)) {
        let mut it = thread();
        it.messages.push(message(1, 5, "customer", 0, &text));
        let mut model = desk_with(width, height, it);
        for key in keys {
            press(&mut model, ["j", "k", "g g", "G", "z a", "ctrl-u", "r", "esc"][key]);
            prop_assert_eq!(screen(&model).lines().count(), usize::from(height));
        }
    }
}

#[test]
fn a_terminal_that_knows_links_is_told_where_they_lead_if_it_shall_be() {
    let long = format!("https://shop.example/orders/{}", "7781-".repeat(12));
    let text =
        format!("See {long} and \u{1b}]8;;https://evil.example\u{1b}\\here\u{1b}]8;;\u{1b}\\.");
    let mut it = thread();
    it.draft = None;
    it.messages = vec![message(1, 1, "customer", 5, &text)];
    let mut model = desk_with(80, 24, it);
    assert!(!screen(&model).contains('\u{1b}'));
    let plain = super::super::tests::drawn(&model);
    model.settings.hyperlinks = crate::model::settings::Shown::Yes;
    let linked = super::super::tests::drawn(&model);
    let mut letters = String::new();
    for (plain, linked) in plain.content().iter().zip(linked.content()) {
        if plain.symbol() == linked.symbol() {
            continue;
        }
        // The same letter, in a frame of its own that leads to the whole address.
        assert!(linked.symbol().contains(&format!(";{long}\u{1b}\\")));
        assert_eq!(linked.symbol().matches('\u{1b}').count(), 4);
        letters.push_str(plain.symbol());
    }
    assert_eq!(letters, long);
}

#[test]
fn what_came_back_about_a_reply_stands_below_it_also_when_it_was_seen() {
    let mut it = thread();
    let mut complained = message(1, 6, "1", 200, "Your refund is on its way.");
    complained.delivery_state = DeliveryState::Read;
    complained.delivery_reason = Some("the recipient complained about it (abuse)".to_owned());
    let mut waits = message(1, 7, "1", 190, "And here is the receipt.");
    waits.delivery_state = DeliveryState::Queued;
    waits.delivery_reason = Some("the mail server does not answer".to_owned());
    it.messages.extend([complained, waits]);
    let shown = screen(&desk_with(160, 45, it));
    for words in [
        "! the recipient complained about it (abuse).",
        "on its way, and waits: the mail server does not answer",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn what_has_arrived_is_told_once_and_only_where_the_channel_knows() {
    let arrived = |source: &str, last: DeliveryState| {
        let mut it = thread();
        for (id, state) in [(6, DeliveryState::Delivered), (7, last)] {
            let mut said = message(1, id, "1", 200, "It is on its way.");
            said.source = source.parse().unwrap();
            said.delivery_state = state;
            it.messages.push(said);
        }
        screen(&desk_with(160, 45, it))
            .matches(" delivered ")
            .count()
    };
    for (source, last, count) in [
        ("sms", DeliveryState::Delivered, 1),
        ("whatsapp", DeliveryState::Sent, 1),
        ("custom", DeliveryState::Read, 0),
        ("chat", DeliveryState::Delivered, 0),
        ("email", DeliveryState::Delivered, 0),
    ] {
        assert_eq!(arrived(source, last), count, "{source} {last:?}");
    }
}
