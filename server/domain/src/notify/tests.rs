use super::*;
use crate::json::Json;
use crate::message::Delivery;
use crate::{ConversationId, CustomerId, EventSeq, MessageId, Source};

const START: Timestamp = Timestamp::from_seconds(1_795_000_000);
const ME: UserId = UserId(1);
const OTHER: UserId = UserId(2);

fn watcher() -> Watcher {
    Watcher {
        wish: Notify {
            id: Uuid::nil(),
            user_id: ME,
            account_id: AccountId::random(),
            service: PushService::Ntfy,
            url: "https://ntfy.test/topic".to_owned(),
            token: Some(b"secret".to_vec()),
            on_assigned: true,
            on_mentioned: true,
            on_unassigned: true,
            with_text: false,
            quiet: None,
            time_zone: "Europe/Berlin".to_owned(),
            updated_at: START,
        },
        view: View::All,
        inboxes: Vec::new(),
    }
}

fn held(assignee: Option<UserId>) -> Conversation {
    let account_id = AccountId::random();
    let id = ConversationId::random();
    let customer_id = CustomerId::random();
    let mut it = Conversation::new(id, account_id, customer_id, Source::Chat, START);
    it.inbox_id = Some(InboxId::random());
    it.assignee_id = assignee;
    it
}

fn message(of: &Conversation, sender: Sender) -> Message {
    let kind = match sender {
        Sender::System => MessageKind::System,
        Sender::Bot => MessageKind::Bot,
        Sender::User(_) | Sender::Customer(_) => MessageKind::Reply,
    };
    Message {
        id: MessageId::random(),
        account_id: of.account_id,
        conversation_id: of.id,
        seq: EventSeq(1),
        kind,
        private: false,
        source: Source::Chat,
        body: Some("Hello".to_owned()),
        original: None,
        sender,
        attachments: Vec::new(),
        mentions: Vec::new(),
        delivery: Delivery::done(),
        metadata: None,
        sent_at: None,
        seen_at: None,
        created_at: START,
        updated_at: START,
    }
}

fn by_customer(of: &Conversation) -> Message {
    message(of, Sender::Customer(of.customer_id))
}

fn told(watcher: &Watcher, of: &Conversation, message: &Message) -> Option<Reason> {
    watcher.of_message(of, message)
}

#[test]
fn only_what_is_mine_is_told() {
    let me = watcher();
    let cases = [
        (Some(ME), Some(Reason::Written)),
        (None, Some(Reason::Unassigned)),
        (Some(OTHER), None),
    ];
    for (assignee, wanted) in cases {
        let of = held(assignee);
        assert_eq!(told(&me, &of, &by_customer(&of)), wanted, "{assignee:?}");
    }
}

#[test]
fn what_colleagues_and_bots_write_is_told_to_nobody_but_the_mentioned() {
    let me = watcher();
    let of = held(Some(ME));
    for sender in [
        Sender::User(OTHER),
        Sender::User(ME),
        Sender::Bot,
        Sender::System,
    ] {
        assert_eq!(told(&me, &of, &message(&of, sender)), None, "{sender:?}");
    }
    let elsewhere = held(Some(OTHER));
    let mut note = message(&elsewhere, Sender::User(OTHER));
    note.mentions = vec![ME];
    assert_eq!(told(&me, &elsewhere, &note), Some(Reason::Mentioned));
    note.sender = Sender::User(ME);
    assert_eq!(
        told(&me, &elsewhere, &note),
        None,
        "nobody needs to be told by oneself"
    );
}

#[test]
fn each_kind_can_be_switched_off() {
    let (of, free) = (held(Some(ME)), held(None));
    let mut me = watcher();
    me.wish.on_assigned = false;
    assert_eq!(told(&me, &of, &by_customer(&of)), None);
    assert_eq!(me.of_assignment(&of, None, Some(OTHER)), None);
    me.wish.on_unassigned = false;
    assert_eq!(told(&me, &free, &by_customer(&free)), None);
    me.wish.on_mentioned = false;
    let mut note = message(&free, Sender::User(OTHER));
    note.mentions = vec![ME];
    assert_eq!(told(&me, &free, &note), None);
}

#[test]
fn what_nobody_has_yet_is_told_to_the_members_of_its_inbox() {
    let of = held(None);
    let mut me = watcher();
    me.inboxes = vec![InboxId::random()];
    assert_eq!(told(&me, &of, &by_customer(&of)), None);
    me.inboxes.extend(of.inbox_id);
    assert_eq!(told(&me, &of, &by_customer(&of)), Some(Reason::Unassigned));
}

#[test]
fn what_a_user_may_not_see_is_not_told() {
    let of = held(Some(OTHER));
    let mut me = watcher();
    me.view = View::OwnAndUnassigned { user_id: ME };
    let mut note = message(&of, Sender::User(OTHER));
    note.mentions = vec![ME];
    assert_eq!(told(&me, &of, &note), None);
}

#[test]
fn being_assigned_is_told_unless_one_did_it_oneself() {
    let me = watcher();
    let mine = held(Some(ME));
    assert_eq!(
        me.of_assignment(&mine, None, Some(OTHER)),
        Some(Reason::Assigned)
    );
    assert_eq!(
        me.of_assignment(&mine, Some(OTHER), None),
        Some(Reason::Assigned)
    );
    assert_eq!(me.of_assignment(&mine, None, Some(ME)), None);
    assert_eq!(
        me.of_assignment(&mine, Some(ME), Some(OTHER)),
        None,
        "it was mine before"
    );
    assert_eq!(me.of_assignment(&held(Some(OTHER)), None, None), None);
}

#[test]
fn a_reminder_is_told_to_whoever_is_assigned() {
    let me = watcher();
    let of = held(Some(ME));
    let mut line = message(&of, Sender::System);
    line.metadata = Some(Json(REMINDER.to_owned()));
    assert_eq!(told(&me, &of, &line), Some(Reason::Waiting));
    assert_eq!(told(&me, &held(None), &line), None);
}

#[test]
fn hours_may_go_over_midnight() {
    let (night, day) = (
        Hours {
            from: 1320,
            until: 420,
        },
        Hours {
            from: 540,
            until: 1020,
        },
    );
    for (minute, in_night, in_day) in [
        (1320, true, false),
        (0, true, false),
        (419, true, false),
        (420, false, false),
        (540, false, true),
        (1019, false, true),
        (1020, false, false),
    ] {
        assert_eq!(
            (night.holds(minute), day.holds(minute)),
            (in_night, in_day),
            "{minute}"
        );
    }
    assert!(
        !Hours {
            from: 60,
            until: 60
        }
        .holds(60)
    );
}

#[test]
fn quiet_hours_go_by_the_users_own_clock() {
    // Half past six in the evening in Berlin, noon and a half in New York.
    let now = Timestamp::parse("2026-11-18T17:30:00Z").unwrap();
    let mut wish = watcher().wish;
    wish.quiet = Some(Hours {
        from: 18 * 60,
        until: 8 * 60,
    });
    assert!(wish.is_quiet(now));
    wish.time_zone = "America/New_York".to_owned();
    assert!(!wish.is_quiet(now));
    wish.time_zone = "no such place".to_owned();
    assert!(!wish.is_quiet(now), "then by UTC");
    wish.quiet = None;
    assert!(!wish.is_quiet(now));
}

#[test]
fn addresses_and_tokens_do_not_show_themselves() {
    let shown = format!("{:?}", watcher());
    assert!(
        !shown.contains("topic") && !shown.contains("115, 101"),
        "{shown}"
    );
}
