//! Recorded visits. Pages have no account: a visit's random id is its credential.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::queries::{accounts, browser_sessions, events};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::json::Json;
use frontdesk_domain::visit::BrowserSession;
use frontdesk_domain::{
    AccountId, Actor, BrowserSessionId, CustomerId, EntityKind, EventDraft, EventKind, Refusal,
    Timestamp,
};

/// What a new visit begins with.
#[derive(Debug, Clone)]
pub(crate) struct NewVisit {
    pub(crate) account_id: AccountId,
    pub(crate) customer_id: Option<CustomerId>,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) metadata: Option<Json>,
}

/// Begins a visit.
pub(crate) fn begin(unit: &mut Unit<'_>, new: NewVisit) -> Outcome<BrowserSession> {
    let account_id = new.account_id;
    accounts::by_id(unit.conn(), account_id)?.ok_or(Refusal::missing("account_id"))?;
    let customer_id = match new.customer_id {
        None => None,
        Some(id) => Some(visitor(unit.conn(), account_id, id)?),
    };
    let visit = BrowserSession {
        id: BrowserSessionId::random(),
        account_id,
        customer_id,
        metadata: new.metadata,
        started_at: new.started_at,
        finished_at: None,
        created_at: unit.now(),
    };
    browser_sessions::insert(unit, &visit)?;
    told(unit, &visit)?;
    Ok(visit)
}

/// Ends a visit.
pub(crate) fn finish(unit: &mut Unit<'_>, id: BrowserSessionId) -> Outcome<BrowserSession> {
    let visit = browser_sessions::finish(unit, id)?.ok_or(Refusal::NotFound)?;
    told(unit, &visit)?;
    Ok(visit)
}

/// Goes on with a visit that had ended.
pub(crate) fn restart(unit: &mut Unit<'_>, id: BrowserSessionId) -> Outcome<BrowserSession> {
    let visit = browser_sessions::restart(unit, id)?.ok_or(Refusal::NotFound)?;
    told(unit, &visit)?;
    Ok(visit)
}

/// Notes who the visitor is.
pub(crate) fn identify(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: BrowserSessionId,
    customer_id: CustomerId,
) -> Outcome<BrowserSession> {
    let customer_id = visitor(unit.conn(), account_id, customer_id)?;
    let visit = browser_sessions::identify(unit, id, customer_id)?.ok_or(Refusal::NotFound)?;
    told(unit, &visit)?;
    Ok(visit)
}

/// The account of a visit.
pub(crate) fn account_of(conn: &mut dyn Conn, id: BrowserSessionId) -> Outcome<AccountId> {
    let found = browser_sessions::anywhere(conn, id)?;
    Ok(found.ok_or(Refusal::NotFound)?.account_id)
}

fn visitor(conn: &mut dyn Conn, account_id: AccountId, id: CustomerId) -> Outcome<CustomerId> {
    let customer = load::standing_customer(conn, &Actor::customer(account_id, id), id);
    Ok(customer
        .map_err(|failure| failure.refused_as(Refusal::missing("customer_id")))?
        .id)
}

fn told(unit: &mut Unit<'_>, visit: &BrowserSession) -> Result<(), DbError> {
    let draft = EventDraft::entity(
        EventKind::EntityChanged,
        EntityKind::BrowserSession,
        &visit.id,
    );
    events::emit(unit, visit.account_id, None, draft).map(|_| ())
}
