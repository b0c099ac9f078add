//! Visits and their recordings, receipts of what came in, and the audit log.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{assert_dangling, assert_taken, customer, hard_texts, neighbour, read, write};
use frontdesk_db::queries::browser_sessions::{self, VisitFilter};
use frontdesk_db::queries::receipts::{self, Receipt};
use frontdesk_db::queries::{audit, inboxes};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::json::Json;
use frontdesk_domain::visit::BrowserSession;
use frontdesk_domain::{
    AccountId, Actor, BrowserSessionId, CustomerId, InboxId, MessageId, Timestamp,
};

fn visit(account_id: AccountId, customer_id: Option<CustomerId>, at: Timestamp) -> BrowserSession {
    BrowserSession {
        id: BrowserSessionId::random(),
        account_id,
        customer_id,
        metadata: None,
        started_at: Some(at),
        finished_at: None,
        created_at: at,
    }
}

async fn stored(bed: &Bed, row: &BrowserSession) {
    let row = row.clone();
    write(bed, move |unit| browser_sessions::insert(unit, &row))
        .await
        .unwrap();
}

#[test]
fn a_visit_ends_goes_on_and_gets_its_visitor() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (own, foreign) = (
            customer(&bed, mine).await.id,
            customer(&bed, theirs.id).await.id,
        );
        let row = visit(mine, None, START);
        let id = row.id;
        stored(&bed, &row).await;
        let again = row.clone();
        assert_taken(&write(&bed, move |unit| browser_sessions::insert(unit, &again)).await);
        let look = async |account| {
            read(&bed, move |conn| browser_sessions::by_id(conn, account, id)).await
        };
        assert_eq!(look(mine).await.as_ref(), Some(&row));
        assert_eq!(look(theirs.id).await, None);
        let anywhere = read(&bed, move |conn| browser_sessions::anywhere(conn, id)).await;
        assert_eq!(anywhere.as_ref(), Some(&row));

        bed.clock.advance_seconds(9);
        let ended = write(&bed, move |unit| browser_sessions::finish(unit, id))
            .await
            .unwrap();
        assert_eq!(ended.unwrap().finished_at, Some(START.plus_seconds(9)));
        let on = write(&bed, move |unit| browser_sessions::restart(unit, id))
            .await
            .unwrap();
        assert_eq!(on.unwrap().finished_at, None);
        let identify = async |id, who| {
            write(&bed, move |unit| browser_sessions::identify(unit, id, who))
                .await
                .unwrap()
        };
        assert_eq!(identify(id, foreign).await, None);
        assert_eq!(identify(id, CustomerId::random()).await, None);
        assert_eq!(identify(id, own).await.unwrap().customer_id, Some(own));
        assert_eq!(look(mine).await.unwrap().customer_id, Some(own));

        let unknown = BrowserSessionId::random();
        assert_eq!(identify(unknown, own).await, None);
        let nothing = write(&bed, move |unit| {
            Ok((
                browser_sessions::finish(unit, unknown)?,
                browser_sessions::restart(unit, unknown)?,
            ))
        });
        assert_eq!(nothing.await.unwrap(), (None, None));
    });
}

#[test]
fn a_visitor_is_a_customer_of_the_same_account() {
    on_each_engine(|bed| async move {
        let (theirs, _) = neighbour(&bed).await;
        let foreign = customer(&bed, theirs.id).await.id;
        for row in [
            visit(bed.account.id, Some(foreign), START),
            visit(bed.account.id, Some(CustomerId::random()), START),
            visit(AccountId::random(), None, START),
        ] {
            assert_dangling(&write(&bed, move |unit| browser_sessions::insert(unit, &row)).await);
        }
    });
}

#[test]
fn visits_are_listed_by_every_pair_of_filters() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let own = customer(&bed, mine).await.id;
        let unknown = visit(mine, None, START);
        let going = visit(mine, Some(own), START.plus_seconds(1));
        let over = BrowserSession {
            finished_at: Some(START.plus_seconds(5)),
            metadata: Some(Json("{}".to_owned())),
            ..visit(mine, Some(own), START.plus_seconds(2))
        };
        for row in [&unknown, &going, &over] {
            stored(&bed, row).await;
        }
        let (unknown, going, over) = (unknown.id, going.id, over.id);
        let list = async |account, customer_id, finished, limit| {
            let filter = VisitFilter {
                customer_id,
                finished,
            };
            let found = read(&bed, move |conn| {
                browser_sessions::list(conn, account, &filter, limit)
            });
            found.await.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(list(mine, None, None, 9).await, [over, going, unknown]);
        assert_eq!(list(mine, None, None, 1).await, [over]);
        assert_eq!(list(mine, Some(own), None, 9).await, [over, going]);
        assert_eq!(list(mine, None, Some(false), 9).await, [going, unknown]);
        assert_eq!(list(mine, None, Some(true), 9).await, [over]);
        assert_eq!(list(mine, Some(own), Some(false), 9).await, [going]);
        assert_eq!(list(theirs.id, None, None, 9).await, []);
    });
}

