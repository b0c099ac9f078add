//! Teams, and who is in them.

use crate::app::App;
use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::{Agent, ApiError, Gone, Ids, Wrapped, data, wire};
use crate::use_cases::teams::{TeamFields, join, leave};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::teams;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, TeamId, UserId, account};
use frontdesk_protocol::entity::{Data, Team};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about a team. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TeamBody {
    #[serde(default)]
    name: Option<String>,
}

impl Wrapped for TeamBody {
    const KEY: &'static str = "team";
}

impl From<TeamBody> for TeamFields {
    fn from(body: TeamBody) -> Self {
        Self { name: body.name }
    }
}

impl Listed for account::Team {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = teams::of_account;
}

impl Resource for account::Team {
    type Body = TeamBody;
    type Shown = Team;

    const PATH: &'static str = "/api/v1/teams";

    fn shown(&self, conn: &mut dyn Conn) -> Outcome<Team> {
        let members = teams::members(conn, self.account_id, self.id)?;
        Ok(wire::team(self, members))
    }
}

/// `PUT /api/v1/teams/{id}/members/{user_id}`.
pub(crate) async fn add_member(
    State(app): State<App>,
    agent: Agent,
    Ids(id, user_id): Ids<TeamId, UserId>,
) -> Result<Json<Data<Team>>, ApiError> {
    let actor = agent.actor();
    let team = app
        .db
        .write(agent.account_id(), move |unit| {
            join(unit, &actor, id, user_id)?.shown(unit.conn())
        })
        .await?;
    Ok(data(team))
}

/// `DELETE /api/v1/teams/{id}/members/{user_id}`.
pub(crate) async fn remove_member(
    State(app): State<App>,
    agent: Agent,
    Ids(id, user_id): Ids<TeamId, UserId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            leave(unit, &actor, id, user_id)
        })
        .await?;
    Ok(Gone)
}
