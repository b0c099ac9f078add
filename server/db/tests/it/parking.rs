//! What waits in a database that was restored.

use crate::bed::on_each_engine;
use crate::jobs::job;
use frontdesk_db::queries::{jobs, parking};
use frontdesk_db::{DbError, Sql};
use frontdesk_jobs::NewJob;
use std::time::Duration;

static DEAD: Sql = Sql::common(
    "DEAD",
    "SELECT COUNT(*) FROM jobs WHERE state = 'dead' AND error = 'restored'",
);

#[test]
fn what_waited_is_parked_with_the_reason() {
    on_each_engine(|bed| async move {
        let account_id = bed.account.id;
        let parked = bed
            .db
            .write(account_id, move |unit| {
                for after in [Duration::ZERO, Duration::from_secs(3600)] {
                    let job = NewJob {
                        after,
                        owner: Some(account_id.0),
                        ..job("{}")
                    };
                    jobs::enqueue(unit, &job)?;
                }
                parking::park(unit, "restored")
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert_eq!((parked.jobs, parked.calls, parked.messages), (2, 0, 0));
        assert_eq!(parked.scheduled, 0);
        let dead = bed.db.read(|conn| conn.count(&DEAD, &[])).await;
        assert_eq!(dead.map_err(|error: DbError| error).unwrap(), 2);
    });
}
