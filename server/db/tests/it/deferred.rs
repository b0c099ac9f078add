//! Statements that a unit does not wait for: that they failed is told in the unit's own answer,
//! and to nobody else.

use crate::bed::{Bed, on_each_engine};
use frontdesk_db::queries::{accounts, events};
use frontdesk_db::{DbError, Dialect, Sql, Unit};
use frontdesk_domain::{AccountId, EventDraft, EventKind, TagId};
use tokio::task::JoinSet;
use uuid::Uuid;

static TAG: Sql = Sql::common(
    "TAG",
    "INSERT INTO tags (id, account_id, name, created_at, updated_at) VALUES (?1, ?2, ?3, 0, 0)",
);
static TAGS: Sql = Sql::common("TAGS", "SELECT COUNT(*) FROM tags WHERE account_id = ?1");

/// Sends a tag on its way, with an event that tells of it.
fn tag(unit: &mut Unit<'_>, account_id: AccountId, name: &str) -> Result<(), DbError> {
    unit.send(&TAG, &[&TagId::random(), &account_id, &name])?;
    let draft = EventDraft::about(EventKind::CustomerUpdated, Uuid::new_v4());
    let seq = events::emit(unit, account_id, None, draft)?;
    assert_eq!(unit.newest_seq(account_id)?, seq);
    Ok(())
}

/// How many tags there are, which is how many events there must be.
async fn kept(bed: &Bed) -> i64 {
    let account_id = bed.account.id;
    bed.db
        .read(move |conn| {
            let tags = conn.count(&TAGS, &[&account_id])?;
            let (newest, _) = accounts::seqs(conn, account_id)?;
            assert_eq!(newest.0, tags);
            Ok::<_, DbError>(tags)
        })
        .await
        .unwrap()
}

async fn write_tag(bed: &Bed, name: &'static str) -> Result<(), DbError> {
    let account_id = bed.account.id;
    bed.db
        .write(account_id, move |unit| tag(unit, account_id, name))
        .await
}

#[test]
fn a_lone_unit_hears_of_what_it_did_not_wait_for() {
    on_each_engine(|bed| async move {
        write_tag(&bed, "the same").await.unwrap();
        let again = write_tag(&bed, "the same").await;
        assert!(matches!(again, Err(DbError::Taken { .. })), "{again:?}");
        let stray = AccountId::random();
        let dangling = bed
            .db
            .write(bed.account.id, move |unit| {
                unit.send(&TAG, &[&TagId::random(), &stray, &"nobody's"])
            })
            .await;
        assert!(matches!(dangling, Err(DbError::Dangling)), "{dangling:?}");
        assert_eq!(kept(&bed).await, 1);
        write_tag(&bed, "another").await.unwrap();
        assert_eq!(kept(&bed).await, 2);
    });
}

#[test]
fn of_many_units_only_those_fail_whose_statements_did() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        write_tag(&bed, "the same").await.unwrap();
        let mut units = JoinSet::new();
        for number in 0..200 {
            let db = bed.db.clone();
            units.spawn(async move {
                let name = if number % 3 == 0 {
                    "the same".to_owned()
                } else {
                    format!("tag {number}")
                };
                let result = db.write(account_id, move |unit| {
                    tag(unit, account_id, &name)?;
                    // A question is answered after the statements before it, and tells of them.
                    if number % 2 == 0 {
                        unit.conn().count(&TAGS, &[&account_id])?;
                    }
                    Ok(())
                });
                (number, result.await)
            });
        }
        let mut good = 1;
        while let Some(done) = units.join_next().await {
            match done.unwrap() {
                (number, Err(DbError::Taken { .. })) if number % 3 == 0 => {}
                (number, Ok(())) if number % 3 != 0 => good += 1,
                (number, result) => unreachable!("unit {number}: {result:?}"),
            }
        }
        assert_eq!(kept(&bed).await, good);
    });
}

/// Ends the connection that asks.
static CUT: Sql = Sql::common("CUT", "SELECT pg_terminate_backend(pg_backend_pid())");

#[test]
fn what_was_on_its_way_when_the_connection_was_lost_is_not_called_a_success() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        let dialect = bed.db.read(|conn| Ok::<_, DbError>(conn.dialect())).await;
        if dialect.unwrap() == Dialect::Sqlite {
            return;
        }
        let mut there = 0;
        for others in [0, 20] {
            let mut units = JoinSet::new();
            for number in 0..=others {
                let db = bed.db.clone();
                units.spawn(async move {
                    let result = db.write(account_id, move |unit| {
                        tag(unit, account_id, &format!("{others} {number}"))?;
                        if number == others {
                            unit.send(&CUT, &[])?;
                        }
                        Ok(())
                    });
                    result.await.map_err(|error: DbError| (number, error))
                });
            }
            while let Some(done) = units.join_next().await {
                match done.unwrap() {
                    Ok(()) => there += 1,
                    Err((_, DbError::Gone)) => {}
                    Err((number, error)) => unreachable!("unit {number}: {error:?}"),
                }
            }
            let next = if others == 0 { "next" } else { "last" };
            write_tag(&bed, next).await.unwrap();
            there += 1;
            assert_eq!(kept(&bed).await, there);
        }
    });
}
