//! A customer who waits too long is not forgotten: the thread says so, and whoever is assigned is
//! told.

use super::said;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::use_cases::settings::Reminders;
use frontdesk_db::queries::reply_reminders;
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::account::Account;
use frontdesk_domain::decide::{self, Reminder};
use frontdesk_domain::{AccountId, Actor, ConversationId, MessageId};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};

/// How many conversations of an account are looked at in a turn.
const AT_ONCE: i64 = 200;

/// What holds where an account switched reminders on and said no more.
const EVERY_HOURS: i64 = 24;
const AT_MOST: i64 = 3;

/// Reminds of customers who wait, where the account wants it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Remind {}

impl Job<App> for Remind {
    const NAME: &'static str = "remind";
    const QUEUE: &'static str = "house";

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(remind(&app).await)
    }
}

/// How often an account wants to be reminded.
#[derive(Debug, Clone, Copy)]
struct Wish {
    every_hours: i64,
    at_most: i64,
}

fn wish(account: &Account) -> Option<Wish> {
    let settings = account.settings.as_ref()?;
    let settings: Reminders = serde_json::from_str(&settings.0).ok()?;
    settings.conversation_reminders_enabled.filter(|on| *on)?;
    let positive = |number: Option<i64>, default| number.filter(|it| *it > 0).unwrap_or(default);
    Some(Wish {
        every_hours: positive(settings.conversation_reminder_hours_interval, EVERY_HOURS),
        at_most: positive(settings.max_num_conversation_reminders, AT_MOST),
    })
}

async fn remind(app: &App) -> Done<()> {
    for account_id in app.db.read(queries::accounts::ids).await? {
        let account = app
            .db
            .read(move |conn| queries::accounts::by_id(conn, account_id))
            .await?;
        let Some(wish) = account.as_ref().and_then(wish) else {
            continue;
        };
        let (now, step) = (app.db.now(), wish.every_hours.saturating_mul(3600));
        let due = app.db.read(move |conn| {
            reply_reminders::due(conn, account_id, now, step, wish.at_most, AT_ONCE)
        });
        for id in due.await? {
            app.db
                .write(account_id, move |unit| one(unit, account_id, id, wish))
                .await?;
        }
    }
    Ok(())
}

fn one(unit: &mut Unit<'_>, account_id: AccountId, id: ConversationId, wish: Wish) -> Done<()> {
    let (now, actor) = (unit.now(), Actor::system(account_id));
    let Some(held) = queries::conversations::by_id(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    let Some(waiting_since) = held.waiting_since else {
        return Ok(());
    };
    let sent = reply_reminders::sent(unit.conn(), id, waiting_since)?;
    let reminder = Reminder {
        message_id: MessageId::random(),
        sent,
        at_most: wish.at_most,
        every_hours: wish.every_hours,
    };
    let decision = decide::remind(&held, &actor, &reminder, now)?;
    if !decision.is_empty() {
        write::apply(unit, &actor, decision)?;
        reply_reminders::count(unit, id, waiting_since, sent + 1)?;
    }
    Ok::<_, Failure>(())
}
