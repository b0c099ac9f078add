//! What every unit of work may count on, whatever happens to the others and to the database.

use crate::bed::{Bed, on_each_engine};
use frontdesk_db::queries::{accounts, events};
use frontdesk_db::{Clock, Db, DbError, Dialect, ManualClock, Place, Sql, Unit};
use frontdesk_domain::{AccountId, EventDraft, EventKind, EventSeq, TagId};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::task::JoinSet;
use uuid::Uuid;

static TAG: Sql = Sql::common(
    "TAG",
    "INSERT INTO tags (id, account_id, name, created_at, updated_at) VALUES (?1, ?2, ?3, 0, 0)",
);

fn draft(id: Uuid) -> EventDraft {
    EventDraft::about(EventKind::CustomerUpdated, id)
}

/// A unit that numbers one event about `id`.
fn note(unit: &mut Unit<'_>, account_id: AccountId, id: Uuid) -> Result<EventSeq, DbError> {
    events::emit(unit, account_id, None, draft(id))
}

/// The ids that the account's events are about, in order. Their numbers must have no gaps.
async fn told(db: &Db, account_id: AccountId) -> Vec<Uuid> {
    let events = db
        .read(move |conn| {
            let (last, _) = accounts::seqs(conn, account_id)?;
            let all = events::since(conn, account_id, EventSeq(0), 100_000)?;
            assert_eq!(i64::try_from(all.len()).unwrap(), last.0);
            Ok::<_, DbError>(all)
        })
        .await
        .unwrap();
    assert!(
        events
            .iter()
            .zip(1..)
            .all(|(event, seq)| event.seq.0 == seq)
    );
    let id = |event: &events::Event| match &event.content {
        events::Content::Customer { id, .. } => *id,
        other => unreachable!("no other events were made: {other:?}"),
    };
    events.iter().map(id).collect()
}

fn same_name(unit: &mut Unit<'_>, account_id: AccountId) -> Result<(), DbError> {
    unit.exec(&TAG, &[&TagId::random(), &account_id, &"the same"])?;
    Ok(())
}

#[test]
fn units_that_fail_take_nothing_of_the_others_along() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        bed.db
            .write(account_id, move |unit| same_name(unit, account_id))
            .await
            .unwrap();
        let mut units = JoinSet::new();
        for number in 0..300 {
            let db = bed.db.clone();
            units.spawn(async move {
                let id = Uuid::new_v4();
                let result = db
                    .write(account_id, move |unit| {
                        note(unit, account_id, id)?;
                        match number % 10 {
                            3 => Err(DbError::Dangling),
                            5 => panic!("a unit that panics"),
                            7 => same_name(unit, account_id),
                            // What SQLite can go on after, PostgreSQL cannot.
                            9 => {
                                same_name(unit, account_id).unwrap_err();
                                Ok(())
                            }
                            _ => Ok(()),
                        }
                    })
                    .await;
                (number, id, result)
            });
        }
        let mut kept = HashSet::new();
        while let Some(done) = units.join_next().await {
            let (number, id, result) = done.unwrap();
            match (number % 10, result) {
                (3, Err(DbError::Dangling))
                | (5, Err(DbError::Panicked))
                | (7, Err(DbError::Taken { .. }))
                | (9, Err(DbError::Spoiled)) => {}
                (0 | 1 | 2 | 4 | 6 | 8 | 9, Ok(())) => assert!(kept.insert(id)),
                (kind, result) => unreachable!("unit of kind {kind}: {result:?}"),
            }
        }
        let told = told(&bed.db, account_id).await;
        assert_eq!(told.len(), kept.len());
        assert_eq!(told.into_iter().collect::<HashSet<_>>(), kept);
    });
}

fn reopened(place: &Place) -> Db {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(crate::bed::START));
    Db::open(place, clock).unwrap()
}

#[test]
fn what_was_acknowledged_is_there_after_closing() {
    on_each_engine(|bed| async move {
        let whole: Bed = bed;
        let (account_id, id) = (whole.account.id, Uuid::new_v4());
        whole
            .db
            .write(account_id, move |unit| note(unit, account_id, id))
            .await
            .unwrap();
        whole.db.close();
        let again = reopened(&whole.place);
        assert_eq!(told(&again, account_id).await, [id]);
        again.close();
    });
}

