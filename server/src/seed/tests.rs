//! The example desk is whole, lively and the same each time.

use super::{EMAIL, PASSWORD, SeedError, SeedOptions, SeedPlace, Seeded, seed};
use crate::secret;
use frontdesk_db::queries::{conversations, counts, drafts, events, users};
use frontdesk_db::{Clock, Db, DbError, ManualClock, Place};
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, DraftState, EventKind, EventSeq, Source, Status,
    Timestamp,
};
use std::collections::HashMap;
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

struct Bed {
    db: Db,
    _folder: tempfile::TempDir,
}

fn bed() -> Bed {
    let folder = tempfile::tempdir().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOW));
    let place = Place::Sqlite(folder.path().join("desk.sqlite3"));
    Bed {
        db: Db::open(&place, clock).unwrap(),
        _folder: folder,
    }
}

fn options() -> SeedOptions {
    SeedOptions {
        conversations: 160,
        ..SeedOptions::new(NOW)
    }
}

async fn all_events(db: &Db, account_id: AccountId) -> Vec<events::Event> {
    db.read(move |conn| events::since(conn, account_id, EventSeq(0), 100_000))
        .await
        .map_err(|error: DbError| error)
        .unwrap()
}

async fn all_conversations(db: &Db, seeded: &Seeded) -> Vec<Conversation> {
    let account_id = seeded.account_id;
    let created = all_events(db, account_id).await;
    let ids: Vec<ConversationId> = created
        .iter()
        .filter(|event| event.kind == EventKind::ConversationCreated)
        .filter_map(|event| event.conversation_id)
        .collect();
    db.read(move |conn| {
        ids.iter()
            .map(|id| Ok(conversations::by_id(conn, account_id, *id)?.unwrap()))
            .collect()
    })
    .await
    .map_err(|error: DbError| error)
    .unwrap()
}

#[tokio::test]
async fn the_desk_is_whole() {
    let bed = bed();
    let seeded = seed(&bed.db, options()).await.unwrap();
    for account_id in [seeded.account_id, seeded.neighbour_id] {
        let told = all_events(&bed.db, account_id).await;
        let numbers = told.iter().map(|event| event.seq.0);
        assert!(numbers.eq(1..=i64::try_from(told.len()).unwrap()));
        let (kept, counted) = bed
            .db
            .read(move |conn| {
                Ok::<_, DbError>((
                    counts::cells(conn, account_id)?,
                    counts::recount(conn, account_id)?,
                ))
            })
            .await
            .unwrap();
        let by_cell = |cells: Vec<(_, i64)>| -> HashMap<String, i64> {
            let named = cells.into_iter().map(|(cell, n)| (format!("{cell:?}"), n));
            named.collect()
        };
        assert_eq!(by_cell(kept), by_cell(counted));
    }
}

#[tokio::test]
async fn the_desk_has_some_of_everything() {
    let bed = bed();
    let seeded = seed(&bed.db, options()).await.unwrap();
    let all = all_conversations(&bed.db, &seeded).await;
    assert_eq!(all.len(), 160);
    let some = |what: &str, has: &dyn Fn(&Conversation) -> bool| {
        assert!(all.iter().any(has), "no conversation is {what}");
    };
    for source in [Source::Chat, Source::Email, Source::Slack, Source::Sms] {
        some(source.as_str(), &|it| it.source == source);
    }
    // Nobody writes spam to an invented shop.
    for status in Status::ALL.iter().filter(|it| **it != Status::Spam) {
        some(status.as_str(), &|it| it.status == *status);
    }
    some("unassigned", &|it| it.assignee_id.is_none());
    some("assigned", &|it| it.assignee_id.is_some());
    some("unread", &|it| !it.read);
    some("waiting", &|it| it.waiting_since.is_some());
    some("with a team", &|it| it.team_id.is_some());
    some("snoozed to a time", &|it| {
        it.snooze.is_some_and(|snooze| snooze.until.is_some())
    });
    some("snoozed until a reply", &|it| {
        it.snooze.is_some_and(|snooze| snooze.until_reply)
    });
    assert!(all.iter().all(|it| it.created_at < NOW));
    let account_id = seeded.account_id;
    let ready = bed
        .db
        .read(move |conn| drafts::in_state(conn, account_id, DraftState::Ready, 100))
        .await
        .map_err(|error: DbError| error)
        .unwrap();
    assert!(!ready.is_empty());
    assert!(
        ready
            .iter()
            .all(|it| it.origin == "example" && it.sources.is_none())
    );
}

#[tokio::test]
async fn the_same_seed_is_the_same_desk() {
    let (one, other) = (bed(), bed());
    let first = seed(&one.db, options()).await.unwrap();
    let second = seed(&other.db, options()).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(
        all_events(&one.db, first.account_id).await.len(),
        all_events(&other.db, second.account_id).await.len()
    );
    assert_eq!(
        all_conversations(&one.db, &first).await,
        all_conversations(&other.db, &second).await
    );
}

#[tokio::test]
async fn the_documented_password_signs_in() {
    let bed = bed();
    seed(&bed.db, options()).await.unwrap();
    let found = bed.db.read(|conn| users::by_email(conn, EMAIL)).await;
    let (user, hash) = found.map_err(|error: DbError| error).unwrap().unwrap();
    assert!(user.is_active());
    assert!(secret::verify_password(PASSWORD.to_owned(), Some(hash)).await);
}

#[tokio::test]
async fn a_server_in_use_gets_it_only_on_purpose_and_once() {
    let bed = bed();
    seed(&bed.db, options()).await.unwrap();
    let again = seed(&bed.db, options()).await.unwrap_err();
    assert!(matches!(again, SeedError::NotEmpty));
    let beside = SeedOptions {
        place: SeedPlace::BesideOthers,
        ..options()
    };
    let twice = seed(&bed.db, beside).await.unwrap_err();
    assert!(matches!(twice, SeedError::AlreadyThere));
}

#[tokio::test]
async fn the_desk_goes_on_living() {
    let bed = bed();
    let seeded = seed(&bed.db, options()).await.unwrap();
    let before = all_events(&bed.db, seeded.account_id).await.len();
    for chance in 0..40 {
        super::live::happen(&bed.db, seeded.account_id, chance)
            .await
            .unwrap();
    }
    let events = all_events(&bed.db, seeded.account_id).await;
    let fresh = &events[before..];
    let of = |kind| fresh.iter().filter(|event| event.kind == kind).count();
    assert_eq!(of(EventKind::MessageCreated), 40);
    assert!(of(EventKind::ConversationCreated) > 5);
    assert!(of(EventKind::DraftUpdated) > 30);
}
