//! What channels need from the rest of the server. Everything that must be known or kept goes
//! through [`Backend`]; nothing here knows a database.

use frontdesk_domain::actor::View;
pub use frontdesk_domain::scope::Scope;
use frontdesk_protocol::id::{
    AccountId, ApiKeyId, BrowserSessionId, ConversationId, CustomerId, EventSeq, SessionId, UserId,
};
use frontdesk_protocol::time::Timestamp;
use std::borrow::Cow;
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

/// An answer that may have to wait for the database.
pub type Answer<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Who is behind a connection.
#[derive(Debug, Clone)]
pub enum Identity {
    /// No session: a customer's page, or anyone.
    Anonymous,
    /// A signed-in user.
    Agent(Arc<Agent>),
}

/// A signed-in user's connection. It is fixed when the connection opens; whoever changes a
/// user's rights cuts the connections, and the clients come back with the new ones.
#[derive(Debug)]
pub struct Agent {
    /// The user.
    pub user_id: UserId,
    /// The user's account.
    pub account_id: AccountId,
    /// What opened the connection.
    pub credential: Credential,
    /// Which conversations the user sees.
    pub view: View,
}

/// What a user's connection was opened with. When it ends, the connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The sign-in all tokens of this device stem from.
    Session(SessionId),
    /// A personal API key.
    Key {
        /// The key.
        id: ApiKeyId,
        /// When it ends by itself.
        ends_at: Option<Timestamp>,
        /// Whether it may do more than listen.
        speech: Speech,
    },
}

/// Whether a connection may say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    /// What its user may.
    Free,
    /// It may listen.
    None,
}

impl Agent {
    /// Whether the connection may say what its user may.
    pub(super) fn may_speak(&self) -> bool {
        !matches!(
            self.credential,
            Credential::Key {
                speech: Speech::None,
                ..
            }
        )
    }

    /// Whether what opened the connection has ended by itself.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        match self.credential {
            Credential::Session(_) => false,
            Credential::Key { ends_at, .. } => ends_at.is_some_and(|at| at <= now),
        }
    }
}

/// What a client brought to its handshake.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// The session token, if one was given, however odd.
    pub token: Option<String>,
    /// Where the client connects from, if known.
    pub address: Option<IpAddr>,
}

/// The handshake is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

/// Why something was not done, in words the client gets as `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The words.
    pub reason: Cow<'static, str>,
}

impl Refusal {
    /// The answer about anything foreign or missing.
    pub const UNAUTHORIZED: Self = Self::of("unauthorized");
    /// The answer about what only an account's agents may hear.
    pub const AGENTS_ONLY: Self = Self::of("Unauthorized");
    /// The answer to whoever may listen and no more.
    pub const FORBIDDEN: Self = Self::of("forbidden");

    /// A refusal with fixed words.
    #[must_use]
    pub const fn of(reason: &'static str) -> Self {
        Self {
            reason: Cow::Borrowed(reason),
        }
    }

    /// The response that says so.
    pub(super) fn to_json(&self) -> String {
        serde_json::json!({ "reason": self.reason }).to_string()
    }
}

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The conversation's customer.
    Customer(CustomerId),
    /// A user of the account.
    Agent(UserId),
    /// Somebody who did not say who they are.
    Unknown,
}

/// A joined conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversationAccess {
    /// The conversation.
    pub conversation_id: ConversationId,
    /// Its account.
    pub account_id: AccountId,
    /// Whom the connection speaks for.
    pub speaker: Speaker,
}

/// The rest of the server, as channels see it. Durable effects are complete when their answer
/// comes; the broadcasts that follow from them are made by whoever made them durable.
pub trait Backend: Send + Sync + 'static {
    /// Says who is connecting. Asked only when a token was given.
    fn connect(&self, credentials: Credentials) -> Answer<Result<Identity, Refused>>;

    /// Lets a connection into a conversation. The customer is the one the client claims to be.
    fn join_conversation(
        &self,
        identity: &Identity,
        conversation: ConversationId,
        customer: Option<CustomerId>,
    ) -> Answer<Result<ConversationAccess, Refusal>>;

    /// The join reply of an agent that has read up to `cursor`: a JSON object. Live events after
    /// it follow by themselves.
    fn events_since(&self, agent: &Arc<Agent>, cursor: EventSeq)
    -> Answer<Result<String, Refusal>>;

    /// Whether the customer belongs to the agent's account and may be seen.
    fn sees_customer(&self, agent: &Arc<Agent>, customer: CustomerId) -> Answer<bool>;

    /// Whether there is such a recorded visit.
    fn has_replay(&self, account: AccountId, session: BrowserSessionId) -> Answer<bool>;

    /// Stores what was said in a conversation. The payload is a JSON object.
    fn shout_conversation(
        &self,
        access: ConversationAccess,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>>;

    /// Stores what an agent said, wherever the payload says. The payload is a JSON object.
    fn shout_notification(
        &self,
        agent: &Arc<Agent>,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>>;

    /// Marks a conversation as read by an agent.
    fn read(&self, agent: &Arc<Agent>, conversation: ConversationId)
    -> Answer<Result<(), Refusal>>;

    /// Marks the agents' messages of a conversation as seen by its customer.
    fn messages_seen(&self, access: ConversationAccess) -> Answer<Result<(), Refusal>>;

    /// Where a conversation of this account is now. `None`: there is none.
    fn place(&self, account: AccountId, conversation: ConversationId) -> Answer<Option<Scope>>;

    /// Keeps one recorded event. The payload is as the client sent it.
    fn replay_event(
        &self,
        account: AccountId,
        session: BrowserSessionId,
        payload: Box<str>,
    ) -> Answer<Result<(), Refusal>>;
}
