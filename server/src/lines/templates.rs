//! The texts that a provider has approved, asked for and remembered for a while.

use super::call;
use super::gate::Went;
use crate::app::App;
use frontdesk_connectors::channel::{Delivery, Listed, Template, Templates};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// How long a list is believed, in seconds.
const BELIEVED: i64 = 300;

/// The most parts of a list that are asked for.
const MOST_PARTS: usize = 10;

/// The lists that are known. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct TemplatesKnown(Arc<Mutex<HashMap<ConnectionId, Kept>>>);

#[derive(Debug, Clone)]
struct Kept {
    templates: Vec<Template>,
    asked_at: Timestamp,
}

impl TemplatesKnown {
    fn get(&self, id: ConnectionId) -> Option<Kept> {
        self.0.lock().get(&id).cloned()
    }

    fn set(&self, id: ConnectionId, templates: &[Template], asked_at: Timestamp) {
        let templates = templates.to_vec();
        self.0.lock().insert(
            id,
            Kept {
                templates,
                asked_at,
            },
        );
    }
}

/// All templates of a connection: those that were set, and those the provider lists. Where it does not
/// answer, an older list is better than none.
pub(crate) async fn offered(
    app: &App,
    connection: &Connection,
    way: &dyn Templates,
) -> Result<Vec<Template>, Delivery> {
    let set = way.set();
    match asked_for(app, connection.id, way).await {
        Ok(listed) => Ok([set, listed].concat()),
        Err(_) if !set.is_empty() => Ok(set),
        Err(delivery) => Err(delivery),
    }
}

/// The provider's list, by the connection's gate.
async fn asked_for(
    app: &App,
    id: ConnectionId,
    way: &dyn Templates,
) -> Result<Vec<Template>, Delivery> {
    let now = app.db.now();
    let place = match app.gates.enter(id, now) {
        Ok(place) => place,
        Err(wait) => {
            let later = Delivery::later("the provider is given a rest", Some(wait.as_secs()));
            return app.templates.get(id).map(|it| it.templates).ok_or(later);
        }
    };
    let listed = listed(app, id, way).await;
    let went = match &listed {
        Ok(_) => Went::Well,
        Err(Delivery::Later {
            after: Some(after), ..
        }) => Went::Throttled(*after),
        Err(_) => Went::Badly,
    };
    place.went(went, now);
    listed
}

/// The provider's list, for who has passed the gate.
pub(super) async fn listed(
    app: &App,
    id: ConnectionId,
    way: &dyn Templates,
) -> Result<Vec<Template>, Delivery> {
    let (now, known) = (app.db.now(), app.templates.get(id));
    let is_fresh = |it: &Kept| now < it.asked_at.plus_seconds(BELIEVED);
    if let Some(known) = known.as_ref().filter(|it| is_fresh(it)) {
        return Ok(known.templates.clone());
    }
    match all(app, way).await {
        Ok(templates) => {
            app.templates.set(id, &templates, now);
            Ok(templates)
        }
        Err(delivery) => known.map(|it| it.templates).ok_or(delivery),
    }
}

async fn all(app: &App, way: &dyn Templates) -> Result<Vec<Template>, Delivery> {
    let (mut templates, mut place) = (Vec::new(), None::<String>);
    for _ in 0..MOST_PARTS {
        let answer = call::make(&app.outgoing, way.ask(place.as_deref()))
            .await
            .map_err(|error| Delivery::later(error.to_string(), None))?;
        let Listed {
            templates: more,
            next,
        } = way.read(&answer)?;
        templates.extend(more);
        place = next;
        if place.is_none() {
            break;
        }
    }
    Ok(templates)
}
