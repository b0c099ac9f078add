//! Hands a mail over by a mailbox: by which of its ways, when it is its turn, and with what came of it
//! written down.

use super::health::{self, Found, Side};
use super::letter::Ready;
use super::{gmail, ses, smtp};
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines::Went as Gate;
use crate::work::Handed;
use frontdesk_connectors::email::{Composed, Meaning, WayOut};
use frontdesk_db::queries::{connections, mails};
use frontdesk_domain::MailDirection;
use frontdesk_domain::connection::Connection;

/// What came of trying to hand a mail over.
#[derive(Debug)]
pub(super) enum Tried {
    /// The other side was not reached, or did not let us in.
    NotLetIn(Meaning),
    Went(Went),
}

/// What came of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Went {
    /// The other side has it for all of them.
    Whole {
        /// The names it goes under beside our Message-ID.
        known_as: Vec<String>,
    },
    /// The other side has it, and not for all of them.
    Partly { why: String },
    /// Nothing was handed over.
    Not(Meaning),
    /// It was handed over, and no answer was heard.
    Unheard { why: String },
}

/// Posts a mail.
pub(super) async fn post(app: &App, ready: &Ready) -> Done<Handed> {
    let Ready {
        connection, mail, ..
    } = ready;
    let Some(way) = ready.account.settings.way_out() else {
        let why = format!("the mailbox {} has no server that sends", connection.name);
        return Ok(Handed::Refused { why });
    };
    let place = match app.gates.enter(connection.id, app.db.now()) {
        Ok(place) => place,
        Err(wait) => return Ok(Handed::Wait(wait)),
    };
    let (gate, seen, handed) = match hand_over(app, ready, way).await {
        Tried::NotLetIn(meaning) => unopened(meaning),
        Tried::Went(went) => {
            if let Went::Whole { known_as } = &went {
                know_as(app, connection, mail, known_as).await?;
            }
            let (gate, handed) = read(went);
            (gate, Found::Works, handed)
        }
    };
    place.went(gate, app.db.now());
    if matches!(handed, Handed::Sent | Handed::Partly { .. }) {
        went(app, connection).await?;
    }
    health::note(app, connection, Side::Out, seen).await?;
    Ok(handed)
}

async fn hand_over(app: &App, ready: &Ready, way: WayOut<'_>) -> Tried {
    let Ready { account, mail, .. } = ready;
    match way {
        WayOut::Server(server) => smtp::send(&app.outgoing, account, server, mail).await,
        WayOut::Ses(amazon) => ses::send(app, account, amazon, mail).await,
        WayOut::Gmail(google) => {
            let via = gmail::Mailbox {
                app,
                connection: &ready.connection,
                account,
                google,
            };
            gmail::send(&via, mail, ready.thread.as_deref()).await
        }
    }
}

/// Notes when the last mail went.
async fn went(app: &App, connection: &Connection) -> Done<()> {
    let (account_id, id) = (connection.account_id, connection.id);
    let noted = app.db.write(account_id, move |unit| {
        Ok::<_, Failure>(connections::went(unit, account_id, id)?)
    });
    noted.await
}

/// Keeps the names that a mail goes under, by which its answers and reports call it.
async fn know_as(
    app: &App,
    connection: &Connection,
    mail: &Composed,
    known_as: &[String],
) -> Done<()> {
    if known_as.is_empty() {
        return Ok(());
    }
    let account_id = connection.account_id;
    let (ours, known_as) = (mail.mail_id.clone(), known_as.to_vec());
    let noted = app.db.write(account_id, move |unit| {
        let direction = MailDirection::Out;
        for id in mails::of_mail_id(unit.conn(), account_id, &ours, direction)? {
            for name in &known_as {
                mails::know_as(unit, account_id, id, name)?;
            }
        }
        Ok::<_, Failure>(())
    });
    noted.await
}

/// The other side was not reached, or did not let us in.
fn unopened(meaning: Meaning) -> (Gate, Found, Handed) {
    let (seen, why, after) = match meaning {
        Meaning::Later { why, after } => (Found::Fails(why.clone()), why, after),
        Meaning::Refused { why } | Meaning::Broken { why } => {
            (Found::Refused(why.clone()), why, None)
        }
        Meaning::Ended { why } => (Found::Ended(why.clone()), why, None),
    };
    let gate = after.map_or(Gate::Badly, Gate::Throttled);
    (gate, seen, Handed::Later { why, after })
}

/// The other side was spoken to about this mail.
fn read(went: Went) -> (Gate, Handed) {
    match went {
        Went::Whole { .. } => (Gate::Well, Handed::Sent),
        Went::Partly { why } => (Gate::Well, Handed::Partly { why }),
        Went::Unheard { why } => (Gate::Badly, Handed::Uncertain { why }),
        Went::Not(Meaning::Later { why, after }) => {
            let gate = after.map_or(Gate::Well, Gate::Throttled);
            (gate, Handed::Later { why, after })
        }
        Went::Not(Meaning::Refused { why } | Meaning::Broken { why } | Meaning::Ended { why }) => {
            (Gate::Well, Handed::Refused { why })
        }
    }
}
