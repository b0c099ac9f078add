//! What is shown: the truth as the server said it, with what waits in the outbox done to it in
//! order. Pure, and computed anew whenever one of the two changes; so nothing has to be taken
//! back when the server refuses.

use frontdesk_inbox::view::Marks;
use frontdesk_inbox::{Command, DraftMark, LastWords, Queued, Row, Speaker};
use frontdesk_protocol::time::Timestamp;

/// Does what waits to a row that shows the truth.
pub(crate) fn effective<'a>(mut row: Row, queued: impl IntoIterator<Item = &'a Queued>) -> Row {
    for it in queued {
        row.out = row.out.max(it.state.mark());
        if it.state.is_shown_as_done() {
            do_to(&mut row, it);
        }
    }
    row
}

/// What decides in which lists the row stands, beside the conversation.
pub(crate) fn marks(row: &Row) -> Marks {
    Marks {
        draft: row.draft,
        is_mentioned: row.is_mentioned,
    }
}

/// The beginning of a text, as much as a line may show of it.
pub(crate) fn beginning(text: &str) -> String {
    const MOST: usize = 240;
    text.trim_start().chars().take(MOST).collect()
}

fn do_to(row: &mut Row, queued: &Queued) {
    let (command, at) = (&queued.command, queued.made_at);
    row.take(command, at);
    match command {
        Command::Reply { body, .. } | Command::Note { body } => {
            let file = queued.files.first().map_or("", |it| &it.filename);
            say(row, if body.is_empty() { file } else { body }, at);
        }
        Command::ApproveDraft { edited, .. } => {
            row.draft = DraftMark::None;
            if let Some(body) = edited {
                say(row, body, at);
            }
        }
        Command::RejectDraft { .. } => row.draft = DraftMark::None,
        Command::Read => row.is_mentioned = false,
        _ => {}
    }
}

fn say(row: &mut Row, body: &str, at: Timestamp) {
    row.last = Some(LastWords {
        by: Speaker::Me,
        text: beginning(body),
        at,
    });
}
