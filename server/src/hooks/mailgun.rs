//! A route of Mailgun that forwards whole mails: its address ends with `mime`.

use super::form::Form;
use super::{HookError, Posted};
use crate::app::App;
use crate::failure::Failure;
use crate::use_cases::mail::{self, Came};
use frontdesk_connectors::channel::Rejected;
use frontdesk_connectors::email::hook::mailgun::{Proof, check};
use frontdesk_db::queries::receipts;
use frontdesk_domain::MailWay;
use frontdesk_domain::connection::Connection;

pub(super) async fn take(
    app: &App,
    connection: Connection,
    key: &str,
    posted: Posted,
) -> Result<(), HookError> {
    let form = Form::read(&posted).await?;
    let proof = Proof {
        timestamp: form.text("timestamp"),
        token: form.text("token"),
        signature: form.text("signature"),
    };
    check(key, &proof, app.db.now())?;
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = format!("mailgun:{}", proof.token);
    let asked = name.clone();
    let heard = app
        .db
        .read(move |conn| {
            let heard = receipts::by_external_id(conn, account_id, inbox_id, &asked)?;
            Ok::<_, Failure>(heard.is_some())
        })
        .await?;
    if heard {
        return Ok(());
    }
    let raw = form.bytes("body-mime").ok_or(Rejected::Unreadable)?.clone();
    let recipients = form.text("recipient").split(',').map(str::trim);
    let came = Came {
        connection,
        recipients: recipients
            .filter(|address| !address.is_empty())
            .map(ToOwned::to_owned)
            .collect(),
        by: MailWay::Hook,
        thread: None,
    };
    mail::ingest(app, &came, raw).await?;
    app.db
        .write(account_id, move |unit| {
            receipts::record(unit, account_id, inbox_id, &name)?;
            Ok::<_, Failure>(())
        })
        .await?;
    Ok(())
}
