//! A small believable desk to try things on, and what it looks like as text.

pub(crate) mod picture;

use crate::glyph::Glyphs;
use crate::model::settings::Settings;
use crate::model::{Model, Size};
use crate::msg::{Msg, Page};
use crate::theme::{Role, Theme};
use crate::update::{self, update};
use frontdesk_inbox::directory::Connections;
use frontdesk_inbox::{Directory, DraftMark, LastWords, OutMark, Row, Speaker, Thread, View};
use frontdesk_protocol::entity::{Connection, Conversation, Message};
use frontdesk_protocol::id::{ConversationId, UserId};
use frontdesk_protocol::kind::{self, Source};
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const ME: UserId = UserId(1);
pub(crate) const TEEMU: UserId = UserId(2);

/// Monday 24 November 2025, 14:32 in UTC, which is where this desk stands.
pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2025-11-24T14:32:00Z").unwrap()
}

/// The conversation with this number.
pub(crate) fn id(number: i64) -> ConversationId {
    ConversationId(Uuid::from_u128(0x4000_8000_0000_0000_0000 + number as u128))
}

fn stamp(minutes_ago: i64) -> String {
    now().plus_seconds(-60 * minutes_ago).to_utc_stamp()
}

/// An open, read conversation by mail, last active so many minutes ago.
pub(crate) fn conversation(number: i64, minutes_ago: i64) -> Conversation {
    let row_stamp = now().plus_seconds(-86_400).to_row_stamp();
    serde_json::from_value(json!({
        "object": "conversation", "id": id(number), "number": number, "source": "email",
        "created_at": row_stamp, "updated_at": row_stamp, "last_activity_at": stamp(minutes_ago),
        "status": "open", "snoozed_until_reply": false, "read": true, "priority": "not_priority",
        "subject": "Invoice 10432", "account_id": Uuid::from_u128(1),
        "customer_id": Uuid::from_u128(1_000 + number as u128), "last_message_seq": number, "version": 1,
    }))
    .unwrap()
}

/// Its row.
pub(crate) fn row(number: i64, minutes_ago: i64) -> Row {
    Row {
        conversation: conversation(number, minutes_ago),
        customer: "Dana Whitfield".to_owned(),
        last: Some(LastWords {
            by: Speaker::Customer,
            text: "Can you confirm the VAT number?".to_owned(),
            at: now().plus_seconds(-60 * minutes_ago),
        }),
        tags: Vec::new(),
        draft: DraftMark::None,
        is_mentioned: false,
        is_blocked: false,
        out: OutMark::None,
    }
}

