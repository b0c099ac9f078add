//! Agents' notes about customers.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::nouns::Resource;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Query, Wrapped, data, wire};
use crate::use_cases::notes::NoteFields;
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::notes::{self, NoteFilter};
use frontdesk_db::queries::{customers, users};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, CustomerId, UserId, note};
use frontdesk_protocol::entity::{CustomerNote, Data};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about a note. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NoteBody {
    #[serde(default)]
    body: Option<String>,
    /// Whom the note is about; settled once it is written.
    #[serde(default)]
    customer_id: Option<CustomerId>,
}

impl Wrapped for NoteBody {
    const KEY: &'static str = "note";
}

impl From<NoteBody> for NoteFields {
    fn from(body: NoteBody) -> Self {
        Self {
            body: body.body,
            customer_id: body.customer_id,
        }
    }
}

impl Resource for note::Note {
    type Body = NoteBody;
    type Shown = CustomerNote;

    const PATH: &'static str = "/api/notes";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<CustomerNote> {
        Ok(wire::note(self))
    }
}

/// What a list of notes can be narrowed to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct NoteQuery {
    customer_id: Option<String>,
    author_id: Option<String>,
}

/// `GET /api/notes`: newest first, with their authors and customers.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<NoteQuery>,
) -> Result<Json<Data<Vec<CustomerNote>>>, ApiError> {
    let filter = NoteFilter {
        customer_id: given("customer_id", query.customer_id.as_ref())?,
        author_id: given("author_id", query.author_id.as_ref())?,
    };
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| {
            let notes = notes::list(conn, account_id, &filter)?;
            Ok::<_, Failure>(with_people(conn, account_id, &notes)?)
        })
        .await?;
    Ok(data(found))
}

/// Notes with their authors and customers.
pub(crate) fn with_people(
    conn: &mut dyn Conn,
    account_id: AccountId,
    notes: &[note::Note],
) -> Result<Vec<CustomerNote>, DbError> {
    let authors: Vec<UserId> = notes.iter().map(|it| it.author_id).collect();
    let about: Vec<CustomerId> = notes.iter().map(|it| it.customer_id).collect();
    let authors = users::by_ids(conn, account_id, &authors)?;
    let customers = customers::by_ids(conn, account_id, &about)?;
    let shown = notes.iter().map(|it| CustomerNote {
        author: authors.get(&it.author_id).map(wire::user),
        customer: customers.get(&it.customer_id).map(wire::customer),
        ..wire::note(it)
    });
    Ok(shown.collect())
}
