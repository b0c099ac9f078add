//! Brings in what a mailbox has and is not here yet. The position moves only behind what is kept, and
//! what is kept twice is kept once: so a server may be killed between any two lines of this.

use super::imap::{Opened, Part, There};
use super::position::{Positions, Start};
use super::trouble::Stop;
use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::mail::{Came, ingest, quarantine};
use bytes::Bytes;
use frontdesk_connectors::email::LARGEST_MAIL;
use frontdesk_db::queries::connections;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{MailWay, Timestamp};

/// Mails that are asked about at once.
const AT_ONCE: usize = 200;

/// The most bytes that are fetched at once, where one mail has not more.
const PORTION: u64 = 4 * 1024 * 1024;

/// A mailbox of a connection, while it is read.
pub(super) struct Reader<'a> {
    pub(super) app: &'a App,
    pub(super) connection: &'a Connection,
    pub(super) folder: &'a str,
}

impl Reader<'_> {
    /// Brings in everything that is there now.
    pub(super) async fn catch_up(&self, opened: &mut Opened) -> Result<(), Stop> {
        let began = seconds(self.app.db.now());
        let positions = self.positions().await?;
        let begun = seconds(self.connection.created_at);
        let start = positions.start(self.folder, opened.validity, begun);
        let (question, wanted_since) = match start {
            Start::Behind(uid) => (format!("UID {}:*", uid.saturating_add(1)), i64::MIN),
            Start::Since(at) => (format!("SINCE {}", day_before(at)), at),
        };
        let mut uids = opened.search(&question).await?;
        if let Start::Behind(last) = start {
            // A range to the end always finds the last mail.
            uids.retain(|uid| *uid > last);
        }
        for chunk in uids.chunks(AT_ONCE) {
            let there = opened.look(chunk).await?;
            let wanted = there
                .iter()
                .copied()
                .filter(|it| it.came_at >= wanted_since);
            let (readable, too_large): (Vec<There>, Vec<There>) = wanted.partition(is_readable);
            for portion in portions(readable.into_iter()) {
                self.take(opened, &portion).await?;
            }
            for it in too_large {
                self.set_apart(opened, it).await?;
            }
            let last = chunk.last().copied().unwrap_or_default();
            self.read_up_to(opened.validity, last, began).await?;
        }
        if uids.is_empty() && matches!(start, Start::Since(_)) {
            self.read_up_to(opened.validity, opened.last, began).await?;
        }
        Ok(())
    }

    /// Fetches some mails and keeps them, one after the other.
    async fn take(&self, opened: &mut Opened, uids: &[u32]) -> Result<(), Stop> {
        let came = self.came();
        for (uid, raw) in opened.bytes(uids, Part::Whole).await? {
            ingest(self.app, &came, Bytes::from(raw)).await?;
            tracing::debug!(connection = %self.connection.id, uid, "a mail was taken in");
        }
        Ok(())
    }

    /// Puts the header of a mail that is too large into quarantine, and leaves the mail where it is.
    async fn set_apart(&self, opened: &mut Opened, it: There) -> Result<(), Stop> {
        for (_, header) in opened.bytes(&[it.uid], Part::Header).await? {
            let (came, header) = (self.came(), Bytes::from(header));
            quarantine::too_large(self.app, &came, header, it.size).await?;
        }
        Ok(())
    }

    fn came(&self) -> Came {
        Came {
            connection: self.connection.clone(),
            recipients: Vec::new(),
            by: MailWay::Imap,
            thread: None,
        }
    }

    async fn positions(&self) -> Outcome<Positions> {
        let (account_id, id) = (self.connection.account_id, self.connection.id);
        let known = self
            .app
            .db
            .read(move |conn| Ok::<_, Failure>(connections::position(conn, account_id, id)?))
            .await?;
        Ok(Positions::read(known.as_deref()))
    }

    /// Notes how far it was read. Other mailboxes of the connection are read at the same time.
    async fn read_up_to(&self, validity: u32, uid: u32, at: i64) -> Outcome<()> {
        let (account_id, id) = (self.connection.account_id, self.connection.id);
        let folder = self.folder.to_owned();
        let noted = self.app.db.write(account_id, move |unit| {
            let known = connections::position(unit.conn(), account_id, id)?;
            let mut positions = Positions::read(known.as_deref());
            positions.read_up_to(&folder, validity, uid, at);
            let text = positions.text();
            Ok::<_, Failure>(connections::set_position(unit, account_id, id, &text)?)
        });
        noted.await
    }
}

/// Whether a mail is small enough to be read.
fn is_readable(it: &There) -> bool {
    usize::try_from(it.size).is_ok_and(|size| size <= LARGEST_MAIL)
}

/// Numbers of mails that are fetched together.
fn portions(there: impl Iterator<Item = There>) -> Vec<Vec<u32>> {
    let mut portions: Vec<Vec<u32>> = Vec::new();
    let mut room = 0;
    for it in there {
        let size = u64::from(it.size);
        match portions.last_mut() {
            Some(last) if size <= room => {
                last.push(it.uid);
                room -= size;
            }
            _ => {
                portions.push(vec![it.uid]);
                room = PORTION.saturating_sub(size);
            }
        }
    }
    portions
}

fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000_000)
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The day before a second, as a search names it: the server's day may be another than ours.
fn day_before(at: i64) -> String {
    let day = Timestamp::from_seconds(at.saturating_sub(24 * 60 * 60)).to_string();
    let mut parts = day.split(['-', 'T']);
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, date) = (next(), next(), next());
    let month: usize = month.parse().unwrap_or(1);
    let name = MONTHS.get(month.saturating_sub(1)).unwrap_or(&"Jan");
    format!("{}-{name}-{year}", date.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_begins_a_day_earlier() {
        assert_eq!(day_before(1_795_000_000), "17-Nov-2026");
        assert_eq!(day_before(86_400 * 32), "1-Feb-1970");
    }

    #[test]
    fn large_mails_are_fetched_alone_and_small_ones_together() {
        let there = |uid: u32, size: u32| There {
            uid,
            size,
            came_at: 0,
        };
        let all = [
            there(1, 1000),
            there(2, 1000),
            there(3, 30_000_000),
            there(4, 1000),
            there(5, u32::MAX),
        ];
        let portions = portions(all.into_iter());
        assert_eq!(portions, [vec![1, 2], vec![3], vec![4], vec![5]]);
        assert!(super::portions(std::iter::empty()).is_empty());
    }
}
