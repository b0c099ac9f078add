//! Hands a mail over by a mailbox: when it is its turn, and with what came of it written down.

use super::health::{self, Found, Side};
use super::smtp::{self, Went};
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::lines::Went as Gate;
use crate::work::Handed;
use frontdesk_connectors::email::{Account, Composed, Meaning};
use frontdesk_domain::connection::Connection;

/// Posts a mail.
pub(super) async fn post(
    app: &App,
    connection: &Connection,
    account: &Account,
    mail: &Composed,
) -> Done<Handed> {
    let Some(server) = &account.settings.smtp else {
        let why = format!("the mailbox {} has no server that sends", connection.name);
        return Ok(Handed::Refused { why });
    };
    let place = match app.gates.enter(connection.id, app.db.now()) {
        Ok(place) => place,
        Err(wait) => return Ok(Handed::Wait(wait)),
    };
    let now = || app.db.now();
    let mut session = match smtp::open(&app.outgoing, account, server).await {
        Ok(session) => session,
        Err(meaning) => {
            let (gate, seen, handed) = unopened(meaning);
            place.went(gate, now());
            health::note(app, connection, Side::Out, seen).await?;
            return Ok(handed);
        }
    };
    let went = session.send(mail).await;
    session.close().await;
    let (gate, handed) = read(went);
    place.went(gate, now());
    health::note(app, connection, Side::Out, Found::Works).await?;
    Ok(handed)
}

/// The server was not reached, or did not let us in.
fn unopened(meaning: Meaning) -> (Gate, Found, Handed) {
    let (seen, why, after) = match meaning {
        Meaning::Later { why, after } => (Found::Fails(why.clone()), why, after),
        Meaning::Refused { why } | Meaning::Broken { why } => {
            (Found::Refused(why.clone()), why, None)
        }
    };
    let gate = after.map_or(Gate::Badly, Gate::Throttled);
    (gate, seen, Handed::Later { why, after })
}

/// The server was spoken to about this mail.
fn read(went: Went) -> (Gate, Handed) {
    match went {
        Went::Whole => (Gate::Well, Handed::Sent),
        Went::Partly { why } => (Gate::Well, Handed::Partly { why }),
        Went::Unheard { why } => (Gate::Badly, Handed::Uncertain { why }),
        Went::Not(Meaning::Later { why, after }) => {
            let gate = after.map_or(Gate::Well, Gate::Throttled);
            (gate, Handed::Later { why, after })
        }
        Went::Not(Meaning::Refused { why } | Meaning::Broken { why }) => {
            (Gate::Well, Handed::Refused { why })
        }
    }
}
