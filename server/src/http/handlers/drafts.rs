//! Drafts: list, propose, edit, approve, reject.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Agent, ApiError, Created, Id, Input, Plain, Query, Wrapped, data, wire};
use crate::use_cases::draft::{self, Approval, Proposal, Quoting};
use crate::use_cases::{load, uploads};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries;
use frontdesk_domain::{ConversationId, DraftId, DraftState, EventSeq, FileId};
use frontdesk_protocol::entity::{Data, Draft, Message, Raw};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which drafts to list.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct DraftQuery {
    /// The state; `ready` when it is left out.
    state: Option<String>,
    conversation_id: Option<String>,
}

/// The most a list shows.
const LONGEST: i64 = 500;

/// `GET /api/v1/drafts`: of conversations the caller sees.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<DraftQuery>,
) -> Result<Json<Data<Vec<Draft>>>, ApiError> {
    let state = match query.state.as_deref() {
        None => DraftState::Ready,
        Some(text) => text
            .parse()
            .map_err(|_| ApiError::invalid("state", "is invalid"))?,
    };
    let conversation: Option<ConversationId> = query
        .conversation_id
        .map(|text| text.parse().map_err(|_| ApiError::BadRequest))
        .transpose()?;
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| {
            let drafts = match conversation {
                Some(id) => {
                    load::conversation(conn, &actor, id)?;
                    queries::drafts::of_conversation(conn, actor.account_id, id)?
                }
                None => queries::drafts::in_state(conn, actor.account_id, state, LONGEST)?,
            };
            let mut seen = Vec::with_capacity(drafts.len());
            for draft in drafts {
                if load::conversation(conn, &actor, draft.conversation_id).is_ok() {
                    seen.push(wire::draft(&draft));
                }
            }
            Ok::<_, Failure>(seen)
        })
        .await?;
    Ok(data(found))
}

/// A proposed reply.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewDraft {
    conversation_id: ConversationId,
    body: String,
    /// The newest event number the text takes into account.
    #[serde(default)]
    based_on_seq: Option<EventSeq>,
    /// Who proposes it: the name of a program or model.
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    sources: Option<Raw>,
}

impl Wrapped for NewDraft {
    const KEY: &'static str = "draft";
}

/// `POST /api/v1/drafts`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<NewDraft>,
) -> Result<Created<Draft>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let proposal = Proposal {
        conversation_id: value.conversation_id,
        body: value.body,
        based_on_seq: value.based_on_seq,
        origin: value.origin.unwrap_or_else(|| "program".to_owned()),
        sources: value.sources.as_ref().and_then(wire::json),
    };
    let made = app
        .act(actor, intent, move |unit, actor| {
            draft::propose(unit, actor, proposal).map(|draft| wire::draft(&draft))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/drafts/{}", made.id),
        data: made,
    })
}

/// A new text for a draft.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct DraftEdit {
    body: String,
    /// The version that was read.
    version: i64,
}

impl Wrapped for DraftEdit {
    const KEY: &'static str = "draft";
}

/// `PUT /api/v1/drafts/{id}`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<DraftId>,
    Input { value, repeat }: Input<DraftEdit>,
) -> Result<Json<Data<Draft>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            draft::edit(unit, actor, id, value.version, value.body).map(|it| wire::draft(&it))
        })
        .await?;
    Ok(data(changed))
}

/// A decision for a draft.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ApproveBody {
    /// The version that was read.
    version: i64,
    /// Send although something was written since.
    #[serde(default)]
    force: Option<bool>,
    /// Send although it rests on a text that is for the company only.
    #[serde(default)]
    internal_ok: Option<bool>,
    /// Uploads that go along with it.
    #[serde(default)]
    file_ids: Option<Vec<FileId>>,
}

/// An approved draft and what it became.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Approved {
    draft: Draft,
    message: Message,
}

/// `POST /api/v1/drafts/{id}/approve`.
pub(crate) async fn approve(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<DraftId>,
    Plain { value, repeat }: Plain<ApproveBody>,
) -> Result<Json<Data<Approved>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let links = app.links.clone();
    let approval = if value.force == Some(true) {
        Approval::Forced
    } else {
        Approval::Fresh
    };
    let quoting = if value.internal_ok == Some(true) {
        Quoting::Internal
    } else {
        Quoting::Public
    };
    let approved = app
        .act(actor, intent, move |unit, actor| {
            let files = uploads::to_send(unit.conn(), actor, value.file_ids)?;
            let (draft, view) =
                draft::approve(unit, actor, id, value.version, approval, quoting, files)?;
            Ok(Approved {
                draft: wire::draft(&draft),
                message: wire::message(&view, &links),
            })
        })
        .await?;
    Ok(data(approved))
}

/// A decision against a draft.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RejectBody {
    /// The version that was read.
    version: i64,
    #[serde(default)]
    reason: Option<String>,
}

/// `POST /api/v1/drafts/{id}/reject`.
pub(crate) async fn reject(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<DraftId>,
    Plain { value, repeat }: Plain<RejectBody>,
) -> Result<Json<Data<Draft>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let rejected = app
        .act(actor, intent, move |unit, actor| {
            draft::reject(unit, actor, id, value.version, value.reason).map(|it| wire::draft(&it))
        })
        .await?;
    Ok(data(rejected))
}
