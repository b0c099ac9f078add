//! One's own second factor: set up, confirmed, given up. Only for who signed in: a key must not
//! change how its owner signs in. Answers hold secrets, so none is kept for a repeated request.

use crate::app::App;
use crate::authenticator::Enrolment;
use crate::failure::Outcome;
use crate::http::{Address, Agent, ApiError, Gone, Id, Plain, data};
use crate::limits::Attempt;
use crate::secret::{self, Token};
use crate::use_cases::second_factor::{self as cases, Rule, Standing};
use crate::vault::Vault;
use axum::Json;
use axum::extract::State;
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::{Actor, UserId};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How one stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StandingView {
    /// Whether a code is asked for at sign-in.
    enabled: bool,
    /// Whether the account requires it of everybody.
    required: bool,
    recovery_codes_left: i64,
}

impl From<Standing> for StandingView {
    fn from(it: Standing) -> Self {
        Self {
            enabled: it.is_on,
            required: it.is_required,
            recovery_codes_left: it.codes_left,
        }
    }
}

/// `GET /api/second_factor`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<StandingView>>, ApiError> {
    let user = agent.user().clone();
    let standing = app
        .db
        .read(move |conn| cases::standing(conn, &user))
        .await
        .map_err(|error: DbError| ApiError::from(error))?;
    Ok(data(standing.into()))
}

/// The password, so that nobody sets up a second factor at somebody else's open desk.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Password {
    password: String,
}

/// What an authenticator app is told; shown this once.
#[derive(Serialize, JsonSchema)]
pub(crate) struct EnrolmentView {
    /// To be typed into the app.
    secret: String,
    /// An `otpauth:` address, to be opened by the app or drawn as a QR code.
    url: String,
}

impl From<Enrolment> for EnrolmentView {
    fn from(it: Enrolment) -> Self {
        Self {
            secret: it.secret,
            url: it.url,
        }
    }
}

/// `POST /api/second_factor`: nothing is asked for before it is confirmed.
pub(crate) async fn begin(
    State(app): State<App>,
    address: Address,
    agent: Agent,
    Plain { value, .. }: Plain<Password>,
) -> Result<Json<Data<EnrolmentView>>, ApiError> {
    let attempt = attempt(&app, &address, &agent)?;
    let email = agent.user().email.clone();
    let found = app
        .db
        .read(move |conn| queries::users::by_email(conn, &email))
        .await?;
    let hash = found.map(|(_, hash)| hash);
    if !secret::verify_password(value.password, hash).await {
        return Err(ApiError::invalid("password", "is wrong"));
    }
    app.limits.succeeded(&attempt);
    let (vault, user) = (app.vault.clone(), agent.user().clone());
    let enrolment = app
        .db
        .write(agent.account_id(), move |unit| {
            cases::begin(unit, &vault, &user)
        })
        .await?;
    Ok(data(enrolment.into()))
}

/// A code of the app; where it says so, a recovery code will do.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Code {
    code: String,
}

/// The codes that stand in for the app once each; shown this once.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

impl From<Vec<Token>> for RecoveryCodes {
    fn from(codes: Vec<Token>) -> Self {
        let texts = codes.iter().map(|code| code.reveal().to_owned());
        Self {
            recovery_codes: texts.collect(),
        }
    }
}

/// `POST /api/second_factor/confirm`.
pub(crate) async fn confirm(
    State(app): State<App>,
    address: Address,
    agent: Agent,
    Plain { value, .. }: Plain<Code>,
) -> Result<Json<Data<RecoveryCodes>>, ApiError> {
    let codes = with_code(&app, &address, &agent, value, cases::confirm).await?;
    Ok(data(codes.into()))
}

/// `POST /api/second_factor/give_up`.
pub(crate) async fn give_up(
    State(app): State<App>,
    address: Address,
    agent: Agent,
    Plain { value, .. }: Plain<Code>,
) -> Result<Gone, ApiError> {
    with_code(&app, &address, &agent, value, cases::give_up).await?;
    Ok(Gone)
}

/// `POST /api/second_factor/recovery_codes`.
pub(crate) async fn renew_codes(
    State(app): State<App>,
    address: Address,
    agent: Agent,
    Plain { value, .. }: Plain<Code>,
) -> Result<Json<Data<RecoveryCodes>>, ApiError> {
    let codes = with_code(&app, &address, &agent, value, cases::renew_codes).await?;
    Ok(data(codes.into()))
}

/// Does what needs a code, and counts whoever guesses one.
async fn with_code<T, F>(
    app: &App,
    address: &Address,
    agent: &Agent,
    code: Code,
    command: F,
) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce(&mut Unit<'_>, &Actor, &Vault, &str) -> Outcome<T> + Send + 'static,
{
    let attempt = attempt(app, address, agent)?;
    let (actor, vault) = (agent.actor(), app.vault.clone());
    let done = app
        .db
        .write(agent.account_id(), move |unit| {
            command(unit, &actor, &vault, &code.code)
        })
        .await?;
    app.limits.succeeded(&attempt);
    Ok(done)
}

fn attempt(app: &App, address: &Address, agent: &Agent) -> Result<Attempt, ApiError> {
    let from = address.outside(&app.config.limits.trusted_proxies);
    Ok(app
        .limits
        .attempt(&agent.user().email, from, app.db.now())?)
}

/// Whether everybody in the account needs a second factor.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RuleBody {
    required: bool,
}

/// `PUT /api/second_factor/rule`: sessions of those who have none end.
pub(crate) async fn set_rule(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<RuleBody>,
) -> Result<Gone, ApiError> {
    let rule = if value.required {
        Rule::Required
    } else {
        Rule::Optional
    };
    let actor = agent.actor();
    let signed_out = app
        .db
        .write(agent.account_id(), move |unit| {
            cases::set_rule(unit, &actor, rule)
        })
        .await?;
    for id in signed_out {
        app.cut_user(id);
    }
    Ok(Gone)
}

/// `DELETE /api/users/{id}/second_factor`: for somebody who has lost it.
pub(crate) async fn reset(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<UserId>,
) -> Result<Gone, ApiError> {
    if agent.user_id() == id {
        return Err(ApiError::Refused(
            "Give your own second factor up with a code.",
        ));
    }
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            cases::reset(unit, &actor, id)
        })
        .await?;
    app.cut_user(id);
    Ok(Gone)
}
