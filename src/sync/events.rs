//! Takes events into the local copy and tells the screen what changed.

use super::{Errand, Sync, SyncError};
use crate::local;
use crate::net::catch_up::Numbered;
use frontdesk_inbox::Row;
use frontdesk_protocol::entity::Event;
use frontdesk_protocol::id::{ConversationId, UserId};
use frontdesk_protocol::kind::{EntityKind, EventKind};
use frontdesk_protocol::time::UtcStamp;
use frontdesk_store::desk::Changed;
use frontdesk_store::{Desk, StoreError};
use frontdesk_ui::Msg;
use frontdesk_ui::msg::Arrival;
use std::collections::BTreeSet;
use tokio::sync::mpsc;

/// Takes some events in, in the order of their numbers.
pub(super) async fn take_in(sync: &mut Sync, arrived: Vec<Numbered>) -> Result<(), SyncError> {
    if arrived.is_empty() {
        return Ok(());
    }
    let events: Vec<Event> = arrived.into_iter().map(known).collect();
    let drafts = conversations_with(&events, &[EventKind::DraftUpdated]);
    let reworded = [EventKind::MessageUpdated, EventKind::MessageDeleted];
    let reworded = conversations_with(&events, &reworded);
    let (news, me) = (sync.news.clone(), sync.me);
    let (changed, mine) = sync
        .local
        .behind(move |desk| {
            let changed = desk.apply(&events)?;
            if !changed.conversations.is_empty() {
                tell(desk, &news, &changed);
            }
            if !reworded.is_empty() {
                local::answer(&news, Ok(Msg::Reworded(reworded.into_iter().collect())));
            }
            let mine = assigned(desk, me, &changed)?;
            Ok::<_, StoreError>((changed, mine))
        })
        .await??;
    if let Some(seq) = changed.gap_before {
        tracing::warn!(%seq, "events are missing before this one");
        return Err(SyncError::Cut);
    }
    for arrival in &changed.arrived {
        sync.tell(Msg::Arrived(Arrival {
            conversation_id: arrival.conversation,
            from: arrival.customer.clone(),
            words: arrival.words.clone(),
            is_mine: mine.contains(&arrival.conversation),
        }))
        .await;
    }
    let entities = changed
        .entities
        .into_iter()
        .filter_map(|(kind, id)| errand_for(kind, &id));
    let refetched = changed.refetch.into_iter().map(Errand::Conversation);
    let drafts = drafts.into_iter().map(Errand::Drafts);
    for errand in entities.chain(refetched).chain(drafts) {
        drop(sync.errands.send(errand).await);
    }
    Ok(())
}

/// In which conversations something of these kinds happened, each once.
fn conversations_with(events: &[Event], kinds: &[EventKind]) -> BTreeSet<ConversationId> {
    let events = events.iter().filter(|it| kinds.contains(&it.kind));
    events.filter_map(|it| it.conversation_id).collect()
}

/// What is to be asked about a shared thing that changed.
fn errand_for(kind: EntityKind, id: &str) -> Option<Errand> {
    match kind {
        EntityKind::BulkRun => id.parse().ok().map(Errand::BulkRun),
        EntityKind::ScheduledReply => Some(Errand::Later),
        kind => Some(Errand::Entity(kind)),
    }
}

/// An event, or the bare number of one whose kind this program does not know.
fn known(numbered: Numbered) -> Event {
    match numbered.event {
        Some(event) => *event,
        None => Event::hidden(numbered.seq, UtcStamp(crate::clock::now())),
    }
}

/// In which of the conversations where customers wrote it is the agent's turn.
fn assigned(desk: &Desk, me: UserId, changed: &Changed) -> Result<Vec<ConversationId>, StoreError> {
    let ids: Vec<ConversationId> = changed.arrived.iter().map(|it| it.conversation).collect();
    let rows = desk.rows(&ids)?;
    let mine = rows
        .iter()
        .filter(|row| row.conversation.assignee_id == Some(me));
    Ok(mine.map(Row::id).collect())
}

/// What changed, and what is gone of it.
fn tell(desk: &Desk, news: &mpsc::Sender<Msg>, changed: &Changed) {
    if let Ok(rows) = desk.rows(&changed.conversations) {
        let gone: Vec<ConversationId> = changed
            .conversations
            .iter()
            .copied()
            .filter(|id| !rows.iter().any(|row| row.id() == *id))
            .collect();
        if !gone.is_empty() {
            local::answer(news, Ok(Msg::Gone(gone)));
        }
    }
    local::after(desk, news, &changed.conversations);
}
