//! A visitor who left a chat and gave an address is written what they have not seen, once.

use super::said;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::mail::{self, OLDEST};
use frontdesk_connectors::email::Settings;
use frontdesk_db::queries::{accounts, connections, jobs, unread};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, ConversationId, Source};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};

/// How many conversations of an account are found in a turn.
const AT_ONCE: i64 = 200;

/// Finds the chats whose visitors are to be written to.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FindUnread {}

impl Job<App> for FindUnread {
    const NAME: &'static str = "find_unread";
    const QUEUE: &'static str = "house";

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(find(&app).await)
    }
}

async fn find(app: &App) -> Done<()> {
    for account_id in app.db.read(accounts::ids).await? {
        let wait = app.db.read(move |conn| patience(conn, account_id)).await?;
        let Some(minutes) = wait else {
            continue;
        };
        let now = app.db.now();
        let (since, until) = (now.plus_seconds(-OLDEST), now.plus_seconds(-60 * minutes));
        let found = app
            .db
            .read(move |conn| unread::due(conn, account_id, since, until, AT_ONCE))
            .await?;
        if found.is_empty() {
            continue;
        }
        let put = app.db.write(account_id, move |unit| {
            for conversation_id in found {
                let job = MailUnread { conversation_id };
                let job = NewJob::of(Some(account_id.0), &job);
                jobs::enqueue(unit, &job.unique(conversation_id.to_string()))?;
            }
            Ok::<_, Failure>(())
        });
        put.await?;
    }
    Ok(())
}

/// After how many minutes an account writes, where it has a mailbox that sends and wants it.
fn patience(conn: &mut dyn Conn, account_id: AccountId) -> Result<Option<i64>, DbError> {
    let all = connections::of_account(conn, account_id)?;
    let mailboxes = all
        .iter()
        .filter(|it| it.kind == Source::Email && it.is_on());
    let waits = mailboxes.filter_map(|it| {
        let settings: Settings = serde_json::from_str(&it.settings.0).ok()?;
        settings.smtp.as_ref()?;
        (settings.unread_minutes > 0).then_some(i64::from(settings.unread_minutes))
    });
    Ok(waits.min())
}

/// Writes to the visitor of a chat.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MailUnread {
    conversation_id: ConversationId,
}

impl Job<App> for MailUnread {
    const NAME: &'static str = "mail_unread";
    const QUEUE: &'static str = jobs::DELIVER;
    const LIMIT: std::time::Duration = std::time::Duration::from_secs(600);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        match mail::write_unread(&app, AccountId(owner), self.conversation_id).await {
            Ok(outcome) => outcome,
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}
