//! An agent changes what is known of a customer.

use super::tell;
use crate::failure::Outcome;
use crate::use_cases::{fields, load, record};
use frontdesk_db::{Unit, queries};
use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, CompanyId, Customer, CustomerId, EventKind, IdentityKind, Refusal};

/// What is said about a customer. What is not said stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct CustomerFields {
    pub(crate) name: Field<String>,
    pub(crate) email: Field<String>,
    pub(crate) phone: Field<String>,
    pub(crate) external_id: Field<String>,
    pub(crate) profile_photo_url: Field<String>,
    pub(crate) company_id: Field<CompanyId>,
    pub(crate) host: Field<String>,
    pub(crate) pathname: Field<String>,
    pub(crate) current_url: Field<String>,
    pub(crate) browser: Field<String>,
    pub(crate) os: Field<String>,
    pub(crate) time_zone: Field<String>,
    pub(crate) metadata: Field<Json>,
    pub(crate) welcome: Option<Welcome>,
}

/// Whether anybody wants to hear from a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Welcome {
    Welcome,
    /// What they write goes to the spam.
    Blocked,
}

/// Makes the changes and says what the customer is now.
pub(crate) fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: CustomerId,
    said: CustomerFields,
) -> Outcome<Customer> {
    allows(actor, Permission::WorkConversations)?;
    let mut customer = load::customer(unit.conn(), actor, id)?;
    if customer.merged_into.is_some() {
        return Err(Refusal::Conflict("the customer was merged into another").into());
    }
    if let Field::Set(company) = said.company_id {
        let found = queries::companies::by_id(unit.conn(), actor.account_id, company)?;
        found.ok_or(Refusal::missing("company_id"))?;
    }
    if let Some(welcome) = said.welcome {
        set_welcome(unit, actor, &mut customer, welcome)?;
    }
    put(&mut customer, said)?;
    customer.version += 1;
    customer.updated_at = unit.now();
    queries::customers::update(unit, &customer)?;
    remember(unit, &customer)?;
    tell(unit, actor, EventKind::CustomerUpdated, id)?;
    Ok(customer)
}

/// Who was blocked before keeps the time. It is in the audit log, whoever did it.
fn set_welcome(
    unit: &mut Unit<'_>,
    actor: &Actor,
    customer: &mut Customer,
    welcome: Welcome,
) -> Outcome<()> {
    let now = unit.now();
    let (blocked_at, action) = match welcome {
        Welcome::Welcome => (None, "customer.unblocked"),
        Welcome::Blocked => (Some(customer.blocked_at.unwrap_or(now)), "customer.blocked"),
    };
    if blocked_at == customer.blocked_at {
        return Ok(());
    }
    customer.blocked_at = blocked_at;
    let subject = format!("customer:{}", customer.id);
    Ok(record::audited(unit, actor, action, subject, None)?)
}

fn put(customer: &mut Customer, said: CustomerFields) -> Result<(), Refusal> {
    for (kept, field, value) in [
        (&mut customer.name, "name", said.name),
        (&mut customer.email, "email", said.email),
        (&mut customer.phone, "phone", said.phone),
        (&mut customer.external_id, "external_id", said.external_id),
        (&mut customer.host, "host", said.host),
        (&mut customer.browser, "browser", said.browser),
        (&mut customer.os, "os", said.os),
        (&mut customer.time_zone, "time_zone", said.time_zone),
    ] {
        fields::set_line(kept, field, value)?;
    }
    for (kept, field, value) in [
        (&mut customer.pathname, "pathname", said.pathname),
        (&mut customer.current_url, "current_url", said.current_url),
        (
            &mut customer.profile_photo_url,
            "profile_photo_url",
            said.profile_photo_url,
        ),
    ] {
        fields::set_prose(kept, field, value)?;
    }
    fields::set_plain(&mut customer.company_id, said.company_id);
    match &said.metadata {
        Field::Set(json) if !json.0.trim_start().starts_with('{') => {
            return Err(Refusal::invalid("metadata"));
        }
        _ => fields::set_plain(&mut customer.metadata, said.metadata),
    }
    Ok(())
}

/// Mail and calls from the addresses an agent wrote down are this customer's from now on, unless
/// they are known to be somebody else's.
fn remember(unit: &mut Unit<'_>, customer: &Customer) -> Outcome<()> {
    let email = customer.email.as_ref().map(|text| text.to_lowercase());
    for (kind, value) in [
        (IdentityKind::Email, email),
        (IdentityKind::Phone, customer.phone.clone()),
    ] {
        if let Some(value) = value {
            let account_id = customer.account_id;
            queries::customers::add_identity(unit, account_id, customer.id, kind, &value)?;
        }
    }
    Ok(())
}
