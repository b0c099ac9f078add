//! Lists of customers and users under every filter, and a customer's end.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{conversation, customer, neighbour, read, write};
use frontdesk_db::queries::customers::{self, CustomerFilter, CustomerPage, Page};
use frontdesk_db::queries::users::{self, UserFilter};
use frontdesk_db::queries::{conversations, counts};
use frontdesk_domain::account::User;
use frontdesk_domain::json::Json;
use frontdesk_domain::{AccountId, Customer, CustomerId, Role};

pub(crate) async fn listed(
    bed: &Bed,
    account: AccountId,
    filter: CustomerFilter,
    page: Page,
) -> CustomerPage {
    read(bed, move |conn| {
        customers::list(conn, account, &filter, page)
    })
    .await
}

/// The names on the only page, in its order.
async fn names(bed: &Bed, filter: CustomerFilter) -> Vec<String> {
    let page = Page {
        number: 1,
        size: 50,
    };
    let found = listed(bed, bed.account.id, filter, page).await;
    assert_eq!(found.total, i64::try_from(found.customers.len()).unwrap());
    let name = |it: Customer| it.name.unwrap_or_default();
    found.customers.into_iter().map(name).collect()
}

pub(crate) fn typed(text: &str) -> CustomerFilter {
    CustomerFilter {
        text: Some(text.to_owned()),
        ..CustomerFilter::default()
    }
}

