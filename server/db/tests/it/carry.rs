//! A whole database carried from one engine to a file, and from the file to the other.

use crate::bed::{Bed, START, fresh_database, on_each_engine, postgres_url};
use crate::desk;
use frontdesk_db::carry::{self, CarryError, Copied, Search};
use frontdesk_db::queries::{accounts, events, users};
use frontdesk_db::{Db, DbError, Place, Sql, SystemClock};
use frontdesk_domain::account::User;
use frontdesk_domain::{ConversationId, EventDraft, EventKind, UserId};
use std::path::Path;
use std::sync::Arc;

static FROM_NOW_ON: Sql = Sql::common(
    "FROM_NOW_ON",
    "UPDATE account_counters SET oldest_seq = last_seq + 1 WHERE account_id = ?1",
);
static FORGET_USER: Sql = Sql::common(
    "FORGET_USER",
    "DELETE FROM users WHERE account_id = ?1 AND id = ?2",
);
static FORGET_EVENT: Sql = Sql::common(
    "FORGET_EVENT",
    "DELETE FROM events WHERE account_id = ?1 AND seq = (SELECT MAX(seq) - 1 FROM events)",
);
static INDEXED: Sql = Sql::common("INDEXED", "SELECT COUNT(*) FROM message_search");

/// Carries on a thread of its own: PostgreSQL is spoken to through a runtime that only such a
/// thread may drive.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

fn copy(place: &Place, into: &Path) -> Copied {
    apart(|| carry::to_file(place, into, START, &mut |_| {})).unwrap()
}

/// A desk with a thousand conversations, three events, and a user whose number is gone.
async fn fill(bed: &Bed) -> UserId {
    desk::fill(bed, 1000).await;
    let (account_id, user) = (bed.account.id, bed.user.clone());
    bed.db
        .write(account_id, move |unit| {
            unit.exec(&FROM_NOW_ON, &[&account_id])?;
            for _ in 0..3 {
                let kind = EventKind::ConversationUpdated;
                let draft = EventDraft::conversation(kind, ConversationId::random());
                events::emit(unit, account_id, None, draft)?;
            }
            let gone = User {
                email: "gone@acme.test".to_owned(),
                ..user
            };
            let id = users::insert(unit, &gone, "no hash")?;
            unit.exec(&FORGET_USER, &[&account_id, &id])?;
            Ok::<_, DbError>(id)
        })
        .await
        .unwrap()
}

fn postgres(url: &str) -> Place {
    Place::Postgres {
        url: url.to_owned(),
        writers: 1,
        readers: 1,
    }
}

#[test]
fn a_copy_holds_one_moment_and_nothing_is_wrong_with_it() {
    on_each_engine(|bed| async move {
        fill(&bed).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.sqlite3");
        let copied = copy(&bed.place, &path);
        let survey = carry::survey(&path).unwrap();
        let rows = |table: &str| {
            survey
                .tables
                .iter()
                .find(|(name, _)| name == table)
                .unwrap()
                .1
        };
        assert_eq!(
            (rows("conversations"), rows("messages"), rows("events")),
            (1000, 2000, 3)
        );
        assert_eq!(survey.schema, frontdesk_db::known_version());
        let (newest, oldest) = bed
            .db
            .read(move |conn| accounts::seqs(conn, bed.account.id))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert_eq!(
            (survey.counters[0].newest, survey.counters[0].oldest),
            (newest, oldest)
        );
        assert_eq!(carry::problems(&path).unwrap(), Vec::<String>::new());
        if copied.search == Search::LeftOut {
            carry::index_again(&path).unwrap();
            assert_eq!(indexed(&Place::Sqlite(path)).await, 2000);
        }
    });
}

#[test]
fn what_is_wrong_with_a_copy_is_said() {
    on_each_engine(|bed| async move {
        fill(&bed).await;
        let account_id = bed.account.id;
        bed.db
            .write(account_id, move |unit| {
                unit.exec(&FORGET_EVENT, &[&account_id])
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.sqlite3");
        copy(&bed.place, &path);
        let problems = carry::problems(&path).unwrap();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].contains("2 events from 2001 to 2003"),
            "{problems:?}"
        );
    });
}

#[test]
fn a_copy_becomes_the_same_desk_on_postgres() {
    let Some(server) = postgres_url() else {
        return;
    };
    on_each_engine(|bed| {
        let server = server.clone();
        async move {
            let gone = fill(&bed).await;
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("copy.sqlite3");
            copy(&bed.place, &path);
            let url = fresh_database(&server).await;
            let moving = || carry::to_postgres(&path, &url, START, &mut |_| {});
            let moved = apart(moving).unwrap();
            let messages = moved.iter().find(|it| it.table == "messages").unwrap();
            assert_eq!(messages.rows, 2000);
            assert_eq!(indexed(&postgres(&url)).await, 2000);
            let db = Db::open(&postgres(&url), Arc::new(SystemClock)).unwrap();
            let next = User {
                email: "next@acme.test".to_owned(),
                ..bed.user.clone()
            };
            let next = db
                .write_global(move |unit| users::insert(unit, &next, "no hash"))
                .await
                .map_err(|error: DbError| error)
                .unwrap();
            assert_eq!(next, UserId(gone.0 + 1));
            let again = apart(moving).unwrap_err();
            assert!(matches!(again, CarryError::NotEmpty { .. }), "{again}");
        }
    });
}

#[test]
fn a_move_that_fails_leaves_nothing() {
    let Some(server) = postgres_url() else {
        return;
    };
    on_each_engine(|bed| {
        let server = server.clone();
        async move {
            fill(&bed).await;
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("copy.sqlite3");
            copy(&bed.place, &path);
            let conn = rusqlite::Connection::open(&path).unwrap();
            let dangling = "PRAGMA foreign_keys = 0; DELETE FROM customers WHERE n = 1";
            conn.execute_batch(dangling).unwrap();
            let url = fresh_database(&server).await;
            let moving = || carry::to_postgres(&path, &url, START, &mut |_| {});
            let failed = apart(moving).unwrap_err();
            assert!(failed.to_string().contains("conversations"), "{failed}");
            let db = Db::open(&postgres(&url), Arc::new(SystemClock)).unwrap();
            let any = db.read(accounts::any).await;
            assert!(!any.map_err(|error: DbError| error).unwrap());
        }
    });
}

async fn indexed(place: &Place) -> i64 {
    let db = Db::open(place, Arc::new(SystemClock)).unwrap();
    let found = db.read(|conn| conn.count(&INDEXED, &[])).await;
    found.map_err(|error: DbError| error).unwrap()
}
