//! Mails that wait, as admins deal with them. Nobody else lets one go.

use super::quarantine::Why;
use super::{Came, Ingested, Means, Taken, read, take};
use crate::failure::{Failure, Outcome};
use crate::use_cases::record;
use bytes::Bytes;
use frontdesk_db::queries::{connections, quarantine as rows};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::mail::Quarantined;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, QuarantineId, Refusal, Timestamp};

/// How many are listed at once.
pub(crate) const AT_ONCE: i64 = 100;

/// The mails that wait, the oldest first, behind one of them.
///
/// # Errors
/// For whoever may not, or when the database does not answer.
pub(crate) fn list(
    conn: &mut dyn Conn,
    by: &Actor,
    behind: Option<QuarantineId>,
) -> Outcome<Vec<Quarantined>> {
    allows(by, Permission::ManageIntegrations)?;
    let start = match behind {
        Some(id) => (load(conn, by, id)?.created_at, id),
        None => (Timestamp(i64::MIN), QuarantineId(uuid::Uuid::nil())),
    };
    Ok(rows::of_account(conn, by.account_id, start, AT_ONCE)?)
}

/// A mail that waits.
///
/// # Errors
/// For whoever may not, or when there is none.
pub(crate) fn load(conn: &mut dyn Conn, by: &Actor, id: QuarantineId) -> Outcome<Quarantined> {
    allows(by, Permission::ManageIntegrations)?;
    let found = rows::by_id(conn, by.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// The bytes of a mail that waits. That somebody read them is noted.
///
/// # Errors
/// As [`load`].
pub(crate) fn raw(unit: &mut Unit<'_>, by: &Actor, id: QuarantineId) -> Outcome<Vec<u8>> {
    load(unit.conn(), by, id)?;
    let found = rows::raw(unit.conn(), by.account_id, id)?;
    noted(unit, by, id, "quarantine.read")?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Throws a mail away for good.
///
/// # Errors
/// As [`load`].
pub(crate) fn discard(unit: &mut Unit<'_>, by: &Actor, id: QuarantineId) -> Outcome<()> {
    load(unit.conn(), by, id)?;
    rows::delete(unit, by.account_id, id)?;
    noted(unit, by, id, "quarantine.discarded")
}

/// Tries again to take a mail in, as it would be today.
///
/// # Errors
/// As [`load`]; and a conflict where its mailbox has gone.
pub(crate) async fn retry(means: Means<'_>, by: &Actor, id: QuarantineId) -> Outcome<Ingested> {
    let actor = by.clone();
    let (held, connection, raw) = means
        .db()
        .read(move |conn| {
            let held = load(conn, &actor, id)?;
            let connection = match held.connection_id {
                Some(id) => connections::by_id(conn, actor.account_id, id)?,
                None => None,
            };
            let gone = Refusal::Conflict("The mailbox of this mail is gone.");
            let raw = rows::raw(conn, actor.account_id, id)?;
            let raw = raw.ok_or(Refusal::NotFound)?;
            Ok::<_, Failure>((held, connection.ok_or(gone)?, Bytes::from(raw)))
        })
        .await?;
    let came = Came {
        connection,
        recipients: held.recipients.clone(),
        by: held.way,
        thread: None,
    };
    let taken = if is_header_alone(&held, &raw) {
        Taken::Stuck(Why::header_alone())
    } else {
        match read(raw).await? {
            Ok(mail) => take(means, &came, &mail).await?,
            Err(unreadable) => Taken::Stuck(unreadable.into()),
        }
    };
    let actor = by.clone();
    means
        .db()
        .write(by.account_id, move |unit| {
            noted(unit, &actor, id, "quarantine.retried")?;
            match taken {
                Taken::Done(ingested) => {
                    rows::delete(unit, actor.account_id, id)?;
                    Ok(ingested)
                }
                Taken::Stuck(why) => {
                    let (reason, words) = (why.reason, &why.explanation);
                    rows::tried(unit, actor.account_id, id, reason, words)?;
                    Ok(Ingested::Quarantined(id))
                }
            }
        })
        .await
}

fn noted(unit: &mut Unit<'_>, by: &Actor, id: QuarantineId, action: &str) -> Outcome<()> {
    let subject = format!("quarantine:{id}");
    Ok(record::audited(unit, by, action, subject, None)?)
}

/// Whether more of a mail stayed where it was found than is kept of it here.
fn is_header_alone(held: &Quarantined, raw: &Bytes) -> bool {
    i64::try_from(raw.len()).is_ok_and(|kept| kept < held.size)
}
