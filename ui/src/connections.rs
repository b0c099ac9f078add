//! How the connections to mailboxes and providers are, in words.

use crate::model::Model;
use crate::model::sheet::{About, Sheet};
use crate::time_until::moment;
use frontdesk_protocol::entity::Connection;
use frontdesk_protocol::kind::ConnectionState;
use frontdesk_protocol::time::{Timestamp, UtcStamp};

/// How many do not work, as far as that is known now. What was switched off is nobody's trouble.
pub(crate) fn ill(model: &Model) -> usize {
    let known = model.directory.connections.as_ref();
    let known = known.filter(|_| model.connection.reaches_server());
    known.map_or(0, |known| known.all.iter().filter(|it| is_ill(it)).count())
}

/// All of them, those that do not work first.
pub(crate) fn sheet(model: &Model) -> Sheet {
    let sheet = Sheet {
        about: About::Connections,
        ..Sheet::new("Connections")
    };
    let Some(known) = &model.directory.connections else {
        return sheet.muted("The server has not said how they are.");
    };
    let at = time(model, known.said_at.0);
    let mut sheet = if model.connection.reaches_server() {
        sheet.muted(&format!("As of {at}."))
    } else {
        sheet.muted(&format!("You are offline. So it was at {at}."))
    };
    if known.all.is_empty() {
        let words = "There are none. frontdesk-server inbox add email ADDRESS adds a mailbox.";
        return sheet.text("").text(words);
    }
    let (ill, well): (Vec<&Connection>, _) = known.all.iter().partition(|it| is_ill(it));
    for connection in ill.into_iter().chain(well) {
        sheet = told(sheet, model, connection);
    }
    sheet
}

fn is_ill(connection: &Connection) -> bool {
    matches!(
        connection.state,
        ConnectionState::Failing | ConnectionState::Refused | ConnectionState::Unauthorized
    )
}

fn told(sheet: Sheet, model: &Model, it: &Connection) -> Sheet {
    let dot = model.glyphs.dot();
    let inbox = model.directory.inbox(it.inbox_id);
    let inbox = inbox.map_or(String::new(), |inbox| format!(" {dot} {}", inbox.name));
    let mut sheet = sheet.heading(&format!("{} {dot} {}{inbox}", it.name, it.kind));
    sheet = match it.state {
        ConnectionState::Working => sheet.text("It works."),
        ConnectionState::Untested => sheet.text("Nobody has tried it yet."),
        ConnectionState::Off => sheet.muted("It is switched off."),
        ConnectionState::Failing => sheet.bad(&since(model, "It does not work", it)),
        ConnectionState::Refused => sheet.bad(&since(model, "It is refused", it)),
        ConnectionState::Unauthorized => sheet.bad(&since(
            model,
            "Its owner has to sign in again: the provider lets the server in no more",
            it,
        )),
    };
    if let Some(why) = it.reason.as_deref().filter(|_| is_ill(it)) {
        sheet = sheet.text(why);
    }
    if it.failures > 0 && is_ill(it) {
        sheet = sheet.text(&tries(model, it));
    }
    if let Some(command) = remedy(it) {
        sheet = sheet.text(&command);
    }
    if let Some(at) = it.consented_at.filter(|_| !is_ill(it)) {
        let at = time(model, at.0);
        sheet = sheet.muted(&format!("Its owner let the server in at {at}."));
    }
    sheet.muted(&format!(
        "Last in: {}. Last out: {}.",
        last(model, it.came_at),
        last(model, it.went_at)
    ))
}

fn since(model: &Model, what: &str, it: &Connection) -> String {
    match it.failing_since {
        Some(then) => format!("{what}, since {}.", time(model, then.0)),
        None => format!("{what}."),
    }
}

fn tries(model: &Model, it: &Connection) -> String {
    let failed = match it.failures {
        1 => "1 try failed".to_owned(),
        many => format!("{many} tries failed in a row"),
    };
    match it.next_try_at {
        Some(next) => format!("{failed}. The next is at {}.", time(model, next.0)),
        None => format!("{failed}."),
    }
}

/// What an admin does about it, where only an admin can.
fn remedy(it: &Connection) -> Option<String> {
    let id = it.id;
    match it.state {
        ConnectionState::Unauthorized => Some(format!(
            "To sign in: frontdesk-server connections authorize {id}"
        )),
        ConnectionState::Refused => Some(format!(
            "To change its settings or credentials: frontdesk-server connections set {id}"
        )),
        _ => None,
    }
}

fn last(model: &Model, at: Option<UtcStamp>) -> String {
    at.map_or_else(|| "never".to_owned(), |at| time(model, at.0))
}

fn time(model: &Model, at: Timestamp) -> String {
    moment(at, model.now, &model.zone)
}
