//! `frontdesk login`: a password, and where it is wanted a code, become tokens; both are forgotten.

use super::{ask, authenticator};
use crate::cli::Login;
use crate::error::Error;
use crate::net::address::Address;
use crate::net::api::{self, ApiError, Http, Session, Wanted};
use crate::output::say;
use crate::secret::Secret;
use crate::secrets::Place;
use crate::sign_in::{Desk, who};
use frontdesk_store::{NewSignIn, Store};
use frontdesk_ui::text_safe;
use std::io::{self, IsTerminal as _};

pub(super) async fn run(desk: &Desk, args: Login) -> Result<(), Error> {
    let address = desk.config.server.clone();
    let http = desk.http(address.clone())?;
    // Before anybody types a password: is there a place for what comes back?
    let mut store = desk.store()?;
    let email = match args.email {
        Some(email) => email,
        None => ask_email(&address.origin())?,
    };
    let password = ask::password(args.password_stdin.into(), &email)?;
    let (session, place) = keep(desk, &http, &mut store, &email, &password).await?;
    desk.output
        .words(&format!("Signed in at {address} as {}.", session.email))?;
    tell_place(desk, &place);
    Ok(())
}

/// Signs in without asking or saying anything.
pub(super) async fn with_password(
    desk: &Desk,
    email: &str,
    password: &Secret,
) -> Result<(), Error> {
    let http = desk.http(desk.config.server.clone())?;
    let mut store = desk.store()?;
    keep(desk, &http, &mut store, email, password)
        .await
        .map(drop)
}

/// A password becomes tokens, which are kept.
async fn keep(
    desk: &Desk,
    http: &Http,
    store: &mut Store,
    email: &str,
    password: &Secret,
) -> Result<(Session, Place), Error> {
    let session = signed_in(desk, http, email, password).await?;
    let place = remember(desk, http.address(), store, &session)?;
    // Only now: whoever is told of them is signed in for good.
    tell_recovery_codes(&session.recovery_codes);
    Ok((session, place))
}

/// Signs in, with as many codes as it takes.
async fn signed_in(
    desk: &Desk,
    http: &Http,
    email: &str,
    password: &Secret,
) -> Result<Session, Error> {
    let mut typed: Option<Secret> = None;
    loop {
        let wanted = match api::sign_in(http, email, password, typed.as_ref()).await {
            Ok(session) => return Ok(session),
            Err(ApiError::SecondFactor(wanted)) => wanted,
            Err(error) => return Err(error.into()),
        };
        typed = code(desk, &wanted)?;
        if typed.is_none() {
            return Err(ApiError::SecondFactor(wanted).into());
        }
    }
}

/// Gets a code, and says why and from which app.
fn code(desk: &Desk, wanted: &Wanted) -> Result<Option<Secret>, Error> {
    say(text_safe::line(&wanted.message).as_ref());
    if let Some(enrolment) = &wanted.enrolment {
        authenticator::tell(enrolment, desk.output.glyphs());
    }
    ask::code()
}

/// Shows the codes of somebody who has just set an app up, beside what the command says.
fn tell_recovery_codes(codes: &[Secret]) {
    if codes.is_empty() {
        return;
    }
    say(authenticator::BEFORE_CODES);
    for code in codes {
        say(&format!("  {}", text_safe::line(code.expose())));
    }
    say(authenticator::AFTER_CODES);
}

/// Keeps who is signed in and the tokens, and says where those are.
pub(super) fn remember(
    desk: &Desk,
    server: &Address,
    store: &mut Store,
    session: &Session,
) -> Result<Place, Error> {
    let sign_in = store.sign_in(&NewSignIn {
        server: server.origin(),
        user_id: session.user_id,
        account_id: session.account_id,
        email: session.email.clone(),
    })?;
    Ok(desk.keeper().save(&who(&sign_in), &session.tokens())?)
}

/// Says where the tokens are, where that is not the usual place.
fn tell_place(desk: &Desk, place: &Place) {
    match place {
        Place::Keyring => {}
        Place::File(path) => say(&format!(
            "The tokens are in {}, which only you can read{}.",
            path.display(),
            match desk.config.keep_tokens {
                crate::config::KeepTokens::Auto => ", because there is no keyring here",
                _ => "",
            }
        )),
    }
}

fn ask_email(server: &str) -> Result<String, Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::Usage(
            "--email is missing, and there is nobody to ask".to_owned(),
        ));
    }
    say(&format!("Signing in at {server}. Your address:"));
    let email = ask::line()?;
    if email.is_empty() {
        Err(Error::Usage("an address is needed to sign in".to_owned()))
    } else {
        Ok(email)
    }
}
