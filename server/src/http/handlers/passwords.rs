//! Passwords that were forgotten, and addresses to be verified.

use crate::app::App;
use crate::http::handlers::sessions::BAD_TOKEN;
use crate::http::{Address, ApiError, FieldErrors, Plain, data};
use crate::secret::{self, Token};
use crate::use_cases::sessions;
use crate::use_cases::users::check_password;
use axum::Json;
use axum::extract::State;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::Refusal;
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose password was forgotten.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Forgotten {
    email: Option<String>,
}

/// That it was taken note of.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Noted {
    ok: bool,
}

/// `POST /api/reset_password`: the same answer whether the address is known or not.
pub(crate) async fn forgot(
    State(app): State<App>,
    address: Address,
    Plain { value, .. }: Plain<Forgotten>,
) -> Result<Json<Data<Noted>>, ApiError> {
    let from = address.outside(&app.config.limits.trusted_proxies);
    app.limits.knock(from, app.db.now())?;
    let email = value.email.unwrap_or_default().trim().to_lowercase();
    let token = Token::random();
    let hash = token.hash();
    app.db
        .write_global(move |unit| {
            if let Some((user, _)) = queries::users::by_email(unit.conn(), &email)? {
                let expires_at = unit.now().plus_seconds(RESET_LIFE);
                queries::sessions::insert_reset(unit, &hash, user.id, expires_at)?;
            }
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(data(Noted { ok: true }))
}

/// Two hours, in seconds.
const RESET_LIFE: i64 = 2 * 60 * 60;

/// A new password and the token that allows it.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Reset {
    token: Option<String>,
    password: Option<String>,
    password_confirmation: Option<String>,
}

/// That the password is a new one.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WasReset {
    success: bool,
    email: String,
}

/// `PUT /api/reset_password`: the token works once, and every session of the user ends.
pub(crate) async fn reset(
    State(app): State<App>,
    address: Address,
    Plain { value, .. }: Plain<Reset>,
) -> Result<Json<Data<WasReset>>, ApiError> {
    let from = address.outside(&app.config.limits.trusted_proxies);
    app.limits.knock(from, app.db.now())?;
    let password = value.password.unwrap_or_default();
    let mut errors = FieldErrors::default();
    check(
        &password,
        value.password_confirmation.as_deref(),
        &mut errors,
    );
    if !errors.is_empty() {
        return Err(ApiError::Invalid(errors));
    }
    let token = secret::hash(&value.token.ok_or(BAD_TOKEN)?);
    let hash = secret::hash_password(password)
        .await
        .map_err(|_| ApiError::Internal)?;
    let user = app
        .db
        .write_global(move |unit| sessions::reset_password(unit, &token, &hash))
        .await?
        .ok_or(BAD_TOKEN)?;
    app.cut_user(user.id);
    Ok(data(WasReset {
        success: true,
        email: user.email,
    }))
}

/// What is wrong with a password and its repetition.
pub(crate) fn check(password: &str, confirmation: Option<&str>, errors: &mut FieldErrors) {
    if let Err(Refusal::Invalid { field, problem }) = check_password(password) {
        errors.add(field, problem);
    }
    if confirmation != Some(password) {
        errors.add("password_confirmation", "does not match confirmation");
    }
}

/// The token of a verification mail.
#[derive(Deserialize, JsonSchema)]
#[expect(
    dead_code,
    reason = "described for clients; there is nothing to compare it with"
)]
pub(crate) struct Verification {
    token: Option<String>,
}

/// That it worked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Success {
    success: bool,
}

/// `POST /api/verify_email`. Addresses need no verification here: whoever signs in knows the
/// password, and rights come from the account. No token is ever handed out, so none is right.
pub(crate) async fn verify_email(_: Plain<Verification>) -> Result<Json<Data<Success>>, ApiError> {
    Err(BAD_TOKEN)
}
