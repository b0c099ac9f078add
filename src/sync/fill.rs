//! The first copy of the desk: read line by line, open conversations and the latest first, so
//! that work begins long before all of it is here.

use super::{Sync, SyncError};
use crate::clock;
use crate::local::Closed;
use crate::net::api::Lines;
use frontdesk_inbox::Directory;
use frontdesk_inbox::directory::TeamName;
use frontdesk_protocol::entity::{Account, CannedResponse, ConversationFull, Inbox, Tag, User};
use frontdesk_protocol::id::EventSeq;
use frontdesk_store::desk::{Names, kept_since};
use frontdesk_ui::Msg;
use frontdesk_ui::model::connection::Connection;
use frontdesk_ui::msg::Level;
use serde::Deserialize;
use tokio::sync::mpsc;

/// How many conversations are written at once. The first ones are few, so that they are there
/// at once.
const FIRST_BATCH: usize = 40;
/// While somebody is at the screen, which waits for a batch that is being written.
const SMALL_BATCH: usize = 25;
const BATCH: usize = 200;

/// A line of the snapshot.
#[derive(Debug)]
enum Line {
    Start(Box<Start>),
    Conversation(Box<ConversationFull>),
    End,
    /// Something a newer server tells.
    Unknown,
}

impl Line {
    /// Reads a line: first what it is, then the whole. A tagged enum would do it at once, and
    /// could not hold JSON that only passes through, such as metadata.
    fn read(line: &[u8]) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Kind {
            #[serde(rename = "type")]
            kind: String,
        }
        #[derive(Deserialize)]
        struct Whole {
            conversation: Box<ConversationFull>,
        }
        let Kind { kind } = serde_json::from_slice(line)?;
        Ok(match kind.as_str() {
            "start" => Self::Start(serde_json::from_slice(line)?),
            "conversation" => {
                Self::Conversation(serde_json::from_slice::<Whole>(line)?.conversation)
            }
            "end" => Self::End,
            _ => Self::Unknown,
        })
    }
}

#[derive(Debug, Deserialize)]
struct Start {
    seq: EventSeq,
    account: Account,
    users: Vec<User>,
    teams: Vec<TeamName>,
    inboxes: Vec<Inbox>,
    tags: Vec<Tag>,
    canned_responses: Vec<CannedResponse>,
}

/// What a copy that came in whole has said of itself.
#[derive(Debug)]
struct Ended {
    seq: EventSeq,
    left_out: usize,
}

/// Takes a copy and says after which event to go on. A batch is read while the one before it is
/// written.
pub(super) async fn fill(sync: &mut Sync) -> Result<EventSeq, SyncError> {
    sync.tell(Msg::Connection(Connection::Filling { done: 0 }))
        .await;
    let since = kept_since(clock::now(), sync.keep_closed_days);
    let lines = sync.api.snapshot(since, sync.patience).await?;
    let sync = &*sync;
    let (full, batches) = mpsc::channel(1);
    let (ended, ()) = tokio::try_join!(read(sync, lines, full), write(sync, batches))?;
    finish(sync, Names::ClosedSince(since)).await?;
    tell_left_out(sync, ended.left_out).await;
    Ok(ended.seq)
}

/// Reads the lines to the end, and hands the conversations on in batches.
async fn read(
    sync: &Sync,
    mut lines: Lines,
    full: mpsc::Sender<Vec<ConversationFull>>,
) -> Result<Ended, SyncError> {
    let mut begun = None;
    let mut batch = Vec::new();
    let mut handed_on = 0;
    let mut left_out = 0_usize;
    let mut asked = sync.local.asked();
    while let Some(line) = lines.next().await? {
        match Line::read(line) {
            Ok(Line::Start(start)) => begun = Some(begin(sync, *start).await?),
            Ok(Line::Conversation(conversation)) => {
                batch.push(*conversation);
                let wanted = match handed_on {
                    0 => FIRST_BATCH,
                    _ if sync.local.asked() != asked => SMALL_BATCH,
                    _ => BATCH,
                };
                if batch.len() >= wanted {
                    asked = sync.local.asked();
                    hand_on(&full, std::mem::take(&mut batch)).await?;
                    handed_on += 1;
                }
            }
            Ok(Line::End) => {
                let seq = begun.ok_or(SyncError::Copy)?;
                hand_on(&full, batch).await?;
                return Ok(Ended { seq, left_out });
            }
            // One conversation that a newer server tells in a way this program does not know
            // must not keep all the others away.
            Err(error) if begun.is_some() => {
                tracing::warn!(%error, "a line of the copy was not understood");
                left_out += 1;
            }
            Ok(Line::Unknown) if begun.is_some() => {}
            Ok(Line::Unknown) | Err(_) => return Err(SyncError::Copy),
        }
    }
    Err(SyncError::Cut)
}

