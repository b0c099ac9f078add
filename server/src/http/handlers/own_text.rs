//! What a model does with an agent's own words, and the note by which a conversation is handed over.

use crate::ai::{OwnWanted, OwnWritten, write_own};
use crate::app::App;
use crate::http::{Agent, ApiError, Id, Plain, data};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::ConversationId;
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// More than this is not rewritten.
const LONGEST: usize = 20_000;
const LONGEST_WISH: usize = 500;

/// A text, and how it shall be.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Rewrite {
    /// 20,000 characters at most.
    text: String,
    /// Such as `shorter` or `in German`; 500 characters at most.
    wish: String,
}

/// What came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OwnText {
    text: Option<String>,
    /// Why there is none.
    why: Option<String>,
}

/// `POST /api/v1/conversations/{id}/rewrite`.
pub(crate) async fn rewrite(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Plain { value, .. }: Plain<Rewrite>,
) -> Result<Json<Data<OwnText>>, ApiError> {
    for (field, text, most, problem) in [
        (
            "text",
            &value.text,
            LONGEST,
            "should be at most 20000 character(s)",
        ),
        (
            "wish",
            &value.wish,
            LONGEST_WISH,
            "should be at most 500 character(s)",
        ),
    ] {
        if text.trim().is_empty() {
            return Err(ApiError::invalid(field, "can't be blank"));
        }
        if text.chars().count() > most {
            return Err(ApiError::invalid(field, problem));
        }
    }
    let wanted = OwnWanted::Rewrite {
        text: value.text,
        wish: value.wish,
    };
    write(&app, agent, id, wanted).await
}

/// `POST /api/v1/conversations/{id}/hand_over`.
pub(crate) async fn hand_over(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<OwnText>>, ApiError> {
    write(&app, agent, id, OwnWanted::HandOver).await
}

async fn write(
    app: &App,
    agent: Agent,
    id: ConversationId,
    wanted: OwnWanted,
) -> Result<Json<Data<OwnText>>, ApiError> {
    let written = write_own(app, agent.actor(), id, wanted).await?;
    let (text, why) = match written {
        OwnWritten::Text(text) => (Some(text), None),
        OwnWritten::Nothing { why } => (None, Some(why)),
    };
    Ok(data(OwnText { text, why }))
}