/// A list like the one in the design: every channel, mark and state.
#[expect(clippy::too_many_lines, reason = "a table of conversations")]
pub(crate) fn rows() -> Vec<Row> {
    let table: &[(i64, &str, &str, &str, &str, i64, &str)] = &[
        (
            1,
            "chat",
            "Priya Raman",
            "Card charged twice",
            "It just happened again, same amount.",
            1,
            "unread draft mine high",
        ),
        (
            2,
            "sms",
            "+358 40 123 4567",
            "",
            "Code never arrives when I sign in",
            3,
            "unread draft",
        ),
        (
            3,
            "email",
            "Dana Whitfield",
            "Re: Invoice 10432",
            "can you confirm the VAT number on it?",
            9,
            "unread draft mine",
        ),
        (
            4,
            "slack",
            "Ola @ Fjellby",
            "#ext-fjellby",
            "webhook retries stopped at 02:10",
            22,
            "teemu",
        ),
        (
            5,
            "email",
            "Marcus Oyelaran",
            "Export to CSV cuts the last column",
            "",
            41,
            "draft mine",
        ),
        (
            6,
            "chat",
            "Guest 81f2",
            "",
            "Thanks, that address is updated now",
            44,
            "mine waiting me",
        ),
        (
            7,
            "email",
            "Hanako Ito",
            "Seat count after the annual renewal",
            "",
            60,
            "",
        ),
        (
            8,
            "email",
            "Leo Brandt",
            "Refund",
            "The attachment is here",
            120,
            "mine failed",
        ),
        (
            9,
            "slack",
            "Rue @ Calder",
            "#calder-support",
            "SSO group mapping",
            180,
            "draft mine",
        ),
        (
            10,
            "email",
            "Beatriz Nunes",
            "Refund for order 7781 (second reminder)",
            "",
            240,
            "unread high",
        ),
        (
            11,
            "chat",
            "山田 太郎",
            "招待の方法",
            "閲覧者を招待するには？",
            300,
            "mine mention",
        ),
        (
            12,
            "email",
            "Accounts, Pell Ltd",
            "PO number for the July invoice",
            "",
            360,
            "teemu",
        ),
        (13, "sms", "+44 7700 900118", "", "Ok thanks!", 480, "mine"),
    ];
    table
        .iter()
        .map(|(number, source, customer, subject, last, ago, marks)| {
            let mut row = row(*number, *ago);
            let it = &mut row.conversation;
            it.source = source.parse().unwrap();
            it.subject = (!subject.is_empty()).then(|| (*subject).to_owned());
            row.customer = (*customer).to_owned();
            row.last = (!last.is_empty()).then(|| LastWords {
                by: Speaker::Customer,
                text: (*last).to_owned(),
                at: now().plus_seconds(-60 * ago),
            });
            for mark in marks.split_whitespace() {
                match mark {
                    "unread" => row.conversation.read = false,
                    "draft" => row.draft = DraftMark::Ready,
                    "mine" => row.conversation.assignee_id = Some(ME),
                    "teemu" => row.conversation.assignee_id = Some(TEEMU),
                    "high" => row.conversation.priority = "priority".parse().unwrap(),
                    "waiting" => row.out = OutMark::Waiting,
                    "failed" => row.out = OutMark::Failed,
                    "mention" => row.is_mentioned = true,
                    "me" => row.last.as_mut().unwrap().by = Speaker::Me,
                    other => panic!("{other}"),
                }
            }
            row
        })
        .collect()
}

/// The directory as an admin has it, with these connections as the server said them then.
pub(crate) fn admin_with(all: Vec<Connection>, said_at: Timestamp) -> Directory {
    let mut known = directory();
    for user in &mut known.users {
        user.role = kind::Role::Admin;
    }
    known.connections = Some(Connections {
        said_at: UtcStamp(said_at),
        all,
    });
    known
}

/// One connection of each state.
pub(crate) fn connections() -> Vec<Connection> {
    let made = now().plus_seconds(-86_400).to_row_stamp();
    let of = |n: u128, name: &str, source: &str, more: Value| {
        let mut it = json!({
            "object": "connection", "id": Uuid::from_u128(900 + n), "inbox_id": Uuid::from_u128(1),
            "kind": source, "name": name, "settings": null, "reason": null,
            "failing_since": null, "checked_at": stamp(1), "worked_at": stamp(1),
            "account_id": Uuid::from_u128(1), "created_at": made, "updated_at": made,
        });
        for (field, value) in more.as_object().unwrap() {
            it[field] = value.clone();
        }
        serde_json::from_value(it).unwrap()
    };
    vec![
        of(
            1,
            "support@northwind.example",
            "email",
            json!({
            "state": "working", "came_at": stamp(4), "went_at": stamp(11) }),
        ),
        of(
            2,
            "billing@northwind.example",
            "email",
            json!({
            "state": "refused", "failing_since": stamp(95), "failures": 7,
            "next_try_at": stamp(-3), "came_at": stamp(100), "went_at": stamp(1_600),
            "reason": "mail.northwind.example: the mail server does not take the user and the password" }),
        ),
        of(
            3,
            "Refunds\u{1b}[31m",
            "email",
            json!({
            "state": "unauthorized", "failing_since": stamp(3_000), "failures": 1 }),
        ),
        of(
            4,
            "+358 40 123 4567",
            "sms",
            json!({
            "state": "failing", "failing_since": stamp(2), "failures": 2, "next_try_at": stamp(-1),
            "reason": "api.twilio.example does not answer", "went_at": stamp(20) }),
        ),
        of(5, "Old bot", "telegram", json!({ "state": "off" })),
        of(6, "New bot", "telegram", json!({ "state": "untested" })),
    ]
}

