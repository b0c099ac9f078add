//! `GET /api/v1/search`: over messages, conversations and customers.

use crate::app::App;
use crate::failure::Failure;
use crate::http::{Agent, ApiError, Query, wire};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries;
use frontdesk_db::queries::find::{self, Hit as Found};
use frontdesk_domain::search::Search;
use frontdesk_protocol::entity::{Conversation, Customer, Message};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SearchQuery {
    /// Words, "phrases", -without, and `from: to: status: tag: assignee: channel: before: after:
    /// has: is: number: message:`.
    q: Option<String>,
    /// 50 at most.
    limit: Option<String>,
    /// Where to go on, from an earlier page.
    after: Option<String>,
}

/// A page of findings, newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SearchPage {
    data: Vec<Hit>,
    /// Customers by name or address; on the first page only.
    customers: Vec<Customer>,
    next: Option<String>,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    conversation: Conversation,
    customer: Option<Customer>,
    message: Option<Message>,
    snippet: Option<Snippet>,
}

/// The text around the first of the words, and where the words are in it, in bytes.
#[derive(Debug, Serialize, JsonSchema)]
struct Snippet {
    text: String,
    marks: Vec<(usize, usize)>,
}

const LONGEST: usize = 50;
const CUSTOMERS: usize = 10;

/// Looks for something.
pub(crate) async fn search(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<SearchQuery>,
) -> Result<Json<SearchPage>, ApiError> {
    let limit = match query.limit.as_deref() {
        None => LONGEST,
        Some(text) => text
            .parse::<usize>()
            .map_err(|_| ApiError::BadRequest)?
            .clamp(1, LONGEST),
    };
    let bad = |_| ApiError::invalid("after", "is no place in this search");
    let at = query
        .after
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(bad)?;
    let (text, actor) = (query.q.unwrap_or_default(), agent.actor());
    let (findings, customers) = app
        .db
        .read(move |conn| {
            let account = queries::accounts::by_id(conn, actor.account_id)?;
            let zone = account.and_then(|account| account.time_zone);
            let search = Search::parse(&text, zone.as_deref());
            let customers = match at {
                None => find::customers(conn, &actor, &search, CUSTOMERS)?,
                Some(_) => Vec::new(),
            };
            Ok::<_, Failure>((find::find(conn, &actor, &search, at, limit)?, customers))
        })
        .await?;
    Ok(Json(SearchPage {
        data: findings.hits.iter().map(|found| hit(found, &app)).collect(),
        customers: customers.iter().map(wire::customer).collect(),
        next: findings.next.map(|next| next.to_string()),
    }))
}

fn hit(found: &Found, app: &App) -> Hit {
    Hit {
        conversation: wire::conversation(&found.conversation),
        customer: found.customer.as_ref().map(wire::customer),
        message: found
            .message
            .as_ref()
            .map(|view| wire::message(view, &app.links)),
        snippet: found.snippet.as_ref().map(|cut| Snippet {
            text: cut.text.clone(),
            marks: cut
                .marks
                .iter()
                .map(|mark| (mark.start, mark.end))
                .collect(),
        }),
    }
}
