//! Inbound Parse of SendGrid, set to post the raw, full mail.

use super::form::Form;
use super::{HookError, Posted};
use crate::app::App;
use crate::use_cases::mail::{self, Came};
use frontdesk_connectors::channel::Rejected;
use frontdesk_connectors::email::hook::sendgrid::{SIGNATURE, TIMESTAMP, check};
use frontdesk_domain::MailWay;
use frontdesk_domain::connection::Connection;
use serde::Deserialize;

/// To whom the mail was delivered, whatever its To says.
#[derive(Debug, Default, Deserialize)]
struct Envelope {
    #[serde(default)]
    to: Vec<String>,
}

pub(super) async fn take(
    app: &App,
    connection: Connection,
    public_key: &str,
    posted: Posted,
) -> Result<(), HookError> {
    let proof = (posted.header(TIMESTAMP), posted.header(SIGNATURE));
    check(public_key, proof, &posted.body, app.db.now())?;
    let form = Form::read(&posted).await?;
    let raw = form.bytes("email").ok_or(Rejected::Unreadable)?.clone();
    // Without an envelope the header says to whom it went.
    let envelope: Envelope = serde_json::from_str(form.text("envelope")).unwrap_or_default();
    let came = Came {
        connection,
        recipients: envelope.to,
        by: MailWay::Hook,
        thread: None,
    };
    mail::ingest(app, &came, raw).await?;
    Ok(())
}
