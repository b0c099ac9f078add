//! Messages on their way out by a channel's connector. Chat needs none of this: who stores a chat
//! message writes no job.
//!
//! One job per conversation hands its messages over in their order. What was being handed over when a
//! server died may have arrived: unless the connector knows repetitions by itself, such a message is
//! shown as uncertain and never sent again by the server.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::{lines, mail};
use frontdesk_db::queries::messages::{MessageView, outgoing};
use frontdesk_db::queries::{conversations, customers, events, jobs};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, Customer, DeliveryState, EventDraft, EventKind,
    MessageId, Source,
};
use frontdesk_jobs::{Job, Outcome, Turn};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// What a connector gets.
#[derive(Debug)]
pub struct Outgoing {
    pub conversation: Conversation,
    pub customer: Customer,
    pub message: MessageView,
}

/// What came of handing a message over. The words are shown to agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    Sent,
    /// It went out, and not to everybody.
    Partly {
        why: String,
    },
    /// Nothing was sent, and it may go better later.
    Later {
        why: String,
        after: Option<Duration>,
    },
    /// Nothing was tried: it is not its turn, which is no failure.
    Wait(Duration),
    /// It will never go.
    Refused {
        why: String,
    },
    /// It may have been sent; nobody can say.
    Uncertain {
        why: String,
    },
}

/// What it means to hand the same message over twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeated {
    /// The other side knows it again by its id.
    Harmless,
    /// The customer gets it twice.
    Doubles,
}

/// A connector's way out.
pub trait Deliverer: std::fmt::Debug + Send + Sync {
    /// Hands a message over, in bounded time.
    fn deliver(&self, outgoing: Outgoing) -> BoxFuture<'_, Handed>;

    fn repeated(&self) -> Repeated;

    /// After how many tries it is given up.
    fn tries(&self) -> u32 {
        TRIES
    }
}

/// Tries where a channel says nothing else: half a day.
const TRIES: u32 = 20;

/// Tries of the most patient channel.
const MOST_TRIES: u32 = 60;

/// The ways out there are, by where a conversation came from.
pub type Deliverers = HashMap<Source, Arc<dyn Deliverer>>;

/// Hands over the messages of a conversation that wait.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Deliver {
    conversation_id: ConversationId,
}

impl Job<App> for Deliver {
    const NAME: &'static str = jobs::DELIVER;
    const QUEUE: &'static str = jobs::DELIVER;
    const LIMIT: Duration = Duration::from_secs(600);
    const TRIES: u32 = MOST_TRIES;

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        loop {
            match one(&app, AccountId(owner), self.conversation_id, turn.attempt).await {
                Ok(Step::Next) => {}
                Ok(Step::Nothing) => return Outcome::Done,
                Ok(Step::Wait { why, after }) => return Outcome::Retry { why, after },
                Ok(Step::Sleep(wait)) => return Outcome::Snooze(wait),
                Err(failure) => return Outcome::retry(failure.to_string()),
            }
        }
    }
}

enum Step {
    Next,
    Nothing,
    Wait {
        why: String,
        after: Option<Duration>,
    },
    Sleep(Duration),
}

/// What to do with the first message that waits.
enum Begun {
    Nothing,
    /// It cannot be handed over, and now says so.
    Ended,
    Hand(Arc<dyn Deliverer>, Box<Outgoing>),
}

async fn one(app: &App, account_id: AccountId, id: ConversationId, attempt: u32) -> Done<Step> {
    let parts = app.clone();
    let begun = app
        .db
        .write(account_id, move |unit| begin(unit, &parts, account_id, id))
        .await?;
    let (deliverer, outgoing) = match begun {
        Begun::Nothing => return Ok(Step::Nothing),
        Begun::Ended => return Ok(Step::Next),
        Begun::Hand(deliverer, outgoing) => (deliverer, outgoing),
    };
    let message_id = outgoing.message.message.id;
    let handed = deliverer.deliver(*outgoing).await;
    let patience = if attempt >= deliverer.tries() {
        Patience::AtItsEnd
    } else {
        Patience::Left
    };
    let (state, reason) = shown(&handed, patience);
    app.db
        .write(account_id, move |unit| {
            settle(unit, account_id, id, message_id, state, reason.as_ref())
        })
        .await?;
    Ok(match (handed, state) {
        (Handed::Wait(wait), _) => Step::Sleep(wait),
        (Handed::Later { why, after }, DeliveryState::Queued) => Step::Wait { why, after },
        _ => Step::Next,
    })
}

