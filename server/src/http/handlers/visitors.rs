//! Customers, as the pages of their visitors make and describe them.

mod fields;
mod whom;

pub(crate) use fields::{Described, VisitorFields};
pub(crate) use whom::{ChatsQuery, Identified, Whom};

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::conversations::full;
use crate::http::{
    Address, Agent, ApiError, Created, Id, Input, MaybeAgent, Plain, Query, data, wire,
};
use crate::use_cases::visitors::{self, Caller, Door};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::list::ConversationView;
use frontdesk_db::queries::{accounts, companies, customers, tags};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::company::Company;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{AccountId, CustomerId, Refusal};
use frontdesk_protocol::entity::{ConversationFull, Customer, CustomerFull, Data};

/// `POST /api/customers`.
pub(crate) async fn create(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
    Address(address): Address,
    Input { value, .. }: Input<VisitorFields>,
) -> Result<Created<Customer>, ApiError> {
    let worker =
        agent.filter(|agent| policy::allows(&agent.actor(), Permission::WorkConversations).is_ok());
    let own = worker.as_ref().map(Agent::account_id);
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
        app.limits.widget(account_id, app.db.now())?;
    }
    let vault = app.vault.clone();
    let made = app
        .db
        .write(account_id, move |unit| {
            accounts::by_id(unit.conn(), account_id)?.ok_or(Refusal::missing("account_id"))?;
            let door = Door::find(unit.conn(), account_id, inbox_id, caller, &vault)?;
            visitors::create(unit, account_id, &door, claim, said)
        })
        .await?;
    Ok(Created {
        location: format!("/api/customers/{}", made.id),
        data: wire::customer(&made),
    })
}

/// `GET /api/customers/identify`.
pub(crate) async fn identify(
    State(app): State<App>,
    Query(whom): Query<Whom>,
) -> Result<Json<Data<Identified>>, ApiError> {
    find(&app, whom).await
}

/// `POST /api/customers/identify`, which keeps identities out of addresses.
pub(crate) async fn identify_by_body(
    State(app): State<App>,
    Plain { value, .. }: Plain<Whom>,
) -> Result<Json<Data<Identified>>, ApiError> {
    find(&app, value).await
}

async fn find(app: &App, whom: Whom) -> Result<Json<Data<Identified>>, ApiError> {
    let asked = whom.read()?;
    let vault = app.vault.clone();
    let customer_id = app
        .db
        .read(move |conn| {
            accounts::by_id(conn, asked.account_id)?.ok_or(Refusal::NotFound)?;
            let door = Door::find(conn, asked.account_id, asked.inbox_id, Caller::Page, &vault)?;
            visitors::find(conn, asked.account_id, &door, &asked.claim, asked.host)
        })
        .await?;
    Ok(data(Identified { customer_id }))
}

/// `GET /api/customers/{id}/exists`.
pub(crate) async fn exists(
    State(app): State<App>,
    Id(id): Id<CustomerId>,
) -> Result<Json<Data<bool>>, ApiError> {
    let found: Result<_, DbError> = app.db.read(move |conn| customers::anywhere(conn, id)).await;
    Ok(data(found?.is_some()))
}

/// `PUT /api/customers/{id}/metadata`.
pub(crate) async fn describe(
    State(app): State<App>,
    Id(id): Id<CustomerId>,
    Address(address): Address,
    Input { value, .. }: Input<Described>,
) -> Result<Json<Data<CustomerFull>>, ApiError> {
    let fields = value.0;
    let inbox_id = fields.inbox_id;
    let (claim, mut said) = fields.read()?;
    said.ip = address.map(|address| address.to_string());
    let account_id = app
        .db
        .read(move |conn| visitors::account_of(conn, id))
        .await?;
    let vault = app.vault.clone();
    let (customer, tags, company) = app
        .db
        .write(account_id, move |unit| {
            let door = Door::find(unit.conn(), account_id, inbox_id, Caller::Page, &vault)?;
            let customer = visitors::describe(unit, account_id, &door, id, claim, said)?;
            let (tags, company) = beside(unit.conn(), &customer)?;
            Ok::<_, Failure>((customer, tags, company))
        })
        .await?;
    let mut shown = wire::customer(&customer).full();
    shown.tags = Some(tags.iter().map(wire::tag).collect());
    shown.company = Some(company.as_ref().map(wire::company));
    Ok(data(shown))
}

/// The customer's tags and company.
fn beside(
    conn: &mut dyn Conn,
    customer: &frontdesk_domain::Customer,
) -> Outcome<(Vec<Tag>, Option<Company>)> {
    let tags = tags::of_customer(conn, customer.account_id, customer.id)?;
    let company = match customer.company_id {
        Some(id) => companies::by_id(conn, customer.account_id, id)?,
        None => None,
    };
    Ok((tags, company))
}

/// `GET /api/conversations/customer`.
pub(crate) async fn chats(
    State(app): State<App>,
    Query(query): Query<ChatsQuery>,
) -> Result<Json<Data<Vec<ConversationFull>>>, ApiError> {
    let (account_id, id, inbox_id) = query.read()?;
    let mut views = app
        .db
        .read(move |conn| visitors::chats(conn, account_id, id, inbox_id))
        .await?;
    views.iter_mut().for_each(as_written);
    Ok(data(
        views.iter().map(|view| full(view, &app.links)).collect(),
    ))
}

/// The page matches what it sent by its text, so the customer's own messages are shown to it as
/// they were written.
fn as_written(view: &mut ConversationView) {
    for it in &mut view.messages {
        if it.message.customer_id().is_some() && it.message.original.is_some() {
            it.message.body = it.message.original.take();
        }
    }
}
