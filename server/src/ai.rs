//! Makes drafts: looks whether one is called for, gathers what it may rest on, makes it, and keeps it
//! unless somebody wrote meanwhile. No transaction is open while it is made.

mod builtin;
mod keep;
mod look;

use crate::app::App;
use crate::failure::Outcome;
use frontdesk_db::queries::drafts;
use frontdesk_domain::{AccountId, Actor, ConversationId, DraftState};
use frontdesk_protocol::entity::DraftSource;

/// What was made.
pub(crate) enum Made {
    Text {
        body: String,
        sources: Vec<DraftSource>,
    },
    /// There is nothing to rest a draft on.
    Nothing { why: String },
}

/// What is left to do for a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Nothing,
    /// Somebody wrote while it was made.
    Again,
}

/// So often a customer may write while a draft is made before it is put off.
const ROUNDS: usize = 5;

/// Makes the draft of a conversation, if one is called for.
pub(crate) async fn suggest(app: &App, account_id: AccountId, id: ConversationId) -> Outcome<()> {
    for _ in 0..ROUNDS {
        if round(app, account_id, id).await? == Left::Nothing {
            break;
        }
    }
    Ok(())
}

async fn round(app: &App, account_id: AccountId, id: ConversationId) -> Outcome<Left> {
    let looked = app
        .db
        .write(account_id, move |unit| look::look(unit, account_id, id))
        .await?;
    let Some(wanted) = looked else {
        return Ok(Left::Nothing);
    };
    let began_at = app.db.now();
    let asking = wanted.clone();
    let made = app
        .db
        .read(move |conn| builtin::answer(conn, &asking))
        .await?;
    let took_ms = app.db.now().0.saturating_sub(began_at.0).max(0) / 1_000;
    let tried = keep::Tried {
        made,
        began_at,
        took_ms,
    };
    app.db
        .write(account_id, move |unit| keep::keep(unit, &wanted, &tried))
        .await
}

/// Gives up a draft that somebody waits for, and says why.
pub(crate) async fn give_up(
    app: &App,
    account_id: AccountId,
    id: ConversationId,
    why: String,
) -> Outcome<()> {
    app.db
        .write(account_id, move |unit| {
            let there = drafts::of_conversation(unit.conn(), account_id, id)?;
            for mut draft in there {
                if draft.state == DraftState::Generating {
                    draft.state = DraftState::Failed;
                    draft.reason = Some(why.clone());
                    let actor = Actor::system(account_id);
                    crate::use_cases::draft::save(unit, &actor, draft)?;
                }
            }
            Ok(())
        })
        .await
}
