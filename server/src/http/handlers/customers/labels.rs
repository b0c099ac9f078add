//! Tags on customers, and the issues they wait for.

use crate::app::App;
use crate::channels::Broadcast;
use crate::http::handlers::tags::{Done, TagNamed, done};
use crate::http::{Agent, ApiError, Id, Ids, Plain, wire};
use crate::use_cases::customers;
use axum::Json;
use axum::extract::State;
use frontdesk_domain::{CustomerId, IssueId, TagId};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

/// `POST /api/customers/{id}/tags`.
pub(crate) async fn tag(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
    Plain { value, .. }: Plain<TagNamed>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            customers::tag(unit, &actor, id, value.tag_id)
        })
        .await?;
    Ok(done())
}

/// `DELETE /api/customers/{id}/tags/{tag_id}`.
pub(crate) async fn untag(
    State(app): State<App>,
    agent: Agent,
    Ids(id, tag_id): Ids<CustomerId, TagId>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            customers::untag(unit, &actor, id, tag_id)
        })
        .await?;
    Ok(done())
}

/// Which issue a customer waits for.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct IssueNamed {
    issue_id: IssueId,
}

/// `POST /api/customers/{id}/issues`. Agents who look at the customer are told.
pub(crate) async fn attach_issue(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
    Plain { value, .. }: Plain<IssueNamed>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    let attached = app
        .db
        .write(agent.account_id(), move |unit| {
            customers::attach_issue(unit, &actor, id, value.issue_id)
        })
        .await?;
    if let Some(issue) = attached {
        let payload = json!(wire::issue(&issue)).to_string();
        let topic = format!("issue:lobby:{id}");
        app.hub
            .publish(&Broadcast::to_all(&topic, "issue:created", &payload));
    }
    Ok(done())
}

/// `DELETE /api/customers/{id}/issues/{issue_id}`.
pub(crate) async fn detach_issue(
    State(app): State<App>,
    agent: Agent,
    Ids(id, issue_id): Ids<CustomerId, IssueId>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            customers::detach_issue(unit, &actor, id, issue_id)
        })
        .await?;
    Ok(done())
}
