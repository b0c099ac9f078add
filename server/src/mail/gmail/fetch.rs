//! Brings in what came to a mailbox at Google: by the numbers of its changes, or by its list where
//! Google has forgotten the number. The number moves only behind what is kept.

use super::ask::{Mailbox, SHORT, Unanswered, readable};
use crate::failure::{Failure, Outcome};
use crate::mail::trouble::{Stop, Trouble};
use crate::use_cases::mail::{Came, ingest, quarantine};
use bytes::Bytes;
use frontdesk_connectors::channel::{Answer, Call};
use frontdesk_connectors::email::LARGEST_MAIL;
use frontdesk_connectors::email::gmail::mailbox::{self, Page, Profile};
use frontdesk_db::queries::connections;
use frontdesk_domain::{MailWay, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The largest mail that is read, in Base64 and with what stands around it.
const LARGEST_ANSWER: usize = LARGEST_MAIL / 3 * 4 + 64 * 1024;

/// What came so many seconds before the last look is looked at again where the numbers are lost.
const DAY: i64 = 24 * 60 * 60;

/// How far a mailbox was read, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    /// The number of its last change that was read.
    history: String,
    /// When everything that had come by then was read, in seconds since 1970.
    at: i64,
}

impl Mailbox<'_> {
    /// Brings in everything that is there now.
    pub(super) async fn catch_up(&self) -> Result<(), Stop> {
        let began = seconds(self.app.db.now());
        let begun = seconds(self.connection.created_at);
        let history = match self.position().await? {
            None => self.all_since(begun).await?,
            Some(known) => match self.since(&known.history).await? {
                Some(history) => history,
                None => self.all_since(begun.max(known.at - DAY)).await?,
            },
        };
        let position = Position { history, at: began };
        Ok(self.read_up_to(&position).await?)
    }

    /// Brings in what came since a change, and says the number of the newest; `None` where Google
    /// has forgotten the change.
    async fn since(&self, known: &str) -> Result<Option<String>, Stop> {
        let (mut taken, mut next) = (HashSet::new(), None);
        loop {
            let call = mailbox::since(self.google, known, next.as_deref());
            let page = match self.ask(call, SHORT).await {
                Ok(answer) => readable(mailbox::read_since(&answer))?,
                Err(Unanswered::Gone) => return Ok(None),
                Err(other) => return Err(Trouble::from(other).into()),
            };
            for id in page.ids {
                if taken.insert(id.clone()) {
                    self.take(&id).await?;
                }
            }
            next = page.next;
            if next.is_none() {
                return Ok(Some(page.history_id.unwrap_or_else(|| known.to_owned())));
            }
        }
    }

    /// Brings in all that came at a second or later, and says the number of the newest change that
    /// stood before.
    async fn all_since(&self, at: i64) -> Result<String, Stop> {
        let answer = self.must(mailbox::profile(self.google)).await?;
        let profile: Profile = readable(serde_json::from_slice(&answer.body).ok())?;
        super::is_the_one(self.account, &profile.email_address.to_lowercase())
            .map_err(Trouble::Lasting)?;
        let (mut ids, mut next) = (Vec::new(), None);
        loop {
            let call = mailbox::all_since(self.google, at, next.as_deref());
            let answer = self.must(call).await?;
            let page: Page = readable(mailbox::read_list(&answer))?;
            ids.extend(page.ids);
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        for id in ids.iter().rev() {
            self.take(id).await?;
        }
        Ok(profile.history_id)
    }

    /// Asks what has to be answered.
    async fn must(&self, call: Call) -> Result<Answer, Trouble> {
        self.ask(call, SHORT).await.map_err(Trouble::from)
    }

    /// Fetches a mail and keeps it. One that has gone meanwhile is gone.
    async fn take(&self, id: &str) -> Result<(), Stop> {
        let answer = match self
            .ask(mailbox::mail(self.google, id), LARGEST_ANSWER)
            .await
        {
            Ok(answer) => answer,
            Err(Unanswered::Gone) => return Ok(()),
            Err(Unanswered::TooLarge) => return self.set_apart(id).await,
            Err(other) => return Err(Trouble::from(other).into()),
        };
        let Some(fetched) = readable(mailbox::read_mail(&answer))? else {
            return Ok(());
        };
        let came = Came {
            thread: Some(fetched.thread),
            ..self.came()
        };
        ingest(self.app, &came, Bytes::from(fetched.raw)).await?;
        tracing::debug!(connection = %self.connection.id, mail = id, "a mail was taken in");
        Ok(())
    }

    /// Puts the header of a mail that is too large into quarantine, and leaves the mail where it is.
    async fn set_apart(&self, id: &str) -> Result<(), Stop> {
        let answer = self.must(mailbox::header(self.google, id, None)).await?;
        let header = readable(mailbox::read_header(&answer))?;
        let bytes = Bytes::from(header.bytes);
        quarantine::too_large(self.app, &self.came(), bytes, header.size).await?;
        Ok(())
    }

    fn came(&self) -> Came {
        Came {
            connection: self.connection.clone(),
            recipients: Vec::new(),
            by: MailWay::Gmail,
            thread: None,
        }
    }

    /// How far it was read; what another way of fetching left there counts for nothing.
    async fn position(&self) -> Outcome<Option<Position>> {
        let (account_id, id) = (self.connection.account_id, self.connection.id);
        let known = self
            .app
            .db
            .read(move |conn| Ok::<_, Failure>(connections::position(conn, account_id, id)?))
            .await?;
        Ok(known.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn read_up_to(&self, position: &Position) -> Outcome<()> {
        let (account_id, id) = (self.connection.account_id, self.connection.id);
        let text = serde_json::to_string(position).expect("a text and a number become JSON");
        let noted = self.app.db.write(account_id, move |unit| {
            Ok::<_, Failure>(connections::set_position(unit, account_id, id, &text)?)
        });
        noted.await
    }
}

fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000_000)
}
