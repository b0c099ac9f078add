//! Who gets into which topic, and with what an agent's join is answered.

use super::{Desk, UNAVAILABLE, refusal};
use crate::channels::{Agent, ConversationAccess, Identity, Refusal, Speaker};
use crate::failure::Failure;
use crate::http::wire;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::{ConversationId, CustomerId, EventSeq};
use serde_json::json;

/// How many events a join's reply carries; the rest is fetched in pages.
const IN_REPLY: i64 = 100;

impl Desk {
    /// A visitor may join the conversation whose customer they are; an agent those of the
    /// account that the agent sees. What is foreign and what is missing get the same answer.
    pub(super) async fn admit(
        &self,
        identity: &Identity,
        id: ConversationId,
        customer: Option<CustomerId>,
    ) -> Result<ConversationAccess, Refusal> {
        let found = self
            .0
            .db
            .read(move |conn| queries::conversations::anywhere(conn, id))
            .await;
        let held = found
            .map_err(|error: DbError| refusal(&Failure::Db(error)))?
            .ok_or(Refusal::UNAUTHORIZED)?;
        let speaker = match identity {
            Identity::Agent(agent) => {
                let visible = held.account_id == agent.account_id
                    && agent.view.shows(held.inbox_id, held.assignee_id);
                if !visible {
                    return Err(Refusal::UNAUTHORIZED);
                }
                Speaker::Agent(agent.user_id)
            }
            Identity::Anonymous => match customer {
                Some(customer) if customer == held.customer_id => Speaker::Customer(customer),
                Some(_) => return Err(Refusal::UNAUTHORIZED),
                None => Speaker::Unknown,
            },
        };
        Ok(ConversationAccess {
            conversation_id: id,
            account_id: held.account_id,
            speaker,
        })
    }

    /// What happened since an agent's client last looked, if it is little.
    pub(super) async fn catch_up(
        &self,
        agent: &Agent,
        cursor: EventSeq,
    ) -> Result<String, Refusal> {
        let account_id = agent.account_id;
        let found = self
            .0
            .db
            .read(move |conn| {
                let (newest, oldest) = queries::accounts::seqs(conn, account_id)?;
                let page = if cursor.0 + 1 < oldest.0 {
                    None
                } else {
                    Some(queries::events::since(conn, account_id, cursor, IN_REPLY)?)
                };
                Ok::<_, DbError>((newest, page))
            })
            .await
            .map_err(|_| UNAVAILABLE)?;
        let (newest, Some(page)) = found else {
            return Err(Refusal::of("resync"));
        };
        if cursor > newest {
            // A cursor from the future belongs to another database than this one.
            return Err(Refusal::of("resync"));
        }
        let more = page.last().is_some_and(|last| last.seq < newest);
        let events: Vec<_> = page
            .iter()
            .map(|event| wire::event(event, &agent.view, &self.0.links))
            .collect();
        Ok(json!({ "seq": newest, "events": events, "more": more }).to_string())
    }
}
