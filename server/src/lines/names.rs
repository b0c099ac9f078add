//! Who and what the ids in a provider's messages stand for, asked once and remembered for a while. No
//! message waits for a name: what cannot be asked for now is shown as it came.

use super::call;
use crate::app::App;
use frontdesk_connectors::channel::{Admit, Found, Known, Names};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// How long a name is believed, in seconds.
const BELIEVED: i64 = 3600;

/// How long a provider that has no time for names is left alone, in seconds.
const REST: i64 = 30;

/// The most names that are remembered.
const MOST: usize = 20_000;

/// The names that are known. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct NamesKnown(Arc<Mutex<Remembered>>);

#[derive(Debug, Default)]
struct Remembered {
    names: HashMap<(ConnectionId, String), (Option<Known>, Timestamp)>,
    resting: HashMap<ConnectionId, Timestamp>,
}

impl NamesKnown {
    /// What is remembered of a name: that it has none, too.
    fn get(&self, id: ConnectionId, name: &str, now: Timestamp) -> Option<Option<Known>> {
        let held = self.0.lock();
        let (known, until) = held.names.get(&(id, name.to_owned()))?;
        (now < *until).then(|| known.clone())
    }

    fn set(&self, id: ConnectionId, name: &str, known: Option<Known>, now: Timestamp) {
        let mut held = self.0.lock();
        if held.names.len() >= MOST {
            held.names.clear();
        }
        let until = now.plus_seconds(BELIEVED);
        held.names.insert((id, name.to_owned()), (known, until));
    }

    fn is_resting(&self, id: ConnectionId, now: Timestamp) -> bool {
        self.0
            .lock()
            .resting
            .get(&id)
            .is_some_and(|until| now < *until)
    }

    fn rest(&self, id: ConnectionId, now: Timestamp) {
        self.0.lock().resting.insert(id, now.plus_seconds(REST));
    }
}

/// The names that something speaks of, as far as they can be said now.
pub(crate) async fn look_up(
    app: &App,
    connection: &Connection,
    way: &dyn Admit,
    body: &str,
) -> Names {
    let mut names = Names::new();
    for name in way.names(body) {
        if let Found::Known(known) = who(app, connection, way, &name).await {
            names.insert(name, known);
        }
    }
    names
}

/// Who it is that asks for something.
pub(crate) async fn who(app: &App, connection: &Connection, way: &dyn Admit, name: &str) -> Found {
    let (id, now) = (connection.id, app.db.now());
    match app.names.get(id, name, now) {
        Some(Some(known)) => Found::Known(known),
        Some(None) => Found::Nobody,
        None if app.names.is_resting(id, now) => Found::Later,
        None => ask(app, id, way, name).await,
    }
}

async fn ask(app: &App, id: ConnectionId, way: &dyn Admit, name: &str) -> Found {
    let found = match call::make(&app.outgoing, way.look_up(name)).await {
        Ok(answer) => way.found(name, &answer),
        Err(_) => Found::Later,
    };
    let now = app.db.now();
    match &found {
        Found::Known(known) => app.names.set(id, name, Some(known.clone()), now),
        Found::Nobody => app.names.set(id, name, None, now),
        Found::Later => app.names.rest(id, now),
    }
    found
}
