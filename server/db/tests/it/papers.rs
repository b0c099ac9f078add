//! What hangs on a conversation: files, mentions and drafts.

use crate::bed::{START, on_each_engine};
use crate::rows::{
    assert_dangling, assert_taken, conversation, customer, hard_texts, neighbour, read, write,
};
use frontdesk_db::queries::{drafts, erasing, files, mentions, messages};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::file::File;
use frontdesk_domain::json::Json;
use frontdesk_domain::message::{Delivery, Sender};
use frontdesk_domain::{
    Actor, Change, ConversationId, Decision, DraftId, DraftState, EventSeq, FileId, Message,
    MessageId, MessageKind, Source,
};

#[test]
fn a_file_is_known_by_its_id_alone() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let [empty, huge, hostile] = hard_texts();
        for (filename, size) in [(empty, 0), (huge, i64::MAX), (hostile, 1)] {
            let row = File {
                id: FileId::random(),
                account_id: mine,
                filename,
                content_type: "image/png".to_owned(),
                size,
                user_id: Some(bed.user.id),
                customer_id: None,
                created_at: START,
            };
            let (id, stored) = (row.id, row.clone());
            write(&bed, move |unit| files::insert(unit, &stored))
                .await
                .unwrap();
            let again = row.clone();
            assert_taken(&write(&bed, move |unit| files::insert(unit, &again)).await);
            let look =
                async |account| read(&bed, move |conn| files::by_id(conn, account, id)).await;
            assert_eq!(look(mine).await.as_ref(), Some(&row));
            assert_eq!(look(theirs.id).await, None);
            let taken = async || read(&bed, move |conn| files::usage(conn, mine)).await;
            let one = files::Usage {
                files: 1,
                bytes: size,
            };
            assert_eq!(taken().await, one);
            let went = write(&bed, move |unit| {
                Ok((
                    files::forget(unit, theirs.id, id)?,
                    files::forget(unit, mine, id)?,
                    files::forget(unit, mine, id)?,
                ))
            });
            assert_eq!(went.await.unwrap(), (false, true, false));
            assert_eq!(look(mine).await, None);
            assert_eq!(taken().await, files::Usage::default());
        }
    });
}

#[test]
fn bytes_on_their_way_go_unless_their_file_comes() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let (came, stayed_away) = (FileId::random(), FileId::random());
        let due = START.plus_seconds(60);
        write(&bed, move |unit| {
            assert!(files::expect(unit, mine, came, START.plus_seconds(1))?);
            assert!(files::expect(unit, mine, came, due)?, "it is sent again");
            assert!(files::expect(unit, mine, stayed_away, due)?);
            let row = File {
                id: came,
                account_id: mine,
                filename: "a.txt".to_owned(),
                content_type: "text/plain".to_owned(),
                size: 3,
                user_id: None,
                customer_id: None,
                created_at: START,
            };
            files::insert(unit, &row)
        })
        .await
        .unwrap();
        let doomed = async |now| read(&bed, move |conn| erasing::doomed(conn, now, 10)).await;
        assert_eq!(doomed(START).await, []);
        assert_eq!(doomed(due).await, [(mine, stayed_away)]);
        write(&bed, files::forget_expected).await.unwrap();
        assert_eq!(doomed(due).await, []);
        let later = START.plus_seconds(1);
        let unused = async |before| read(&bed, move |conn| files::unused(conn, before, 10)).await;
        assert_eq!(unused(START).await, []);
        assert_eq!(unused(later).await, [(mine, came)]);
        let went = write(&bed, move |unit| files::forget_unused(unit, mine, came));
        assert!(went.await.unwrap());
        assert_eq!(doomed(START).await, [(mine, came)]);
        let again = write(&bed, move |unit| files::expect(unit, mine, came, due));
        assert!(!again.await.unwrap(), "its bytes are about to be removed");
        assert_eq!(doomed(START).await, [(mine, came)]);
    });
}

#[test]
fn mentions_come_with_messages_and_are_seen_once() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine, ada) = (neighbour(&bed).await, bed.account.id, bed.user.id);
        let author = customer(&bed, mine).await;
        let (conversation_id, _) = conversation(&bed, &author).await;
        let message = Message {
            id: MessageId::random(),
            account_id: mine,
            conversation_id,
            seq: EventSeq(50),
            kind: MessageKind::Note,
            private: true,
            source: Source::Chat,
            body: Some("@ada please look".to_owned()),
            original: None,
            sender: Sender::User(ada),
            attachments: Vec::new(),
            mentions: vec![ada],
            delivery: Delivery::done(),
            metadata: None,
            sent_at: None,
            seen_at: None,
            created_at: START,
            updated_at: START,
        };
        let apply = async |change| {
            let decision = Decision {
                changes: vec![change],
                events: Vec::new(),
            };
            write(&bed, move |unit| {
                frontdesk_db::write::apply(unit, &Actor::system(mine), decision)
            })
            .await
            .unwrap()
        };
        let message_id = message.id;
        apply(Change::AddMessage(Box::new(message))).await;
        let look = async |account| {
            read(&bed, move |conn| {
                Ok((
                    mentions::of_conversation(conn, account, conversation_id)?,
                    mentions::unseen(conn, account, ada, 10)?,
                ))
            })
            .await
        };
        let (named, unseen) = look(mine).await;
        assert_eq!(named, unseen);
        assert_eq!(
            (named.len(), named[0].message_id, named[0].user_id),
            (1, message_id, ada)
        );
        assert_eq!(look(theirs.id).await, (Vec::new(), Vec::new()));
        apply(Change::MarkMentionsSeen {
            conversation_id,
            user_id: ada,
            at: START,
        })
        .await;
        let (named, unseen) = look(mine).await;
        assert_eq!((named[0].seen_at, unseen), (Some(START), Vec::new()));
        write(&bed, move |unit| messages::delete(unit, mine, message_id))
            .await
            .unwrap();
        assert_eq!(look(mine).await, (Vec::new(), Vec::new()));
    });
}

