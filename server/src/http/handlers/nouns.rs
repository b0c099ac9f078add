//! The routes of the small shared things, made once for all of them: list, add, show, change,
//! delete.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::{Agent, ApiError, Created, Gone, Id, Input, Wrapped, data};
use crate::use_cases::nouns::{self, Noun};
use axum::Json;
use axum::extract::State;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::AccountId;
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A noun with its form on the wire.
pub(crate) trait Resource: Noun<Id: FromStr + 'static> + Send + 'static {
    /// What clients send.
    type Body: Wrapped + JsonSchema + Into<Self::Fields> + 'static;
    /// What clients get.
    type Shown: Serialize + DeserializeOwned + JsonSchema + Send + 'static;

    /// Where all of them are found.
    const PATH: &'static str;

    /// As clients get it.
    fn shown(&self, conn: &mut dyn Conn) -> Outcome<Self::Shown>;
}

/// A noun that is listed whole.
pub(crate) trait Listed: Resource {
    /// All of an account.
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError>;
}

/// `GET` of all.
pub(crate) async fn index<N: Listed>(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<N::Shown>>>, ApiError> {
    let account_id = agent.account_id();
    let found = app
        .db
        .read(move |conn| {
            let all = (N::ALL)(conn, account_id)?;
            all.iter()
                .map(|it| it.shown(conn))
                .collect::<Outcome<Vec<_>>>()
        })
        .await?;
    Ok(data(found))
}

/// `POST`.
pub(crate) async fn create<N: Resource>(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<N::Body>,
) -> Result<Created<N::Shown>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let (id, shown) = app
        .act(actor, intent, move |unit, actor| {
            let made = nouns::add::<N>(unit, actor, value.into())?;
            Ok::<_, Failure>((made.id().to_string(), made.shown(unit.conn())?))
        })
        .await?;
    Ok(Created {
        location: format!("{}/{id}", N::PATH),
        data: shown,
    })
}

/// `GET` of one.
pub(crate) async fn show<N: Resource>(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<N::Id>,
) -> Result<Json<Data<N::Shown>>, ApiError> {
    let actor = agent.actor();
    let shown = app
        .db
        .read(move |conn| nouns::load::<N>(conn, &actor, id)?.shown(conn))
        .await?;
    Ok(data(shown))
}

/// `PUT`.
pub(crate) async fn update<N: Resource>(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<N::Id>,
    Input { value, repeat }: Input<N::Body>,
) -> Result<Json<Data<N::Shown>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let shown = app
        .act(actor, intent, move |unit, actor| {
            nouns::change::<N>(unit, actor, id, value.into())?.shown(unit.conn())
        })
        .await?;
    Ok(data(shown))
}

/// `DELETE`.
pub(crate) async fn delete<N: Resource>(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<N::Id>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            nouns::remove::<N>(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}
