//! The texts that may be sent to a customer who has not written lately.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::{Agent, ApiError, Id, data};
use crate::lines;
use crate::use_cases::load;
use axum::Json;
use axum::extract::State;
use frontdesk_connectors::channel::{Approval, Template};
use frontdesk_db::queries::connections;
use frontdesk_db::{Conn, queries};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{Actor, ConversationId};
use frontdesk_protocol::entity::{Data, ReplyTemplate, TemplateApproval, TemplatePlace};

/// `GET /api/v1/conversations/{id}/templates`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<Vec<ReplyTemplate>>>, ApiError> {
    let actor = agent.actor();
    let found = app.db.read(move |conn| by_which(conn, &actor, id)).await?;
    let Some(connection) = found else {
        return Ok(data(Vec::new()));
    };
    let Ok(channel) = lines::open(&app, &connection).await? else {
        return Err(UNKNOWN);
    };
    let Some(way) = channel.templates() else {
        return Ok(data(Vec::new()));
    };
    let offered = lines::offered(&app, &connection, way).await;
    let offered = offered.map_err(|why| {
        tracing::warn!(connection = %connection.id, ?why, "templates cannot be listed");
        UNKNOWN
    })?;
    Ok(data(offered.iter().map(shown).collect()))
}

const UNKNOWN: ApiError =
    ApiError::Unavailable("The provider does not list its templates now. Try again later.");

/// By which connection a conversation goes, where it is on.
fn by_which(conn: &mut dyn Conn, actor: &Actor, id: ConversationId) -> Outcome<Option<Connection>> {
    let held = load::conversation(conn, actor, id)?;
    let line = queries::lines::of_conversation(conn, actor.account_id, held.id)?;
    let Some(line) = line else {
        return Ok(None);
    };
    let connection = connections::by_id(conn, actor.account_id, line.connection_id)?;
    Ok::<_, Failure>(connection.filter(Connection::is_on))
}

fn shown(it: &Template) -> ReplyTemplate {
    let place = |name: &str| TemplatePlace {
        name: name.to_owned(),
        example: it.examples.get(name).cloned(),
    };
    ReplyTemplate {
        id: it.id.clone(),
        name: it.name.clone(),
        language: it.language.clone(),
        text: it.text.clone(),
        places: it.places().into_iter().map(place).collect(),
        approval: match it.approval {
            Approval::Approved => TemplateApproval::Approved,
            Approval::Unasked | Approval::Waiting => TemplateApproval::Waiting,
            Approval::Rejected(_) | Approval::Paused | Approval::Disabled => {
                TemplateApproval::Refused
            }
        },
        why_not: it.why_not(),
    }
}
