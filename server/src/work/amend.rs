//! Makes what a provider has of a message follow what became of it here. What is refused is told in the
//! conversation.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines::{self, Posted};
use crate::use_cases::amend;
use frontdesk_db::queries::messages::{self, MessageView};
use frontdesk_db::queries::{connections, conversations};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{
    AccountId, ConnectionId, ConversationId, DeliveryState, Message, MessageId,
};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a message that is being sent is waited for.
const SENDING: Duration = Duration::from_secs(2);

/// What became of a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    Rewritten,
    Deleted {
        /// Under which id the provider has it.
        sent: String,
    },
}

/// Has it follow.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Amend {
    connection_id: ConnectionId,
    conversation_id: ConversationId,
    message_id: MessageId,
    change: Change,
}

/// The job by which what was sent follows.
pub(crate) fn job(connection: &Connection, message: &Message, change: Change) -> NewJob {
    let what = match change {
        Change::Rewritten => "rewritten",
        Change::Deleted { .. } => "deleted",
    };
    let job = Amend {
        connection_id: connection.id,
        conversation_id: message.conversation_id,
        message_id: message.id,
        change,
    };
    NewJob::of(Some(connection.account_id.0), &job).unique(format!("{}:{what}", message.id))
}

impl Job<App> for Amend {
    const NAME: &'static str = "amend";
    const QUEUE: &'static str = "amend";

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        let account_id = AccountId(owner);
        let posted = match self.follow(&app, account_id).await {
            Ok(posted) => posted,
            Err(failure) => return Outcome::retry(failure.to_string()),
        };
        match posted {
            Posted::At(_) => Outcome::Done,
            Posted::Wait(wait) => Outcome::Snooze(wait),
            Posted::Later { why, after } if turn.attempt < Self::TRIES => {
                Outcome::Retry { why, after }
            }
            Posted::Later { why, .. } | Posted::Never(why) => {
                super::said(self.tell(&app, account_id, &why).await)
            }
        }
    }
}

/// What there is to follow.
enum Found {
    Nothing,
    /// It is being sent just now.
    Soon,
    /// It went out, and nobody knows where it stands there.
    Nowhere,
    At(Box<Connection>, String, Option<Box<MessageView>>),
}

impl Amend {
    async fn follow(&self, app: &App, account_id: AccountId) -> Done<Posted> {
        let (connection, sent, view) = match self.found(app, account_id).await? {
            Found::Nothing => return Ok(Posted::At(String::new())),
            Found::Soon => return Ok(Posted::Wait(SENDING)),
            Found::Nowhere => {
                return Ok(Posted::Never(
                    "nobody knows where it stands there".to_owned(),
                ));
            }
            Found::At(connection, sent, view) => (connection, sent, view),
        };
        let later = |why: String| Posted::Later { why, after: None };
        if !connection.is_on() {
            return Ok(later("the connection is switched off".to_owned()));
        }
        let channel = match lines::open(app, &connection).await? {
            Ok(channel) => channel,
            Err(unfit) => return Ok(later(format!("the connection is not set up: {unfit}"))),
        };
        match view {
            Some(view) => lines::rewrite(app, &connection, channel.as_ref(), &sent, &view).await,
            None => lines::take_back(app, &connection, channel.as_ref(), &sent).await,
        }
    }

    async fn found(&self, app: &App, account_id: AccountId) -> Done<Found> {
        let (connection_id, message_id) = (self.connection_id, self.message_id);
        let change = self.change.clone();
        let read = app.db.read(move |conn| {
            let Some(connection) = connections::by_id(conn, account_id, connection_id)? else {
                return Ok(Found::Nothing);
            };
            let connection = Box::new(connection);
            if let Change::Deleted { sent } = change {
                return Ok(Found::At(connection, sent, None));
            }
            // What is deleted meanwhile is taken back by a job of its own.
            let Some(view) = messages::by_id(conn, account_id, message_id)? else {
                return Ok(Found::Nothing);
            };
            Ok::<_, Failure>(match view.message.delivery.state {
                // Whoever sends it sends it as it is now.
                DeliveryState::Queued | DeliveryState::Failed => Found::Nothing,
                DeliveryState::Sending => Found::Soon,
                DeliveryState::Sent
                | DeliveryState::Delivered
                | DeliveryState::Read
                | DeliveryState::Unknown => match amend::sent_as(conn, &connection, message_id)? {
                    Some(sent) => Found::At(connection, sent, Some(Box::new(view))),
                    None => Found::Nowhere,
                },
            })
        });
        read.await
    }

    async fn tell(&self, app: &App, account_id: AccountId, why: &str) -> Done<()> {
        let id = self.conversation_id;
        let words = match self.change {
            Change::Rewritten => amend::not_changed(why),
            Change::Deleted { .. } => amend::not_deleted(why),
        };
        let told = app.db.write(account_id, move |unit| {
            match conversations::by_id(unit.conn(), account_id, id)? {
                Some(_) => amend::tell(unit, account_id, id, &words),
                None => Ok::<_, Failure>(()),
            }
        });
        told.await
    }
}
