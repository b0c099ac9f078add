//! Customers, as the pages of their visitors make and describe them.

mod fields;

pub(crate) use fields::VisitorFields;

use crate::app::App;
use crate::http::{Address, ApiError, Created, Input, MaybeAgent, wire};
use crate::use_cases::visitors::{self, Caller};
use axum::extract::State;
use frontdesk_domain::AccountId;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_protocol::entity::Customer;

/// `POST /api/customers`.
pub(crate) async fn create(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
    Address(address): Address,
    Input { value, .. }: Input<VisitorFields>,
) -> Result<Created<Customer>, ApiError> {
    let worker =
        agent.filter(|agent| policy::allows(&agent.actor(), Permission::WorkConversations).is_ok());
    let own = worker.as_ref().map(|agent| agent.account_id());
    let blank = || ApiError::invalid("account_id", "can't be blank");
    let account_id: AccountId = value.account_id.or(own).ok_or_else(blank)?;
    let caller = if own == Some(account_id) {
        Caller::Agent
    } else {
        Caller::Page
    };
    let inbox_id = value.inbox_id;
    let (claim, mut said) = value.read()?;
    if caller == Caller::Page {
        said.ip = address.map(|address| address.to_string());
    }
    let made = app
        .db
        .write(account_id, move |unit| {
            visitors::create(unit, account_id, inbox_id, caller, claim, said)
        })
        .await?;
    Ok(Created {
        location: format!("/api/customers/{}", made.id),
        data: wire::customer(&made),
    })
}
