//! A new client gets all of a desk, and events tell the rest.

use crate::bed::{Bed, START, on_each_engine};
use crate::desk::{Desk, fill};
use frontdesk_db::queries::list::ConversationView;
use frontdesk_db::queries::messages::{self, MessageFilter};
use frontdesk_db::queries::snapshot::{self, SnapshotCursor};
use frontdesk_db::queries::{counts, events, inboxes};
use frontdesk_db::{Conn, DbError, Sql, queries};
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::{
    Actor, ConversationId, EventDraft, EventKind, EventSeq, MessageKind, Role, Source, Status,
    Timestamp, Who,
};
use std::collections::HashSet;

fn restricted(desk: &Desk) -> Actor {
    let user_id = desk.users[1];
    Actor {
        account_id: desk.account_id,
        who: Who::User(Member {
            user_id,
            role: Role::Member,
            view: View::OwnInboxes {
                user_id,
                inboxes: vec![desk.inboxes[1]],
            },
            scope: None,
        }),
        from: None,
    }
}

/// The user who is mentioned here and there, and sees all.
fn unrestricted(desk: &Desk) -> Actor {
    let user_id = desk.users[0];
    let who = Who::User(Member {
        user_id,
        role: Role::Admin,
        view: View::All,
        scope: None,
    });
    Actor {
        who,
        ..Actor::system(desk.account_id)
    }
}

fn rest(
    conn: &mut dyn Conn,
    actor: &Actor,
    from: SnapshotCursor,
    closed_since: Option<Timestamp>,
) -> Vec<ConversationView> {
    let mut all = Vec::new();
    let mut next = Some(from);
    while let Some(at) = next {
        let at = at.to_string().parse().unwrap();
        let page = snapshot::page(conn, actor, at, closed_since).unwrap();
        assert!(page.conversations.len() <= 50);
        all.extend(page.conversations);
        next = page.next;
    }
    all
}

