//! Connections to providers and mailboxes. Their secrets are taken and never shown.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::{Agent, ApiError, Created, Id, Input, Wrapped, data, wire};
use crate::use_cases::connections::{self, ConnectionFields, Switch};
use crate::use_cases::nouns;
use crate::{lines, probe};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::connections as rows;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, ConnectionId, InboxId, Source, connection};
use frontdesk_protocol::entity::{Connection, ConnectionStep, ConnectionTest, Data};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What is said about a connection. What is left out stays.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct ConnectionBody {
    /// The inbox its conversations belong to.
    #[serde(default)]
    inbox_id: Option<InboxId>,
    /// What its conversations come from; it cannot be changed.
    #[serde(default)]
    kind: Option<Source>,
    #[serde(default)]
    name: Option<String>,
    /// What the kind asks for; all of it is replaced.
    #[serde(default)]
    settings: Option<Map<String, Value>>,
    /// What it signs in with; all of it is replaced.
    #[serde(default)]
    secrets: Option<Map<String, Value>>,
    /// Whether it is used.
    #[serde(default)]
    enabled: Option<bool>,
}

impl Wrapped for ConnectionBody {
    const KEY: &'static str = "connection";
}

impl ConnectionBody {
    /// What is said, and the secrets apart.
    fn parts(self) -> (ConnectionFields, Option<Map<String, Value>>) {
        let switch = self.enabled.map(|enabled| match enabled {
            true => Switch::On,
            false => Switch::Off,
        });
        let fields = ConnectionFields {
            inbox_id: self.inbox_id,
            kind: self.kind,
            name: self.name,
            settings: self.settings,
            switch,
        };
        (fields, self.secrets)
    }
}

impl From<ConnectionBody> for ConnectionFields {
    fn from(body: ConnectionBody) -> Self {
        body.parts().0
    }
}

impl Listed for connection::Connection {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = rows::of_account;
}

impl Resource for connection::Connection {
    type Body = ConnectionBody;
    type Shown = Connection;

    const PATH: &'static str = "/api/v1/connections";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<Connection> {
        Ok(wire::connection(self))
    }
}

/// `POST /api/v1/connections`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<ConnectionBody>,
) -> Result<Created<Connection>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let vault = app.vault.clone();
    let (fields, secrets) = value.parts();
    let (id, shown) = app
        .act(actor, intent, move |unit, actor| {
            let made = nouns::add::<connection::Connection>(unit, actor, fields)?;
            if let Some(secrets) = &secrets {
                connections::set_secrets(unit, actor, &vault, made.id, secrets)?;
            }
            Ok::<_, Failure>((made.id.to_string(), wire::connection(&made)))
        })
        .await?;
    Ok(Created {
        location: format!("{}/{id}", connection::Connection::PATH),
        data: shown,
    })
}

/// `PUT /api/v1/connections/{id}`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConnectionId>,
    Input { value, repeat }: Input<ConnectionBody>,
) -> Result<Json<Data<Connection>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let vault = app.vault.clone();
    let (fields, secrets) = value.parts();
    let shown = app
        .act(actor, intent, move |unit, actor| {
            nouns::change::<connection::Connection>(unit, actor, id, fields)?;
            if let Some(secrets) = &secrets {
                connections::set_secrets(unit, actor, &vault, id, secrets)?;
            }
            let changed = nouns::load::<connection::Connection>(unit.conn(), actor, id)?;
            Ok::<_, Failure>(wire::connection(&changed))
        })
        .await?;
    Ok(data(shown))
}

/// `POST /api/v1/connections/{id}/test`. What it shows is kept as the connection's state.
pub(crate) async fn test(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConnectionId>,
) -> Result<Json<Data<ConnectionTest>>, ApiError> {
    let actor = agent.actor();
    let account_id = actor.account_id;
    let tried = app
        .db
        .read(move |conn| nouns::load::<connection::Connection>(conn, &actor, id))
        .await?;
    let secrets = lines::secrets(&app, &tried).await?;
    let steps = probe::try_out(
        &app.outgoing,
        tried.kind,
        &tried.settings.0,
        &secrets,
        app.db.now(),
    )
    .await;
    let wrong = probe::wrong(&steps);
    let works = wrong.is_none();
    app.db
        .write(account_id, move |unit| {
            let now = unit.now();
            connections::heard(unit, account_id, id, |held| match &wrong {
                Some(why) => held.refused(why, now),
                None => held.worked(now),
            })?;
            Ok::<_, Failure>(())
        })
        .await?;
    let steps = steps.into_iter().map(|step| {
        let works = step.said.is_ok();
        let said = step.said.unwrap_or_else(|why| why);
        let name = step.name.to_owned();
        ConnectionStep { name, works, said }
    });
    Ok(data(ConnectionTest {
        works,
        steps: steps.collect(),
    }))
}