/// Stores customers, the first of whom was seen last.
async fn seen(bed: &Bed, rows: Vec<Customer>) {
    write(bed, move |unit| {
        for (age, row) in (0..).zip(rows) {
            let row = Customer {
                last_seen_at: START.plus_seconds(-age),
                ..row
            };
            customers::insert(unit, &row)?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

pub(crate) fn named(bed: &Bed, name: &str, email: &str, metadata: Option<&str>) -> Customer {
    Customer {
        name: Some(name.to_owned()),
        email: Some(email.to_owned()),
        metadata: metadata.map(|text| Json(text.to_owned())),
        ..Customer::new(CustomerId::random(), bed.account.id, START)
    }
}

#[test]
fn words_find_names_and_addresses_in_any_case() {
    on_each_engine(|bed| async move {
        let rows = vec![
            named(&bed, "Ümit Öz", "umit@desk.test", None),
            named(&bed, "Ann_Lee 100%", "ann@acme.test", None),
            named(&bed, "Annabel", "bel@desk.test", None),
        ];
        seen(&bed, rows).await;
        for (text, found) in [
            ("", &["Ümit Öz", "Ann_Lee 100%", "Annabel"][..]),
            ("ann", &["Ann_Lee 100%", "Annabel"]),
            ("ANN desk", &["Annabel"]),
            ("desk ann", &["Annabel"]),
            ("ümit", &["Ümit Öz"]),
            ("ÜMIT öz", &["Ümit Öz"]),
            ("ann_", &["Ann_Lee 100%"]),
            ("%", &["Ann_Lee 100%"]),
            ("!", &[]),
            ("' OR 1=1 --", &[]),
            (":", &[]),
            ("plan:", &[]),
        ] {
            assert_eq!(names(&bed, typed(text)).await, found, "{text:?}");
        }
        let endless = "x".repeat(1_000_000);
        assert_eq!(names(&bed, typed(&endless)).await.len(), 0);
        assert_eq!(names(&bed, typed(&"ann ".repeat(5000))).await.len(), 2);
        assert_eq!(
            names(&bed, typed(&format!("{endless}:{endless}")))
                .await
                .len(),
            0
        );
    });
}

/// Customers with metadata of every kind, some of it such as PostgreSQL cannot hold as JSON.
fn with_metadata(bed: &Bed) -> Vec<Customer> {
    let deep = format!("{}{}", "[".repeat(8000), "]".repeat(8000));
    let nested = format!("{}1{}", r#"{"a":["#.repeat(2040), "]}".repeat(2040));
    vec![
        named(
            bed,
            "Pro",
            "a@x.test",
            Some(r#"{"plan": "pro", "seats": 12, "paid": true, "a b": "c", "é.f": "g"}"#),
        ),
        named(
            bed,
            "Free",
            "b@x.test",
            Some(r#"{"plan":"free","paid":false,"seats":null}"#),
        ),
        named(
            bed,
            "Hostile",
            "c@x.test",
            Some(r#"{"plan":"pro","x":"\u0000"}"#),
        ),
        named(
            bed,
            "Half",
            "d@x.test",
            Some(r#"{"plan":"pr","x":"\ud83d"}"#),
        ),
        named(
            bed,
            "Other half",
            "e@x.test",
            Some(r#"{"plan":"pr","x":"\ude00"}"#),
        ),
        named(
            bed,
            "Huge",
            "f@x.test",
            Some(r#"{"plan":"pr","x":1e999999}"#),
        ),
        named(bed, "Deep", "g@x.test", Some(&deep)),
        named(bed, "Nested", "h@x.test", Some(&nested)),
        named(bed, "List", "i@x.test", Some(r#"["plan","pro"]"#)),
        named(bed, "Smile", "j@x.test", Some(r#"{"plan":"\ud83d\ude00"}"#)),
    ]
}

#[test]
fn entries_find_metadata() {
    on_each_engine(|bed| async move {
        seen(&bed, with_metadata(&bed)).await;
        for (text, found) in [
            ("seats:12", &["Pro"][..]),
            ("paid:true", &["Pro"]),
            ("paid:false", &["Free"]),
            ("plan:free", &["Free"]),
            ("plan:PRO", &[]),
            ("plan:pro seats:12", &["Pro"]),
            ("é.f:g", &["Pro"]),
            ("plan:😀", &["Smile"]),
            ("seats:null", &[]),
            ("$.plan:pro", &[]),
            ("pl\"an:pro", &[]),
            ("nobody:pro", &[]),
            ("plan:pro free", &[]),
        ] {
            assert_eq!(names(&bed, typed(text)).await, found, "{text:?}");
        }
        assert!(
            names(&bed, typed("plan:pro"))
                .await
                .contains(&"Pro".to_owned())
        );
    });
}

#[test]
fn pages_follow_each_other_and_leave_out_who_was_merged() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let name = |number: i32| number.to_string();
        let mut rows: Vec<_> = (0..5)
            .map(|number| named(&bed, &name(number), "same@x.test", None))
            .collect();
        rows[2].merged_into = Some(rows[0].id);
        seen(&bed, rows).await;
        let page = async |number, size| {
            let found = listed(&bed, mine, CustomerFilter::default(), Page { number, size }).await;
            assert_eq!(found.total, 4);
            let names = found.customers.into_iter().filter_map(|it| it.name);
            names.collect::<Vec<_>>().concat()
        };
        assert_eq!(page(1, 3).await, "013");
        assert_eq!(page(2, 3).await, "4");
        assert_eq!(page(3, 3).await, "");
        assert_eq!(page(0, 3).await, "013");
        assert_eq!(page(i64::MIN, i64::MAX).await, "0134");
        assert_eq!(page(i64::MAX, i64::MAX).await, "");
        assert_eq!(page(1, -1).await, "");
    });
}

#[test]
fn a_deleted_customers_conversations_are_no_longer_counted() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (going, staying) = (customer(&bed, mine).await, customer(&bed, mine).await);
        let (gone, _) = conversation(&bed, &going).await;
        for _ in 0..100 {
            conversation(&bed, &going).await;
        }
        conversation(&bed, &staying).await;
        let id = going.id;
        let delete = async |account| {
            write(&bed, move |unit| customers::delete(unit, account, id))
                .await
                .unwrap()
        };
        let cells = async || {
            read(&bed, move |conn| {
                Ok((counts::cells(conn, mine)?, counts::recount(conn, mine)?))
            })
            .await
        };
        let total = |cells: &[(_, i64)]| cells.iter().map(|cell| cell.1).sum::<i64>();
        assert_eq!(delete(theirs.id).await, 0);
        assert_eq!(total(&cells().await.0), 102);
        assert_eq!(delete(mine).await, 1);
        let (kept, counted) = cells().await;
        assert_eq!((total(&kept), &kept), (1, &counted));
        let found = read(&bed, move |conn| conversations::by_id(conn, mine, gone)).await;
        assert_eq!(found, None);
    });
}

#[test]
fn users_are_listed_by_every_pair_of_filters() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let bob = User {
            email: "bob@acme.test".to_owned(),
            role: Role::Member,
            disabled_at: Some(START),
            ..bed.user.clone()
        };
        let cid = User {
            email: "cid@acme.test".to_owned(),
            disabled_at: None,
            archived_at: Some(START),
            ..bob.clone()
        };
        write(&bed, move |unit| {
            users::insert(unit, &bob, "no hash")?;
            users::insert(unit, &cid, "no hash")
        })
        .await
        .unwrap();
        let list = async |account, active, role, email: Option<&str>| {
            let filter = UserFilter {
                active,
                role,
                email: email.map(str::to_owned),
            };
            let found = read(&bed, move |conn| users::list(conn, account, &filter)).await;
            let first = |it: &User| it.email.chars().next();
            found.iter().filter_map(first).collect::<String>()
        };
        let (member, bob) = (Some(Role::Member), Some("bob@acme.test"));
        assert_eq!(list(mine, None, None, None).await, "abc");
        assert_eq!(list(mine, Some(true), None, None).await, "a");
        assert_eq!(list(mine, Some(false), None, None).await, "bc");
        assert_eq!(list(mine, None, member, None).await, "bc");
        assert_eq!(list(mine, None, None, bob).await, "b");
        assert_eq!(list(mine, Some(true), member, None).await, "");
        assert_eq!(list(mine, Some(false), None, bob).await, "b");
        assert_eq!(list(mine, None, Some(Role::Admin), bob).await, "");
        assert_eq!(list(mine, Some(false), member, bob).await, "b");
        assert_eq!(list(theirs.id, None, None, None).await, "e");
        assert_eq!(list(theirs.id, None, None, bob).await, "");
    });
}
