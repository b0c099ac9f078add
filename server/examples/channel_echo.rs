//! The channels without anything behind them: every conversation can be joined, and what is
//! shouted there is broadcast at once. It is what the transport alone costs, for load tests.
//!
//! `channel_echo [ADDRESS]`, by default `127.0.0.1:4000`. Topic and customer ids are UUIDs.

use axum::Router;
use frontdesk_domain::actor::View;
use frontdesk_protocol::id::{
    AccountId, BrowserSessionId, ConversationId, CustomerId, EventSeq, SessionId, UserId,
};
use frontdesk_protocol::topic::Topic;
use frontdesk_server::channels::{
    Agent, Answer, Backend, Broadcast, Channels, ConversationAccess, Credential, Credentials, Hub,
    Identity, Refusal, Refused, Scope, Settings, Speaker,
};
use frontdesk_server::tasks::Tasks;
use std::future::ready;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpSocket};

const ACCOUNT: AccountId = AccountId(uuid::Uuid::from_u128(1));

struct Echo {
    hub: Arc<Hub>,
}

fn now<T: Send + 'static>(value: T) -> Answer<T> {
    Box::pin(ready(value))
}

impl Backend for Echo {
    fn connect(&self, credentials: Credentials) -> Answer<Result<Identity, Refused>> {
        let user = credentials.token.and_then(|token| token.parse().ok());
        now(user.ok_or(Refused).map(|user| {
            Identity::Agent(Arc::new(Agent {
                user_id: UserId(user),
                account_id: ACCOUNT,
                credential: Credential::Session(SessionId::random()),
                view: View::All,
            }))
        }))
    }

    fn join_conversation(
        &self,
        identity: &Identity,
        conversation_id: ConversationId,
        customer: Option<CustomerId>,
    ) -> Answer<Result<ConversationAccess, Refusal>> {
        let speaker = match (identity, customer) {
            (Identity::Agent(agent), _) => Speaker::Agent(agent.user_id),
            (Identity::Anonymous, Some(customer)) => Speaker::Customer(customer),
            (Identity::Anonymous, None) => Speaker::Unknown,
        };
        now(Ok(ConversationAccess {
            conversation_id,
            account_id: ACCOUNT,
            speaker,
        }))
    }

    fn events_since(&self, _: &Arc<Agent>, _: EventSeq) -> Answer<Result<String, Refusal>> {
        now(Ok("{}".to_owned()))
    }

    fn sees_customer(&self, _: &Arc<Agent>, _: CustomerId) -> Answer<bool> {
        now(true)
    }

    fn has_replay(&self, _: AccountId, _: BrowserSessionId) -> Answer<bool> {
        now(true)
    }

    fn shout_conversation(
        &self,
        access: ConversationAccess,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        let topic = Topic::Conversation(access.conversation_id).to_string();
        self.hub
            .publish(&Broadcast::to_all(&topic, "shout", &payload));
        now(Ok(()))
    }

    fn shout_notification(
        &self,
        agent: &Arc<Agent>,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        let topic = Topic::Notification(agent.account_id).to_string();
        self.hub
            .publish(&Broadcast::to_all(&topic, "shout", &payload));
        now(Ok(()))
    }

    fn read(&self, _: &Arc<Agent>, _: ConversationId) -> Answer<Result<(), Refusal>> {
        now(Ok(()))
    }

    fn messages_seen(&self, _: ConversationAccess) -> Answer<Result<(), Refusal>> {
        now(Ok(()))
    }

    fn place(&self, _: AccountId, _: ConversationId) -> Answer<Option<Scope>> {
        now(Some(Scope::Account))
    }

    fn replay_event(
        &self,
        _: AccountId,
        _: BrowserSessionId,
        _: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        now(Ok(()))
    }
}

/// Listens with room for a whole storm of clients: beyond the usual 128 their connects are
/// dropped, and come back only after a second.
fn listen(address: &str) -> std::io::Result<TcpListener> {
    let address = address.parse().map_err(std::io::Error::other)?;
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(4096)
}

#[tokio::main]
async fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:4000".to_owned());
    let hub = Arc::new(Hub::new());
    let echo = Arc::new(Echo {
        hub: Arc::clone(&hub),
    });
    let settings = Settings {
        rate: None,
        ..Settings::default()
    };
    let channels = Channels::start(hub, echo, Tasks::default(), settings);
    let app: Router = channels.router();
    let served = match listen(&address) {
        Ok(listener) => axum::serve(listener, app).await,
        Err(error) => Err(error),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%address, %error, "cannot serve");
            ExitCode::FAILURE
        }
    }
}
