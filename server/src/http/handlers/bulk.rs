//! `POST /api/v1/bulk`: the same change to many conversations, each answered for itself in the one
//! answer. Beside it the runs, which go on by themselves.

mod change;
pub(crate) mod runs;

pub(crate) use change::RunBody;

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::conversations::{ListQuery, UpdateBody};
use crate::http::{Agent, ApiError, FieldErrors, Plain, data};
use crate::use_cases::bulk::{self, Wish};
use crate::use_cases::reply::Seen;
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::list;
use frontdesk_domain::{Actor, BulkOutcome, ConversationId, TagId};
use frontdesk_protocol::entity::Data;
use futures_util::future::join_all;
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
    outcome: BulkOutcome,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// So many are changed at once; others wait no longer than that takes.
const AT_ONCE: usize = 32;

/// More than this is a migration, not a gesture.
const MOST: usize = 10_000;

/// Does it, a handful after the other, and answers for each.
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
        note: None,
        reply: None,
        seen: Seen::Unknown,
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
    for some in ids.chunks(AT_ONCE) {
        let all = some.iter().map(|id| one(&app, &actor, *id, &wish));
        for result in join_all(all).await {
            results.push(result?);
        }
    }
    let count = |wanted| results.iter().filter(|item| item.outcome == wanted).count();
    Ok(data(BulkAnswer {
        done: count(BulkOutcome::Done),
        skipped: count(BulkOutcome::Skipped),
        failed: count(BulkOutcome::Failed),
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
async fn one(app: &App, actor: &Actor, id: ConversationId, wish: &Wish) -> Outcome<ItemResult> {
    let (asker, wish) = (actor.clone(), wish.clone());
    let made = app
        .db
        .write(actor.account_id, move |unit| {
            bulk::change(unit, &asker, id, &wish)
        })
        .await;
    let (outcome, reason) = match made {
        Ok(made) => (made.outcome, None),
        Err(Failure::Refused(refusal)) => (BulkOutcome::Failed, Some(refusal.to_string())),
        Err(other) => return Err(other),
    };
    Ok(ItemResult {
        id,
        outcome,
        reason,
    })
}
