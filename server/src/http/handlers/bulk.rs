//! `POST /api/v1/bulk`: the same change to many conversations, each answered for itself.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::conversations::{ListQuery, UpdateBody};
use crate::http::{Agent, ApiError, FieldErrors, Plain, data};
use crate::use_cases::edit::Changes;
use crate::use_cases::{archive, edit, label, load};
use axum::Json;
use axum::extract::State;
use frontdesk_db::Unit;
use frontdesk_db::queries::list;
use frontdesk_domain::{Actor, ConversationId, Refusal, TagId};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which conversations, and what to do with them.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct BulkBody {
    /// These conversations; or those of `filter`.
    #[serde(default)]
    ids: Option<Vec<ConversationId>>,
    /// All conversations a list with this query would show.
    #[serde(default)]
    filter: Option<ListQuery>,
    /// Fields to change, as in `PUT /api/conversations/{id}`.
    #[serde(default)]
    update: Option<UpdateBody>,
    #[serde(default)]
    add_tags: Option<Vec<TagId>>,
    #[serde(default)]
    remove_tags: Option<Vec<TagId>>,
    #[serde(default)]
    archive: Option<bool>,
}

/// What became of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BulkAnswer {
    done: usize,
    /// They were as asked for already.
    skipped: usize,
    failed: usize,
    results: Vec<ItemResult>,
}

/// What became of one conversation.
#[derive(Debug, Serialize, JsonSchema)]
struct ItemResult {
    id: ConversationId,
    outcome: ItemOutcome,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum ItemOutcome {
    Done,
    Skipped,
    Failed,
}

/// So many are changed in one unit of work; others wait no longer than that takes.
const CHUNK: usize = 50;

/// More than this is a migration, not a gesture.
const MOST: usize = 10_000;

/// What to do with each conversation.
#[derive(Debug, Clone)]
struct Wish {
    changes: Changes,
    add_tags: Vec<TagId>,
    remove_tags: Vec<TagId>,
    archive: bool,
}

/// Does it, in chunks, and answers for each.
pub(crate) async fn run(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<BulkBody>,
) -> Result<Json<Data<BulkAnswer>>, ApiError> {
    let actor = agent.actor();
    let wish = Wish {
        changes: value
            .update
            .map(UpdateBody::changes)
            .transpose()?
            .unwrap_or_default(),
        add_tags: value.add_tags.unwrap_or_default(),
        remove_tags: value.remove_tags.unwrap_or_default(),
        archive: value.archive.unwrap_or_default(),
    };
    let ids = match (value.ids, value.filter) {
        (Some(ids), None) => ids,
        (None, Some(query)) => selected(&app, &actor, query.filter(&agent)?).await?,
        (Some(_), Some(_)) | (None, None) => {
            let errors = FieldErrors::one("ids", "give either ids or a filter");
            return Err(ApiError::Invalid(errors));
        }
    };
    if ids.len() > MOST {
        return Err(ApiError::invalid("ids", "are too many; 10000 is the most"));
    }
    let mut results = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let (chunk, actor, wish) = (chunk.to_vec(), actor.clone(), wish.clone());
        let done = app
            .db
            .write(agent.account_id(), move |unit| {
                chunk
                    .into_iter()
                    .map(|id| one(unit, &actor, id, &wish))
                    .collect::<Outcome<Vec<_>>>()
            })
            .await?;
        results.extend(done);
    }
    let count = |wanted| results.iter().filter(|item| item.outcome == wanted).count();
    Ok(data(BulkAnswer {
        done: count(ItemOutcome::Done),
        skipped: count(ItemOutcome::Skipped),
        failed: count(ItemOutcome::Failed),
        results,
    }))
}

/// Everything the filter selects, read before anything is changed by it.
async fn selected(
    app: &App,
    actor: &Actor,
    filter: frontdesk_db::queries::filter::ConversationFilter,
) -> Result<Vec<ConversationId>, ApiError> {
    let actor = actor.clone();
    let ids = app
        .db
        .read(move |conn| {
            let (mut ids, mut at) = (Vec::new(), None);
            loop {
                let (page, next) = list::ids(conn, &actor, &filter, at, 500)?;
                ids.extend(page);
                if next.is_none() || ids.len() > MOST {
                    return Ok::<_, Failure>(ids);
                }
                at = next;
            }
        })
        .await?;
    Ok(ids)
}

/// A refusal is this item's own; what the database cannot do is everybody's.
fn one(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId, wish: &Wish) -> Outcome<ItemResult> {
    match change(unit, actor, id, wish) {
        Ok(outcome) => Ok(ItemResult {
            id,
            outcome,
            reason: None,
        }),
        Err(Failure::Refused(refusal)) => {
            let reason = Some(refusal.to_string());
            Ok(ItemResult {
                id,
                outcome: ItemOutcome::Failed,
                reason,
            })
        }
        Err(other) => Err(other),
    }
}

fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    wish: &Wish,
) -> Outcome<ItemOutcome> {
    let before = load::conversation(unit.conn(), actor, id)?;
    // Tags first: the edit may take the conversation out of the actor's view.
    let mut touched = false;
    for tag in &wish.add_tags {
        touched |= label::tag(unit, actor, id, *tag)?;
    }
    for tag in &wish.remove_tags {
        touched |= label::untag(unit, actor, id, *tag)?;
    }
    let mut after = edit::edit(unit, actor, id, wish.changes.clone())?;
    if wish.archive {
        after = archive::archive(unit, actor, id).map_err(|failure| match failure {
            Failure::Refused(_) => {
                Refusal::Conflict("it left your view before it was archived").into()
            }
            other => other,
        })?;
    }
    let changed = touched || after.version != before.version;
    Ok(if changed {
        ItemOutcome::Done
    } else {
        ItemOutcome::Skipped
    })
}
