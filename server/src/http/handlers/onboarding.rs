//! A company founded in one step, with what its AI should know.

use crate::app::App;
use crate::failure::Failure;
use crate::http::handlers::business_context::ContextBody;
use crate::http::handlers::registration::{CLOSED, founding, hash, kept, new_account};
use crate::http::{Address, ApiError, FieldErrors, Plain};
use crate::use_cases::accounts::{NOT_THE_FIRST, Which, company_name, register};
use crate::use_cases::context::change_context;
use crate::use_cases::users::{check_password, email};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use frontdesk_db::queries;
use frontdesk_domain::{AccountId, Actor, InboxId, Refusal, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A founder and the company.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Onboarding {
    email: Option<String>,
    password: Option<String>,
    company_name: Option<String>,
    #[serde(default)]
    business_context: Option<ContextBody>,
}

/// What was made.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Founded {
    account_id: AccountId,
    inbox_id: InboxId,
    user_id: UserId,
    message: String,
}

/// `POST /api/onboarding`, without an envelope.
pub(crate) async fn create(
    State(app): State<App>,
    address: Address,
    Plain { value, .. }: Plain<Onboarding>,
) -> Result<(StatusCode, Json<Founded>), ApiError> {
    let from = address.outside(&app.config.limits.trusted_proxies);
    app.limits.knock(from, app.db.now())?;
    let which = founding(app.config.registration)?;
    if which == Which::First && app.db.read(queries::accounts::any).await? {
        return Err(CLOSED);
    }
    let mut errors = FieldErrors::default();
    let email = kept(email(&value.email.unwrap_or_default()), &mut errors);
    let company = company_name(&value.company_name.unwrap_or_default());
    let company = kept(company, &mut errors);
    let password = value.password.unwrap_or_default();
    if let Err(Refusal::Invalid { field, problem }) = check_password(&password) {
        errors.add(field, problem);
    }
    if !errors.is_empty() {
        return Err(ApiError::Invalid(errors));
    }
    let context = value.business_context.map(ContextBody::checked);
    let context = context.transpose().map_err(ApiError::Invalid)?;
    let new = new_account(company, email, hash(password).await?);
    let made = app
        .db
        .write_global(move |unit| {
            let made = register(unit, which, new)?;
            if let Some(context) = context {
                change_context(unit, &Actor::system(made.account_id), context)?;
            }
            Ok::<_, Failure>(made)
        })
        .await
        .map_err(|failure| match failure {
            Failure::Refused(NOT_THE_FIRST) => CLOSED,
            other => other.into(),
        })?;
    let founded = Founded {
        account_id: made.account_id,
        inbox_id: made.inbox_id,
        user_id: made.user_id,
        message: "The account is ready. Sign in with the address and the password.".to_owned(),
    };
    Ok((StatusCode::CREATED, Json(founded)))
}
