//! Messages, for agents.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::conversations::Count;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Created, Gone, Id, Input, Query, Wrapped, data, wire};
use crate::use_cases::reply::Seen;
use crate::use_cases::{self, load, uploads};
use axum::Json;
use axum::extract::State;
use frontdesk_db::Unit;
use frontdesk_db::queries::messages::{self, MessageFilter};
use frontdesk_domain::decide::Written;
use frontdesk_domain::{
    Actor, ConversationId, CustomerId, EventSeq, FileId, MessageId, MessageKind, Refusal,
    Timestamp, UserId,
};
use frontdesk_protocol::entity::{Data, Message, MessagePlain, Raw};
use schemars::JsonSchema;
use serde::Deserialize;

/// A message to store. Author and account are those of whoever signed in.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewMessage {
    conversation_id: Option<ConversationId>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    sent_at: Option<String>,
    #[serde(default)]
    private: Option<bool>,
    #[serde(default, rename = "type")]
    kind: Option<MessageKind>,
    #[serde(default)]
    file_ids: Option<Vec<FileId>>,
    #[serde(default)]
    mentioned_user_ids: Option<Vec<UserId>>,
    /// Set to store what this customer said elsewhere.
    #[serde(default)]
    customer_id: Option<CustomerId>,
    #[serde(default)]
    user_id: Option<UserId>,
    #[serde(default)]
    metadata: Option<Raw>,
    /// The newest event number the writer had seen: what was written since refuses the reply.
    #[serde(default)]
    seen_seq: Option<EventSeq>,
    /// Send although something was written since.
    #[serde(default)]
    force: Option<bool>,
}

impl Wrapped for NewMessage {
    const KEY: &'static str = "message";
}

/// `POST /api/messages`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<NewMessage>,
) -> Result<Created<Message>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let links = app.links.clone();
    let made = app
        .act(actor, intent, move |unit, actor| {
            value
                .store(unit, actor)
                .map(|view| wire::message(&view, &links))
        })
        .await?;
    Ok(Created {
        location: format!("/api/messages/{}", made.id),
        data: made,
    })
}

impl NewMessage {
    fn store(self, unit: &mut Unit<'_>, actor: &Actor) -> Outcome<messages::MessageView> {
        let missing = Refusal::Invalid {
            field: "conversation_id",
            problem: "can't be blank",
        };
        let id = self.conversation_id.ok_or(missing)?;
        load::conversation(unit.conn(), actor, id)
            .map_err(|failure| failure.refused_as(Refusal::missing("conversation_id")))?;
        let note = self.private == Some(true) || self.kind == Some(MessageKind::Note);
        let seen = match (self.seen_seq, self.force) {
            (None, _) => Seen::Unknown,
            (Some(seq), Some(true)) => Seen::ForcedAt(seq),
            (Some(seq), _) => Seen::UpTo(seq),
        };
        let (customer_id, user_id) = (self.customer_id, self.user_id);
        let written = self.written(unit, actor)?;
        let stored = match (customer_id, user_id) {
            (Some(_), Some(_)) => Err(Refusal::invalid("customer_id"))?,
            (Some(customer), None) => {
                load::customer(unit.conn(), actor, customer)
                    .map_err(|failure| failure.refused_as(Refusal::Forbidden))?;
                use_cases::receive::receive(unit, actor, id, customer, written)
            }
            (None, _) if note => use_cases::reply::note(unit, actor, id, written),
            (None, _) => use_cases::reply::reply(unit, actor, id, written, seen),
        }?;
        load::message(unit.conn(), actor, stored)
    }

    fn written(self, unit: &mut Unit<'_>, actor: &Actor) -> Outcome<Written> {
        let mentions = self
            .mentioned_user_ids
            .unwrap_or_default()
            .into_iter()
            .map(|id| load::user(unit.conn(), actor, id, "mentioned_user_ids"))
            .collect::<Outcome<_>>()?;
        let attachments = uploads::to_send(unit.conn(), actor, self.file_ids)?;
        Ok(Written {
            id: MessageId::random(),
            body: self.body,
            source: None,
            attachments,
            mentions,
            metadata: self.metadata.as_ref().and_then(wire::json),
            sent_at: self.sent_at.as_deref().and_then(Timestamp::parse),
        })
    }
}

/// What a list of messages can be narrowed to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct MessageQuery {
    conversation_id: Option<String>,
    customer_id: Option<String>,
    user_id: Option<String>,
    source: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    private: Option<String>,
    /// The whole text of the message.
    body: Option<String>,
}

impl MessageQuery {
    fn filter(&self) -> Result<MessageFilter, ApiError> {
        Ok(MessageFilter {
            conversation_id: given("conversation_id", self.conversation_id.as_ref())?,
            customer_id: given("customer_id", self.customer_id.as_ref())?,
            user_id: given("user_id", self.user_id.as_ref())?,
            source: given("source", self.source.as_ref())?,
            kind: given("type", self.kind.as_ref())?,
            private: given("private", self.private.as_ref())?,
            body: self.body.clone(),
        })
    }
}

/// Papercups sends every message there is; nobody reads more than this.
const LONGEST: i64 = 1_000;

/// `GET /api/messages`: newest first.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<MessageQuery>,
) -> Result<Json<Data<Vec<MessagePlain>>>, ApiError> {
    let (filter, actor) = (query.filter()?, agent.actor());
    let found = app
        .db
        .read(move |conn| Ok::<_, Failure>(messages::list(conn, &actor, &filter, LONGEST)?))
        .await?;
    Ok(data(found.iter().map(wire::message_plain).collect()))
}

/// `GET /api/messages/count`.
pub(crate) async fn count(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<MessageQuery>,
) -> Result<Json<Data<Count>>, ApiError> {
    let (filter, actor) = (query.filter()?, agent.actor());
    let count = app
        .db
        .read(move |conn| Ok::<_, Failure>(messages::count(conn, &actor, &filter)?))
        .await?;
    Ok(data(Count { count }))
}

/// `GET /api/messages/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<MessageId>,
) -> Result<Json<Data<Message>>, ApiError> {
    let actor = agent.actor();
    let view = app
        .db
        .read(move |conn| load::message(conn, &actor, id))
        .await?;
    Ok(data(wire::message(&view, &app.links)))
}

/// What can be changed of a message.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct MessageChanges {
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    metadata: Option<Raw>,
}

impl Wrapped for MessageChanges {
    const KEY: &'static str = "message";
}

/// `PUT /api/messages/{id}`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<MessageId>,
    Input { value, repeat }: Input<MessageChanges>,
) -> Result<Json<Data<Message>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let links = app.links.clone();
    let changes = use_cases::rewrite::Changes {
        body: value.body,
        metadata: value.metadata.as_ref().and_then(wire::json),
    };
    let changed = app
        .act(actor, intent, move |unit, actor| {
            use_cases::rewrite::rewrite(unit, actor, id, changes)
                .map(|view| wire::message(&view, &links))
        })
        .await?;
    Ok(data(changed))
}

/// `DELETE /api/messages/{id}`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<MessageId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_cases::delete::message(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}