#[test]
fn a_snapshot_has_each_conversation_once_and_the_open_ones_first() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 2_300).await;
        bed.db
            .read(move |conn| {
                for actor in [Actor::system(desk.account_id), restricted(&desk)] {
                    let start = snapshot::start(conn, &actor, START.plus_seconds(86_400))?;
                    assert_eq!(start.seq, queries::accounts::seqs(conn, desk.account_id)?.0);
                    assert_eq!((start.users.len(), start.inboxes.len()), (2, 2));
                    assert_eq!((start.tags.len(), start.canned_responses.len()), (2, 0));
                    let all = rest(conn, &actor, start.at, None);
                    let open = all
                        .iter()
                        .take_while(|it| it.conversation.status == Status::Open)
                        .count();
                    assert!(open > 0);
                    assert!(
                        all[open..]
                            .iter()
                            .all(|it| it.conversation.status != Status::Open)
                    );
                    let ids: HashSet<ConversationId> =
                        all.iter().map(|it| it.conversation.id).collect();
                    assert_eq!(ids.len(), all.len());
                    let total = counts::total(conn, &actor, &Default::default())?;
                    assert_eq!(total, i64::try_from(all.len()).unwrap());
                    assert!(all.iter().all(|it| actor.sees(&it.conversation)));
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

/// The conversations that were made are closed at their last activity.
static CLOSE: Sql = Sql::common(
    "CLOSE",
    "UPDATE conversations SET closed_at = sorted_at WHERE status = 'closed'",
);

#[test]
fn a_snapshot_leaves_out_what_was_closed_too_long_ago() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 1_300).await;
        bed.db
            .write_global(|unit| unit.exec(&CLOSE, &[]))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        bed.db
            .read(move |conn| {
                let all = Actor::system(desk.account_id);
                let start = snapshot::start(conn, &all, START.plus_seconds(86_400))?;
                let whole = rest(conn, &all, start.at, None);
                let since = START.plus_seconds(-6_000);
                for actor in [all, restricted(&desk), unrestricted(&desk)] {
                    let named = rest(conn, &actor, start.at, Some(since));
                    let named: HashSet<_> = named.iter().map(|it| it.conversation.id).collect();
                    let mentioned = |it: &ConversationView| {
                        let mut mentions = it.mentions.iter();
                        mentions.any(|mention| Some(mention.mention.user_id) == actor.user_id())
                    };
                    let expected = whole.iter().filter(|it| {
                        let lately = it.conversation.closed_at.is_none_or(|at| at >= since);
                        actor.sees(&it.conversation) && (lately || mentioned(it))
                    });
                    let expected: HashSet<_> = expected.map(|it| it.conversation.id).collect();
                    assert!(!expected.is_empty() && expected.len() < whole.len());
                    assert_eq!(named, expected);
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

#[test]
fn messages_are_narrowed_and_walled() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 400).await;
        bed.db
            .read(move |conn| {
                let all = Actor::system(desk.account_id);
                let newest = messages::list(conn, &all, &MessageFilter::default(), 9_999)?;
                assert_eq!(newest.len(), 500);
                assert!(newest.is_sorted_by(|a, b| a.seq > b.seq));
                assert_eq!(messages::count(conn, &all, &MessageFilter::default())?, 800);
                let one = &newest[0];
                let wishes = [
                    MessageFilter {
                        conversation_id: Some(one.conversation_id),
                        ..Default::default()
                    },
                    MessageFilter {
                        customer_id: newest[1].customer_id(),
                        ..Default::default()
                    },
                    MessageFilter {
                        user_id: Some(desk.users[0]),
                        ..Default::default()
                    },
                    MessageFilter {
                        source: Some(Source::Email),
                        ..Default::default()
                    },
                    MessageFilter {
                        kind: Some(MessageKind::Note),
                        ..Default::default()
                    },
                    MessageFilter {
                        private: Some(false),
                        ..Default::default()
                    },
                    MessageFilter {
                        body: Some("nothing like it".to_owned()),
                        ..Default::default()
                    },
                ];
                let expected = [2, 5, 400, 400, 0, 800, 0];
                for (wish, expected) in wishes.iter().zip(expected) {
                    let found = messages::list(conn, &all, wish, 500)?;
                    assert_eq!(
                        i64::try_from(found.len()).unwrap(),
                        expected.min(500),
                        "{wish:?}"
                    );
                    assert_eq!(messages::count(conn, &all, wish)?, expected, "{wish:?}");
                    let some = restricted(&desk);
                    let fewer = messages::list(conn, &some, wish, 500)?;
                    assert!(fewer.len() <= found.len());
                    for message in fewer {
                        let id = message.conversation_id;
                        let of = queries::conversations::by_id(conn, desk.account_id, id)?;
                        assert!(some.sees(&of.unwrap()));
                    }
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

#[test]
fn the_conversations_of_a_deleted_inbox_go_to_the_primary_one() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 300).await;
        let account_id = desk.account_id;
        bed.db
            .write(account_id, move |unit| {
                for inbox in [desk.inboxes[1], desk.inboxes[0]] {
                    assert_eq!(inboxes::delete(unit, account_id, inbox)?, 1);
                    let mut kept = counts::cells(unit.conn(), account_id)?;
                    let mut counted = counts::recount(unit.conn(), account_id)?;
                    let key = |(cell, total): &(_, i64)| format!("{cell:?} {total}");
                    kept.sort_by_key(key);
                    counted.sort_by_key(key);
                    assert_eq!(kept, counted);
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

async fn emit(bed: &Bed, count: i64) {
    let account_id = bed.account.id;
    for _ in 0..count {
        bed.db
            .write(account_id, move |unit| {
                let draft = EventDraft::about(EventKind::CustomerUpdated, uuid::Uuid::new_v4());
                events::emit(unit, account_id, None, draft)
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
    }
}

#[test]
fn old_events_go_and_their_end_is_known() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        emit(&bed, 10).await;
        bed.clock.advance_seconds(60);
        emit(&bed, 10).await;
        bed.db
            .write(account_id, move |unit| {
                let young = START.plus_seconds(30);
                let first = events::younger_than(unit.conn(), account_id, young)?;
                assert_eq!(first, EventSeq(11));
                assert_eq!(events::prune_before(unit, account_id, first, 4)?, 4);
                assert_eq!(events::oldest(unit.conn(), account_id)?, EventSeq(5));
                assert_eq!(events::prune_before(unit, account_id, first, 100)?, 6);
                assert_eq!(events::prune_before(unit, account_id, first, 100)?, 0);
                assert_eq!(events::oldest(unit.conn(), account_id)?, first);
                let kept = events::since(unit.conn(), account_id, EventSeq(0), 100)?;
                let numbers: Vec<i64> = kept.iter().map(|event| event.seq.0).collect();
                assert_eq!(numbers, (11..=20).collect::<Vec<_>>());
                let all = EventSeq(i64::MAX);
                assert_eq!(events::prune_before(unit, account_id, all, 100)?, 10);
                assert_eq!(events::oldest(unit.conn(), account_id)?, EventSeq(21));
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
        emit(&bed, 1).await;
        let kept = bed
            .db
            .read(move |conn| events::since(conn, account_id, EventSeq(20), 100))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert_eq!(kept[0].seq, EventSeq(21));
    });
}
