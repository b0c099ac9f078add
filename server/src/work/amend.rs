//! Makes what a provider has of a message follow what became of it here. What is refused is told in the
//! conversation.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines::{self, Posted};
use crate::use_cases::amend;
use crate::work::seat;
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

/// Whose copy of a message follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Whose {
    #[default]
    Customers,
    /// What the team was told in its own channel.
    Teams,
}

impl Whose {
    /// Where it stands, in words.
    pub(crate) const fn place(self) -> &'static str {
        match self {
            Self::Customers => "in Slack",
            Self::Teams => "in the team's channel in Slack",
        }
    }
}

/// Has it follow.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Amend {
    #[serde(default)]
    whose: Whose,
    connection_id: ConnectionId,
    conversation_id: ConversationId,
    message_id: MessageId,
    change: Change,
}

/// The job by which what was sent follows.
pub(crate) fn job(
    connection: &Connection,
    message: &Message,
    (whose, change): (Whose, Change),
) -> NewJob {
    let what = match change {
        Change::Rewritten => "rewritten",
        Change::Deleted { .. } => "deleted",
    };
    let key = match whose {
        Whose::Customers => format!("{}:{what}", message.id),
        Whose::Teams => format!("{}:{what}:{}", message.id, connection.id),
    };
    let job = Amend {
        whose,
        connection_id: connection.id,
        conversation_id: message.conversation_id,
        message_id: message.id,
        change,
    };
    NewJob::of(Some(connection.account_id.0), &job).unique(key)
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
        let channel = channel.as_ref();
        match (view, self.whose) {
            (Some(view), Whose::Customers) => {
                lines::rewrite(app, &connection, channel, &sent, &view).await
            }
            (Some(view), Whose::Teams) => {
                seat::retell(app, &connection, channel, &sent, &view).await
            }
            (None, _) => lines::take_back(app, &connection, channel, &sent).await,
        }
    }

    async fn found(&self, app: &App, account_id: AccountId) -> Done<Found> {
        let (connection_id, message_id) = (self.connection_id, self.message_id);
        let (change, whose) = (self.change.clone(), self.whose);
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
            if whose == Whose::Teams {
                // What has not been told yet is told as it is now.
                let told = seat::told_as(conn, &connection, message_id)?;
                return Ok(told.map_or(Found::Nothing, |told| {
                    Found::At(connection, told, Some(Box::new(view)))
                }));
            }
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
            Change::Rewritten => amend::not_changed(self.whose, why),
            Change::Deleted { .. } => amend::not_deleted(self.whose, why),
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
