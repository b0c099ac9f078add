//! Snoozed conversations wake when their time has come.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::{AccountId, Actor, ConversationId, decide};

/// How many are woken between two looks.
const AT_ONCE: i64 = 200;

/// Wakes every conversation that is due, and says how many there were.
pub(crate) async fn wake_due(app: &App) -> Outcome<usize> {
    let now = app.db.now();
    let due = app
        .db
        .read(move |conn| Ok::<_, Failure>(queries::conversations::due(conn, now, AT_ONCE)?))
        .await?;
    for (account_id, id) in &due {
        let (account_id, id) = (*account_id, *id);
        app.db
            .write(account_id, move |unit| wake(unit, account_id, id))
            .await?;
    }
    Ok(due.len())
}

fn wake(unit: &mut Unit<'_>, account_id: AccountId, id: ConversationId) -> Outcome<()> {
    let (now, actor) = (unit.now(), Actor::system(account_id));
    let found = queries::conversations::by_id(unit.conn(), account_id, id)?;
    if let Some(conversation) = found {
        let decision = decide::wake(&conversation, &actor, now)?;
        write::apply(unit, &actor, decision)?;
    }
    Ok(())
}