pub(crate) fn directory() -> Directory {
    let user = |id: i64, name: &str| {
        json!({ "object": "user", "id": id, "email": format!("u{id}@northwind.example"),
            "created_at": "2025-01-01T00:00:00", "role": "user", "visibility": "all",
            "availability": "online", "display_name": name })
    };
    let tag = |n: u128, name: &str| {
        json!({ "object": "tag", "id": Uuid::from_u128(n), "name": name,
            "created_at": "2025-01-01T00:00:00", "updated_at": "2025-01-01T00:00:00" })
    };
    serde_json::from_value(json!({
        "me": ME, "company": "northwind",
        "users": [user(1, "Aino"), user(2, "Teemu"), user(3, "Tessa")],
        "teams": [{ "id": Uuid::from_u128(50), "name": "Tier 2" }],
        "inboxes": [], "tags": [tag(60, "billing"), tag(61, "refund"), tag(62, "vip")],
        "canned_responses": [{ "id": Uuid::from_u128(70), "name": "thanks", "content": "Thank you for writing to us." }],
    }))
    .unwrap()
}

/// A message of a thread: `who` is `customer`, a user's number, `bot` or `system`; a note when
/// the text begins with `note: `.
pub(crate) fn message(
    conversation: i64,
    seq: i64,
    who: &str,
    minutes_ago: i64,
    text: &str,
) -> Message {
    let (private, body) = text
        .strip_prefix("note: ")
        .map_or((false, text), |body| (true, body));
    let user: Option<i64> = who.parse().ok();
    let kind = match who {
        "bot" | "system" => who,
        _ if private => "note",
        _ => "reply",
    };
    let rows = rows();
    let row = rows
        .iter()
        .find(|row| row.conversation.number == conversation);
    let source = row.map_or(Source::Email, |row| row.conversation.source);
    serde_json::from_value(json!({
        "object": "message", "id": Uuid::from_u128(9_000_000 + (conversation * 1_000 + seq) as u128),
        "seq": seq, "body": body, "type": kind, "content_type": "text", "private": private,
        "source": source, "created_at": now().plus_seconds(-60 * minutes_ago).to_row_stamp(),
        "sent_at": stamp(minutes_ago), "conversation_id": id(conversation), "account_id": Uuid::from_u128(1),
        "user_id": user, "customer_id": (who == "customer").then(|| Uuid::from_u128(1_000 + conversation as u128)),
        "delivery_state": "delivered", "attachments": [],
        "user": user.map(|id| json!({ "object": "user", "id": id, "email": "u@northwind.example",
            "created_at": "2025-01-01T00:00:00", "role": "user", "visibility": "all", "availability": "online",
            "display_name": directory().user_name(UserId(id)) })),
    }))
    .unwrap()
}

/// The customer of the thread, as the server tells of them.
pub(crate) fn customer() -> Value {
    json!({
        "object": "customer", "id": Uuid::from_u128(1_001), "name": "Priya Raman",
        "email": "priya.r@example.org", "phone": "+358 40 555 01",
        "created_at": "2023-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
        "title": "Priya Raman", "account_id": Uuid::from_u128(1),
        "first_seen": "2023-11-20", "last_seen_at": "2025-11-24T14:31:00Z",
        "time_zone": "Europe/Helsinki", "verified": true,
        "notes": [{
            "object": "note", "id": Uuid::from_u128(90),
            "body": "Prefers short answers.\nPays by invoice since the spring.",
            "content_type": "text", "customer_id": Uuid::from_u128(1_001), "author_id": 2,
            "created_at": "2025-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
        }],
    })
}

/// The thread of the design.
pub(crate) fn thread() -> Thread {
    Thread {
        row: rows().remove(0),
        messages: vec![
            message(1, 1, "customer", 10_000, "Hello, my card statement shows your charge twice this month."),
            message(1, 2, "1", 9_990, "Thanks Priya, I am looking at the two payments now."),
            message(1, 3, "2", 9_980, "note: Processor had a retry incident 14:00-14:05, see INC-204."),
            message(1, 4, "customer", 1, "It just happened again, same amount. 49.00 EUR both times.\nI have not pressed anything since yesterday."),
        ],
        has_older: false,
        draft: Some(serde_json::from_value(json!({
            "object": "draft", "id": Uuid::from_u128(80), "conversation_id": id(1), "state": "ready",
            "body": "Hi Priya, I can see two charges of 49.00 EUR at 14:02 and 14:03. The second one is a duplicate and I have started the refund; it reaches your card in 3-5 working days.",
            "based_on_seq": 4, "origin": "gpt", "version": 1,
            "created_at": "2025-11-24T14:31:52", "updated_at": "2025-11-24T14:31:52",
        })).unwrap()),
        queued: Vec::new(),
        customer: None,
        others: Vec::new(),
    }
}