#[test]
fn a_recording_is_read_on_from_any_step() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let row = visit(mine, None, START);
        let id = row.id;
        stored(&bed, &row).await;
        let steps = hard_texts().map(Json);
        let written = steps.clone();
        write(&bed, move |unit| {
            written
                .iter()
                .try_for_each(|step| browser_sessions::append(unit, id, step))
        })
        .await
        .unwrap();
        let lost = write(&bed, |unit| {
            browser_sessions::append(unit, BrowserSessionId::random(), &Json("{}".to_owned()))
        });
        assert_dangling(&lost.await);
        let look = async |account, after, limit| {
            read(&bed, move |conn| {
                browser_sessions::recording(conn, account, id, after, limit)
            })
            .await
        };
        let whole = look(mine, 0, 10).await;
        let events: Vec<_> = whole.iter().map(|step| step.event.clone()).collect();
        assert_eq!(events, steps);
        assert_eq!(look(mine, whole[0].n, 1).await, whole[1..2]);
        assert_eq!(look(theirs.id, 0, 10).await, []);
    });
}

#[test]
fn what_came_in_before_is_known() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine, inbox) = (neighbour(&bed).await, bed.account.id, bed.inbox.id);
        let record = async |account, inbox, id: &str| {
            let id = id.to_owned();
            write(&bed, move |unit| {
                receipts::record(unit, account, inbox, &id)
            })
            .await
        };
        let look = async |account, id: &str| {
            let id = id.to_owned();
            read(&bed, move |conn| {
                receipts::by_external_id(conn, account, inbox, &id)
            })
            .await
        };
        for id in ["", "SM123", "<a'--@b.test>"] {
            assert_eq!(look(mine, id).await, None);
            assert_eq!(record(mine, inbox, id).await.unwrap(), Receipt::New);
            assert_eq!(record(mine, inbox, id).await.unwrap(), Receipt::Known(None));
            let (message, text) = (MessageId::random(), id.to_owned());
            let foreign = text.clone();
            write(&bed, move |unit| {
                receipts::set_message(unit, mine, inbox, &text, message)
            })
            .await
            .unwrap();
            let refused = write(&bed, move |unit| {
                receipts::set_message(unit, theirs.id, inbox, &foreign, message)
            });
            assert_dangling(&refused.await);
            let known = Receipt::Known(Some(message));
            assert_eq!(record(mine, inbox, id).await.unwrap(), known);
            assert_eq!(look(mine, id).await, Some(known));
            assert_eq!(look(theirs.id, id).await, None);
        }
        let forget = async |account| {
            write(&bed, move |unit| {
                receipts::forget(unit, account, inbox, "SM123")
            })
            .await
            .unwrap();
        };
        forget(theirs.id).await;
        assert!(look(mine, "SM123").await.is_some());
        forget(mine).await;
        assert_eq!(record(mine, inbox, "SM123").await.unwrap(), Receipt::New);
        assert_dangling(&record(theirs.id, inbox, "SM123").await);
        assert_dangling(&record(mine, InboxId::random(), "SM123").await);
        write(&bed, move |unit| inboxes::delete(unit, mine, inbox))
            .await
            .unwrap();
        assert_eq!(look(mine, "SM123").await, None);
    });
}

#[test]
fn the_audit_log_is_read_backwards() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine, ada) = (neighbour(&bed).await, bed.account.id, bed.user.id);
        let entries = hard_texts().map(|detail| AuditEntry {
            user_id: Some(ada),
            action: "user.disabled".to_owned(),
            subject: "user:2".to_owned(),
            detail: Some(detail),
            ..AuditEntry::default()
        });
        let written = entries.clone();
        let foreign = AuditEntry {
            user_id: None,
            detail: None,
            ..entries[0].clone()
        };
        write(&bed, move |unit| {
            audit::append(unit, &Actor::system(theirs.id), &foreign)?;
            written
                .iter()
                .try_for_each(|entry| audit::append(unit, &Actor::system(mine), entry))
        })
        .await
        .unwrap();
        let page = async |account, before, limit| {
            read(&bed, move |conn| audit::page(conn, account, before, limit)).await
        };
        let [one, two, three] = entries;
        let newest = page(mine, None, 2).await;
        let shown: Vec<_> = newest.iter().map(|line| line.entry.clone()).collect();
        assert_eq!(shown, [three, two]);
        let oldest = page(mine, newest.last().map(|line| line.n), 2).await;
        assert_eq!(oldest.len(), 1);
        assert_eq!((&oldest[0].entry, oldest[0].at), (&one, START));
        assert_eq!(page(mine, Some(oldest[0].n), 2).await, []);
        assert_eq!(page(theirs.id, None, 10).await.len(), 1);
    });
}
