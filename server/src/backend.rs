//! What channels ask of the rest of the server.

mod join;
mod shout;

use crate::app::App;
use crate::channels::{
    Agent, Answer, Backend, ConversationAccess, Credential, Credentials, Identity, Refusal,
    Refused, Scope, Speech,
};
use crate::failure::{Failure, Outcome};
use crate::http::{Caller, Via, by_socket_token};
use crate::use_cases;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{AccountId, Actor, BrowserSessionId, ConversationId, CustomerId, EventSeq};
use std::sync::Arc;

/// The server, as channels see it.
#[derive(Debug, Clone)]
pub(crate) struct Desk(pub(crate) App);

/// The word for whatever the database could not do.
const UNAVAILABLE: Refusal = Refusal::of("unavailable");

/// What a failure is called in a channel's reply.
fn refusal(failure: &Failure) -> Refusal {
    match failure {
        Failure::Refused(frontdesk_domain::Refusal::NotFound) => Refusal::UNAUTHORIZED,
        Failure::Refused(frontdesk_domain::Refusal::Forbidden)
        | Failure::WrongSignature
        | Failure::Unsigned
        | Failure::NoSuchLink
        | Failure::LinkExpired => Refusal::FORBIDDEN,
        Failure::Refused(frontdesk_domain::Refusal::Stale { .. }) => Refusal::of("stale"),
        Failure::Refused(_) | Failure::KeyReused | Failure::NoRoom => Refusal::of("invalid"),
        Failure::Unreadable(error) => {
            tracing::error!(%error, "a channel's wish needs a secret that cannot be read");
            UNAVAILABLE
        }
        Failure::File(error) => {
            let error = error as &dyn std::error::Error;
            tracing::error!(
                error,
                "a channel's wish needs a file that cannot be reached"
            );
            UNAVAILABLE
        }
        Failure::Db(error) => {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "a channel's wish failed"
            );
            UNAVAILABLE
        }
    }
}

/// What a caller's connection hangs on, and what it may do there.
fn credential(caller: &Caller) -> Credential {
    let may_work = policy::allows(&caller.agent.actor(), Permission::WorkConversations).is_ok();
    match (caller.agent.via(), &caller.key) {
        (Via::Session(id), _) => Credential::Session(id),
        (Via::Key(id), key) => Credential::Key {
            id,
            ends_at: key.as_ref().and_then(|key| key.expires_at),
            speech: if may_work { Speech::Free } else { Speech::None },
        },
    }
}

fn answered<T>(outcome: Outcome<T>) -> Result<T, Refusal> {
    outcome.map_err(|failure| refusal(&failure))
}

impl Desk {
    /// The user behind a socket as decisions see it now, whatever it was at the handshake.
    async fn actor(&self, agent: &Agent) -> Outcome<Actor> {
        self.agent_actor(agent.account_id, agent.user_id).await
    }
}

impl Backend for Desk {
    fn connect(&self, credentials: Credentials) -> Answer<Result<Identity, Refused>> {
        let app = self.0.clone();
        Box::pin(async move {
            let token = credentials.token.ok_or(Refused)?;
            let caller = by_socket_token(&app, &token)
                .await
                .map_err(|_| Refused)?
                .ok_or(Refused)?;
            Ok(Identity::Agent(Arc::new(Agent {
                user_id: caller.agent.user_id(),
                account_id: caller.agent.account_id(),
                credential: credential(&caller),
                view: caller.agent.view(),
            })))
        })
    }

    fn join_conversation(
        &self,
        identity: &Identity,
        conversation: ConversationId,
        customer: Option<CustomerId>,
    ) -> Answer<Result<ConversationAccess, Refusal>> {
        let (desk, identity) = (self.clone(), identity.clone());
        Box::pin(async move { desk.admit(&identity, conversation, customer).await })
    }

    fn events_since(
        &self,
        agent: &Arc<Agent>,
        cursor: EventSeq,
    ) -> Answer<Result<String, Refusal>> {
        let (desk, agent) = (self.clone(), Arc::clone(agent));
        Box::pin(async move { desk.catch_up(&agent, cursor).await })
    }

    fn sees_customer(&self, agent: &Arc<Agent>, customer: CustomerId) -> Answer<bool> {
        let (db, account_id) = (self.0.db.clone(), agent.account_id);
        Box::pin(async move {
            let found = db
                .read(move |conn| queries::customers::by_id(conn, account_id, customer))
                .await;
            found.is_ok_and(|customer| customer.is_some())
        })
    }

    fn has_replay(&self, account: AccountId, session: BrowserSessionId) -> Answer<bool> {
        let db = self.0.db.clone();
        Box::pin(async move {
            let found = db
                .read(move |conn| queries::browser_sessions::by_id(conn, account, session))
                .await;
            found.is_ok_and(|session| session.is_some())
        })
    }

    fn shout_conversation(
        &self,
        access: ConversationAccess,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        let desk = self.clone();
        Box::pin(async move { answered(desk.say_in_conversation(access, &payload).await) })
    }

    fn shout_notification(
        &self,
        agent: &Arc<Agent>,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        let (desk, agent) = (self.clone(), Arc::clone(agent));
        Box::pin(async move { answered(desk.say_as_agent(&agent, &payload).await) })
    }

    fn read(&self, agent: &Arc<Agent>, id: ConversationId) -> Answer<Result<(), Refusal>> {
        let (desk, agent) = (self.clone(), Arc::clone(agent));
        Box::pin(async move {
            let actor = desk
                .actor(&agent)
                .await
                .map_err(|failure| refusal(&failure))?;
            let marked = desk
                .0
                .db
                .write(actor.account_id, move |unit| {
                    use_cases::read::mark_read_aloud(unit, &actor, id)
                })
                .await;
            answered(marked)
        })
    }

    fn messages_seen(&self, access: ConversationAccess) -> Answer<Result<(), Refusal>> {
        let desk = self.clone();
        Box::pin(async move { answered(desk.saw(access).await) })
    }

    fn place(&self, account: AccountId, id: ConversationId) -> Answer<Option<Scope>> {
        let db = self.0.db.clone();
        Box::pin(async move {
            let found = db
                .read(move |conn| queries::conversations::by_id(conn, account, id))
                .await;
            let found: Result<_, DbError> = found;
            found.ok().flatten().map(|held| Scope::Conversation {
                inbox: held.inbox_id,
                assignee: held.assignee_id,
            })
        })
    }

    fn replay_event(
        &self,
        account: AccountId,
        session: BrowserSessionId,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        let desk = self.clone();
        Box::pin(async move { answered(desk.keep_replay(account, session, payload).await) })
    }
}