#[test]
fn two_that_start_at_once_share_a_database() {
    on_each_engine(|bed| async move {
        let whole: Bed = bed;
        let places = [whole.place.clone(), whole.place.clone()];
        let starting = places.map(|place| std::thread::spawn(move || reopened(&place)));
        for started in starting {
            let db = started.join().unwrap();
            let account_id = whole.account.id;
            db.write(account_id, move |unit| {
                note(unit, account_id, Uuid::new_v4())
            })
            .await
            .unwrap();
            db.close();
        }
        assert_eq!(told(&whole.db, whole.account.id).await.len(), 2);
    });
}

/// Everything but the asking connection.
static CUT: Sql = Sql::common(
    "CUT",
    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()",
);

#[test]
fn a_lost_connection_is_opened_again_and_nothing_unsure_is_called_a_success() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        let dialect = bed.db.read(|conn| Ok::<_, DbError>(conn.dialect())).await;
        if dialect.unwrap() == Dialect::Sqlite {
            return;
        }
        let other = reopened(&bed.place);
        let mut kept = HashSet::new();
        for round in 0..20 {
            let mut units = JoinSet::new();
            for _ in 0..20 {
                let db = bed.db.clone();
                units.spawn(async move {
                    let id = Uuid::new_v4();
                    let result = db.write(account_id, move |unit| note(unit, account_id, id));
                    result.await.ok().map(|_| id)
                });
            }
            if round % 2 == 0 {
                // It cuts its own readers too, but never the one that asks.
                let cut = other
                    .write_global(|unit| unit.conn().count(&CUT, &[]))
                    .await;
                cut.map_err(|error: DbError| error).unwrap();
            }
            while let Some(done) = units.join_next().await {
                kept.extend(done.unwrap());
            }
        }
        let id = Uuid::new_v4();
        bed.db
            .write(account_id, move |unit| note(unit, account_id, id))
            .await
            .unwrap();
        kept.insert(id);
        let told = told(&bed.db, account_id).await;
        let there: HashSet<_> = told.iter().copied().collect();
        assert_eq!(there.len(), told.len());
        assert!(kept.is_subset(&there));
        other.close();
    });
}

static PAGES: Sql = Sql::common("PAGES", "PRAGMA page_count");
static LIMIT: Sql = Sql::common("LIMIT", "PRAGMA max_page_count = 400");
static NO_LIMIT: Sql = Sql::common("NO_LIMIT", "PRAGMA max_page_count = 1000000");

#[test]
fn a_full_disk_takes_nothing_that_was_acknowledged() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        let dialect = bed.db.read(|conn| Ok::<_, DbError>(conn.dialect())).await;
        if dialect.unwrap() == Dialect::Postgres {
            return;
        }
        let pages = bed
            .db
            .write_global(|unit| {
                unit.conn().count(&LIMIT, &[])?;
                unit.conn().count(&PAGES, &[])
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert!(pages < 400);
        let mut kept = Vec::new();
        let full = loop {
            let id = Uuid::new_v4();
            let wrote = bed
                .db
                .write(account_id, move |unit| {
                    let name = "x".repeat(10_000) + &id.to_string();
                    unit.exec(&TAG, &[&id, &account_id, &name])?;
                    note(unit, account_id, id)
                })
                .await;
            match wrote {
                Ok(_) => kept.push(id),
                Err(error) => break error,
            }
        };
        assert!(matches!(full, DbError::Full), "{full:?}");
        assert!(!kept.is_empty());
        assert_eq!(told(&bed.db, account_id).await, kept);
        bed.db
            .write_global(|unit| unit.conn().count(&NO_LIMIT, &[]))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let id = Uuid::new_v4();
        bed.db
            .write(account_id, move |unit| note(unit, account_id, id))
            .await
            .unwrap();
        kept.push(id);
        assert_eq!(told(&bed.db, account_id).await, kept);
    });
}
