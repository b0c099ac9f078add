//! The event numbers that accounts give out, kept while a transaction goes on: read once with the
//! account's lock, counted on here by each unit, and written once before the commit.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::value::first;
use frontdesk_domain::{AccountId, EventSeq};

statements! {
    HOLD = (
        "SELECT last_seq FROM account_counters WHERE account_id = ?1",
        "SELECT last_seq FROM account_counters WHERE account_id = ?1 FOR UPDATE"
    );
    STORE = "UPDATE account_counters SET last_seq = ?2 WHERE account_id = ?1";
}

/// The counters of the accounts that a transaction holds. A copy made at a savepoint takes back
/// what a unit took, and with it the locks that PostgreSQL lets go of then.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counters(Vec<Counter>);

#[derive(Debug, Clone)]
struct Counter {
    account_id: AccountId,
    last: i64,
    stored: i64,
}

impl Counters {
    /// Makes other writers of this account wait for the end of the transaction. Does nothing for
    /// an account that does not exist.
    pub(crate) fn hold(
        &mut self,
        conn: &mut dyn Conn,
        account_id: AccountId,
    ) -> Result<(), DbError> {
        self.held(conn, account_id).map(|_| ())
    }

    /// Takes the account's next `count` numbers and says the first of them.
    pub(crate) fn take(
        &mut self,
        conn: &mut dyn Conn,
        account_id: AccountId,
        count: i64,
    ) -> Result<EventSeq, DbError> {
        let counter = self.held(conn, account_id)?.ok_or(DbError::Dangling)?;
        let first = counter.last + 1;
        counter.last += count;
        Ok(EventSeq(first))
    }

    /// The account's newest number, those taken in this transaction included.
    pub(crate) fn newest(
        &mut self,
        conn: &mut dyn Conn,
        account_id: AccountId,
    ) -> Result<EventSeq, DbError> {
        let counter = self.held(conn, account_id)?.ok_or(DbError::Dangling)?;
        Ok(EventSeq(counter.last))
    }

    /// Writes what was taken, before the commit.
    pub(crate) fn store(&mut self, conn: &mut dyn Conn) -> Result<(), DbError> {
        for counter in &mut self.0 {
            if counter.last != counter.stored {
                conn.send(&STORE, &[&counter.account_id, &counter.last])?;
                counter.stored = counter.last;
            }
        }
        Ok(())
    }

    fn held(
        &mut self,
        conn: &mut dyn Conn,
        account_id: AccountId,
    ) -> Result<Option<&mut Counter>, DbError> {
        let known = self.0.iter().position(|it| it.account_id == account_id);
        if let Some(at) = known {
            return Ok(self.0.get_mut(at));
        }
        if let Some(last) = conn.one(&HOLD, &[&account_id], first::<i64>)? {
            self.0.push(Counter {
                account_id,
                last,
                stored: last,
            });
            return Ok(self.0.last_mut());
        }
        Ok(None)
    }
}
