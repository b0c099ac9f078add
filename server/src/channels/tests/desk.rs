//! A desk for tests: a backend that knows one account, and clients without a network.

use crate::channels::session::{Session, Step};
use crate::channels::sink::{Ending, Sink, Written};
use crate::channels::ws::encode::unframe;
use crate::channels::{
    Agent, Answer, Backend, Channels, ConversationAccess, Credential, Credentials, Hub, Identity,
    Refusal, Refused, Scope, Settings, Speaker,
};
use crate::tasks::Tasks;
use frontdesk_db::ManualClock;
use frontdesk_domain::actor::View;
use frontdesk_protocol::frame::{FrameError, Serializer};
use frontdesk_protocol::id::{
    AccountId, BrowserSessionId, ConversationId, CustomerId, EventSeq, SessionId, UserId,
};
use frontdesk_protocol::time::Timestamp;
use parking_lot::Mutex;
use serde_json::Value;
use std::collections::VecDeque;
use std::future::ready;
use std::sync::Arc;

pub(super) const ACCOUNT: AccountId = AccountId(uuid::Uuid::from_u128(1));
pub(super) const CONVERSATION: ConversationId = ConversationId(uuid::Uuid::from_u128(2));
pub(super) const CUSTOMER: CustomerId = CustomerId(uuid::Uuid::from_u128(3));
pub(super) const REPLAY: BrowserSessionId = BrowserSessionId(uuid::Uuid::from_u128(4));

/// Knows [`CONVERSATION`] of [`ACCOUNT`] and writes down what it was asked to keep.
#[derive(Default)]
pub(super) struct Known {
    pub(super) kept: Mutex<Vec<String>>,
}

fn now<T: Send + 'static>(value: T) -> Answer<T> {
    Box::pin(ready(value))
}

impl Known {
    fn keep(&self, what: String) -> Answer<Result<(), Refusal>> {
        let refused = what.contains("refuse me");
        self.kept.lock().push(what);
        now(if refused {
            Err(Refusal::of("is invalid"))
        } else {
            Ok(())
        })
    }
}

impl Backend for Known {
    fn connect(&self, _: Credentials) -> Answer<Result<Identity, Refused>> {
        now(Err(Refused))
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
        now(if conversation_id == CONVERSATION {
            Ok(ConversationAccess {
                conversation_id,
                account_id: ACCOUNT,
                speaker,
            })
        } else {
            Err(Refusal::UNAUTHORIZED)
        })
    }

    fn events_since(&self, _: &Arc<Agent>, cursor: EventSeq) -> Answer<Result<String, Refusal>> {
        now(Ok(format!("{{\"after\":{cursor}}}")))
    }

    fn sees_customer(&self, _: &Arc<Agent>, customer: CustomerId) -> Answer<bool> {
        now(customer == CUSTOMER)
    }

    fn has_replay(&self, account: AccountId, session: BrowserSessionId) -> Answer<bool> {
        now((account, session) == (ACCOUNT, REPLAY))
    }

    fn shout_conversation(
        &self,
        access: ConversationAccess,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        self.keep(format!("{:?} shouts {payload}", access.speaker))
    }

    fn shout_notification(&self, _: &Arc<Agent>, payload: Box<str>) -> Answer<Result<(), Refusal>> {
        self.keep(format!("agent shouts {payload}"))
    }

    fn read(&self, agent: &Arc<Agent>, _: ConversationId) -> Answer<Result<(), Refusal>> {
        self.keep(format!("{} reads", agent.user_id))
    }

    fn messages_seen(&self, access: ConversationAccess) -> Answer<Result<(), Refusal>> {
        self.keep(format!("{:?} sees", access.speaker))
    }

    fn place(&self, account: AccountId, conversation: ConversationId) -> Answer<Option<Scope>> {
        let known = (account, conversation) == (ACCOUNT, CONVERSATION);
        let assignee = Some(UserId(1));
        now(known.then_some(Scope::Conversation {
            inbox: None,
            assignee,
        }))
    }

    fn replay_event(
        &self,
        _: AccountId,
        _: BrowserSessionId,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>> {
        self.keep(format!("replay {payload}"))
    }
}

pub(super) struct Desk {
    pub(super) backend: Arc<Known>,
    pub(super) channels: Arc<Channels>,
}

impl Desk {
    pub(super) fn open() -> Self {
        Self::with(Settings::default())
    }

    pub(super) fn with(mut settings: Settings) -> Self {
        let backend = Arc::new(Known::default());
        let clock = Arc::new(ManualClock::at(Timestamp::from_seconds(1_700_000_000)));
        settings.clock = clock;
        let channels = Channels::start(
            Arc::default(),
            Arc::clone(&backend) as Arc<dyn Backend>,
            Tasks::default(),
            settings,
        );
        Self { backend, channels }
    }

    pub(super) fn hub(&self) -> &Hub {
        self.channels.hub()
    }

    pub(super) fn visitor(&self) -> Client {
        self.client(Serializer::V2, Identity::Anonymous)
    }

    pub(super) fn agent(&self, user: i64, view: View) -> Client {
        self.client(Serializer::V2, identity(user, view))
    }

    pub(super) fn client(&self, serializer: Serializer, identity: Identity) -> Client {
        let sink = self.channels.registry.open(serializer, identity, 45);
        let session = Session::new(Arc::clone(&self.channels), Arc::clone(&sink));
        Client { sink, session }
    }
}

pub(super) fn identity(user: i64, view: View) -> Identity {
    Identity::Agent(Arc::new(Agent {
        user_id: UserId(user),
        account_id: ACCOUNT,
        credential: Credential::Session(SessionId(uuid::Uuid::from_u128(u128::from(
            user.unsigned_abs(),
        )))),
        view,
    }))
}

pub(super) struct Client {
    sink: Arc<Sink>,
    session: Session,
}

impl Client {
    /// Says one frame and waits until it is dealt with.
    pub(super) async fn say(&mut self, frame: &Value) {
        self.try_say(&frame.to_string()).await.unwrap();
    }

    pub(super) async fn try_say(&mut self, frame: &str) -> Result<(), FrameError> {
        if let Step::Wait(work) = self.session.text(frame)? {
            self.session.resume(work.await);
        }
        Ok(())
    }

    /// Says one frame and hands over the answers.
    pub(super) async fn ask(&mut self, frame: Value) -> Vec<Value> {
        self.say(&frame).await;
        self.hear()
    }

    /// Everything that has come so far.
    pub(super) fn hear(&self) -> Vec<Value> {
        let mut batch = VecDeque::new();
        self.sink.take(Written::default(), &mut batch);
        let written = Written {
            frames: batch.len(),
            bytes: batch.iter().map(bytes::Bytes::len).sum(),
        };
        self.sink.settle(written);
        batch
            .iter()
            .map(|frame| serde_json::from_slice(&unframe(frame).0).unwrap())
            .collect()
    }

    /// The events of everything that has come so far.
    pub(super) fn hear_events(&self) -> Vec<String> {
        let name = |frame: Value| frame[3].as_str().unwrap().to_owned();
        self.hear().into_iter().map(name).collect()
    }

    pub(super) fn ending(&self) -> Ending {
        self.sink.ending()
    }

    pub(super) fn id(&self) -> crate::channels::SocketId {
        self.sink.id
    }
}
