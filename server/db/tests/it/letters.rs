//! Jobs as people deal with them: the wall between accounts, and what running jobs are spared.

use crate::bed::on_each_engine;
use crate::jobs::{add, claim, count, hand, job};
use frontdesk_db::queries::job_letters::{self, Letter, Reach, Wanted};
use frontdesk_db::{Db, DbError, JobQueue};
use frontdesk_domain::{AccountId, JobState};
use frontdesk_jobs::{JobId, NewJob, Queue, Settlement};

async fn kill(queue: &JobQueue, why: &str) -> JobId {
    let held = claim(queue, 1).await;
    let why = why.to_owned();
    let dead = vec![(held[0].ticket, Settlement::Dead { why })];
    queue.settle(dead).await.unwrap();
    held[0].ticket.job
}

async fn listed(db: &Db, reach: Reach, wanted: Wanted) -> Vec<Letter> {
    db.read(move |conn| job_letters::page(conn, reach, &wanted, 10))
        .await
        .map_err(|error: DbError| error)
        .unwrap()
}

fn of(account_id: AccountId, payload: &str) -> NewJob {
    NewJob {
        owner: Some(account_id.0),
        ..job(payload)
    }
}

#[test]
fn dead_letters_can_be_read_mended_and_sent_again_or_thrown_away() {
    on_each_engine(|bed| async move {
        let reach = Reach::Account(bed.account.id);
        let queue = hand(&bed.db).await;
        add(&bed.db, of(bed.account.id, "broken")).await;
        let id = kill(&queue, "cannot be read").await;
        let wanted = Wanted {
            state: Some(JobState::Dead),
            kind: Some("test".to_owned()),
            before: None,
        };
        let found = listed(&bed.db, reach, wanted).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].error.as_deref(), Some("cannot be read"));
        assert_eq!((found[0].id, found[0].attempt), (id, 1));

        let mended = bed
            .db
            .write_global(move |unit| {
                let edited = job_letters::edit(unit, reach, id, "mended")?;
                Ok::<_, DbError>((edited, job_letters::retry(unit, reach, id)?))
            })
            .await;
        assert_eq!(mended.unwrap(), (true, true));
        let again = claim(&queue, 1).await;
        assert_eq!((again[0].payload.as_str(), again[0].attempt), ("mended", 1));

        let spared = bed
            .db
            .write_global(move |unit| {
                let edited = job_letters::edit(unit, reach, id, "x")?;
                Ok::<_, DbError>(edited || job_letters::discard(unit, reach, id)?)
            })
            .await;
        assert!(!spared.unwrap(), "it is running");
        queue
            .settle(vec![(again[0].ticket, Settlement::Done)])
            .await
            .unwrap();
        assert_eq!(count(&bed.db).await, 0);
    });
}

#[test]
fn an_account_sees_and_touches_its_own_jobs_only() {
    on_each_engine(|bed| async move {
        add(&bed.db, of(bed.account.id, "mine")).await;
        add(&bed.db, job("the server's")).await;
        let stranger = Reach::Account(AccountId::random());
        let mine = Reach::Account(bed.account.id);
        assert!(
            listed(&bed.db, stranger, Wanted::default())
                .await
                .is_empty()
        );
        let found = listed(&bed.db, mine, Wanted::default()).await;
        assert_eq!(found.len(), 1);
        let all = listed(&bed.db, Reach::Server, Wanted::default()).await;
        assert_eq!(all.len(), 2);
        let ids: Vec<JobId> = all.iter().map(|letter| letter.id).collect();
        for id in ids {
            let touched = bed.db.write_global(move |unit| {
                let found = job_letters::by_id(unit.conn(), stranger, id)?.is_some();
                let edited = job_letters::edit(unit, stranger, id, "x")?;
                let retried = job_letters::retry(unit, stranger, id)?;
                let gone = job_letters::discard(unit, stranger, id)?;
                Ok::<_, DbError>(found || edited || retried || gone)
            });
            assert!(!touched.await.unwrap());
        }
        let counts = bed.db.read(move |conn| job_letters::counts(conn, mine));
        let counts = counts.await.map_err(|error: DbError| error).unwrap();
        assert_eq!(counts.len(), 1);
        assert_eq!((counts[0].state, counts[0].count), (JobState::Ready, 1));
        assert!(counts[0].oldest.is_some());
    });
}

#[test]
fn a_dead_letter_does_not_come_back_beside_a_living_one_and_is_forgotten_in_time() {
    on_each_engine(|bed| async move {
        let queue = hand(&bed.db).await;
        let wish = || job("x").unique("k");
        add(&bed.db, wish()).await;
        let dead = kill(&queue, "no").await;
        add(&bed.db, wish()).await;
        assert_eq!(count(&bed.db).await, 2);
        let retried = bed
            .db
            .write_global(move |unit| job_letters::retry(unit, Reach::Server, dead));
        assert!(matches!(retried.await, Err(DbError::Taken { .. })));

        bed.clock.advance_seconds(60);
        let before = bed.db.now();
        let pruned = bed
            .db
            .write_global(move |unit| job_letters::prune(unit, before));
        assert_eq!(pruned.await.map_err(|error: DbError| error).unwrap(), 1);
        assert_eq!(count(&bed.db).await, 1);
    });
}
