//! Notifications to agents' phones and programs: over ntfy, Gotify or a plain webhook of the agent's
//! own, without any relay of ours.

mod words;

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::notifications;
use crate::vault::Vault;
use crate::work::call::{self, Answer, Call, CallError};
use frontdesk_db::queries::events::{Content, Event};
use frontdesk_db::queries::{conversations, customers, messages, notification_settings, users};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::account::User;
use frontdesk_domain::actor::View;
use frontdesk_domain::notify::{Notify, Reason, Watcher};
use frontdesk_domain::{AccountId, ConversationId, EventKind, MessageId, Timestamp, UserId};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

use words::Words;

/// Tells one user of one thing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Push {
    user_id: UserId,
    reason: Why,
    conversation_id: ConversationId,
    message_id: Option<MessageId>,
}

/// A [`Reason`] as it is kept in the queue.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    Mentioned,
    Written,
    Unassigned,
    Assigned,
    Waiting,
}

impl From<Reason> for Why {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Mentioned => Self::Mentioned,
            Reason::Written => Self::Written,
            Reason::Unassigned => Self::Unassigned,
            Reason::Assigned => Self::Assigned,
            Reason::Waiting => Self::Waiting,
        }
    }
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        match why {
            Why::Mentioned => Self::Mentioned,
            Why::Written => Self::Written,
            Why::Unassigned => Self::Unassigned,
            Why::Assigned => Self::Assigned,
            Why::Waiting => Self::Waiting,
        }
    }
}

/// Whoever in an account may be told of something.
pub(super) fn watchers(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Vec<Watcher>, DbError> {
    let mut watchers = Vec::new();
    for wish in notification_settings::of_account(conn, account_id)? {
        watchers.extend(watcher(conn, wish)?);
    }
    Ok(watchers)
}

/// The user behind a wish, who may have left.
fn watcher(conn: &mut dyn Conn, wish: Notify) -> Result<Option<Watcher>, DbError> {
    let found = users::by_id(conn, wish.account_id, wish.user_id)?;
    let Some(user) = found.filter(User::is_active) else {
        return Ok(None);
    };
    let inboxes = users::inboxes(conn, user.id)?;
    Ok(Some(Watcher {
        wish,
        view: View::of(user.visibility, user.id, inboxes.clone()),
        inboxes,
    }))
}

/// The job that tells a watcher of an event, where it is to be told.
pub(super) fn notice(watcher: &Watcher, event: &Event) -> Option<NewJob> {
    let conversation = event.conversation.as_ref()?;
    let (reason, message_id) = match (event.kind, &event.content) {
        (
            EventKind::MessageCreated,
            Content::Message {
                view: Some(view), ..
            },
        ) => {
            let reason = watcher.of_message(conversation, &view.message)?;
            (reason, Some(view.message.id))
        }
        (EventKind::ConversationUpdated, _) => {
            let before = event.moved_from?.assignee_id;
            let reason = watcher.of_assignment(conversation, before, event.actor_user)?;
            (reason, None)
        }
        _ => return None,
    };
    let push = Push {
        user_id: watcher.wish.user_id,
        reason: reason.into(),
        conversation_id: conversation.id,
        message_id,
    };
    Some(NewJob::of(Some(event.account_id.0), &push))
}

impl Job<App> for Push {
    const NAME: &'static str = "push";
    const QUEUE: &'static str = "push";
    /// News that is an hour old is none.
    const TRIES: u32 = 8;
    const LIMIT: Duration = Duration::from_secs(30);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        let now = app.db.now();
        let vault = app.vault.clone();
        let prepared = app
            .db
            .read(move |conn| self.prepare(conn, &vault, AccountId(owner), turn, now))
            .await;
        match prepared {
            Ok(None) => Outcome::Done,
            Ok(Some(call)) => said(call::post(&app.outgoing, call).await),
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

impl Push {
    /// The call to make: none when the user has changed the wish, lost the view or wants to be left
    /// alone, or when there is nothing left to tell.
    fn prepare(
        &self,
        conn: &mut dyn Conn,
        vault: &Vault,
        account_id: AccountId,
        turn: Turn,
        now: Timestamp,
    ) -> Done<Option<Call>> {
        let wish = notification_settings::by_user(conn, account_id, self.user_id)?;
        let Some(wish) = wish.filter(|wish| !wish.is_quiet(now)) else {
            return Ok(None);
        };
        let (Some(watcher), Some(held)) = (
            watcher(conn, wish)?,
            conversations::by_id(conn, account_id, self.conversation_id)?,
        ) else {
            return Ok(None);
        };
        if !watcher.view.shows(held.inbox_id, held.assignee_id) {
            return Ok(None);
        }
        let text = match self.message_id.filter(|_| watcher.wish.with_text) {
            Some(id) => messages::by_id(conn, account_id, id)?.and_then(|it| it.message.body),
            None => None,
        };
        let customer = customers::by_id(conn, account_id, held.customer_id)?;
        let words = Words {
            reason: self.reason.into(),
            number: held.number,
            customer: customer
                .and_then(|it| it.name)
                .filter(|_| watcher.wish.with_text),
            text,
        };
        let token = notifications::token(vault, &watcher.wish)?;
        Ok::<_, Failure>(Some(words::call(
            &watcher.wish,
            token.as_ref(),
            &words,
            &turn.job.to_string(),
        )))
    }
}

/// Sends a notification to try the way; says what went wrong, if anything did.
pub(crate) async fn trial(app: &App, wish: &Notify) -> Option<String> {
    let token = match notifications::token(&app.vault, wish) {
        Ok(token) => token,
        Err(unreadable) => return Some(unreadable.to_string()),
    };
    let call = words::trial(wish, token.as_ref());
    match call::post(&app.outgoing, call).await {
        Ok(answer) if answer.is_good() => None,
        Ok(answer) => Some(format!("the service answered {}", answer.status)),
        Err(CallError::Forbidden(why) | CallError::Failed(why)) => Some(why),
    }
}

/// What an answer means for the notification.
fn said(answer: Result<Answer, CallError>) -> Outcome {
    match answer {
        Ok(answer) if answer.is_good() => Outcome::Done,
        // The address or the token is wrong, and will be the next time.
        Ok(answer) if matches!(answer.status, 400..=407 | 410) => {
            Outcome::discard(format!("the service answered {}", answer.status))
        }
        Ok(answer) => Outcome::Retry {
            why: format!("the service answered {}", answer.status),
            after: answer.retry_after,
        },
        Err(CallError::Forbidden(why)) => Outcome::discard(why),
        Err(CallError::Failed(why)) => Outcome::retry(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16) -> Outcome {
        said(Ok(Answer {
            status,
            retry_after: None,
            head: String::new(),
        }))
    }

    #[test]
    fn what_is_wrong_for_good_is_not_tried_again() {
        assert_eq!(answered(200), Outcome::Done);
        for status in [400, 401, 403, 404, 410] {
            assert!(
                matches!(answered(status), Outcome::Discard { .. }),
                "{status}"
            );
        }
        for status in [301, 408, 429, 500, 503] {
            assert!(
                matches!(answered(status), Outcome::Retry { .. }),
                "{status}"
            );
        }
        let forbidden = said(Err(CallError::Forbidden("no".to_owned())));
        assert_eq!(forbidden, Outcome::discard("no"));
    }
}
