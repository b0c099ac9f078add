//! The small things an account shares: added, changed and deleted alike, each change told of as
//! an entity. What is particular to a thing is in its own file.

use crate::failure::Outcome;
use crate::use_cases::record;
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{AccountId, Actor, EntityKind, EventKind, Refusal};

/// A small thing of an account.
pub(crate) trait Noun: Sized {
    type Id: Copy + ToString + Send;
    /// What somebody says about it. What is not said stays, or is empty in a new one.
    type Fields: Send;

    const KIND: EntityKind;
    /// What adding and changing it takes.
    const CHANGE: Permission = Permission::ManageSharedThings;
    /// What deleting it takes.
    const DELETE: Permission = Permission::DeleteForGood;
    const ROWS: Rows<Self>;

    fn id(&self) -> Self::Id;

    /// A new one of the actor's account.
    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: Self::Fields) -> Outcome<Self>;

    /// The same with these fields.
    fn set(&mut self, unit: &mut Unit<'_>, actor: &Actor, fields: Self::Fields) -> Outcome<()>;
}

/// Finds one of an account by its id.
type ById<N> = fn(&mut dyn Conn, AccountId, <N as Noun>::Id) -> Result<Option<N>, DbError>;

/// How the rows of a noun are read and written.
pub(crate) struct Rows<N: Noun> {
    pub(crate) by_id: ById<N>,
    pub(crate) insert: fn(&mut Unit<'_>, &N) -> Result<(), DbError>,
    pub(crate) update: fn(&mut Unit<'_>, &N) -> Result<u64, DbError>,
    pub(crate) delete: fn(&mut Unit<'_>, AccountId, N::Id) -> Result<u64, DbError>,
}

/// One of the actor's account.
pub(crate) fn load<N: Noun>(conn: &mut dyn Conn, actor: &Actor, id: N::Id) -> Outcome<N> {
    let found = (N::ROWS.by_id)(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Adds one.
pub(crate) fn add<N: Noun>(unit: &mut Unit<'_>, actor: &Actor, fields: N::Fields) -> Outcome<N> {
    allows(actor, N::CHANGE)?;
    let it = N::make(unit, actor, fields)?;
    (N::ROWS.insert)(unit, &it)?;
    record::told(unit, actor, EventKind::EntityChanged, N::KIND, &it.id())?;
    Ok(it)
}

/// Changes one.
pub(crate) fn change<N: Noun>(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: N::Id,
    fields: N::Fields,
) -> Outcome<N> {
    allows(actor, N::CHANGE)?;
    let mut it = load::<N>(unit.conn(), actor, id)?;
    it.set(unit, actor, fields)?;
    (N::ROWS.update)(unit, &it)?;
    record::told(unit, actor, EventKind::EntityChanged, N::KIND, &id)?;
    Ok(it)
}

/// Deletes one for good.
pub(crate) fn remove<N: Noun>(unit: &mut Unit<'_>, actor: &Actor, id: N::Id) -> Outcome<()> {
    allows(actor, N::DELETE)?;
    load::<N>(unit.conn(), actor, id)?;
    (N::ROWS.delete)(unit, actor.account_id, id)?;
    record::told(unit, actor, EventKind::EntityDeleted, N::KIND, &id)?;
    let subject = format!("{}:{}", N::KIND, id.to_string());
    Ok(record::audited(
        unit,
        actor,
        &format!("{}.deleted", N::KIND),
        subject,
        None,
    )?)
}
