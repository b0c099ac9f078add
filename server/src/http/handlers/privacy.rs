//! Erasing, retention and legal holds.

use crate::app::App;
use crate::http::{Agent, ApiError, Created, Gone, Id, Plain, data, wire};
use crate::use_cases::privacy::{self, NewRule};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::{erasing, retention};
use frontdesk_domain::privacy::Held;
use frontdesk_domain::{
    ConversationId, CustomerId, Erasing, InboxId, LegalHoldId, RetentionRuleId, Status,
};
use frontdesk_protocol::entity::{Data, Erasure, LegalHold, RetentionRule};
use schemars::JsonSchema;
use serde::Deserialize;

/// The most reports of a list.
const REPORTS: i64 = 200;

/// How a customer is erased.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct HowToErase {
    /// `delete` removes the conversations, `anonymise` keeps them without texts and names.
    how: Erasing,
}

/// `POST /api/v1/customers/{id}/erase`.
pub(crate) async fn erase(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
    Plain { value, .. }: Plain<HowToErase>,
) -> Result<Json<Data<Erasure>>, ApiError> {
    let actor = agent.actor();
    let report = app
        .db
        .write(actor.account_id, move |unit| {
            privacy::erase(unit, &actor, id, value.how)
        })
        .await?;
    privacy::remove_files(&app.db, &app.files).await?;
    Ok(data(wire::erasure(&report)))
}

/// `GET /api/v1/erasures`.
pub(crate) async fn erasures(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<Erasure>>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| erasing::list(conn, account_id, REPORTS))
        .await?;
    Ok(data(found.iter().map(wire::erasure).collect()))
}

/// A rule to be.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RuleBody {
    /// Without one, all inboxes.
    inbox_id: Option<InboxId>,
    /// Without one, every status.
    status: Option<Status>,
    /// Counted from the last activity.
    days: i64,
    how: Erasing,
}

/// `GET /api/v1/retention_rules`: with how much each reaches now, which is the dry run.
pub(crate) async fn rules(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<RetentionRule>>>, ApiError> {
    let (account_id, now) = (agent.account_id(), app.db.now());
    let found = app
        .db
        .read(move |conn| privacy::reaching(conn, account_id, now))
        .await?;
    let wired = found
        .iter()
        .map(|(rule, reached)| wire::retention_rule(rule, *reached));
    Ok(data(wired.collect()))
}

/// `POST /api/v1/retention_rules`.
pub(crate) async fn add_rule(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<RuleBody>,
) -> Result<Created<RetentionRule>, ApiError> {
    let actor = agent.actor();
    let new = NewRule {
        inbox_id: value.inbox_id,
        status: value.status,
        days: value.days,
        how: value.how,
    };
    let made = app
        .db
        .write(actor.account_id, move |unit| {
            let rule = privacy::add_rule(unit, &actor, new)?;
            let now = unit.now();
            let reached = retention::count_reached(unit.conn(), &rule, now)?;
            Ok::<_, crate::failure::Failure>(wire::retention_rule(&rule, reached))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/retention_rules/{}", made.id),
        data: made,
    })
}

/// `DELETE /api/v1/retention_rules/{id}`.
pub(crate) async fn remove_rule(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<RetentionRuleId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(actor.account_id, move |unit| {
            privacy::remove_rule(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}

/// A hold to be: on a customer or on a conversation.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct HoldBody {
    customer_id: Option<CustomerId>,
    conversation_id: Option<ConversationId>,
    reason: String,
}

/// `GET /api/v1/legal_holds`.
pub(crate) async fn holds(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<LegalHold>>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| retention::holds(conn, account_id))
        .await?;
    Ok(data(found.iter().map(wire::legal_hold).collect()))
}

/// `POST /api/v1/legal_holds`.
pub(crate) async fn hold(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<HoldBody>,
) -> Result<Created<LegalHold>, ApiError> {
    let actor = agent.actor();
    let held = match (value.customer_id, value.conversation_id) {
        (Some(id), None) => Held::Customer(id),
        (None, Some(id)) => Held::Conversation(id),
        (Some(_), Some(_)) | (None, None) => {
            return Err(ApiError::invalid(
                "customer_id",
                "or conversation_id must be given, and only one of them",
            ));
        }
    };
    let made = app
        .db
        .write(actor.account_id, move |unit| {
            privacy::hold(unit, &actor, held, &value.reason)
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/legal_holds/{}", made.id),
        data: wire::legal_hold(&made),
    })
}

/// `DELETE /api/v1/legal_holds/{id}`.
pub(crate) async fn release(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<LegalHoldId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(actor.account_id, move |unit| {
            privacy::release(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}
