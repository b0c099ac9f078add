//! The queue of jobs: in with the unit, out once, and held by a lease.

use crate::bed::{Bed, on_each_engine};
use frontdesk_db::queries::{job_letters, job_slots, jobs};
use frontdesk_db::{Clock, Db, DbError, JobQueue, Unit};
use frontdesk_jobs::{Ask, Claimed, Counted, NewJob, Queue, Settlement};
use std::sync::Arc;
use std::time::Duration;

pub(crate) fn job(payload: &str) -> NewJob {
    NewJob {
        kind: "test",
        queue: "test",
        owner: None,
        payload: payload.to_owned(),
        key: None,
        after: Duration::ZERO,
    }
}

pub(crate) async fn add(db: &Db, job: NewJob) {
    db.write_global(move |unit| jobs::enqueue(unit, &job))
        .await
        .unwrap();
}

/// A hand on the queue with a living lease.
pub(crate) async fn hand(db: &Db) -> JobQueue {
    let queue = JobQueue::new(db.clone());
    queue.beat().await.unwrap();
    queue
}

pub(crate) async fn claim(queue: &JobQueue, most: usize) -> Vec<Claimed> {
    let ask = Ask {
        queue: "test",
        most,
    };
    queue.claim(vec![ask]).await.unwrap()
}

pub(crate) async fn count(db: &Db) -> usize {
    let page = |conn: &mut dyn frontdesk_db::Conn| {
        job_letters::page(conn, job_letters::Reach::Server, &Default::default(), 1000)
    };
    db.read(page).await.unwrap().len()
}

fn payloads(claimed: &[Claimed]) -> Vec<&str> {
    claimed.iter().map(|it| it.payload.as_str()).collect()
}

/// A second process on the same database.
fn another(bed: &Bed) -> Db {
    let clock: Arc<dyn Clock> = Arc::clone(&bed.clock) as Arc<dyn Clock>;
    Db::open(&bed.place, clock).unwrap()
}

#[test]
fn a_job_is_there_with_its_unit_or_not_at_all() {
    on_each_engine(|bed| async move {
        let fails = |unit: &mut Unit<'_>| {
            jobs::enqueue(unit, &job("lost"))?;
            Err::<(), _>(DbError::Dangling)
        };
        let (failed, kept) = tokio::join!(
            bed.db.write_global(fails),
            bed.db
                .write_global(|unit| jobs::enqueue(unit, &job("kept"))),
        );
        failed.unwrap_err();
        kept.unwrap();
        let queue = hand(&bed.db).await;
        assert_eq!(payloads(&claim(&queue, 10).await), ["kept"]);
    });
}

#[test]
fn jobs_come_out_once_oldest_first_and_not_before_their_time() {
    on_each_engine(|bed| async move {
        let soon = NewJob {
            after: Duration::from_secs(60),
            ..job("in a minute")
        };
        add(&bed.db, soon).await;
        add(&bed.db, job("a")).await;
        bed.clock.advance_seconds(1);
        add(&bed.db, job("b")).await;
        let queue = hand(&bed.db).await;
        assert_eq!(payloads(&claim(&queue, 1).await), ["a"]);
        assert_eq!(payloads(&claim(&queue, 10).await), ["b"]);
        assert!(claim(&queue, 10).await.is_empty());
        bed.clock.advance_seconds(60);
        let late = claim(&queue, 10).await;
        assert_eq!(payloads(&late), ["in a minute"]);
        assert_eq!(late[0].attempt, 1);
    });
}

#[test]
fn ten_thousand_wishes_for_a_hundred_unique_jobs_are_a_hundred_jobs() {
    on_each_engine(|bed| async move {
        let wishes = (0..10_000_u32).map(|n| {
            let (db, account) = (bed.db.clone(), bed.account.id);
            let wish = job("x").unique(format!("key {}", n % 100));
            async move {
                // Wishes come from every writer, one each or all through one account.
                if n % 2 == 0 {
                    db.write_global(move |unit| jobs::enqueue(unit, &wish))
                        .await
                } else {
                    db.write(account, move |unit| jobs::enqueue(unit, &wish))
                        .await
                }
            }
        });
        for result in futures_util::future::join_all(wishes).await {
            result.map_err(|error: DbError| error).unwrap();
        }
        assert_eq!(count(&bed.db).await, 100);
    });
}

/// Ends the leases that `queue` sees. On SQLite there is none: who comes second ends the first's.
async fn rescue(queue: &JobQueue) -> u64 {
    let others = queue.beat().await.unwrap();
    queue.rescue(others).await.unwrap()
}

#[test]
fn what_a_dead_node_held_runs_elsewhere_and_the_dead_node_cannot_settle_it() {
    on_each_engine(|bed| async move {
        add(&bed.db, job("x")).await;
        let (here, there) = (hand(&bed.db).await, JobQueue::new(another(&bed)));
        let held = claim(&here, 1).await;
        there.beat().await.unwrap();
        assert_eq!(rescue(&there).await, 1);
        let again = claim(&there, 1).await;
        assert_eq!((payloads(&again), again[0].attempt), (vec!["x"], 2));

        let late = vec![(held[0].ticket, Settlement::Done)];
        assert_eq!(here.settle(late).await.unwrap(), [held[0].ticket]);
        assert_eq!(count(&bed.db).await, 1, "the late word changed nothing");
        let ours = vec![(again[0].ticket, Settlement::Done)];
        assert!(there.settle(ours).await.unwrap().is_empty());
        assert_eq!(count(&bed.db).await, 0);
    });
}

