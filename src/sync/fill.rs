//! The first copy of the desk: read line by line, open conversations and the latest first, so
//! that work begins long before all of it is here.

use super::{Sync, SyncError};
use frontdesk_inbox::Directory;
use frontdesk_inbox::directory::TeamName;
use frontdesk_protocol::entity::{Account, CannedResponse, ConversationFull, Inbox, Tag, User};
use frontdesk_protocol::id::EventSeq;
use frontdesk_ui::Msg;
use frontdesk_ui::model::connection::Connection;
use serde::Deserialize;

/// How many conversations are written at once. The first ones are few, so that they are there
/// at once.
const FIRST_BATCH: usize = 40;
const BATCH: usize = 200;

/// A line of the snapshot.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Start(Box<Start>),
    Conversation { conversation: Box<ConversationFull> },
    End,
}

#[derive(Deserialize)]
struct Start {
    seq: EventSeq,
    account: Account,
    users: Vec<User>,
    teams: Vec<TeamName>,
    inboxes: Vec<Inbox>,
    tags: Vec<Tag>,
    canned_responses: Vec<CannedResponse>,
}

/// Takes a copy and says after which event to go on.
pub(super) async fn fill(sync: &mut Sync) -> Result<EventSeq, SyncError> {
    sync.tell(Msg::Connection(Connection::Filling { done: 0 }))
        .await;
    let mut lines = sync.api.snapshot(sync.patience).await?;
    let mut begun = None;
    let mut batch = Vec::new();
    let mut done = 0;
    while let Some(line) = lines.next().await? {
        match serde_json::from_slice(line) {
            Ok(Line::Start(start)) => begun = Some(begin(sync, *start).await?),
            Ok(Line::Conversation { conversation }) => {
                batch.push(*conversation);
                let full = if done == 0 { FIRST_BATCH } else { BATCH };
                if batch.len() >= full {
                    done += batch.len();
                    add(sync, std::mem::take(&mut batch), done).await?;
                }
            }
            Ok(Line::End) => {
                let seq = begun.ok_or(SyncError::Copy)?;
                done += batch.len();
                add(sync, batch, done).await?;
                finish(sync).await?;
                return Ok(seq);
            }
            // One conversation that a newer server tells in a way this program does not know
            // must not keep all the others away.
            Err(error) if begun.is_some() => {
                tracing::warn!(%error, "a line of the copy was not understood");
            }
            Err(_) => return Err(SyncError::Copy),
        }
    }
    Err(SyncError::Cut)
}

async fn begin(sync: &Sync, start: Start) -> Result<EventSeq, SyncError> {
    let seq = start.seq;
    let directory = Directory {
        me: sync.me,
        company: start.account.company_name,
        users: start.users,
        teams: start.teams,
        inboxes: start.inboxes,
        tags: start.tags,
        canned_responses: start.canned_responses,
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
        .ask(move |desk| {
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

async fn finish(sync: &Sync) -> Result<(), SyncError> {
    let counts = sync
        .local
        .ask(|desk| {
            desk.finish_snapshot()?;
            desk.counts()
        })
        .await??;
    sync.tell(Msg::Counts(counts)).await;
    sync.tell(Msg::Filled).await;
    Ok(())
}
