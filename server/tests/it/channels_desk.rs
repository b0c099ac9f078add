//! Channels on a real port, in front of a backend that needs no database.

use axum::Router;
use axum::extract::connect_info::MockConnectInfo;
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
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use std::future::ready;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

pub(crate) const ACCOUNT: AccountId = AccountId(uuid::Uuid::from_u128(1));
pub(crate) const CONVERSATION: ConversationId = ConversationId(uuid::Uuid::from_u128(2));
pub(crate) const CUSTOMER: CustomerId = CustomerId(uuid::Uuid::from_u128(3));
pub(crate) const SESSION: SessionId = SessionId(uuid::Uuid::from_u128(4));

/// Publishes what is shouted. A shout that says `"wait"` is stored only when the test allows it.
pub(crate) struct Echo {
    hub: Arc<Hub>,
    pub(crate) allowed: Arc<Semaphore>,
}

fn now<T: Send + 'static>(value: T) -> Answer<T> {
    Box::pin(ready(value))
}

impl Backend for Echo {
    fn connect(&self, credentials: Credentials) -> Answer<Result<Identity, Refused>> {
        let agent = Agent {
            user_id: UserId(7),
            account_id: ACCOUNT,
            credential: Credential::Session(SESSION),
            view: View::All,
        };
        let is_good = credentials.token.as_deref() == Some("good");
        now(if is_good {
            Ok(Identity::Agent(Arc::new(agent)))
        } else {
            Err(Refused)
        })
    }

    fn join_conversation(
        &self,
        _: &Identity,
        conversation_id: ConversationId,
        customer: Option<CustomerId>,
    ) -> Answer<Result<ConversationAccess, Refusal>> {
        let speaker = customer.map_or(Speaker::Unknown, Speaker::Customer);
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
        let (hub, allowed) = (Arc::clone(&self.hub), Arc::clone(&self.allowed));
        Box::pin(async move {
            if payload.contains("\"wait\"") {
                allowed.acquire().await.unwrap().forget();
            }
            let topic = Topic::Conversation(access.conversation_id).to_string();
            hub.publish(&Broadcast::to_all(&topic, "shout", &payload));
            Ok(())
        })
    }

    fn shout_notification(&self, _: &Arc<Agent>, _: Box<str>) -> Answer<Result<(), Refusal>> {
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

pub(crate) struct Desk {
    pub(crate) channels: Arc<Channels>,
    pub(crate) backend: Arc<Echo>,
    pub(crate) address: SocketAddr,
    /// Serving ends when this is dropped.
    _serving: JoinSet<()>,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let hub = Arc::new(Hub::new());
        let backend = Arc::new(Echo {
            hub: Arc::clone(&hub),
            allowed: Arc::new(Semaphore::new(0)),
        });
        let channels = Channels::start(
            hub,
            Arc::clone(&backend) as Arc<dyn Backend>,
            Tasks::default(),
            settings,
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app: Router = channels.router();
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            channels,
            backend,
            address,
            _serving: serving,
        }
    }

    /// The routes alone, without a port.
    pub(crate) fn router(&self) -> Router {
        self.channels.router().layer(MockConnectInfo(self.address))
    }

    pub(crate) fn url(&self, query: &str) -> String {
        format!("ws://{}/socket/websocket?{query}", self.address)
    }

    pub(crate) async fn connect(&self, query: &str) -> Client {
        self.try_connect(query, &[]).await.unwrap()
    }

    pub(crate) async fn try_connect(
        &self,
        query: &str,
        headers: &[(&'static str, &'static str)],
    ) -> Result<Client, Error> {
        let mut request = self.url(query).into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (socket, _response) = client_async(request, stream).await?;
        Ok(Client { socket })
    }

    /// A version 2 client on the conversation.
    pub(crate) async fn joined(&self) -> Client {
        let mut client = self.connect("vsn=2.0.0").await;
        client
            .say(&format!(
                r#"["1","1","conversation:{CONVERSATION}","phx_join",{{}}]"#
            ))
            .await;
        assert_eq!(client.hear().await[4]["status"], "ok");
        client
    }

    pub(crate) fn publish(&self, event: &str, payload: &str) {
        let topic = Topic::Conversation(CONVERSATION).to_string();
        self.channels
            .hub()
            .publish(&Broadcast::to_all(&topic, event, payload));
    }

    /// Waits until no connection is left.
    pub(crate) async fn empty(&self) {
        while self.channels.counts().sockets > 0 {
            tokio::task::yield_now().await;
        }
    }
}

pub(crate) struct Client {
    pub(crate) socket: WebSocketStream<TcpStream>,
}

impl Client {
    pub(crate) async fn say(&mut self, frame: &str) {
        self.socket.send(Message::text(frame)).await.unwrap();
    }

    /// The next message, whatever it is.
    pub(crate) async fn next(&mut self) -> Message {
        self.socket.next().await.unwrap().unwrap()
    }

    /// The next frame.
    pub(crate) async fn hear(&mut self) -> Value {
        let message = self.next().await;
        let Message::Text(text) = &message else {
            panic!("not a frame: {message:?}")
        };
        serde_json::from_str(text).unwrap()
    }

    /// The code the server closes with.
    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next().await {
                return frame.unwrap().code.into();
            }
        }
    }
}