async fn hand_on(
    full: &mpsc::Sender<Vec<ConversationFull>>,
    batch: Vec<ConversationFull>,
) -> Result<(), SyncError> {
    // Who writes has ended only where the local data is closed.
    full.send(batch).await.map_err(|_| Closed.into())
}

/// Writes batches until there are no more.
async fn write(
    sync: &Sync,
    mut batches: mpsc::Receiver<Vec<ConversationFull>>,
) -> Result<(), SyncError> {
    let mut done = 0;
    while let Some(batch) = batches.recv().await {
        done += batch.len();
        add(sync, batch, done).await?;
    }
    Ok(())
}

/// What is missing here is said: nobody may take a part for the whole.
async fn tell_left_out(sync: &Sync, count: usize) {
    if count > 0 {
        let words = format!(
            "{count} conversations could not be read and are missing here. A newer frontdesk may read them."
        );
        sync.tell(Msg::Told(Level::Bad, words)).await;
    }
}

async fn begin(sync: &Sync, start: Start) -> Result<EventSeq, SyncError> {
    let seq = start.seq;
    let held = sync.local.ask(|desk| desk.directory().clone()).await?;
    let directory = Directory {
        me: sync.me,
        company: start.account.company_name,
        users: start.users,
        teams: start.teams,
        inboxes: start.inboxes,
        tags: start.tags,
        canned_responses: start.canned_responses,
        // They are asked for by themselves.
        views: held.views,
        connections: held.connections,
    };
    let told = directory.clone();
    sync.local
        .ask(move |desk| desk.begin_snapshot(seq, &directory))
        .await??;
    sync.tell(Msg::Directory(Box::new(told))).await;
    Ok(seq)
}

async fn add(sync: &Sync, batch: Vec<ConversationFull>, done: usize) -> Result<(), SyncError> {
    let counts = sync
        .local
        .behind(move |desk| {
            desk.add(&batch)?;
            desk.counts()
        })
        .await??;
    sync.tell(Msg::Connection(Connection::Filling { done }))
        .await;
    sync.tell(Msg::Counts(counts)).await;
    sync.tell(Msg::Filled).await;
    Ok(())
}

async fn finish(sync: &Sync, names: Names) -> Result<(), SyncError> {
    let counts = sync
        .local
        .ask(move |desk| {
            desk.finish_snapshot(names)?;
            desk.counts()
        })
        .await??;
    sync.tell(Msg::Counts(counts)).await;
    sync.tell(Msg::Filled).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_protocol::id::{AccountId, ConversationId, CustomerId};

    fn line(metadata: &str) -> String {
        let (id, account, customer) = (
            ConversationId::random(),
            AccountId::random(),
            CustomerId::random(),
        );
        format!(
            r#"{{"type":"conversation","conversation":{{"object":"conversation","id":"{id}","number":1,
            "source":"email","created_at":"2026-11-20T20:21:14","updated_at":"2026-11-20T20:21:14",
            "status":"open","snoozed_until_reply":false,"read":true,"priority":"not_priority",
            "account_id":"{account}","customer_id":"{customer}","last_message_seq":1,"version":1,
            "metadata":{metadata},"messages":[],"tags":[],"mentions":[]}}}}"#
        )
    }

    #[test]
    fn a_conversation_keeps_its_metadata() {
        for metadata in ["null", r#"{"a":[1,"b"]}"#, "3"] {
            let Ok(Line::Conversation(it)) = Line::read(line(metadata).as_bytes()) else {
                panic!("{metadata}");
            };
            let kept = it.metadata.map(|raw| raw.0.get().to_owned());
            assert_eq!(kept.as_deref().unwrap_or("null"), metadata);
        }
    }

    #[test]
    fn what_a_newer_server_tells_is_passed_over() {
        let read = Line::read(br#"{"type":"drafts","drafts":[]}"#);
        assert!(matches!(read, Ok(Line::Unknown)));
        assert!(Line::read(b"{}").is_err());
    }
}
