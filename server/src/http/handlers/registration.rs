//! Coming in: with a company of one's own, or into the one that invited.

use crate::app::App;
use crate::config::Registration;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::passwords;
use crate::http::{Address, ApiError, FieldErrors, Input, Wrapped, data};
use crate::secret;
use crate::use_cases::accounts::{self, NOT_THE_FIRST, NewAccount, NewAdmin, Registered, Which};
use crate::use_cases::invitations::{Newcomer, accept};
use crate::use_cases::{sessions, users};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::sessions::TokenHash;
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::{AccountId, Refusal};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who wants to come in. With an invitation the company is the one that invited.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct NewRegistration {
    company_name: Option<String>,
    email: Option<String>,
    password: Option<String>,
    password_confirmation: Option<String>,
    invite_token: Option<String>,
}

impl Wrapped for NewRegistration {
    const KEY: &'static str = "user";
}

/// The tokens of the first session.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Welcome {
    account_id: AccountId,
    token: String,
    renew_token: String,
}

pub(crate) const CLOSED: ApiError =
    ApiError::Forbidden("Registration is closed here. Ask an admin for an invitation.");
const BAD_INVITATION: ApiError =
    ApiError::Forbidden("This invitation has expired or was used. Ask for a new one.");

/// The name of an account's first inbox.
pub(crate) const FIRST_INBOX: &str = "Primary Inbox";

/// By which door somebody comes in.
#[derive(Clone, Copy)]
enum Door {
    Founder(Which),
    Invited(TokenHash),
}

/// `POST /api/registration`. Clients count on 500 for what is invalid.
pub(crate) async fn create(
    State(app): State<App>,
    address: Address,
    body: Result<Input<NewRegistration>, ApiError>,
) -> Result<Json<Data<Welcome>>, ApiError> {
    let from = address.outside(&app.config.limits.trusted_proxies);
    app.limits.knock(from, app.db.now())?;
    let wish = body.map_err(as_registration)?.value;
    let invited = wish.invite_token.as_deref().map(str::trim);
    let door = door(
        app.config.registration,
        invited.filter(|token| !token.is_empty()),
    )?;
    if !is_open(&app, door).await? {
        return Err(refusal_of(door));
    }
    let checked = wish.checked(door).map_err(ApiError::Registration)?;
    let password_hash = hash(checked.password).await?;
    let lives = app.config.sessions.clone();
    let (email, company) = (checked.email, checked.company_name);
    let made = app
        .db
        .write_global(move |unit| {
            let user = match door {
                Door::Founder(which) => found(unit, which, company, email, password_hash)?,
                Door::Invited(token) => {
                    let newcomer = Newcomer {
                        email,
                        password_hash,
                    };
                    accept(unit, &token, newcomer)?.ok_or(Refusal::NotFound)?
                }
            };
            let pair = sessions::open(unit, &user, &lives)?;
            Ok::<_, Failure>((user, pair))
        })
        .await;
    let (user, pair) = made.map_err(|failure| match failure {
        Failure::Refused(NOT_THE_FIRST | Refusal::NotFound) => refusal_of(door),
        other => as_registration(other.into()),
    })?;
    Ok(data(Welcome {
        account_id: user.account_id,
        token: pair.access.reveal().to_owned(),
        renew_token: pair.renew.reveal().to_owned(),
    }))
}

fn as_registration(error: ApiError) -> ApiError {
    match error {
        ApiError::Invalid(errors) => ApiError::Registration(errors),
        other => other,
    }
}

/// Passwords are hashed before the unit: it takes time on purpose.
pub(crate) async fn hash(password: String) -> Result<String, ApiError> {
    secret::hash_password(password)
        .await
        .map_err(|_| ApiError::Internal)
}

/// Which kind of founder may come in, if any may.
pub(crate) fn founding(registration: Registration) -> Result<Which, ApiError> {
    match registration {
        Registration::First => Ok(Which::First),
        Registration::Open => Ok(Which::Another),
        Registration::Closed | Registration::Invite => Err(CLOSED),
    }
}

fn door(registration: Registration, invited: Option<&str>) -> Result<Door, ApiError> {
    match (registration, invited) {
        (Registration::Closed, Some(_)) => Err(CLOSED),
        (_, Some(token)) => Ok(Door::Invited(secret::hash(token))),
        (registration, None) => founding(registration).map(Door::Founder),
    }
}

fn refusal_of(door: Door) -> ApiError {
    match door {
        Door::Founder(_) => CLOSED,
        Door::Invited(_) => BAD_INVITATION,
    }
}

/// Looks before the costly part; the unit decides again.
async fn is_open(app: &App, door: Door) -> Result<bool, DbError> {
    let now = app.db.now();
    app.db
        .read(move |conn| match door {
            Door::Founder(Which::Another) => Ok(true),
            Door::Founder(Which::First) => Ok(!queries::accounts::any(conn)?),
            Door::Invited(token) => {
                Ok(queries::invitations::by_token(conn, &token, now)?.is_some())
            }
        })
        .await
}

struct Checked {
    company_name: String,
    email: String,
    password: String,
}

impl NewRegistration {
    fn checked(self, door: Door) -> Result<Checked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let company_name = match door {
            Door::Founder(_) => kept(
                accounts::company_name(&self.company_name.unwrap_or_default()),
                &mut errors,
            ),
            Door::Invited(_) => String::new(),
        };
        let email = kept(users::email(&self.email.unwrap_or_default()), &mut errors);
        let password = self.password.unwrap_or_default();
        let confirmation = self.password_confirmation.as_deref();
        passwords::check(&password, confirmation, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Checked {
            company_name,
            email,
            password,
        })
    }
}

/// The value, or nothing and the problem among the others.
pub(crate) fn kept(checked: Result<String, Refusal>, errors: &mut FieldErrors) -> String {
    match checked {
        Ok(value) => value,
        Err(Refusal::Invalid { field, problem }) => {
            errors.add(field, problem);
            String::new()
        }
        Err(_) => {
            errors.add("base", "is invalid");
            String::new()
        }
    }
}

/// Opens an account and says who its first user is.
fn found(
    unit: &mut Unit<'_>,
    which: Which,
    company_name: String,
    email: String,
    password_hash: String,
) -> Outcome<User> {
    let Registered {
        account_id,
        user_id,
        ..
    } = accounts::register(unit, which, new_account(company_name, email, password_hash))?;
    let user = queries::users::by_id(unit.conn(), account_id, user_id)?;
    Ok(user.ok_or(Refusal::NotFound)?)
}

/// An account as it is founded through the API.
pub(crate) fn new_account(
    company_name: String,
    email: String,
    password_hash: String,
) -> NewAccount {
    NewAccount {
        company_name,
        time_zone: None,
        inbox_name: FIRST_INBOX.to_owned(),
        admin: NewAdmin {
            email,
            password_hash,
            full_name: None,
        },
    }
}
