//! Inviting colleagues. A token is shown once and kept as a hash only, so no answer here is ever
//! kept for a repeated request.

use crate::app::App;
use crate::http::handlers::sessions::Nothing;
use crate::http::{Agent, ApiError, Plain, data};
use crate::use_cases::invitations::invite;
use crate::use_cases::users;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_domain::key::Invitation;
use frontdesk_domain::{Refusal, Role};
use frontdesk_protocol::entity::{Data, UserInvitation};
use frontdesk_protocol::time::UtcStamp;
use schemars::JsonSchema;
use serde::Deserialize;

/// What the new colleague will be; a member when it is not said.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewInvitation {
    #[serde(default)]
    role: Option<Role>,
}

/// `POST /api/user_invitations`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<NewInvitation>,
) -> Result<(StatusCode, Json<Data<UserInvitation>>), ApiError> {
    let role = value.role.unwrap_or(Role::Member);
    let (invitation, token) = make(&app, &agent, role, None).await?;
    let shown = UserInvitation {
        id: token,
        account_id: invitation.account_id,
        role: invitation.role,
        expires_at: UtcStamp(invitation.expires_at),
    };
    Ok((StatusCode::CREATED, data(shown)))
}

/// Whom to invite by mail.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct InvitationMail {
    to_address: Option<String>,
}

/// `POST /api/user_invitation_emails`.
pub(crate) async fn mail(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<InvitationMail>,
) -> Result<(StatusCode, Json<Nothing>), ApiError> {
    let to = users::email(&value.to_address.unwrap_or_default()).map_err(in_to_address)?;
    make(&app, &agent, Role::Member, Some(to)).await?;
    Ok((StatusCode::CREATED, Json(Nothing {})))
}

fn in_to_address(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Invalid { problem, .. } => ApiError::invalid("to_address", problem),
        other => other.into(),
    }
}

async fn make(
    app: &App,
    agent: &Agent,
    role: Role,
    to: Option<String>,
) -> Result<(Invitation, String), ApiError> {
    let actor = agent.actor();
    let (invitation, token) = app
        .db
        .write(actor.account_id, move |unit| invite(unit, &actor, role, to))
        .await?;
    Ok((invitation, token.reveal().to_owned()))
}
