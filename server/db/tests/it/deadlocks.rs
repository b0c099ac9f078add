//! Units that wait for each other. SQLite has one writer, so this is for PostgreSQL alone.

use crate::bed::{Bed, START, on_each_engine};
use crate::jobs::{add, claim, hand, job};
use frontdesk_db::queries::{jobs, tags};
use frontdesk_db::{Clock, Conn, Db, DbError, ManualClock, Place, Sql, Unit};
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{AccountId, TagId};
use frontdesk_jobs::{Counted, NewJob, Queue, Settlement, Ticket};
use std::pin::pin;
use std::sync::{Arc, Barrier, mpsc};
use std::time::Duration;
use tokio::sync::oneshot;

/// The same database by connections of their own.
fn another(bed: &Bed) -> Option<Db> {
    match &bed.place {
        Place::Sqlite(_) => None,
        place @ Place::Postgres { .. } => {
            let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(START));
            Some(Db::open(place, clock).unwrap())
        }
    }
}

static NAME: Sql = Sql::common(
    "NAME",
    "UPDATE tags SET name = ?3 WHERE account_id = ?1 AND id = ?2",
);

async fn tagged(bed: &Bed, name: &'static str) -> TagId {
    let (account_id, id) = (bed.account.id, TagId::random());
    let tag = Tag {
        id,
        account_id,
        name: name.to_owned(),
        description: None,
        color: None,
        created_at: START,
        updated_at: START,
    };
    bed.db
        .write_global(move |unit| tags::insert(unit, &tag))
        .await
        .unwrap();
    id
}

/// Names two tags, with a pause between them in which the other unit names its first.
fn name(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    [first, second]: [TagId; 2],
    name: &str,
    pause: impl FnOnce(),
) -> Result<(), DbError> {
    let names = [format!("{name} 1"), format!("{name} 2")];
    unit.exec(&NAME, &[&account_id, &first, &names[0]])?;
    pause();
    unit.exec(&NAME, &[&account_id, &second, &names[1]])?;
    Ok(())
}

async fn names(bed: &Bed) -> Vec<String> {
    let account_id = bed.account.id;
    let all = bed.db.read(move |conn| tags::of_account(conn, account_id));
    let all: Vec<Tag> = all.await.map_err(|error: DbError| error).unwrap();
    let mut names: Vec<String> = all.into_iter().map(|it| it.name).collect();
    names.sort();
    names
}

#[test]
fn of_two_units_that_wait_for_each_other_one_fails_whole_and_can_be_tried_again() {
    on_each_engine(|bed| async move {
        let Some(other) = another(&bed) else { return };
        let account_id = bed.account.id;
        let (one, two) = (tagged(&bed, "one").await, tagged(&bed, "two").await);
        let both = Arc::new(Barrier::new(2));
        let its = Arc::clone(&both);
        let (here, there) = tokio::join!(
            bed.db
                .write_global(move |unit| name(unit, account_id, [one, two], "here", || {
                    both.wait();
                })),
            other.write_global(move |unit| name(unit, account_id, [two, one], "there", || {
                its.wait();
            })),
        );
        let (won, lost, again, order) = match (here, there) {
            (Ok(()), Err(failed)) => (["here 1", "here 2"], failed, &other, [two, one]),
            (Err(failed), Ok(())) => (["there 1", "there 2"], failed, &bed.db, [one, two]),
            both => panic!("one of them should have failed: {both:?}"),
        };
        assert!(matches!(lost, DbError::Gone), "{lost:?}");
        assert_eq!(names(&bed).await, won);
        again
            .write_global(move |unit| name(unit, account_id, order, "again", || ()))
            .await
            .unwrap();
        assert_eq!(names(&bed).await, ["again 1", "again 2"]);
        other.close();
    });
}

static WAITING: Sql = Sql::common(
    "WAITING",
    "SELECT COUNT(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'",
);

/// Whether so many connections wait for a row.
async fn are_waiting(db: &Db, count: i64) -> bool {
    let look = |conn: &mut dyn Conn| conn.count(&WAITING, &[]);
    let found: Result<i64, DbError> = db.read(look).await;
    found.unwrap() >= count
}

fn keyed(key: &str) -> NewJob {
    NewJob {
        key: Some(key.to_owned()),
        ..job(key)
    }
}

#[test]
fn a_settling_gives_way_to_a_unit_that_wants_the_same_jobs() {
    on_each_engine(|bed| async move {
        let (Some(theirs), Some(third)) = (another(&bed), another(&bed)) else {
            return;
        };
        for key in ["a", "b", "c"] {
            add(&bed.db, keyed(key)).await;
        }
        let queue = hand(&bed.db).await;
        let later = || Settlement::Later {
            after: Duration::ZERO,
            why: None,
            counted: Counted::AsTry,
        };
        let claimed = claim(&queue, 3).await;
        let ticket = |key: &str| claimed.iter().find(|it| it.payload == key).unwrap().ticket;
        let settled: Vec<(Ticket, Settlement)> = ["a", "c", "b"]
            .iter()
            .map(|key| (ticket(key), later()))
            .collect();
        // The settling has the first and waits for the second; the unit has the third and waits for the
        // first; then the settling goes on to the third.
        let (has_it, it_is_held) = oneshot::channel();
        let (go_on, may_go_on) = mpsc::sync_channel(1);
        let holding = third.write_global(move |unit| {
            jobs::enqueue(unit, &keyed("c"))?;
            // What is sent is there once something was asked.
            unit.conn().count(&WAITING, &[])?;
            has_it.send(()).unwrap();
            may_go_on.recv().unwrap();
            Ok::<_, DbError>(())
        });
        let settling = async {
            it_is_held.await.unwrap();
            while queue.settle(settled.clone()).await.is_err() {}
        };
        let asking = async {
            while !are_waiting(&bed.db, 1).await {}
            let asked = theirs.write_global(|unit| {
                jobs::enqueue(unit, &keyed("b"))?;
                jobs::enqueue(unit, &keyed("a"))
            });
            let mut asked = pin!(asked);
            let all_wait = async { while !are_waiting(&bed.db, 2).await {} };
            // It may have come between two tries of the settling.
            let was_first = tokio::select! {
                asked = &mut asked => Some(asked),
                () = all_wait => None,
            };
            go_on.send(()).unwrap();
            match was_first {
                Some(asked) => asked,
                None => asked.await,
            }
        };
        let (held, (), asked) = tokio::join!(holding, settling, asking);
        held.unwrap();
        asked.unwrap();
        assert_eq!(claim(&queue, 9).await.len(), 3);
        theirs.close();
        third.close();
    });
}
