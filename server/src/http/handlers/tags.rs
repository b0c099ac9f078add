//! Tags, and putting them on conversations.

use crate::app::App;
use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Id, Ids, Plain, Wrapped, data, wire};
use crate::use_cases::tags::TagFields;
use crate::use_cases::{label, nouns};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::tags;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, ConversationId, TagId, tag};
use frontdesk_protocol::entity::{Data, Tag};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is said about a tag. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TagBody {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    description: Double<String>,
    #[serde(default)]
    color: Double<String>,
}

impl Wrapped for TagBody {
    const KEY: &'static str = "tag";
}

impl From<TagBody> for TagFields {
    fn from(body: TagBody) -> Self {
        Self {
            name: body.name,
            description: body.description.field(),
            color: body.color.field(),
        }
    }
}

impl Listed for tag::Tag {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = tags::of_account;
}

impl Resource for tag::Tag {
    type Body = TagBody;
    type Shown = Tag;

    const PATH: &'static str = "/api/tags";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<Tag> {
        Ok(wire::tag(self))
    }
}

/// Which tag to put on something.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TagNamed {
    pub(crate) tag_id: TagId,
}

/// That it is done.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Done {
    ok: bool,
}

/// That it is done.
pub(crate) fn done() -> Json<Data<Done>> {
    data(Done { ok: true })
}

/// `POST /api/conversations/{id}/tags`.
pub(crate) async fn on_conversation(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Plain { value, .. }: Plain<TagNamed>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            label::tag(unit, &actor, id, value.tag_id)
        })
        .await?;
    Ok(done())
}

/// `DELETE /api/conversations/{id}/tags/{tag_id}`.
pub(crate) async fn off_conversation(
    State(app): State<App>,
    agent: Agent,
    Ids(id, tag_id): Ids<ConversationId, TagId>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            nouns::load::<tag::Tag>(unit.conn(), &actor, tag_id)?;
            label::untag(unit, &actor, id, tag_id)
        })
        .await?;
    Ok(done())
}
