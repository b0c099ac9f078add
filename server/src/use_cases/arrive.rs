//! Something came in by a connection: it is kept as it is, once, together with the job that takes it
//! in. Its sender may be answered as soon as that is done.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use frontdesk_connectors::channel::Arrival;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{arrivals, jobs, receipts};
use frontdesk_domain::connection::Connection;

/// Keeps what came, unless it came before.
pub(crate) async fn keep(app: &App, connection: &Connection, arrival: Arrival) -> Outcome<()> {
    let (account_id, inbox_id, id) = (connection.account_id, connection.inbox_id, connection.id);
    let name = format!("{id}:event:{}", arrival.key);
    app.db
        .write(account_id, move |unit| {
            if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
                return Ok(());
            }
            // No database keeps a NUL in a text, and no message needs one.
            let body = arrival.body.replace('\0', "");
            arrivals::insert(unit, account_id, id, &body)?;
            Ok::<_, Failure>(jobs::enqueue(unit, &jobs::take_in(account_id, id))?)
        })
        .await
}
