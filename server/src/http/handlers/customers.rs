//! Customers, for agents.

mod csv;
mod fields;
mod full;
mod labels;
mod query;

pub(crate) use csv::MEDIA as CSV;
pub(crate) use fields::CustomerBody;
pub(crate) use labels::{IssueNamed, attach_issue, detach_issue, tag, untag};
pub(crate) use query::{CustomersQuery, ShowQuery};

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Agent, ApiError, Gone, Id, Input, Query, data, wire};
use crate::use_cases::{self, load};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use frontdesk_db::queries::customers::{CustomerPage, Page, list};
use frontdesk_db::queries::list::latest_of;
use frontdesk_domain::{Conversation, CustomerId};
use frontdesk_protocol::entity::{CustomerFull, Data, NumberedPage};
use full::{Expand, expanded};
use query::Format;
use std::collections::HashMap;

/// `GET /api/customers`: who was seen last first, each with the latest conversation.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<CustomersQuery>,
) -> Result<Response, ApiError> {
    let (filter, format) = (query.filter()?, query.format());
    let page = query.page(format)?;
    let actor = agent.actor();
    let (found, latest) = app
        .db
        .read(move |conn| {
            let found = list(conn, actor.account_id, &filter, page)?;
            let ids: Vec<CustomerId> = found.customers.iter().map(|it| it.id).collect();
            let latest = match format {
                Format::Json => latest_of(conn, &actor, &ids)?,
                Format::Csv => Vec::new(),
            };
            Ok::<_, Failure>((found, latest))
        })
        .await?;
    Ok(match format {
        Format::Json => Json(shown(&found, &latest, page)).into_response(),
        Format::Csv => csv::response(&found.customers),
    })
}

fn shown(found: &CustomerPage, latest: &[Conversation], page: Page) -> NumberedPage<CustomerFull> {
    let latest: HashMap<CustomerId, &Conversation> =
        latest.iter().map(|it| (it.customer_id, it)).collect();
    let customers = found.customers.iter().map(|it| {
        let mut customer = wire::customer(it).full();
        let conversation = latest.get(&it.id).copied();
        customer.conversations = Some(conversation.map(wire::conversation).into_iter().collect());
        customer
    });
    NumberedPage {
        data: customers.collect(),
        page_number: page.number,
        page_size: page.size,
        total_pages: found
            .total
            .saturating_add(page.size - 1)
            .div_euclid(page.size)
            .max(1),
        total_entries: found.total,
    }
}

/// `GET /api/customers/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
    Query(query): Query<ShowQuery>,
) -> Result<Json<Data<CustomerFull>>, ApiError> {
    let (actor, expand) = (agent.actor(), query.expand());
    let found = app
        .db
        .read(move |conn| {
            let customer = load::customer(conn, &actor, id)?;
            expanded(conn, &actor, &customer, expand)
        })
        .await?;
    Ok(data(found))
}

/// `PUT /api/customers/{id}`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
    Input { value, repeat }: Input<CustomerBody>,
) -> Result<Json<Data<CustomerFull>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            let customer = use_cases::customers::change(unit, actor, id, value.into())?;
            expanded(unit.conn(), actor, &customer, Expand::default())
        })
        .await?;
    Ok(data(changed))
}

/// `DELETE /api/customers/{id}`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_cases::customers::remove(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}
