//! What messages are as mails.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::{Agent, ApiError, Id, data};
use crate::use_cases::load;
use axum::Json;
use axum::extract::State;
use frontdesk_connectors::email::{Details, Mailbox};
use frontdesk_db::Conn;
use frontdesk_db::queries::mails;
use frontdesk_domain::{Actor, FileId, MailDirection, MessageId, Refusal};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person or a role at an address.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Address {
    name: Option<String>,
    address: String,
}

/// What a message is as a mail.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct MailShown {
    message_id: MessageId,
    /// Which way it went.
    direction: MailDirection,
    /// Its Message-ID, without the brackets.
    mail_id: Option<String>,
    subject: String,
    from: Option<Address>,
    reply_to: Option<Address>,
    to: Vec<Address>,
    cc: Vec<Address>,
    /// Message-IDs of what it answers, the nearest last.
    references: Vec<String>,
    /// Whether a program sent it.
    automatic: bool,
    /// Whether it came from somebody who is not the conversation's customer.
    stranger: bool,
    /// The HTML it came with, without anything that acts or fetches.
    html: Option<String>,
    /// The files of the images that the HTML names by `cid:`.
    inline: BTreeMap<String, FileId>,
    /// What stood below what was written: the signature and what is quoted.
    rest: Option<String>,
}

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
    let mail = mails::of_message(conn, actor.account_id, id)?.ok_or(Refusal::NotFound)?;
    let body = mails::body(conn, actor.account_id, id)?.unwrap_or_default();
    let details: Details = serde_json::from_str(&mail.details.0).unwrap_or_default();
    let addresses = |all: Vec<Mailbox>| all.into_iter().map(address).collect();
    Ok::<_, Failure>(MailShown {
        message_id: id,
        direction: mail.direction,
        mail_id: mail.mail_id,
        automatic: !details.signs.is_empty(),
        subject: details.subject,
        from: details.from.map(address),
        reply_to: details.reply_to.map(address),
        to: addresses(details.to),
        cc: addresses(details.cc),
        references: details.references,
        stranger: details.stranger,
        html: body.html,
        inline: details.inline,
        rest: body.rest,
    })
}

fn address(it: Mailbox) -> Address {
    Address {
        name: it.name,
        address: it.address,
    }
}
