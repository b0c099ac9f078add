//! Mails that wait for somebody to look at them are kept whole.

use super::{Came, Ingested, Means};
use crate::app::App;
use crate::failure::{Failure, Outcome};
use bytes::Bytes;
use frontdesk_connectors::email::{self, Inbound};
use frontdesk_db::queries::quarantine as rows;
use frontdesk_domain::mail::Quarantined;
use frontdesk_domain::{QuarantineId, QuarantineReason, Timestamp};

/// Why a mail waits.
#[derive(Debug, Clone)]
pub(super) struct Why {
    pub(super) reason: QuarantineReason,
    pub(super) explanation: String,
}

impl Why {
    fn new(reason: QuarantineReason, explanation: &str) -> Self {
        Self {
            reason,
            explanation: explanation.to_owned(),
        }
    }

    pub(super) fn no_sender() -> Self {
        let words = "nobody can be answered: From and Reply-To name no address";
        Self::new(QuarantineReason::NoSender, words)
    }

    pub(super) fn claims_ours() -> Self {
        let words = "it claims to come from an address of yours, and was not sent from here";
        Self::new(QuarantineReason::Loop, words)
    }

    pub(super) fn not_ours() -> Self {
        let words = "it reports about a mail that was not sent from here";
        Self::new(QuarantineReason::UnmatchedReport, words)
    }

    pub(super) fn header_alone() -> Self {
        let words = "it is larger than 40 MiB: only its header is here, and the mail is still in its mailbox";
        Self::new(QuarantineReason::TooLarge, words)
    }

    pub(super) fn no_room() -> Self {
        let words = "its files find no room: delete some, or raise files.quota; then retry";
        Self::new(QuarantineReason::NoRoom, words)
    }
}

/// Keeps a mail that cannot be taken in, once.
pub(super) async fn keep(
    means: Means<'_>,
    came: &Came,
    mail: Option<&Inbound>,
    why: Why,
    raw: Bytes,
) -> Outcome<Ingested> {
    let size = i64::try_from(raw.len()).unwrap_or(i64::MAX);
    let waiting = describe(
        came,
        mail,
        why,
        size,
        email::fingerprint(&raw),
        means.db().now(),
    );
    store(means, waiting, raw).await
}

/// Keeps the header of a mail that is too large to be fetched at all.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn too_large(
    app: &App,
    came: &Came,
    header: Bytes,
    size: u32,
) -> Outcome<Ingested> {
    let why = Why::header_alone();
    let mail = email::parse(&header).ok();
    let fingerprint = email::fingerprint(&header);
    let waiting = describe(
        came,
        mail.as_ref(),
        why,
        i64::from(size),
        fingerprint,
        app.db.now(),
    );
    store(Means::of(app), waiting, header).await
}

fn describe(
    came: &Came,
    mail: Option<&Inbound>,
    why: Why,
    size: i64,
    fingerprint: String,
    now: Timestamp,
) -> Quarantined {
    Quarantined {
        id: QuarantineId::random(),
        account_id: came.connection.account_id,
        connection_id: Some(came.connection.id),
        reason: why.reason,
        explanation: why.explanation,
        way: came.by,
        recipients: came.recipients.clone(),
        sender: mail.and_then(|mail| Some(mail.from.as_ref()?.address.clone())),
        subject: mail.map(|mail| mail.subject.clone()),
        size,
        fingerprint,
        created_at: now,
        tried_at: None,
    }
}

async fn store(means: Means<'_>, waiting: Quarantined, raw: Bytes) -> Outcome<Ingested> {
    let reason = waiting.reason;
    let connection = waiting.connection_id;
    let id = means
        .db()
        .write(waiting.account_id, move |unit| {
            if let Some(connection_id) = waiting.connection_id {
                let (account_id, same) = (waiting.account_id, &waiting.fingerprint);
                if let Some(known) = rows::same(unit.conn(), account_id, connection_id, same)? {
                    return Ok(known);
                }
            }
            rows::insert(unit, &waiting, &raw)?;
            Ok::<_, Failure>(waiting.id)
        })
        .await?;
    tracing::warn!(mail = %id, ?connection, %reason, "a mail waits in quarantine");
    Ok(Ingested::Quarantined(id))
}