/// A desk with all of that on a screen of this size.
pub(crate) fn desk(width: u16, height: u16) -> Model {
    let mut model = Model::new(
        Size { width, height },
        TimeZone::UTC,
        Glyphs::Unicode,
        Settings::default(),
    );
    update::start(&mut model, now());
    model.connection = crate::model::connection::Connection::Live;
    for (view, count) in [
        (View::Inbox, 57),
        (View::Mine, 12),
        (View::Unassigned, 4),
        (View::Drafts, 6),
        (View::Snoozed, 9),
    ] {
        model.counts.set(view, count);
    }
    update(&mut model, now(), Msg::Directory(Box::new(directory())));
    let page = Page {
        generation: model.list.generation,
        view: View::Inbox,
        rows: rows(),
        has_before: false,
        has_after: false,
    };
    update(&mut model, now(), Msg::Page(page));
    update(&mut model, now(), Msg::Thread(Box::new(thread())));
    model
}

/// The desk with keys pressed one after the other, by a hand that rests after each move.
pub(crate) fn press(model: &mut Model, keys: &str) -> Vec<crate::effect::Effect> {
    let mut effects = Vec::new();
    for key in crate::key::parse_chord(keys).unwrap() {
        effects.extend(update(model, model.now, Msg::Key(key)));
        if let Some(rested) = model.threads.show_at {
            effects.extend(update(model, rested, Msg::Tick));
        }
    }
    effects
}

/// The desk with a text typed letter by letter.
pub(crate) fn typed(model: &mut Model, text: &str) -> Vec<crate::effect::Effect> {
    text.chars()
        .map(crate::key::Key::char)
        .flat_map(|key| update(model, model.now, Msg::Key(key)))
        .collect()
}

/// What is on the screen, without looks.
pub(crate) fn screen(model: &Model) -> String {
    let backend = TestBackend::new(model.size.width, model.size.height);
    let mut terminal = Terminal::new(backend).unwrap();
    terminal
        .draw(|frame| crate::view::view(model, &Theme::plain(), frame))
        .unwrap();
    terminal.backend().to_string()
}

/// The roles on the screen: a letter for each cell, by its place in [`Role::ALL`].
pub(crate) fn roles(model: &Model) -> String {
    let theme = Theme::of_letters();
    let backend = TestBackend::new(model.size.width, model.size.height);
    let mut terminal = Terminal::new(backend).unwrap();
    terminal
        .draw(|frame| crate::view::view(model, &theme, frame))
        .unwrap();
    let buffer = terminal.backend().buffer();
    let mut out = String::new();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let letter = match buffer[(x, y)].fg {
                ratatui::style::Color::Indexed(place) => char::from(b'A' + place),
                _ => ' ',
            };
            let is_selected = buffer[(x, y)].bg != ratatui::style::Color::Reset;
            out.push(if is_selected {
                letter.to_ascii_lowercase()
            } else {
                letter
            });
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

/// How many roles there are to tell apart.
const _: () = assert!(Role::ALL.len() <= 26);

/// What a model suggests of a conversation: something of each kind.
pub(crate) fn suggestions() -> Value {
    let directory = directory();
    json!({
        "by": "gpt",
        "tags": [
            { "id": directory.tags[1].id, "name": "refund", "confidence": 0.82 },
            { "id": directory.tags[2].id, "name": "vip", "confidence": 0.41 },
        ],
        "team": { "id": directory.teams[0].id, "name": "Tier 2", "confidence": 0.64 },
        "priority": { "name": "normal", "confidence": 0.7 },
        "sentiment": { "name": "negative", "confidence": 0.9 },
        "trouble": null,
    })
}
