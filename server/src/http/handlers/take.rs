//! `POST /api/v1/conversations/{id}/take`: two who grab at once do not both win.

use crate::app::App;
use crate::http::{Agent, ApiError, Id, Repeat, data, wire};
use crate::use_cases::edit::{Changes, NewAssignee, edit};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::ConversationId;
use frontdesk_protocol::entity::{Conversation, Data};

/// Assigns the conversation to the caller, unless somebody else has it.
pub(crate) async fn take(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    repeat: Repeat,
) -> Result<Json<Data<Conversation>>, ApiError> {
    let changes = Changes {
        assignee: NewAssignee::Taker,
        ..Changes::default()
    };
    let taken = app
        .act(
            agent.actor(),
            repeat.intent(&agent.actor()),
            move |unit, actor| edit(unit, actor, id, changes).map(|held| wire::conversation(&held)),
        )
        .await?;
    Ok(data(taken))
}
