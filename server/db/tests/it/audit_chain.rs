//! The audit log cannot be changed unseen, and hardly at all.

use crate::bed::{Bed, on_each_engine};
use crate::rows::{neighbour, read, write};
use frontdesk_db::queries::audit::chain::{Broken, Verdict, verify};
use frontdesk_db::queries::audit::{self, Written};
use frontdesk_db::{DbError, Dialect, Sql};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{AccountId, Actor};

async fn written(bed: &Bed, account_id: AccountId, count: usize) -> Vec<Written> {
    let actor = Actor {
        from: Some("198.51.100.7".parse().unwrap()),
        ..Actor::system(account_id)
    };
    for index in 0..count {
        let actor = actor.clone();
        let entry = AuditEntry {
            action: "user.role".to_owned(),
            subject: format!("user:{index}"),
            before: Some("admin".to_owned()),
            after: Some("viewer".to_owned()),
            ..AuditEntry::default()
        };
        write(bed, move |unit| audit::append(unit, &actor, &entry))
            .await
            .unwrap();
        bed.clock.advance_seconds(60);
    }
    read(bed, move |conn| {
        audit::onward(conn, account_id, i64::MIN, 1000)
    })
    .await
}

async fn verdict(bed: &Bed, account_id: AccountId) -> Verdict {
    read(bed, move |conn| verify(conn, account_id)).await
}

/// What somebody does who can do everything to the database, triggers first.
async fn behind_the_programs_back(bed: &Bed, statement: &'static str, n: i64) {
    write(bed, move |unit| {
        let triggers: &[&str] = match unit.conn().dialect() {
            Dialect::Sqlite => &[
                "DROP TRIGGER audit_is_not_changed",
                "DROP TRIGGER audit_is_not_cut",
            ],
            Dialect::Postgres => &["ALTER TABLE audit DISABLE TRIGGER ALL"],
        };
        for text in triggers {
            unit.exec(&Sql::common("TRIGGERS", text), &[])?;
        }
        unit.exec(&Sql::common("TAMPER", statement), &[&n])
    })
    .await
    .unwrap();
}

#[test]
fn a_log_that_was_only_appended_to_is_whole() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let lines = written(&bed, mine, 5).await;
        written(&bed, theirs.id, 3).await;
        assert_eq!(lines[4].address.as_deref(), Some("198.51.100.7"));
        assert_eq!(lines[4].entry.before.as_deref(), Some("admin"));
        for (account_id, count) in [(mine, 5), (theirs.id, 3)] {
            let Verdict::Whole { entries, head } = verdict(&bed, account_id).await else {
                panic!("broken")
            };
            assert_eq!(entries, count);
            assert!(head.is_some());
        }
    });
}

#[test]
fn the_database_refuses_to_change_or_cut_the_log() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let lines = written(&bed, mine, 3).await;
        for text in [
            "UPDATE audit SET subject = 'nobody' WHERE n = ?1",
            "DELETE FROM audit WHERE n = ?1",
        ] {
            let n = lines[1].n;
            let refused = write(&bed, move |unit| {
                unit.exec(&Sql::common("TAMPER", text), &[&n])
            })
            .await;
            assert!(
                matches!(refused, Err(DbError::Statement { .. })),
                "{refused:?}"
            );
        }
        assert!(matches!(
            verdict(&bed, mine).await,
            Verdict::Whole { entries: 3, .. }
        ));
    });
}

#[test]
fn the_first_entry_that_was_tampered_with_is_named() {
    for statement in [
        "UPDATE audit SET subject = 'nobody' WHERE n = ?1",
        "UPDATE audit SET detail = '' WHERE n = ?1",
        "UPDATE audit SET at = at - 1 WHERE n = ?1",
        "UPDATE audit SET address = NULL WHERE n = ?1",
    ] {
        on_each_engine(|bed| async move {
            let mine = bed.account.id;
            let lines = written(&bed, mine, 5).await;
            behind_the_programs_back(&bed, statement, lines[2].n).await;
            let broken = Broken::Entry {
                n: lines[2].n,
                id: lines[2].id,
            };
            assert_eq!(
                verdict(&bed, mine).await,
                Verdict::Broken(broken),
                "{statement}"
            );
        });
    }
}

#[test]
fn a_missing_entry_shows_in_the_middle_and_at_the_end() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let lines = written(&bed, mine, 5).await;
        behind_the_programs_back(&bed, "DELETE FROM audit WHERE n >= ?1", lines[4].n).await;
        let cut = Broken::CutAfter {
            last: lines[3].n,
            wanted: lines[4].n,
        };
        assert_eq!(verdict(&bed, mine).await, Verdict::Broken(cut));
        let n = lines[1].n;
        write(&bed, move |unit| {
            unit.exec(
                &Sql::common("TAMPER", "DELETE FROM audit WHERE n = ?1"),
                &[&n],
            )
        })
        .await
        .unwrap();
        let broken = Broken::Entry {
            n: lines[2].n,
            id: lines[2].id,
        };
        assert_eq!(verdict(&bed, mine).await, Verdict::Broken(broken));
    });
}

#[test]
fn a_pruned_log_goes_on_from_its_anchor() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let lines = written(&bed, mine, 5).await;
        let before = lines[3].at;
        let gone = write(&bed, move |unit| {
            audit::prune(unit, &Actor::system(mine), before)
        })
        .await
        .unwrap();
        assert_eq!(gone, 3);
        assert!(matches!(
            verdict(&bed, mine).await,
            Verdict::Whole { entries: 3, .. }
        ));
        let anchor = read(&bed, move |conn| audit::anchor(conn, mine))
            .await
            .unwrap();
        assert_eq!(anchor.n, lines[2].n);
        let left = read(&bed, move |conn| audit::onward(conn, mine, i64::MIN, 10)).await;
        assert_eq!(left[2].entry.action, "audit.pruned");
        let none = write(&bed, move |unit| {
            audit::prune(unit, &Actor::system(mine), before)
        });
        assert_eq!(none.await.unwrap(), 0);
    });
}
