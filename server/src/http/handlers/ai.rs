//! Drafts the server makes: asking for one, who begins them, and the ledger.

use crate::ai::{Model, month, sort};
use crate::app::App;
use crate::failure::Failure;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Created, Id, Plain, Query, data, wire};
use crate::use_cases::ai::{self, Asked, Maker};
use crate::use_cases::load;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_db::queries::ai_runs;
use frontdesk_domain::{AiMode, ConversationId, InboxId, Refusal};
use frontdesk_protocol::entity::{AiModeOf, AiRun, AiSuggestions, AiUsage, Data, Draft};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a draft shall be.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Ask {
    /// What shall be different from the draft that stands there, such as `shorter`; 500 characters at most.
    #[serde(default)]
    hint: Option<String>,
}

const LONGEST_HINT: usize = 500;

fn hint(given: Option<String>) -> Result<Option<String>, ApiError> {
    let hint = given.map(|it| it.trim().to_owned());
    match hint.filter(|it| !it.is_empty()) {
        Some(long) if long.chars().count() > LONGEST_HINT => Err(ApiError::invalid(
            "hint",
            "should be at most 500 character(s)",
        )),
        hint => Ok(hint),
    }
}

/// `POST /api/v1/conversations/{id}/drafts`.
pub(crate) async fn request(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Plain { value, repeat }: Plain<Ask>,
) -> Result<Created<Draft>, ApiError> {
    let wanted = Asked {
        conversation_id: id,
        hint: hint(value.hint)?,
        maker: match app.model {
            Some(_) => Maker::Model,
            None => Maker::BuiltIn,
        },
    };
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    if app.model.as_ref().is_some_and(Model::rests) {
        let why =
            "The model's service is down. It is tried again by itself, in five minutes at most.";
        return Err(Failure::from(Refusal::Conflict(why)).into());
    }
    let asked = app
        .act(actor, intent, move |unit, actor| {
            ai::request(unit, actor, wanted).map(|draft| wire::draft(&draft))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/drafts/{}", asked.id),
        data: asked,
    })
}

/// `POST /api/v1/conversations/{id}/drafts/stop`.
pub(crate) async fn stop(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<StatusCode, ApiError> {
    let actor = agent.actor();
    app.db
        .read(move |conn| load::conversation(conn, &actor, id).map(drop))
        .await?;
    app.stops.stop(id);
    Ok(StatusCode::NO_CONTENT)
}

/// What a model is told.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PromptShown {
    /// The model; `built-in` where there is none, which is told nothing.
    model: String,
    messages: Vec<MessageShown>,
    /// What the model for embeddings is told, where there is one.
    embedded: Option<String>,
    /// SHA-256 of the messages, as in the ledger.
    hash: Option<String>,
}

/// A message to a model.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MessageShown {
    role: &'static str,
    content: String,
}

/// `GET /api/v1/conversations/{id}/drafts/prompt`.
pub(crate) async fn prompt(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Query(query): Query<Ask>,
) -> Result<Json<Data<PromptShown>>, ApiError> {
    let hint = hint(query.hint)?;
    let actor = agent.actor();
    let told = crate::ai::prompt(&app, actor, id, hint).await?;
    let messages = told.messages.into_iter().map(|it| MessageShown {
        role: it.role,
        content: it.content,
    });
    Ok(data(PromptShown {
        model: told.model,
        messages: messages.collect(),
        embedded: told.embedded,
        hash: told.hash,
    }))
}

/// `GET /api/v1/ai/modes`.
pub(crate) async fn modes(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<AiModeOf>>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| ai::modes(conn, &actor))
        .await?
        .into_iter()
        .map(|(inbox_id, mode)| AiModeOf { inbox_id, mode });
    Ok(data(found.collect()))
}

/// Who shall begin drafts.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ModeBody {
    mode: AiMode,
}

/// `PUT /api/v1/ai/modes/{id}`.
pub(crate) async fn set_mode(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
    Plain { value, repeat }: Plain<ModeBody>,
) -> Result<Json<Data<AiModeOf>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let mode = value.mode;
    let set = app
        .act(actor, intent, move |unit, actor| {
            ai::set_mode(unit, actor, inbox_id, mode)?;
            Ok(AiModeOf { inbox_id, mode })
        })
        .await?;
    Ok(data(set))
}

/// Which tries to show.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RunQuery {
    /// The `next` of the page before; without it, the newest.
    after: Option<String>,
    /// 100 at most.
    limit: Option<String>,
}

/// A page of the ledger.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RunPage {
    data: Vec<AiRun>,
    /// From where the next page goes on; null on the last one.
    next: Option<String>,
}

const LONGEST: i64 = 100;

/// `GET /api/v1/ai/runs`.
pub(crate) async fn runs(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<RunQuery>,
) -> Result<Json<RunPage>, ApiError> {
    let after = given("after", query.after.as_ref())?;
    let limit: Option<i64> = given("limit", query.limit.as_ref())?;
    let limit = limit.unwrap_or(LONGEST).clamp(1, LONGEST);
    let account_id = agent.account_id();
    let mut found = app
        .db
        .read(move |conn| ai_runs::page(conn, account_id, after, limit + 1))
        .await?;
    let fit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > fit;
    found.truncate(fit);
    let next = found.last().filter(|_| more).map(|it| it.id.to_string());
    Ok(Json(RunPage {
        data: found.iter().map(wire::ai_run).collect(),
        next,
    }))
}

/// `GET /api/v1/ai/usage`.
pub(crate) async fn usage(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<AiUsage>>, ApiError> {
    let (account_id, began_at) = (agent.account_id(), month(app.db.now()));
    let shares = app
        .db
        .read(move |conn| ai_runs::shares_since(conn, account_id, began_at))
        .await?;
    Ok(data(wire::ai_usage(began_at, &shares, &app.config.ai)))
}

/// `POST /api/v1/conversations/{id}/suggestions`.
pub(crate) async fn suggestions(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<AiSuggestions>>, ApiError> {
    let sorted = sort(&app, agent.actor(), id).await?;
    Ok(data(wire::ai_suggestions(&sorted)))
}