/// Whether a message is tried again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Patience {
    Left,
    AtItsEnd,
}

/// How far a message has come by what its connector said.
fn shown(handed: &Handed, patience: Patience) -> (DeliveryState, Option<String>) {
    match handed {
        Handed::Sent => (DeliveryState::Sent, None),
        Handed::Wait(_) => (DeliveryState::Queued, None),
        Handed::Partly { why } => (DeliveryState::Sent, Some(why.clone())),
        Handed::Later { why, .. } if patience == Patience::AtItsEnd => {
            (DeliveryState::Failed, Some(why.clone()))
        }
        Handed::Later { why, .. } => (DeliveryState::Queued, Some(why.clone())),
        Handed::Refused { why } => (DeliveryState::Failed, Some(why.clone())),
        Handed::Uncertain { why } => (DeliveryState::Unknown, Some(why.clone())),
    }
}

/// Takes the first message that waits in hand, in the unit that says so to everybody.
fn begin(unit: &mut Unit<'_>, app: &App, account_id: AccountId, id: ConversationId) -> Done<Begun> {
    let Some(message) = outgoing::first(unit.conn(), account_id, id)? else {
        return Ok(Begun::Nothing);
    };
    let Some(conversation) = conversations::by_id(unit.conn(), account_id, id)? else {
        return Ok(Begun::Nothing);
    };
    let (message_id, state) = (message.message.id, message.message.delivery.state);
    let Some(deliverer) = way(app, conversation.source) else {
        let why = format!("nothing here sends {} yet", conversation.source);
        set(
            unit,
            account_id,
            id,
            message_id,
            DeliveryState::Failed,
            Some(&why),
        )?;
        return Ok(Begun::Ended);
    };
    if state == DeliveryState::Sending && deliverer.repeated() == Repeated::Doubles {
        let why = "the server stopped while it was being sent".to_owned();
        set(
            unit,
            account_id,
            id,
            message_id,
            DeliveryState::Unknown,
            Some(&why),
        )?;
        return Ok(Begun::Ended);
    }
    let customer = customers::by_id(unit.conn(), account_id, conversation.customer_id)?;
    let customer = customer.ok_or(Failure::Db(DbError::Dangling))?;
    set(
        unit,
        account_id,
        id,
        message_id,
        DeliveryState::Sending,
        None,
    )?;
    Ok(Begun::Hand(
        deliverer,
        Box::new(Outgoing {
            conversation,
            customer,
            message,
        }),
    ))
}

/// The way out of what came from here.
fn way(app: &App, source: Source) -> Option<Arc<dyn Deliverer>> {
    let given = app.deliverers.get(&source).map(Arc::clone);
    given
        .or_else(|| lines::way(app, source))
        .or_else(|| mail::way(app, source))
}

/// Says what came of handing a message over, unless a receipt was faster.
fn settle(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    conversation_id: ConversationId,
    id: MessageId,
    state: DeliveryState,
    reason: Option<&String>,
) -> Done<()> {
    if outgoing::settle(unit, account_id, id, state, reason)? {
        let event = EventDraft::within(EventKind::MessageUpdated, conversation_id, id.0);
        events::emit(unit, account_id, None, event)?;
    }
    Ok(())
}

/// Says how far a message has come.
fn set(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    conversation_id: ConversationId,
    id: MessageId,
    state: DeliveryState,
    reason: Option<&String>,
) -> Done<()> {
    if outgoing::set(unit, account_id, id, state, reason)? {
        let event = EventDraft::within(EventKind::MessageUpdated, conversation_id, id.0);
        events::emit(unit, account_id, None, event)?;
    }
    Ok(())
}
