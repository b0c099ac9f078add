//! What the agent did, as the local copy tells the screen of it.

use frontdesk_inbox::{KeptDeed, Row};
use frontdesk_protocol::id::ConversationId;
use frontdesk_store::{Desk, StoreError};
use frontdesk_ui::Msg;
use frontdesk_ui::model::history::{Deed, Part};
use std::collections::HashMap;

/// All that can be taken back, with its conversations as they are now. What is not here any more
/// is left out.
pub(super) fn deeds(desk: &Desk) -> Result<Msg, StoreError> {
    let kept = desk.deeds()?;
    let parts = kept.iter().flat_map(|deed| &deed.parts);
    let mut ids: Vec<ConversationId> = parts.map(|part| part.conversation_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = desk.rows(&ids)?.into_iter().map(|row| (row.id(), row));
    let rows: HashMap<ConversationId, Row> = rows.collect();
    let deeds = kept.into_iter().map(|deed| with_rows(deed, &rows));
    Ok(Msg::Deeds(deeds.filter(Deed::can_be_undone).collect()))
}

fn with_rows(deed: KeptDeed, rows: &HashMap<ConversationId, Row>) -> Deed {
    let parts = deed.parts.into_iter().filter_map(|part| {
        Some(Part {
            row: rows.get(&part.conversation_id)?.clone(),
            conversation_id: part.conversation_id,
            intent: part.intent,
            command: part.command,
            inverse: Some(part.inverse),
        })
    });
    Deed {
        id: deed.id,
        title: deed.title,
        parts: parts.collect(),
        at: deed.at,
        run: deed.run,
    }
}
