//! Which conversations are meant, as they are when it is asked.

use crate::app::App;
use crate::failure::Outcome;
use frontdesk_db::queries::{accounts, find};
use frontdesk_domain::search::Search;
use frontdesk_domain::{Actor, ConversationId};
use std::collections::HashSet;

/// What conversations a run is about.
pub(crate) enum Which {
    These(Vec<ConversationId>),
    /// Those a search finds.
    Found(String),
}

/// So many are looked up or written down at once.
pub(crate) const AT_ONCE: usize = 1_000;

/// All of them, each once, in the order they were named or found.
pub(crate) async fn choose(app: &App, actor: &Actor, which: Which) -> Outcome<Vec<ConversationId>> {
    let mut seen = HashSet::new();
    match which {
        Which::These(ids) => Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect()),
        Which::Found(text) => {
            let account_id = actor.account_id;
            let account = app
                .db
                .read(move |conn| accounts::by_id(conn, account_id))
                .await?;
            let zone = account.and_then(|account| account.time_zone);
            let search = Search::parse(&text, zone.as_deref());
            let (mut ids, mut at) = (Vec::new(), None);
            loop {
                let (actor, search) = (actor.clone(), search.clone());
                let page = app
                    .db
                    .read(move |conn| find::chosen(conn, &actor, &search, at));
                let (found, next) = page.await?;
                ids.extend(found.into_iter().filter(|id| seen.insert(*id)));
                if next.is_none() {
                    return Ok(ids);
                }
                at = next;
            }
        }
    }
}
