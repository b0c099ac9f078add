//! Accounts and users on a real database.

use super::*;
use crate::failure::Failure;
use crate::use_cases::accounts::{
    NOT_THE_FIRST, NewAccount, NewAdmin, Registered, Which, register,
};
use frontdesk_db::{Db, Place, SystemClock, queries};
use frontdesk_domain::EventSeq;
use std::sync::Arc;

struct Bed {
    db: Db,
    made: Registered,
    _folder: tempfile::TempDir,
}

fn new_account(email: &str) -> NewAccount {
    NewAccount {
        company_name: "Acme".to_owned(),
        time_zone: None,
        inbox_name: "Chat".to_owned(),
        admin: NewAdmin {
            email: email.to_owned(),
            password_hash: "canary".to_owned(),
            full_name: None,
        },
    }
}

async fn bed() -> Bed {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Sqlite(folder.path().join("desk.sqlite3"));
    let db = Db::open(&place, Arc::new(SystemClock)).unwrap();
    let new = new_account("ada@acme.test");
    let made = db
        .write_global(|unit| register(unit, Which::First, new))
        .await
        .unwrap();
    Bed {
        db,
        made,
        _folder: folder,
    }
}

impl Bed {
    async fn act<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Unit<'_>, &Actor) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let actor = Actor::system(self.made.account_id);
        self.db
            .write(actor.account_id, move |unit| work(unit, &actor))
            .await
    }

    async fn add(&self, email: &'static str, role: Role) -> UserId {
        let new = NewUser {
            email: email.to_owned(),
            password_hash: "hash".to_owned(),
            role,
            full_name: None,
        };
        self.act(|unit, actor| add(unit, actor, new)).await.unwrap()
    }
}

fn refusal<T: std::fmt::Debug>(outcome: Outcome<T>) -> Refusal {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_account_comes_with_its_admin_its_inbox_and_their_events() {
    let bed = bed().await;
    let Registered {
        account_id,
        user_id,
        inbox_id,
    } = bed.made;
    let read = bed.db.read(move |conn| {
        let inbox = queries::inboxes::primary(conn, account_id)?;
        let user = users::by_id(conn, account_id, user_id)?;
        let events = events::since(conn, account_id, EventSeq(0), 10)?;
        Ok::<_, DbError>((inbox, user, events.len()))
    });
    let (inbox, user, events) = read.await.unwrap();
    assert_eq!(inbox.unwrap().id, inbox_id);
    assert_eq!(user.unwrap().role, Role::Admin);
    assert_eq!(events, 3);
}

#[tokio::test]
async fn a_second_account_needs_to_be_meant() {
    let bed = bed().await;
    let new = new_account("bob@other.test");
    let again = new.clone();
    let first = bed
        .db
        .write_global(|unit| register(unit, Which::First, new))
        .await;
    assert_eq!(refusal(first), NOT_THE_FIRST);
    bed.db
        .write_global(|unit| register(unit, Which::Another, again))
        .await
        .unwrap();
    let taken = new_account("ada@acme.test");
    let taken = bed
        .db
        .write_global(|unit| register(unit, Which::Another, taken))
        .await;
    assert!(
        matches!(taken, Err(Failure::Db(DbError::Taken { .. }))),
        "{taken:?}"
    );
    let count = bed.db.read(queries::accounts::ids).await.unwrap().len();
    assert_eq!(count, 2, "nothing is left of what was refused");
}

#[tokio::test]
async fn the_last_admin_stays() {
    let bed = bed().await;
    let ada = bed.made.user_id;
    for outcome in [
        bed.act(move |unit, actor| disable(unit, actor, ada)).await,
        bed.act(move |unit, actor| archive(unit, actor, ada)).await,
        bed.act(move |unit, actor| set_role(unit, actor, ada, Role::Member))
            .await,
    ] {
        assert_eq!(refusal(outcome), LAST_ADMIN);
    }
    let bob = bed.add("bob@acme.test", Role::Admin).await;
    bed.act(move |unit, actor| set_role(unit, actor, ada, Role::Viewer))
        .await
        .unwrap();
    assert_eq!(
        refusal(bed.act(move |unit, actor| disable(unit, actor, bob)).await),
        LAST_ADMIN
    );
}

#[tokio::test]
async fn a_disabled_user_is_out_until_enabled() {
    let bed = bed().await;
    let bob = bed.add("bob@acme.test", Role::Member).await;
    let user = bed
        .act(move |unit, actor| disable(unit, actor, bob))
        .await
        .unwrap();
    assert!(!user.is_active());
    let user = bed
        .act(move |unit, actor| enable(unit, actor, bob))
        .await
        .unwrap();
    assert!(user.is_active());
}

#[tokio::test]
async fn another_accounts_users_are_out_of_reach() {
    let bed = bed().await;
    let new = new_account("bob@other.test");
    let other = bed
        .db
        .write_global(|unit| register(unit, Which::Another, new))
        .await
        .unwrap();
    let outcome = bed
        .act(move |unit, actor| disable(unit, actor, other.user_id))
        .await;
    assert_eq!(refusal(outcome), Refusal::NotFound);
}

#[test]
fn addresses_are_stored_in_one_form() {
    assert_eq!(email(" Ada@Acme.Test ").unwrap(), "ada@acme.test");
    for wrong in ["", "ada", "@acme", "ada@", "a@b@c", "a b@c", "a@b\nc"] {
        assert!(email(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_password_has_eight_characters() {
    assert!(check_password("pässwört").is_ok());
    assert!(check_password("passwor").is_err());
    assert!(check_password("").is_err());
    assert!(!format!("{:?}", new_account("a@b")).contains("canary"));
}
