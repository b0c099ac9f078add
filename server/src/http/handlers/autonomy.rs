//! `/api/v1/ai/replies` and `/api/v1/ai/topics`: how far drafts go by themselves.

use crate::app::App;
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Id, Plain, data, wire};
use crate::use_cases::autonomy::{self, ReplyChanges};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::{AiMode, InboxId, Source, TagId, TeamId};
use frontdesk_protocol::entity::{AiReplies, AiTopic, Data};
use schemars::JsonSchema;
use serde::Deserialize;

/// `GET /api/v1/ai/replies/{inbox_id}`.
pub(crate) async fn replies(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
) -> Result<Json<Data<AiReplies>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| autonomy::replies(conn, &actor, inbox_id))
        .await?;
    Ok(data(wire::ai_replies(&found)))
}

/// What to change. What is left out stays; null is the default.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RepliesBody {
    /// So often the program answers in a conversation, from 1 to 20.
    #[serde(default)]
    max_turns: Option<i64>,
    /// What is said when no answer can be made.
    #[serde(default)]
    apology: Double<String>,
    /// What is said when a person takes over.
    #[serde(default)]
    hand_off: Double<String>,
    /// The channels on which customers are answered without an agent: chat, email, sms, whatsapp, telegram,
    /// slack and custom.
    #[serde(default)]
    channels: Double<Vec<Source>>,
    /// The team that gets what is passed on.
    #[serde(default)]
    team_id: Double<TeamId>,
}

/// `PUT /api/v1/ai/replies/{inbox_id}`.
pub(crate) async fn set_replies(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
    Plain { value, repeat }: Plain<RepliesBody>,
) -> Result<Json<Data<AiReplies>>, ApiError> {
    let changes = ReplyChanges {
        max_turns: value.max_turns,
        apology: value.apology.field(),
        hand_off: value.hand_off.field(),
        channels: value.channels.field(),
        team_id: value.team_id.field(),
    };
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            autonomy::change_replies(unit, actor, inbox_id, changes).map(|it| wire::ai_replies(&it))
        })
        .await?;
    Ok(data(changed))
}

/// `GET /api/v1/ai/topics/{inbox_id}`.
pub(crate) async fn topics(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
) -> Result<Json<Data<Vec<AiTopic>>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| autonomy::topics(conn, &actor, inbox_id))
        .await?;
    Ok(data(shown(found)))
}

/// Which topics differ from their inbox.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TopicsBody {
    topics: Vec<TopicBody>,
}

/// A topic that differs.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TopicBody {
    tag_id: TagId,
    mode: AiMode,
}

/// `PUT /api/v1/ai/topics/{inbox_id}`.
pub(crate) async fn set_topics(
    State(app): State<App>,
    agent: Agent,
    Id(inbox_id): Id<InboxId>,
    Plain { value, repeat }: Plain<TopicsBody>,
) -> Result<Json<Data<Vec<AiTopic>>>, ApiError> {
    let wanted: Vec<(TagId, AiMode)> = value
        .topics
        .into_iter()
        .map(|it| (it.tag_id, it.mode))
        .collect();
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let set = app
        .act(actor, intent, move |unit, actor| {
            autonomy::set_topics(unit, actor, inbox_id, &wanted).map(shown)
        })
        .await?;
    Ok(data(set))
}

fn shown(topics: Vec<(TagId, AiMode)>) -> Vec<AiTopic> {
    let topics = topics.into_iter();
    topics
        .map(|(tag_id, mode)| AiTopic { tag_id, mode })
        .collect()
}
