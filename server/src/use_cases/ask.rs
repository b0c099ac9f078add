//! Somebody of a team asks for something from a channel of theirs: it is kept once, as a job, and may be
//! answered at once. Providers wait three seconds and no longer.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::work;
use frontdesk_connectors::channel::Asked;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{jobs, receipts};
use frontdesk_domain::connection::Connection;

/// Keeps what is asked for, unless it was asked before.
pub(crate) async fn keep(app: &App, connection: &Connection, asked: Asked) -> Outcome<()> {
    let (account_id, inbox_id, id) = (connection.account_id, connection.inbox_id, connection.id);
    let name = format!("{id}:asked:{}", asked.key);
    let job = work::act(connection, asked);
    app.db
        .write(account_id, move |unit| {
            if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
                return Ok(());
            }
            Ok::<_, Failure>(jobs::enqueue(unit, &job)?)
        })
        .await
}
