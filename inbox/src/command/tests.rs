use super::*;
use crate::testing::conversation;
use frontdesk_protocol::id::ConversationId;
use proptest::prelude::*;

fn commands() -> impl Strategy<Value = Command> {
    let moment = (0_i64..4_000_000_000).prop_map(Timestamp::from_seconds);
    prop_oneof![
        Just(Command::Close),
        Just(Command::Reopen),
        Just(Command::PutBack {
            snooze: None,
            waiting_since: UtcStamp(Timestamp(3)),
        }),
        Just(Command::Spam),
        Just(Command::Read),
        Just(Command::Unread),
        Just(Command::Snooze(Snooze::until_reply())),
        moment.prop_map(|at| Command::Snooze(Snooze::until(at))),
        proptest::option::of(1_i64..5).prop_map(|id| Command::Assign(id.map(UserId))),
        Just(Command::Priority(Priority::High)),
        Just(Command::Priority(Priority::Normal)),
        Just(Command::Merge {
            into: ConversationId(uuid::Uuid::from_u128(2)),
            merge: MergeId(uuid::Uuid::from_u128(3)),
        }),
    ]
}

fn shown(it: &Conversation) -> String {
    format!("{it:?}")
}

#[test]
fn a_reply_ends_the_waiting_and_counts_as_read() {
    let mut it = conversation();
    it.waiting_since = Some(UtcStamp(Timestamp(1)));
    it.read = false;
    let reply = Command::Reply {
        body: "Hi".to_owned(),
        guard: Guard::Seen(EventSeq(1)),
    };
    reply.apply(&mut it, Timestamp::from_seconds(9));
    assert!(it.read && it.waiting_since.is_none());
    assert_eq!(reply.inverse(&it, &[]), None);
}

#[test]
fn what_was_written_by_hand_has_words() {
    let draft = |edited: Option<&str>| Command::ApproveDraft {
        draft: DraftId::random(),
        version: 1,
        edited: edited.map(str::to_owned),
        guard: Guard::Seen(EventSeq(1)),
        quoting: Quoting::Public,
    };
    assert!(draft(Some("Mine")).has_words());
    assert!(!draft(None).has_words() && !Command::Close.has_words());
}

#[test]
fn what_an_earlier_version_kept_quotes_nothing_internal() {
    let kept = r#"{"approve_draft":{"draft":"00000000-0000-0000-0000-000000000050","version":1,
        "edited":null,"guard":{"seen":4}}}"#;
    let read: Command = serde_json::from_str(kept).unwrap();
    assert!(matches!(
        read,
        Command::ApproveDraft {
            quoting: Quoting::Public,
            ..
        }
    ));
}

#[test]
fn a_tag_that_was_there_is_not_taken_away_by_undo() {
    let tag = TagId::random();
    let it = conversation();
    assert_eq!(Command::Tag(tag).inverse(&it, &[tag]), None);
    assert_eq!(
        Command::Tag(tag).inverse(&it, &[]),
        Some(Command::Untag(tag))
    );
}

#[test]
fn a_merge_that_is_done_again_is_another_merge() {
    let into = ConversationId::random();
    let merge = MergeId::random();
    let first = Command::Merge { into, merge };
    let Command::Merge {
        into: same,
        merge: other,
    } = first.again()
    else {
        panic!("it is a merge");
    };
    assert_eq!(same, into);
    assert_ne!(other, merge);
    let (from, one) = (CustomerId::random(), CustomerId::random());
    let same = Command::MergeCustomers {
        from,
        into: one,
        merge,
        across_proof: false,
    };
    assert_ne!(same.again(), same);
    assert_eq!(Command::Close.again(), Command::Close);
}

#[test]
fn commands_survive_being_written_down() {
    let commands = [
        Command::Reply {
            body: "Hi".to_owned(),
            guard: Guard::Forced(EventSeq(3)),
        },
        Command::Assign(None),
        Command::Snooze(Snooze::until(Timestamp::from_seconds(5))),
        Command::Tag(TagId::random()),
        Command::UndoMerge {
            merge: MergeId::random(),
            stood: Stood::of(&conversation()),
        },
    ];
    for command in commands {
        let text = serde_json::to_string(&command).unwrap();
        assert_eq!(serde_json::from_str::<Command>(&text).unwrap(), command);
    }
}

proptest! {
    #[test]
    fn undo_restores_what_was_there(before in proptest::collection::vec(commands(), 0..4), command in commands()) {
        let now = Timestamp::from_seconds(100);
        let mut it = conversation();
        it.id = ConversationId(uuid::Uuid::nil());
        for earlier in before {
            earlier.apply(&mut it, now);
        }
        let start = shown(&it);
        let inverse = command.inverse(&it, &[]).expect("these can be taken back");
        command.apply(&mut it, now);
        inverse.apply(&mut it, now);
        prop_assert_eq!(shown(&it), start);
    }

    #[test]
    fn what_is_done_is_so_and_changes_nothing_more(command in commands()) {
        let now = Timestamp::from_seconds(100);
        let mut it = conversation();
        if command.is_so_in(&it, &[]) {
            let before = shown(&it);
            command.apply(&mut it, now);
            prop_assert_eq!(shown(&it), before);
        }
        command.apply(&mut it, now);
        prop_assert!(command.is_so_in(&it, &[]));
    }

    #[test]
    fn doing_it_twice_is_doing_it_once(command in commands()) {
        let now = Timestamp::from_seconds(100);
        let mut once = conversation();
        command.apply(&mut once, now);
        let mut twice = once.clone();
        command.apply(&mut twice, now);
        prop_assert_eq!(shown(&once), shown(&twice));
    }
}

#[test]
fn a_closing_taken_back_brings_back_who_waits() {
    let mut it = conversation();
    it.waiting_since = Some(UtcStamp(Timestamp(7)));
    let mut resting = it.clone();
    Command::Snooze(Snooze::until_reply()).apply(&mut resting, Timestamp(8));
    let endings = [Command::Close, Command::Spam];
    for (before, ending) in endings.iter().flat_map(|end| [(&it, end), (&resting, end)]) {
        let inverse = ending.inverse(before, &[]).unwrap();
        let mut ended = before.clone();
        ending.apply(&mut ended, Timestamp(9));
        assert_eq!(ended.waiting_since, None);
        inverse.apply(&mut ended, Timestamp(10));
        assert_eq!(shown(&ended), shown(before));
    }
    it.waiting_since = None;
    assert_eq!(Command::Close.inverse(&it, &[]), Some(Command::Reopen));
}
