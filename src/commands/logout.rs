//! `frontdesk logout`: the session ends on the server, and its tokens go from this machine.

use crate::cli::Logout;
use crate::error::Error;
use crate::lent;
use crate::output::say;
use crate::sign_in::{Agent, Desk, who};
use frontdesk_store::Store;

pub(super) async fn run(desk: &Desk, args: &Logout) -> Result<(), Error> {
    match desk.stored() {
        Ok(agent) => sign_out(desk, agent).await?,
        Err(Error::NobodySignedIn | Error::NotSignedIn(_)) if args.wipe => {}
        Err(Error::NobodySignedIn | Error::NotSignedIn(_)) if lent::is_lent(&desk.config) => {
            return Err(Error::OnlyLent);
        }
        // What cannot be opened can still be wiped.
        Err(Error::Store(_)) if args.wipe => {}
        Err(error) => return Err(error),
    }
    if args.wipe {
        wipe(desk)?;
        desk.output
            .words("Everything stored here about servers is deleted.")?;
    }
    Ok(())
}

async fn sign_out(desk: &Desk, mut agent: Agent) -> Result<(), Error> {
    if let Err(error) = agent.api.sign_out().await {
        say(&format!(
            "The server could not be told ({error}); the session there ends by itself."
        ));
    }
    desk.keeper().forget(&who(&agent.sign_in))?;
    let (email, server) = (&agent.sign_in.email, &agent.sign_in.server);
    desk.output
        .words(&format!("Signed out {email} at {server}."))
}

/// Forgets every sign-in, also those at other servers.
fn wipe(desk: &Desk) -> Result<(), Error> {
    let keeper = desk.keeper();
    // A file that does not open names nobody; what can be removed is removed all the same.
    if let Ok(store) = desk.store() {
        for sign_in in store.sign_ins()? {
            keeper.forget(&who(&sign_in))?;
        }
    }
    keeper.remove_file()?;
    Store::wipe(&desk.paths.cache_file())?;
    remove_desks(desk)?;
    Ok(())
}

/// The copies of desks, and what waited to be sent from them.
fn remove_desks(desk: &Desk) -> Result<(), Error> {
    for folder in [desk.paths.desks_folder(), desk.paths.lent_folder()] {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::Wipe(error));
            }
            _ => {}
        }
    }
    Ok(())
}
