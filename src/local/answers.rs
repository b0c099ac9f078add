//! What the local copy answers to the screen, and what the screen is told after a change.

use frontdesk_inbox::kept::Asked;
use frontdesk_inbox::{Row, Thread, View};
use frontdesk_protocol::id::{ConversationId, CustomerId, EventSeq, ViewId};
use frontdesk_store::desk::{
    Begun, Direction, Page as StorePage, Place, Reach as StoreReach, TextKind,
};
use frontdesk_store::{Desk, StoreError};
use frontdesk_ui::Msg;
use frontdesk_ui::effect::{From, LoadPage};
use frontdesk_ui::msg::{Hit, Level, Origin, Page, Reach, Typed, WrittenKind};
use tokio::sync::mpsc;

/// How many of the newest messages of a thread are read at first.
pub(crate) const THREAD: usize = 200;

/// How far a narrowed view is searched through.
const SEARCHED: usize = 20_000;
const SEARCHED_AT_ONCE: usize = 500;

/// Tells the screen what came of a question. A file that fails is said once, where it is seen.
pub(crate) fn answer(news: &mpsc::Sender<Msg>, result: Result<Msg, StoreError>) {
    let msg = result.unwrap_or_else(|error| {
        tracing::error!(%error, "the local data failed");
        let words = if error.is_damage() {
            "Your local copy is damaged. The next start makes it anew; nothing of yours is lost."
                .to_owned()
        } else if error.is_full() {
            "Your disk is full: free some room, then try again.".to_owned()
        } else {
            format!("Your local data failed: {error}.")
        };
        Msg::Told(Level::Bad, words)
    });
    // A screen that has closed needs no news.
    drop(news.blocking_send(msg));
}

/// Tells the screen what these conversations look like now, with all that hangs on them.
pub(crate) fn after(desk: &Desk, news: &mpsc::Sender<Msg>, ids: &[ConversationId]) {
    answer(news, rows(desk, ids).map(Msg::Changed));
    answer(news, desk.counts().map(Msg::Counts));
    answer(news, Ok(Msg::Outbox(desk.waiting())));
}

fn rows(desk: &Desk, ids: &[ConversationId]) -> Result<Vec<Row>, StoreError> {
    desk.rows(ids)
}

/// A part of a list.
pub(super) fn page(desk: &Desk, wanted: &LoadPage) -> Result<Msg, StoreError> {
    let found = match &wanted.narrowed {
        Some(words) => narrowed(desk, wanted, words)?,
        None => {
            let (place, direction) = place(wanted.from);
            desk.page(wanted.view, place, direction, wanted.limit)?
        }
    };
    Ok(Msg::Page(Page {
        generation: wanted.generation,
        view: wanted.view,
        rows: found.rows,
        has_before: found.has_before,
        has_after: found.has_after,
    }))
}

/// A part of a kept view, and how many stand in it.
pub(super) fn kept_page(
    desk: &Desk,
    wanted: &LoadPage,
    asked: &Asked,
) -> Result<(Msg, Msg), StoreError> {
    let zone = jiff::tz::TimeZone::system();
    let at = place(wanted.from);
    let words = wanted.narrowed.as_deref().unwrap_or_default();
    let narrowed = Asked {
        query: format!("{} {words}", asked.query),
        ..asked.clone()
    };
    let (found, counted) = desk.kept_page(&narrowed, zone.iana_name(), at, wanted.limit)?;
    let counts = match (wanted.view, &wanted.narrowed) {
        (View::Kept(id), None) => vec![(id, counted)],
        _ => Vec::new(),
    };
    let page = Page {
        generation: wanted.generation,
        view: wanted.view,
        rows: found.rows,
        has_before: found.has_before,
        has_after: found.has_after,
    };
    Ok((Msg::Page(page), Msg::KeptCounts(counts)))
}

/// How many stand in each kept view.
pub(super) fn counts(desk: &Desk, asked: &[(ViewId, String)]) -> Result<Msg, StoreError> {
    let zone = jiff::tz::TimeZone::system();
    let count =
        |(id, query): &(ViewId, String)| Ok((*id, desk.kept_count(query, zone.iana_name())?));
    let counts: Result<Vec<_>, StoreError> = asked.iter().map(count).collect();
    counts.map(Msg::KeptCounts)
}

fn place(from: From) -> (Place, Direction) {
    match from {
        From::Top => (Place::Top, Direction::Below),
        From::Bottom => (Place::Bottom, Direction::Above),
        From::After(id) => (Place::At(id), Direction::Below),
        From::Before(id) => (Place::At(id), Direction::Above),
        From::Around(id) => (Place::At(id), Direction::Around),
    }
}

