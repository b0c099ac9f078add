//! Replies whose time has come go out. Each is a unit of its own, in which it becomes a message: a
//! server that dies between two sends none twice.

use super::said;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::http::member;
use crate::use_cases::scheduled;
use frontdesk_db::Unit;
use frontdesk_db::queries::{scheduled_replies, users};
use frontdesk_domain::account::User;
use frontdesk_domain::{AccountId, Actor, ScheduledReplyId};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};

/// How many go out in a turn.
const AT_ONCE: i64 = 200;

/// Sends what is due.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SendLater {}

impl Job<App> for SendLater {
    const NAME: &'static str = "send_later";
    const QUEUE: &'static str = "house";

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(send_due(&app).await)
    }
}

async fn send_due(app: &App) -> Done<()> {
    let now = app.db.now();
    let due = app
        .db
        .read(move |conn| Ok::<_, Failure>(scheduled_replies::due(conn, now, AT_ONCE)?))
        .await?;
    for (account_id, id) in due {
        app.db
            .write(account_id, move |unit| one(unit, account_id, id))
            .await?;
    }
    Ok(())
}

fn one(unit: &mut Unit<'_>, account_id: AccountId, id: ScheduledReplyId) -> Done<()> {
    let Some(reply) = scheduled_replies::by_id(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    let user = users::by_id(unit.conn(), account_id, reply.user_id)?;
    match user.filter(User::is_active) {
        Some(user) => {
            let writer = member(unit.conn(), &user)?;
            scheduled::send(unit, &writer, id)
        }
        None => scheduled::orphaned(unit, &Actor::system(account_id), id),
    }
}
