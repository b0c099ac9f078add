//! The files of a message that its provider has already. What is tried again does not bring them again.

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use frontdesk_db::queries::receipts;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{FileId, MessageId};
use std::collections::HashMap;

/// The files of a message that were brought by a connection, and what they are called there.
pub(super) async fn known(
    app: &App,
    connection: &Connection,
    id: MessageId,
) -> Done<HashMap<FileId, String>> {
    let begins = begins(connection);
    let names = names(app, connection, id).await?;
    let files = names.iter().filter_map(|name| {
        let (file, there) = name.strip_prefix(&begins)?.split_once(':')?;
        Some((file.parse().ok()?, there.to_owned()))
    });
    Ok(files.collect())
}

/// Keeps that a file is there.
pub(super) async fn keep(
    app: &App,
    connection: &Connection,
    id: MessageId,
    (file, there): (FileId, &str),
) -> Done<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = format!("{}{file}:{there}", begins(connection));
    let kept = app.db.write(account_id, move |unit| {
        receipts::record(unit, account_id, inbox_id, &name)?;
        receipts::set_message(unit, account_id, inbox_id, &name, id)?;
        Ok::<_, Failure>(())
    });
    kept.await
}

/// Forgets them: they go as links after all, or are brought anew.
pub(super) async fn forget(app: &App, connection: &Connection, id: MessageId) -> Done<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let begins = begins(connection);
    let mut names = names(app, connection, id).await?;
    names.retain(|name| name.starts_with(&begins));
    if names.is_empty() {
        return Ok(());
    }
    let forgotten = app.db.write(account_id, move |unit| {
        for name in &names {
            receipts::forget(unit, account_id, inbox_id, name)?;
        }
        Ok::<_, Failure>(())
    });
    forgotten.await
}

async fn names(app: &App, connection: &Connection, id: MessageId) -> Done<Vec<String>> {
    let account_id = connection.account_id;
    let read = app
        .db
        .read(move |conn| Ok::<_, Failure>(receipts::names(conn, account_id, id)?));
    read.await
}

fn begins(connection: &Connection) -> String {
    format!("{}:brought:", connection.id)
}
