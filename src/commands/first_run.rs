//! The first run: server and sign-in, step by step, each checked before the next is asked.

use super::login;
use crate::cli::Login;
use crate::error::Error;
use crate::net::address::Address;
use crate::output::say;
use crate::sign_in::Desk;
use std::io::{self, BufRead as _};

/// How often a step is asked again before somebody should read the documentation.
const TRIES: usize = 3;

/// Asks for what is missing until somebody is signed in.
pub(super) async fn lead_through(desk: &Desk) -> Result<(), Error> {
    say("Welcome to Frontdesk. Two questions, then your inbox opens.\n");
    say("To look around without a server first, leave with Ctrl-C and run: frontdesk demo\n");
    let address = if desk.config.server_named {
        desk.config.server.clone()
    } else {
        ask_server(desk)?
    };
    let desk = desk.at(address);
    for _ in 1..TRIES {
        match login::run(&desk, Login::default()).await {
            Ok(()) => return Ok(()),
            Err(error @ Error::Api(_)) => {
                say(&format!("That did not work: {error}."));
                if let Some(hint) = error.hint() {
                    say(&format!("{hint}."));
                }
            }
            Err(error) => return Err(error),
        }
    }
    login::run(&desk, Login::default()).await
}

/// The address of the server, asked until it is one.
fn ask_server(desk: &Desk) -> Result<Address, Error> {
    let usual = desk.config.server.origin();
    for _ in 0..TRIES {
        say(&format!("1  Server   Its address, or Enter for {usual}:"));
        let mut line = String::new();
        io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(Error::Input)?;
        let text = line.trim();
        if text.is_empty() {
            return Ok(desk.config.server.clone());
        }
        match text.parse() {
            Ok(address) => return Ok(address),
            Err(_) => say("That is no address. Try one such as https://desk.example.com."),
        }
    }
    Err(Error::Usage("a server is needed to sign in".to_owned()))
}
