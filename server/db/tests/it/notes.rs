//! Notes about customers, and the issues customers wait for.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{Rows, assert_dangling, customer, hard_texts, neighbour, read, write};
use frontdesk_db::queries::notes::{self, NoteFilter};
use frontdesk_db::queries::{customers, issues};
use frontdesk_domain::issue::Issue;
use frontdesk_domain::note::Note;
use frontdesk_domain::{AccountId, CustomerId, IssueId, IssueState, NoteId, Timestamp, UserId};

fn note(bed: &Bed, customer_id: CustomerId, author_id: UserId, at: Timestamp) -> Note {
    Note {
        id: NoteId::random(),
        account_id: bed.account.id,
        customer_id,
        author_id,
        body: "Prefers mail".to_owned(),
        content_type: "text".to_owned(),
        created_at: at,
        updated_at: at,
    }
}

#[test]
fn a_note_is_kept_within_the_wall() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let about = customer(&bed, mine).await;
        let row = note(&bed, about.id, bed.user.id, START);
        let (id, stored) = (row.id, row.clone());
        write(&bed, move |unit| notes::insert(unit, &stored))
            .await
            .unwrap();
        let look = async |account| read(&bed, move |conn| notes::by_id(conn, account, id)).await;
        assert_eq!(look(mine).await, Some(row.clone()));
        assert_eq!(look(theirs.id).await, None);
        for body in hard_texts() {
            let changed = Note {
                body,
                ..row.clone()
            };
            let foreign = Note {
                account_id: theirs.id,
                ..changed.clone()
            };
            let stored = changed.clone();
            let rows = write(&bed, move |unit| {
                Ok((
                    notes::update(unit, &stored)?,
                    notes::update(unit, &foreign)?,
                ))
            });
            assert_eq!(rows.await.unwrap(), (1, 0));
            assert_eq!(look(mine).await, Some(changed));
        }
        let rows = write(&bed, move |unit| {
            Ok((
                notes::delete(unit, theirs.id, id)?,
                notes::delete(unit, mine, id)?,
            ))
        });
        assert_eq!(rows.await.unwrap(), (0, 1));
        assert_eq!(look(mine).await, None);
    });
}

#[test]
fn a_note_needs_a_customer_of_its_account() {
    on_each_engine(|bed| async move {
        let (theirs, _) = neighbour(&bed).await;
        let foreign = customer(&bed, theirs.id).await;
        for about in [foreign.id, CustomerId::random()] {
            let row = note(&bed, about, bed.user.id, START);
            assert_dangling(&write(&bed, move |unit| notes::insert(unit, &row)).await);
        }
    });
}

#[test]
fn notes_are_listed_by_customer_and_author() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (one, two) = (customer(&bed, mine).await, customer(&bed, mine).await);
        let (ada, bob) = (bed.user.id, UserId(77));
        let rows = [
            note(&bed, one.id, ada, START),
            note(&bed, one.id, bob, START.plus_seconds(1)),
            note(&bed, two.id, bob, START.plus_seconds(2)),
        ];
        let stored = rows.clone();
        write(&bed, move |unit| {
            stored.iter().try_for_each(|row| notes::insert(unit, row))
        })
        .await
        .unwrap();
        let list = async |account, customer_id, author_id| {
            let filter = NoteFilter {
                customer_id,
                author_id,
            };
            let found = read(&bed, move |conn| notes::list(conn, account, &filter)).await;
            found.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let [a, b, c] = rows.map(|row| row.id);
        assert_eq!(list(mine, None, None).await, [c, b, a]);
        assert_eq!(list(mine, Some(one.id), None).await, [b, a]);
        assert_eq!(list(mine, None, Some(bob)).await, [c, b]);
        assert_eq!(list(mine, Some(one.id), Some(bob)).await, [b]);
        assert_eq!(list(theirs.id, Some(one.id), None).await, []);
    });
}

pub(crate) fn issue(account_id: AccountId) -> Issue {
    Issue {
        id: IssueId::random(),
        account_id,
        title: "Invoices are late".to_owned(),
        body: None,
        state: IssueState::Unstarted,
        github_issue_url: None,
        creator_id: UserId(1),
        assignee_id: None,
        closed_at: None,
        created_at: START,
        updated_at: START,
    }
}

#[test]
fn issues_are_kept() {
    on_each_engine(|bed| async move {
        let row = issue(bed.account.id);
        let rows = Rows {
            insert: issues::insert,
            update: issues::update,
            delete: issues::delete,
            by_id: issues::by_id,
            of_account: issues::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| Issue {
            account_id,
            title: text.clone(),
            body: Some(text.clone()),
            state: IssueState::Done,
            github_issue_url: Some(text),
            assignee_id: Some(UserId(i64::MAX)),
            closed_at: Some(START),
            ..row.clone()
        })
        .await;
    });
}

#[test]
fn customers_wait_for_issues_within_the_wall() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (own, foreign) = (customer(&bed, mine).await, customer(&bed, theirs.id).await);
        let (late, secret) = (issue(mine), issue(theirs.id));
        let stored = [late.clone(), secret.clone()];
        write(&bed, move |unit| {
            stored.iter().try_for_each(|row| issues::insert(unit, row))
        })
        .await
        .unwrap();
        let attach = async |account, customer, issue| {
            write(&bed, move |unit| {
                issues::attach_to_customer(unit, account, customer, issue)
            })
            .await
        };
        attach(mine, own.id, late.id).await.unwrap();
        attach(mine, own.id, late.id).await.unwrap();
        for (account, customer, issue) in [
            (mine, own.id, secret.id),
            (mine, foreign.id, late.id),
            (theirs.id, own.id, late.id),
            (mine, own.id, IssueId::random()),
        ] {
            assert_dangling(&attach(account, customer, issue).await);
        }
        let id = late.id;
        let look = async |account| {
            read(&bed, move |conn| {
                Ok((
                    issues::of_customer(conn, account, own.id)?,
                    customers::of_issue(conn, account, id)?,
                ))
            })
            .await
        };
        let waiting = look(mine).await;
        assert_eq!(waiting.0, [late]);
        assert_eq!(waiting.1.len(), 1);
        assert_eq!(look(theirs.id).await, (Vec::new(), Vec::new()));
        let customer_id = waiting.1[0].id;
        let detach = async |account| {
            write(&bed, move |unit| {
                issues::detach_from_customer(unit, account, customer_id, id)
            })
            .await
            .unwrap()
        };
        assert_eq!(detach(theirs.id).await, 0);
        assert_eq!(detach(mine).await, 1);
        assert_eq!(look(mine).await, (Vec::new(), Vec::new()));
    });
}
