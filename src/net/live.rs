//! Follows an account: every event once and in order, across gaps, lost connections and
//! restarts of either side.

use super::api::{Api, ApiError};
use super::backoff;
use super::catch_up::{CatchUp, Numbered, Page, PageError};
use super::channel::Told;
use super::socket::{Socket, SocketError};
use frontdesk_protocol::id::{AccountId, ConversationId, EventSeq};
use frontdesk_protocol::topic::Topic;
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::time::Duration;
use tokio::time::{self, Sleep};

/// How many events are asked for at once.
const PAGE: usize = 500;

/// How much waits beside the events at the most.
const MOST_BESIDE: usize = 64;

/// How long a server may take to let us onto the topic.
const JOIN_PATIENCE: Duration = Duration::from_secs(10);

/// What there is to tell about the account.
#[derive(Debug)]
pub enum News {
    /// Something happened.
    Event(Box<Numbered>),
    /// The connection stands; what was missed comes now.
    Online,
    /// There is no connection; another try is made after this time.
    Offline {
        why: SocketError,
        again_in: Duration,
    },
    /// Something beside the numbered events: who is here, who is typing.
    Beside { event: String, payload: String },
    /// The server no longer has what was missed. It goes on after this event.
    StartedOver { after: EventSeq },
}

/// A follower of one account.
#[derive(Debug)]
pub struct Live {
    topic: Topic,
    patience: Duration,
    events: CatchUp,
    socket: Option<Socket>,
    /// The conversation that is looked at, so that colleagues know.
    watched: Option<ConversationId>,
    /// What came beside the events and has not been handed on.
    beside: VecDeque<(String, String)>,
    /// How often it was tried since the connection stood.
    attempt: u32,
    /// Until when the next try waits. It goes on although somebody stops waiting for it.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Live {
    /// Follows `account` from the event after `cursor` on.
    #[must_use]
    pub fn after(account: AccountId, cursor: EventSeq, patience: Duration) -> Self {
        Self {
            topic: Topic::Notification(account),
            patience,
            events: CatchUp::after(cursor),
            socket: None,
            watched: None,
            beside: VecDeque::new(),
            attempt: 0,
            pause: None,
        }
    }

    /// More events that are there already, at most so many.
    pub fn ready(&mut self, most: usize) -> Vec<Numbered> {
        std::iter::from_fn(|| self.events.take_next())
            .take(most)
            .collect()
    }

    /// Whether there are events that the server has spoken of and that were not handed on.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.events.is_behind()
    }

    /// Whether nothing is under way that would have to begin anew if nobody waited for it.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.pause.is_some() || (self.socket.is_some() && !self.is_behind())
    }

    /// Makes the next try now.
    pub fn hurry(&mut self) {
        self.pause = None;
        self.attempt = 0;
    }

    /// Says something on the account's topic, if there is a connection. What is said this way
    /// may be lost.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn say(&mut self, event: &str, payload: &str) -> Result<(), SocketError> {
        match &mut self.socket {
            Some(socket) => socket.say(&self.topic, event, payload).await,
            None => Ok(()),
        }
    }

    /// Looks at a conversation, and no more at the one before, now and whenever the connection
    /// comes back.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn watch(&mut self, conversation: Option<ConversationId>) -> Result<(), SocketError> {
        let before = std::mem::replace(&mut self.watched, conversation);
        let Some(socket) = &mut self.socket else {
            return Ok(());
        };
        if let Some(before) = before.filter(|it| Some(*it) != conversation) {
            socket.leave(&Topic::Conversation(before)).await?;
        }
        match conversation {
            Some(id) => socket.join(&Topic::Conversation(id), "{}").await,
            None => Ok(()),
        }
    }

    /// Waits for the next piece of news.
    ///
    /// # Errors
    /// When going on makes no sense: the session is over, or the server makes none.
    pub async fn next(&mut self, api: &mut Api) -> Result<News, LiveError> {
        loop {
            if let Some(event) = self.events.take_next() {
                return Ok(News::Event(Box::new(event)));
            }
            if let Some((event, payload)) = self.beside.pop_front() {
                return Ok(News::Beside { event, payload });
            }
            let step = if self.socket.is_none() {
                self.connect(api).await
            } else if let Some(after) = self.events.missing_after() {
                self.fetch(api, after).await
            } else {
                self.listen().await
            };
            match step {
                Ok(Some(news)) => return Ok(news),
                Ok(None) => {}
                Err(Trouble::Socket(why)) => return Ok(self.lost(why)),
                Err(Trouble::Resync(newest)) => return self.start_over(api, newest).await,
                Err(Trouble::Fatal(error)) => return Err(error),
            }
        }
    }

    async fn connect(&mut self, api: &mut Api) -> Result<Option<News>, Trouble> {
        if let Some(pause) = &mut self.pause {
            pause.await;
        }
        self.pause = None;
        let token = api.access();
        let opened = Socket::open(api.address(), &token, self.patience).await;
        let mut socket = match opened {
            Ok(socket) => socket,
            Err(SocketError::Refused) => {
                api.renew(&token).await?;
                Socket::open(api.address(), &api.access(), self.patience).await?
            }
            Err(why) => return Err(why.into()),
        };
        let params = json!({ "cursor": self.events.cursor() }).to_string();
        let joining = join(&mut socket, &self.topic, &params);
        let joined = time::timeout(JOIN_PATIENCE, joining).await;
        let response = joined.map_err(|_| SocketError::TooLate)??;
        let page: Page = serde_json::from_str(&response).map_err(LiveError::Answer)?;
        self.events.page(page).map_err(LiveError::Page)?;
        if let Some(id) = self.watched {
            socket.join(&Topic::Conversation(id), "{}").await?;
        }
        self.socket = Some(socket);
        self.attempt = 0;
        Ok(Some(News::Online))
    }

    /// Fetches a page of what is missing, and keeps listening meanwhile.
    async fn fetch(&mut self, api: &mut Api, after: EventSeq) -> Result<Option<News>, Trouble> {
        let Self {
            socket,
            events,
            topic,
            beside,
            ..
        } = self;
        let Some(socket) = socket else {
            return Ok(None);
        };
        let mut fetching = pin!(api.events(after, PAGE));
        let page = loop {
            tokio::select! {
                page = &mut fetching => break page?,
                told = socket.next() => take(events, beside, topic, told?)?,
            }
        };
        events.page(page).map_err(LiveError::Page)?;
        Ok(None)
    }

    async fn listen(&mut self) -> Result<Option<News>, Trouble> {
        let Some(socket) = &mut self.socket else {
            return Ok(None);
        };
        let told = socket.next().await?;
        take(&mut self.events, &mut self.beside, &self.topic, told)?;
        Ok(None)
    }

    fn lost(&mut self, why: SocketError) -> News {
        self.socket = None;
        let again_in = backoff::delay(self.attempt, backoff::chance());
        self.pause = Some(Box::pin(time::sleep(again_in)));
        self.attempt = self.attempt.saturating_add(1);
        News::Offline { why, again_in }
    }

    async fn start_over(
        &mut self,
        api: &mut Api,
        newest: Option<EventSeq>,
    ) -> Result<News, LiveError> {
        let after = match newest {
            Some(newest) => newest,
            None => newest_event(api).await.map_err(LiveError::Api)?,
        };
        self.socket = None;
        self.events = CatchUp::after(after);
        Ok(News::StartedOver { after })
    }
}

