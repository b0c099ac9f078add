//! What every kind of row must do: be kept, be changed, be deleted, and stay behind the wall.

use crate::bed::{Bed, START};
use frontdesk_db::{Conn, DbError, Unit, queries};
use frontdesk_domain::account::{Account, User};
use frontdesk_domain::decide::{FirstMessage, Start, Written, start};
use frontdesk_domain::{
    AccountId, Actor, ConversationId, Customer, CustomerId, MessageId, Source, UserId,
};
use std::fmt::Debug;

/// Texts that are easily got wrong: nothing at all, a megabyte, and what other scripts and SQL use.
pub(crate) fn hard_texts() -> [String; 3] {
    [
        String::new(),
        "ü".repeat(500_000),
        "'; DROP TABLE tags; -- %_?1 \u{202e}日本".to_owned(),
    ]
}

/// Runs a unit of work of the bed's account.
pub(crate) async fn write<T: Send + 'static>(
    bed: &Bed,
    work: impl FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send + 'static,
) -> Result<T, DbError> {
    bed.db.write(bed.account.id, work).await
}

/// Looks at the database.
pub(crate) async fn read<T: Send + 'static>(
    bed: &Bed,
    work: impl FnOnce(&mut dyn Conn) -> Result<T, DbError> + Send + 'static,
) -> T {
    bed.db.read(work).await.unwrap()
}

/// A second account with a user, on the other side of the wall.
pub(crate) async fn neighbour(bed: &Bed) -> (Account, User) {
    let account = Account {
        id: AccountId::random(),
        ..bed.account.clone()
    };
    let user = User {
        id: UserId(0),
        account_id: account.id,
        email: "eve@neighbour.test".to_owned(),
        ..bed.user.clone()
    };
    let stored = (account.clone(), user.clone());
    let id = bed
        .db
        .write_global(move |unit| {
            queries::accounts::insert(unit, &stored.0)?;
            queries::users::insert(unit, &stored.1, "no hash")
        })
        .await
        .map_err(|error: DbError| error)
        .unwrap();
    (account, User { id, ..user })
}

/// A stored customer of an account.
pub(crate) async fn customer(bed: &Bed, account_id: AccountId) -> Customer {
    let customer = Customer::new(CustomerId::random(), account_id, START);
    let stored = customer.clone();
    write(bed, move |unit| queries::customers::insert(unit, &stored))
        .await
        .unwrap();
    customer
}

/// A stored conversation with one message of the customer.
pub(crate) async fn conversation(bed: &Bed, customer: &Customer) -> (ConversationId, MessageId) {
    let (id, message) = (ConversationId::random(), MessageId::random());
    let (customer, inbox) = (customer.clone(), bed.inbox.clone());
    write(bed, move |unit| {
        let actor = Actor::customer(customer.account_id, customer.id);
        let command = Start {
            id,
            customer: &customer,
            inbox: (inbox.account_id == customer.account_id).then_some(&inbox),
            source: Source::Chat,
            subject: None,
            status: None,
            metadata: None,
            first: Some(FirstMessage::ByCustomer(Written::text(message, "Hello"))),
        };
        let decision = start(&actor, command, unit.now()).expect("a customer may write");
        frontdesk_db::write::apply(unit, &actor, decision)?;
        Ok(())
    })
    .await
    .unwrap();
    (id, message)
}

type ById<T, Id> = fn(&mut dyn Conn, AccountId, Id) -> Result<Option<T>, DbError>;

/// The five functions of a plain kind of row.
pub(crate) struct Rows<T, Id> {
    pub(crate) insert: fn(&mut Unit<'_>, &T) -> Result<(), DbError>,
    pub(crate) update: fn(&mut Unit<'_>, &T) -> Result<u64, DbError>,
    pub(crate) delete: fn(&mut Unit<'_>, AccountId, Id) -> Result<u64, DbError>,
    pub(crate) by_id: ById<T, Id>,
    pub(crate) of_account: fn(&mut dyn Conn, AccountId) -> Result<Vec<T>, DbError>,
}

impl<T, Id> Rows<T, Id>
where
    T: Clone + PartialEq + Debug + Send + 'static,
    Id: Copy + Send + 'static,
{
    /// A row comes back as it was kept, before and after every change, and then is gone; the
    /// neighbour never sees or touches it. `rewrite` gives a row another account and text.
    pub(crate) async fn are_kept(
        self,
        bed: &Bed,
        id: Id,
        row: T,
        rewrite: impl Fn(&T, AccountId, String) -> T,
    ) {
        let (mine, (theirs, _)) = (bed.account.id, neighbour(bed).await);
        let (by_id, of_account) = (self.by_id, self.of_account);
        let look = async |account| read(bed, move |conn| by_id(conn, account, id)).await;
        let list = async |account| read(bed, move |conn| of_account(conn, account)).await;

        let stored = row.clone();
        write(bed, move |unit| (self.insert)(unit, &stored))
            .await
            .unwrap();
        assert_eq!(look(mine).await.as_ref(), Some(&row));
        assert_eq!(list(mine).await, std::slice::from_ref(&row));
        assert_eq!(
            (look(theirs.id).await, list(theirs.id).await),
            (None, Vec::new())
        );

        for text in hard_texts() {
            let (changed, foreign) = (
                rewrite(&row, mine, text),
                rewrite(&row, theirs.id, "taken over".to_owned()),
            );
            let stored = changed.clone();
            let rows = write(bed, move |unit| {
                Ok((
                    (self.update)(unit, &stored)?,
                    (self.update)(unit, &foreign)?,
                ))
            });
            assert_eq!(rows.await.unwrap(), (1, 0));
            assert_eq!(look(mine).await, Some(changed));
        }

        let delete = async |account| write(bed, move |unit| (self.delete)(unit, account, id)).await;
        assert_eq!(delete(theirs.id).await.unwrap(), 0);
        assert_eq!(delete(mine).await.unwrap(), 1);
        assert_eq!((look(mine).await, list(mine).await), (None, Vec::new()));
        assert_eq!(delete(mine).await.unwrap(), 0);
        self.need_an_account(bed, rewrite(&row, AccountId::random(), "lost".to_owned()))
            .await;
    }

    async fn need_an_account(&self, bed: &Bed, homeless: T) {
        let insert = self.insert;
        let refused = write(bed, move |unit| insert(unit, &homeless)).await;
        assert!(matches!(refused, Err(DbError::Dangling)), "{refused:?}");
    }
}

/// Asserts that a row's unique value was already there.
pub(crate) fn assert_taken<T: Debug>(result: &Result<T, DbError>) {
    assert!(matches!(result, Err(DbError::Taken { .. })), "{result:?}");
}

/// Asserts that a row refers to what is not there, or is somebody else's.
pub(crate) fn assert_dangling<T: Debug>(result: &Result<T, DbError>) {
    assert!(matches!(result, Err(DbError::Dangling)), "{result:?}");
}
