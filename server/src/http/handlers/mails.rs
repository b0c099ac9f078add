//! What messages are as mails.

use crate::app::App;
use crate::failure::Outcome;
use crate::http::wire::{MailShown, mail};
use crate::http::{Agent, ApiError, Id, data};
use crate::use_cases::load;
use axum::Json;
use axum::extract::State;
use frontdesk_db::Conn;
use frontdesk_db::queries::mails;
use frontdesk_domain::{Actor, MessageId, Refusal};
use frontdesk_protocol::entity::Data;

/// `GET /api/v1/messages/{id}/mail`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<MessageId>,
) -> Result<Json<Data<MailShown>>, ApiError> {
    let actor = agent.actor();
    let found = app.db.read(move |conn| find(conn, &actor, id)).await?;
    Ok(data(found))
}

fn find(conn: &mut dyn Conn, actor: &Actor, id: MessageId) -> Outcome<MailShown> {
    load::message(conn, actor, id)?;
    let found = mails::of_message(conn, actor.account_id, id)?.ok_or(Refusal::NotFound)?;
    let body = mails::body(conn, actor.account_id, id)?.unwrap_or_default();
    Ok(mail(found, body))
}
