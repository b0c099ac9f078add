//! Amazon SES by SNS: mails, what became of mails, and the topic's wish to be confirmed.

use super::{HookError, Posted};
use crate::app::App;
use crate::lines;
use crate::use_cases::mail::{self, Came};
use bytes::Bytes;
use frontdesk_connectors::channel::{Call, Rejected};
use frontdesk_connectors::email::hook::ses::{Brought, Notice, Purpose, read};
use frontdesk_domain::MailWay;
use frontdesk_domain::connection::Connection;
use url::Url;

pub(super) async fn take(
    app: &App,
    connection: Connection,
    topic_arn: &str,
    base_url: Option<&str>,
    posted: &Posted,
) -> Result<(), HookError> {
    let notice = Notice::read(&posted.body)?;
    let place = instead(notice.certificate_url()?, base_url);
    let certificate = app.certificates.fetch(&app.outgoing, &place).await?;
    match notice.prove(&certificate, topic_arn, app.db.now())? {
        Purpose::Message(message) => brought(app, connection, read(message)?).await,
        Purpose::Confirm(url) => confirm(app, &instead(url, base_url)).await,
        Purpose::Ended => {
            tracing::warn!(connection = %connection.id, "a topic of SNS is no longer sent here");
            Ok(())
        }
    }
}

/// An address of Amazon's, or the same place on the server that stands for it.
fn instead(url: Url, base_url: Option<&str>) -> String {
    match base_url {
        None => url.into(),
        Some(base) => {
            let query = url.query().map(|query| format!("?{query}"));
            let base = base.trim_end_matches('/');
            format!("{base}{}{}", url.path(), query.unwrap_or_default())
        }
    }
}

async fn brought(app: &App, connection: Connection, brought: Brought) -> Result<(), HookError> {
    match brought {
        Brought::Mail { raw, recipients } => {
            let came = Came {
                connection,
                recipients,
                by: MailWay::Hook,
                thread: None,
            };
            mail::ingest(app, &came, Bytes::from(raw)).await?;
            Ok(())
        }
        Brought::Report(report) => {
            let account_id = connection.account_id;
            app.db
                .write(account_id, move |unit| {
                    mail::show_report(unit, account_id, &report)
                })
                .await?;
            Ok(())
        }
        Brought::Nothing => Ok(()),
        Brought::Elsewhere => {
            let connection = connection.id;
            tracing::error!(%connection, "SES keeps mail in S3; its rule must use the SNS action with Base64");
            Err(Rejected::Unreadable.into())
        }
    }
}

/// Says that we want the topic.
async fn confirm(app: &App, url: &str) -> Result<(), HookError> {
    let answer = lines::make(&app.outgoing, Call::get(url.to_owned())).await;
    match answer {
        Ok(answer) if answer.is_good() => Ok(()),
        Ok(answer) => Err(HookError::Later(format!(
            "the topic could not be confirmed: Amazon answered {}",
            answer.status
        ))),
        Err(error) => Err(HookError::Later(format!(
            "the topic could not be confirmed: {error}"
        ))),
    }
}