/// The rows of a view that have all of these words, as many as a page takes.
fn narrowed(desk: &Desk, wanted: &LoadPage, words: &str) -> Result<StorePage, StoreError> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut found = StorePage::default();
    let mut at = Place::Top;
    for _ in 0..SEARCHED / SEARCHED_AT_ONCE {
        let part = desk.page(wanted.view, at, Direction::Below, SEARCHED_AT_ONCE)?;
        found
            .rows
            .extend(part.rows.into_iter().filter(|row| has(row, &words)));
        match part.last.filter(|_| part.has_after) {
            Some(last) if found.rows.len() < wanted.limit => at = Place::Spot(last),
            _ => break,
        }
    }
    found.rows.truncate(wanted.limit);
    Ok(found)
}

fn has(row: &Row, words: &[String]) -> bool {
    let text = format!(
        "{} {} {} #{}",
        row.customer,
        row.conversation.subject.as_deref().unwrap_or(""),
        row.last.as_ref().map_or("", |last| last.text.as_str()),
        row.conversation.number,
    )
    .to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// How many hits of a search are shown.
const HITS: usize = 50;

/// What a search finds, the latest first.
pub(super) fn search(desk: &Desk, generation: u64, text: &str) -> Result<Msg, StoreError> {
    let zone = jiff::tz::TimeZone::system();
    let found = desk.search(text, zone.iana_name(), HITS)?;
    Ok(Msg::Found {
        generation,
        reach: match found.reach {
            StoreReach::Whole => Reach::Whole,
            StoreReach::Newest => Reach::Newest,
        },
        hits: found
            .hits
            .into_iter()
            .map(|hit| Hit {
                row: hit.row,
                message: hit.message,
            })
            .collect(),
    })
}

/// How many customers a box offers.
const CUSTOMERS: usize = 30;

/// Customers who have these words, or whom the desk heard of last.
pub(super) fn customers(desk: &Desk, generation: u64, text: &str) -> Result<Msg, StoreError> {
    let customers = desk.find_customers(text, CUSTOMERS)?;
    Ok(Msg::Customers {
        generation,
        customers,
    })
}

/// A thread, if the conversation is here.
pub(crate) fn thread(desk: &Desk, id: ConversationId) -> Result<Option<Thread>, StoreError> {
    desk.thread(id, THREAD)
}

/// The customer of a conversation, if not all that the server tells of them is here.
pub(crate) fn unknown_customer(
    desk: &Desk,
    id: ConversationId,
) -> Result<Option<CustomerId>, StoreError> {
    let thread = desk.thread(id, 1)?;
    let unknown = thread.filter(|it| it.customer.as_ref().is_none_or(|it| it.notes.is_none()));
    Ok(unknown.map(|it| it.row.conversation.customer_id))
}

/// Messages of a thread before a number.
pub(crate) fn older(desk: &Desk, id: ConversationId, before: EventSeq) -> Result<Msg, StoreError> {
    let (messages, has_older) = desk.older(id, before, THREAD)?;
    Ok(Msg::Older {
        conversation_id: id,
        messages,
        has_older,
    })
}

/// A text that was begun in a conversation, if there is one.
pub(super) fn text(desk: &Desk, id: ConversationId) -> Result<Option<Msg>, StoreError> {
    for (kind, written) in [
        (TextKind::Reply, WrittenKind::Reply),
        (TextKind::Note, WrittenKind::Note),
    ] {
        if let Some(begun) = desk.text(id, kind)? {
            return Ok(Some(Msg::Text(typed(id, written, begun))));
        }
    }
    Ok(None)
}

fn typed(conversation_id: ConversationId, kind: WrittenKind, begun: Begun) -> Typed {
    Typed {
        conversation_id,
        kind,
        text: begun.text,
        seen: begun.seen,
        origin: match begun.draft {
            Some((id, version)) => Origin::Draft { id, version },
            None => Origin::Fresh,
        },
        files: begun.files,
    }
}

/// A text as the store keeps it.
pub(super) fn begun(typed: Typed) -> Begun {
    Begun {
        text: typed.text,
        seen: typed.seen,
        draft: match typed.origin {
            Origin::Draft { id, version } => Some((id, version)),
            Origin::Fresh => None,
        },
        files: typed.files,
    }
}

/// The store's word for whom a text is for.
pub(super) fn kind(kind: WrittenKind) -> TextKind {
    match kind {
        WrittenKind::Reply => TextKind::Reply,
        WrittenKind::Note => TextKind::Note,
    }
}
