//! Erasing customers, keeping conversations no longer than they should be, and holding what must
//! not go.

mod holds;
mod retention;

pub(crate) use holds::{hold, refuse_held_conversation, release};
pub(crate) use retention::{NewRule, Reaching, add_rule, reaching, remove_rule};

use crate::app::App;
use crate::failure::Outcome;
use crate::files::FileStore;
use crate::use_cases::record;
use frontdesk_db::queries::{customers, erasing, retention as rows};
use frontdesk_db::{Db, Unit};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, CustomerId, Erasing, ErasureId, Refusal};

/// Files whose bytes go in one turn.
const FILES_AT_ONCE: i64 = 500;

/// Erases a customer and says what went. The bytes of files go afterwards, with
/// [`remove_files`].
///
/// # Errors
/// When the actor may not, when there is no such customer, or when a legal hold keeps something.
pub(crate) fn erase(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: CustomerId,
    how: Erasing,
) -> Outcome<erasing::Report> {
    allows(actor, Permission::ManagePrivacy)?;
    let account_id = actor.account_id;
    if customers::by_id(unit.conn(), account_id, id)?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    refuse_held(unit, actor, id)?;
    let report = erasing::Report {
        id: ErasureId::random(),
        account_id,
        customer_id: id,
        how,
        user_id: actor.user_id(),
        erased: erasing::customer(unit, account_id, id, how)?,
        at: unit.now(),
    };
    erasing::remember(unit, &report)?;
    let subject = format!("customer:{id}");
    record::audited(
        unit,
        actor,
        "customer.erased",
        subject,
        Some(how.to_string()),
    )?;
    Ok(report)
}

/// Refuses where a legal hold keeps a customer or anything of theirs.
pub(crate) fn refuse_held(unit: &mut Unit<'_>, actor: &Actor, id: CustomerId) -> Outcome<()> {
    if rows::is_customer_held(unit.conn(), actor.account_id, id)? {
        return Err(Refusal::Conflict(holds::HELD).into());
    }
    Ok(())
}

/// Removes the bytes of files that nothing knows any more. One whose bytes cannot be removed is
/// tried again at the next turn.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn remove_files(db: &Db, store: &FileStore) -> Outcome<u64> {
    let mut removed = 0;
    let now = db.now();
    let found = db
        .read(move |conn| erasing::doomed(conn, now, FILES_AT_ONCE))
        .await?;
    for (account_id, id) in found {
        if store.destroy(account_id, id).await {
            db.write(account_id, move |unit| erasing::gone(unit, account_id, id))
                .await?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// What the clock asks for: every account's rules, and the bytes that are left over.
pub(crate) async fn turn(app: &App) -> Outcome<()> {
    retention::keep_rules(app).await?;
    remove_files(&app.db, &app.files).await?;
    Ok(())
}