#[test]
fn a_node_whose_lease_ended_claims_nothing_until_it_has_another() {
    on_each_engine(|bed| async move {
        let (here, there) = (hand(&bed.db).await, hand(&bed.db).await);
        rescue(&there).await;
        add(&bed.db, job("x")).await;
        assert!(claim(&here, 1).await.is_empty());
        here.beat().await.unwrap();
        assert_eq!(claim(&here, 1).await.len(), 1);
    });
}

#[test]
fn a_lease_that_beats_is_not_ended_by_an_old_look() {
    on_each_engine(|bed| async move {
        let (there, here) = (hand(&bed.db).await, hand(&bed.db).await);
        let seen = there.beat().await.unwrap();
        here.beat().await.unwrap();
        there.rescue(seen).await.unwrap();
        add(&bed.db, job("x")).await;
        here.beat().await.unwrap();
        let held = claim(&here, 1).await;
        rescue(&here).await;
        let settled = here.settle(vec![(held[0].ticket, Settlement::Done)]).await;
        assert!(
            settled.unwrap().is_empty(),
            "the lease is the same all along"
        );
    });
}

#[test]
fn who_leaves_in_order_leaves_its_jobs_to_others_at_once() {
    on_each_engine(|bed| async move {
        add(&bed.db, job("x")).await;
        let here = hand(&bed.db).await;
        claim(&here, 1).await;
        here.leave().await.unwrap();
        let there = hand(&bed.db).await;
        assert_eq!(claim(&there, 1).await.len(), 1);
    });
}

#[test]
fn what_was_asked_for_while_it_ran_runs_once_more() {
    on_each_engine(|bed| async move {
        let wish = || job("x").unique("k");
        add(&bed.db, wish()).await;
        add(&bed.db, wish()).await;
        let queue = hand(&bed.db).await;
        let held = claim(&queue, 5).await;
        assert_eq!(held.len(), 1);
        add(&bed.db, wish()).await;
        queue
            .settle(vec![(held[0].ticket, Settlement::Done)])
            .await
            .unwrap();
        let again = claim(&queue, 5).await;
        assert_eq!(again[0].attempt, 1, "a new run has all its tries");
        queue
            .settle(vec![(again[0].ticket, Settlement::Done)])
            .await
            .unwrap();
        assert_eq!(count(&bed.db).await, 0);
    });
}

fn put_off(counted: Counted) -> Settlement {
    Settlement::Later {
        after: Duration::from_secs(600),
        why: Some("busy".to_owned()),
        counted,
    }
}

#[test]
fn a_wish_wakes_a_job_that_slept_and_not_one_that_failed() {
    on_each_engine(|bed| async move {
        let queue = hand(&bed.db).await;
        for (key, counted, found) in [("slept", Counted::Not, 1), ("failed", Counted::AsTry, 0)] {
            let wish = || job(key).unique(key);
            add(&bed.db, wish()).await;
            let held = claim(&queue, 1).await;
            queue
                .settle(vec![(held[0].ticket, put_off(counted))])
                .await
                .unwrap();
            assert!(claim(&queue, 1).await.is_empty());
            add(&bed.db, wish()).await;
            assert_eq!(claim(&queue, 1).await.len(), found, "{key}");
        }
    });
}

#[test]
fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
    on_each_engine(|bed| async move {
        let queue = hand(&bed.db).await;
        add(&bed.db, job("now")).await;
        let later = NewJob {
            after: Duration::from_secs(60),
            ..job("in a minute")
        };
        add(&bed.db, later).await;
        bed.clock.advance_seconds(-24 * 3600);
        assert!(claim(&queue, 5).await.is_empty());
        queue.beat().await.unwrap();
        assert_eq!(payloads(&claim(&queue, 5).await), ["now"]);
        bed.clock.advance_seconds(61);
        assert_eq!(payloads(&claim(&queue, 5).await), ["in a minute"]);
    });
}

#[test]
fn a_slot_is_taken_once_by_whoever_comes_first() {
    on_each_engine(|bed| async move {
        let (here, there) = (bed.db.clone(), another(&bed));
        let take = |db: &Db, slot: i64| {
            let db = db.clone();
            async move {
                let taken = db.write_global(move |unit| job_slots::take(unit, "tidy", slot, 5));
                taken.await.map_err(|error: DbError| error).unwrap()
            }
        };
        for slot in 100..1100 {
            let (one, other) = tokio::join!(take(&here, slot), take(&there, slot));
            assert!(one ^ other, "slot {slot}");
        }
        assert!(
            !take(&there, 1095).await,
            "a clock a little behind repeats nothing"
        );
        assert!(take(&here, 9_000_000).await, "a clock jumps ahead");
        assert!(take(&there, 1100).await, "and is not believed for long");
        assert!(!take(&here, 1100).await);
    });
}