/// The number of the newest event of the account.
///
/// # Errors
/// When the server does not say.
pub async fn newest_event(api: &mut Api) -> Result<EventSeq, ApiError> {
    match api.events(EventSeq(0), 1).await {
        Ok(page) => Ok(page.seq),
        Err(ApiError::Resync {
            newest: Some(newest),
        }) => Ok(newest),
        Err(error) => Err(error),
    }
}

/// Why following ended.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    #[error(transparent)]
    Api(ApiError),
    #[error(transparent)]
    Page(PageError),
    #[error("the server's answer to the join makes no sense")]
    Answer(#[source] serde_json::Error),
    #[error("the server does not let this user follow the account: {0}")]
    NotLetIn(String),
}

/// What stops one step.
enum Trouble {
    Socket(SocketError),
    Resync(Option<EventSeq>),
    Fatal(LiveError),
}

impl From<SocketError> for Trouble {
    fn from(error: SocketError) -> Self {
        Self::Socket(error)
    }
}

impl From<LiveError> for Trouble {
    fn from(error: LiveError) -> Self {
        Self::Fatal(error)
    }
}

impl From<ApiError> for Trouble {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Resync { newest } => Self::Resync(newest),
            // The connection is given up with it, and both come back together.
            error if error.may_pass() => Self::Socket(SocketError::Ended(format!(": {error}"))),
            error => Self::Fatal(LiveError::Api(error)),
        }
    }
}

/// Joins the topic and gives what the server answers.
async fn join(socket: &mut Socket, topic: &Topic, params: &str) -> Result<String, Trouble> {
    socket.join(topic, params).await?;
    loop {
        match socket.next().await? {
            Told::Joined { response, .. } => return Ok(response),
            Told::Refused { reason, .. } => return Err(not_let_in(reason)),
            Told::Closed { .. } | Told::Crashed { .. } => {
                return Err(SocketError::Ended(String::new()).into());
            }
            Told::Pushed { .. } | Told::Answered { .. } => {}
        }
    }
}

fn not_let_in(reason: String) -> Trouble {
    if reason == "resync" {
        Trouble::Resync(None)
    } else {
        LiveError::NotLetIn(reason).into()
    }
}

fn take(
    events: &mut CatchUp,
    beside: &mut VecDeque<(String, String)>,
    topic: &Topic,
    told: Told,
) -> Result<(), Trouble> {
    match told {
        Told::Pushed {
            topic: on,
            event,
            payload,
        } if on == *topic && event == "event" => {
            let json = RawValue::from_string(payload).map_err(LiveError::Answer)?;
            let event = Numbered::read(json).map_err(|error| LiveError::Page(error.into()))?;
            events.arrived(event);
            Ok(())
        }
        Told::Pushed {
            topic: on,
            event,
            payload,
        } if on == *topic => {
            // Nobody misses who typed long ago.
            if beside.len() == MOST_BESIDE {
                beside.pop_front();
            }
            beside.push_back((event, payload));
            Ok(())
        }
        Told::Closed { topic: on }
        | Told::Crashed { topic: on }
        | Told::Refused { topic: on, .. }
            if on == *topic =>
        {
            Err(SocketError::Ended(" (the topic was closed)".to_owned()).into())
        }
        // What is said on the conversation that is looked at comes on the account's topic too.
        _ => Ok(()),
    }
}
