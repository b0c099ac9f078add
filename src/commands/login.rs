//! `frontdesk login`: a password, and where it is wanted a code, become tokens; both are forgotten.

mod code;

use crate::cli::Login;
use crate::error::Error;
use crate::net::address::Address;
use crate::net::api::{self, ApiError, Http, Session};
use crate::output::say;
use crate::secret::Secret;
use crate::secrets::Place;
use crate::sign_in::{Desk, who};
use frontdesk_store::{NewSignIn, Store};
use std::io::{self, BufRead as _, IsTerminal as _};

pub(super) async fn run(desk: &Desk, args: Login) -> Result<(), Error> {
    let address = desk.config.server.clone();
    let http = desk.http(address.clone())?;
    // Before anybody types a password: is there a place for what comes back?
    let mut store = desk.store()?;
    let email = match args.email {
        Some(email) => email,
        None => ask_email(&address.origin())?,
    };
    let password = if args.password_stdin {
        read_password()?
    } else {
        ask_password(&email)?
    };
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
    let session = signed_in(http, email, password).await?;
    let place = remember(desk, http.address(), store, &session)?;
    // Only now: whoever is told of them is signed in for good.
    code::show_recovery(&session.recovery_codes);
    Ok((session, place))
}

/// Signs in, with as many codes as it takes.
async fn signed_in(http: &Http, email: &str, password: &Secret) -> Result<Session, Error> {
    let mut typed: Option<Secret> = None;
    loop {
        let wanted = match api::sign_in(http, email, password, typed.as_ref()).await {
            Ok(session) => return Ok(session),
            Err(ApiError::SecondFactor(wanted)) => wanted,
            Err(error) => return Err(error.into()),
        };
        typed = code::ask(&wanted)?;
        if typed.is_none() {
            return Err(ApiError::SecondFactor(wanted).into());
        }
    }
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
    let email = read_line()?;
    if email.is_empty() {
        Err(Error::Usage("an address is needed to sign in".to_owned()))
    } else {
        Ok(email)
    }
}

fn ask_password(email: &str) -> Result<Secret, Error> {
    if !io::stdin().is_terminal() {
        let words = "there is nobody to ask for a password; --password-stdin reads it from a pipe";
        return Err(Error::Usage(words.to_owned()));
    }
    let prompt = format!("Password of {}: ", frontdesk_ui::text_safe::line(email));
    rpassword::prompt_password(prompt)
        .map(Secret::new)
        .map_err(Error::Input)
}

fn read_password() -> Result<Secret, Error> {
    read_line().map(Secret::new)
}

fn read_line() -> Result<String, Error> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(Error::Input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