fn draft(account_id: frontdesk_domain::AccountId, conversation_id: ConversationId) -> Draft {
    Draft {
        id: DraftId::random(),
        account_id,
        conversation_id,
        state: DraftState::Ready,
        body: Some("It is on its way.".to_owned()),
        made: Some("It is on the way.".to_owned()),
        based_on_seq: EventSeq(2),
        origin: "ai".to_owned(),
        sources: Some(Json("[1]".to_owned())),
        hint: Some("shorter".to_owned()),
        reason: None,
        decided_by: None,
        message_id: None,
        kept: Some(12),
        compared: Some(13),
        version: 1,
        created_at: START,
        updated_at: START,
    }
}

#[test]
fn a_draft_changes_only_from_the_version_that_was_seen() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let author = customer(&bed, mine).await;
        let (conversation_id, _) = conversation(&bed, &author).await;
        let row = draft(mine, conversation_id);
        let (id, stored) = (row.id, row.clone());
        write(&bed, move |unit| drafts::insert(unit, &stored))
            .await
            .unwrap();
        let update = async |it: Draft| {
            write(&bed, move |unit| drafts::update(unit, &it))
                .await
                .unwrap()
        };
        let look = async |account| read(&bed, move |conn| drafts::by_id(conn, account, id)).await;
        assert_eq!(look(mine).await.as_ref(), Some(&row));
        assert_eq!(look(theirs.id).await, None);
        for (version, body) in (1..).zip(hard_texts()) {
            let seen = Draft {
                state: DraftState::Edited,
                body: Some(body),
                based_on_seq: EventSeq(i64::MAX),
                sources: None,
                reason: Some(String::new()),
                decided_by: Some(bed.user.id),
                message_id: Some(MessageId::random()),
                version,
                ..row.clone()
            };
            let foreign = Draft {
                account_id: theirs.id,
                ..seen.clone()
            };
            assert!(!update(foreign).await);
            assert!(update(seen.clone()).await);
            assert!(
                !update(seen.clone()).await,
                "a second look at version {version}"
            );
            let kept = Draft {
                version: version + 1,
                ..seen
            };
            assert_eq!(look(mine).await, Some(kept));
        }
    });
}

#[test]
fn drafts_are_found_by_conversation_and_by_state() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let author = customer(&bed, mine).await;
        let (here, _) = conversation(&bed, &author).await;
        let (there, _) = conversation(&bed, &author).await;
        let older = draft(mine, here);
        let newer = Draft {
            state: DraftState::Stale,
            created_at: START.plus_seconds(1),
            ..draft(mine, here)
        };
        let other = Draft {
            created_at: START.plus_seconds(2),
            ..draft(mine, there)
        };
        let stored = [older.clone(), newer.clone(), other.clone()];
        write(&bed, move |unit| {
            stored.iter().try_for_each(|row| drafts::insert(unit, row))
        })
        .await
        .unwrap();
        let of = async |account| {
            read(&bed, move |conn| {
                drafts::of_conversation(conn, account, here)
            })
            .await
        };
        let ready = async |account, limit| {
            read(&bed, move |conn| {
                drafts::in_state(conn, account, DraftState::Ready, limit)
            })
            .await
        };
        assert_eq!(of(mine).await, [newer, older.clone()]);
        assert_eq!(of(theirs.id).await, []);
        assert_eq!(ready(mine, 10).await, [older.clone(), other]);
        assert_eq!(ready(mine, 1).await, [older]);
        assert_eq!(ready(theirs.id, 10).await, []);
    });
}

#[test]
fn a_draft_needs_a_conversation_of_its_account() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let author = customer(&bed, mine).await;
        let (conversation_id, _) = conversation(&bed, &author).await;
        for row in [
            draft(theirs.id, conversation_id),
            draft(mine, ConversationId::random()),
        ] {
            assert_dangling(&write(&bed, move |unit| drafts::insert(unit, &row)).await);
        }
    });
}
