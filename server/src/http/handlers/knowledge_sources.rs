//! `/api/v1/knowledge/sources`: addresses that knowledge is read from. A folder of the server's machine is
//! named by whoever runs it, with `frontdesk-server knowledge import`, and by nobody else.

use crate::app::App;
use crate::http::{Agent, ApiError, Created, Gone, Id, Input, Wrapped, data, wire};
use crate::knowledge;
use crate::use_cases::knowledge as cases;
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::knowledge_sources;
use frontdesk_domain::{Audience, KnowledgeSourceId};
use frontdesk_protocol::entity::{Data, KnowledgeSource};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `GET` of all.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<KnowledgeSource>>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| knowledge_sources::of_account(conn, account_id))
        .await?;
    Ok(data(found.iter().map(wire::knowledge_source).collect()))
}

/// A new source.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SourceBody {
    name: String,
    /// The address of a Markdown file. Those it links to below the same folder are read as well.
    url: String,
    /// For whom its texts are, where a file does not say; `public` when it is left out.
    #[serde(default)]
    audience: Option<Audience>,
}

impl Wrapped for SourceBody {
    const KEY: &'static str = "source";
}

/// `POST`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<SourceBody>,
) -> Result<Created<KnowledgeSource>, ApiError> {
    let place = app.outgoing.check(&value.url);
    let place =
        place.map_err(|_| ApiError::invalid("url", "must be a public http or https address"))?;
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let made = app
        .act(actor, intent, move |unit, actor| {
            let audience = value.audience.unwrap_or(Audience::Public);
            cases::add_source(unit, actor, &value.name, place.as_str(), audience)
                .map(|it| wire::knowledge_source(&it))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/knowledge/sources/{}", made.id),
        data: made,
    })
}

/// `DELETE`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeSourceId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            cases::remove_source(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}

/// What reading a source anew has changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SyncShown {
    added: usize,
    changed: usize,
    removed: usize,
    kept: usize,
    /// Why it could not be read; nothing was changed then.
    trouble: Option<String>,
}

/// `POST /api/v1/knowledge/sources/{id}/sync`.
pub(crate) async fn sync(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeSourceId>,
) -> Result<Json<Data<SyncShown>>, ApiError> {
    let actor = agent.actor();
    let source = app
        .db
        .read(move |conn| cases::source(conn, &actor, id))
        .await?;
    let synced = knowledge::sync(&app.db, &app.outgoing, source).await?;
    let trouble = synced.as_ref().err().map(ToString::to_string);
    let synced = synced.unwrap_or_default();
    Ok(data(SyncShown {
        added: synced.added,
        changed: synced.changed,
        removed: synced.removed,
        kept: synced.kept,
        trouble,
    }))
}
