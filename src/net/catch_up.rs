//! Keeps the numbered events of an account in order and without gaps, from whichever way they
//! come: in the answer to a join, live, or in pages fetched over HTTP. Pure: it says what is
//! missing, and others fetch it.

use frontdesk_protocol::entity::Event;
use frontdesk_protocol::id::EventSeq;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The most events that wait for an earlier one. What does not fit is fetched again.
const MOST_WAITING: usize = 2_000;

/// An event with its number, and the JSON it came as.
#[derive(Debug, Clone)]
pub struct Numbered {
    pub seq: EventSeq,
    pub json: Box<RawValue>,
    /// Nothing for kinds of events this program does not know; their number counts all the same.
    pub event: Option<Box<Event>>,
}

/// The text is not an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server sent something that is not an event")]
pub struct NotAnEvent;

impl Numbered {
    /// Reads one event.
    ///
    /// # Errors
    /// When it has no number.
    pub fn read(json: Box<RawValue>) -> Result<Self, NotAnEvent> {
        #[derive(Deserialize)]
        struct Number {
            seq: EventSeq,
        }
        let Number { seq } = serde_json::from_str(json.get()).map_err(|_| NotAnEvent)?;
        let event = serde_json::from_str(json.get()).ok().map(Box::new);
        Ok(Self { seq, json, event })
    }
}

/// Events as a page over HTTP or the answer to a join carries them.
#[derive(Debug, Clone, Deserialize)]
pub struct Page {
    #[serde(alias = "data")]
    pub events: Vec<Box<RawValue>>,
    #[serde(alias = "newest")]
    pub seq: EventSeq,
}

/// The server says that there is more, and does not give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server's events have a gap")]
pub struct Gap;

/// How far the events have been taken in.
#[derive(Debug)]
pub struct CatchUp {
    /// The last event that was handed on.
    cursor: EventSeq,
    /// The highest number the server has spoken of.
    highest: EventSeq,
    waiting: BTreeMap<EventSeq, Numbered>,
}

impl CatchUp {
    /// Starts after the event `cursor`.
    #[must_use]
    pub fn after(cursor: EventSeq) -> Self {
        Self {
            cursor,
            highest: cursor,
            waiting: BTreeMap::new(),
        }
    }

    /// The last event that was handed on.
    #[must_use]
    pub fn cursor(&self) -> EventSeq {
        self.cursor
    }

    /// Takes an event that came live.
    pub fn arrived(&mut self, event: Numbered) {
        self.highest = self.highest.max(event.seq);
        let is_next = event.seq.0 == self.cursor.0 + 1;
        if event.seq > self.cursor && (is_next || self.waiting.len() < MOST_WAITING) {
            self.waiting.insert(event.seq, event);
        }
    }

    /// Takes a page that was fetched from [`Self::missing_after`], or the answer to a join.
    ///
    /// # Errors
    /// When it does not bring what it should, so that asking again would not help.
    pub fn page(&mut self, page: Page) -> Result<(), PageError> {
        let before = (self.cursor, self.waiting.len());
        self.highest = self.highest.max(page.seq);
        for json in page.events {
            let event = Numbered::read(json)?;
            self.highest = self.highest.max(event.seq);
            if event.seq > self.cursor {
                self.waiting.insert(event.seq, event);
            }
        }
        let is_stuck = self.highest > self.cursor && self.peek().is_none();
        if is_stuck && before == (self.cursor, self.waiting.len()) {
            return Err(Gap.into());
        }
        Ok(())
    }

    /// The next event in order, if it is there.
    pub fn take_next(&mut self) -> Option<Numbered> {
        let next = self.peek()?;
        let event = self.waiting.remove(&next)?;
        self.cursor = next;
        Some(event)
    }

    /// Whether the server has spoken of an event that was not handed on.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.highest > self.cursor
    }

    /// After which event something is missing, when something is.
    #[must_use]
    pub fn missing_after(&self) -> Option<EventSeq> {
        (self.is_behind() && self.peek().is_none()).then_some(self.cursor)
    }

    fn peek(&self) -> Option<EventSeq> {
        let next = EventSeq(self.cursor.0 + 1);
        self.waiting.contains_key(&next).then_some(next)
    }
}

/// Why a page cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error(transparent)]
    NotAnEvent(#[from] NotAnEvent),
    #[error(transparent)]
    Gap(#[from] Gap),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw(seq: i64) -> Box<RawValue> {
        let json = format!(r#"{{"seq":{seq},"at":"2026-11-20T20:21:14Z","kind":"hidden"}}"#);
        RawValue::from_string(json).unwrap()
    }

    fn event(seq: i64) -> Numbered {
        Numbered::read(raw(seq)).unwrap()
    }

    fn page(seqs: impl IntoIterator<Item = i64>, newest: i64) -> Page {
        let events = seqs.into_iter().map(raw).collect();
        Page {
            events,
            seq: EventSeq(newest),
        }
    }

    fn drain(events: &mut CatchUp) -> Vec<i64> {
        std::iter::from_fn(|| events.take_next())
            .map(|event| event.seq.0)
            .collect()
    }

    #[test]
    fn live_events_pass_straight_through() {
        let mut events = CatchUp::after(EventSeq(4));
        events.arrived(event(5));
        events.arrived(event(6));
        assert_eq!(drain(&mut events), [5, 6]);
        assert_eq!(events.missing_after(), None);
    }

    #[test]
    fn a_gap_is_fetched_before_what_follows_it() {
        let mut events = CatchUp::after(EventSeq(4));
        events.arrived(event(8));
        assert_eq!(drain(&mut events), [0; 0]);
        assert_eq!(events.missing_after(), Some(EventSeq(4)));
        events.page(page(5..=6, 8)).unwrap();
        assert_eq!(drain(&mut events), [5, 6]);
        assert_eq!(events.missing_after(), Some(EventSeq(6)));
        events.page(page(7..=8, 9)).unwrap();
        assert_eq!(events.missing_after(), None);
        assert!(events.is_behind());
        assert_eq!(drain(&mut events), [7, 8]);
        assert_eq!(events.missing_after(), Some(EventSeq(8)));
    }

    #[test]
    fn what_was_seen_is_not_seen_again() {
        let mut events = CatchUp::after(EventSeq(4));
        for seq in [3, 4, 5, 5] {
            events.arrived(event(seq));
        }
        assert_eq!(drain(&mut events), [5]);
        events.arrived(event(5));
        assert_eq!(drain(&mut events), [0; 0]);
        assert_eq!(events.missing_after(), None);
    }

    #[test]
    fn a_server_that_promises_and_does_not_give_is_not_asked_for_ever() {
        let mut events = CatchUp::after(EventSeq(4));
        assert_eq!(events.page(page([], 9)), Err(PageError::Gap(Gap)));
        assert_eq!(events.page(page([], 4)), Err(PageError::Gap(Gap)));
        let mut events = CatchUp::after(EventSeq(4));
        assert_eq!(events.page(page([], 4)), Ok(()));
    }

    #[test]
    fn both_spellings_of_a_page_are_read() {
        for text in [
            r#"{"data":[{"seq":1}],"newest":3,"more":true}"#,
            r#"{"events":[{"seq":1}],"seq":3,"more":true}"#,
        ] {
            let page: Page = serde_json::from_str(text).unwrap();
            assert_eq!((page.events.len(), page.seq), (1, EventSeq(3)));
        }
    }

    #[test]
    fn unknown_kinds_keep_their_number() {
        let json = RawValue::from_string(r#"{"seq":7,"kind":"from.the.future"}"#.to_owned());
        let event = Numbered::read(json.unwrap()).unwrap();
        assert_eq!((event.seq, event.event.is_none()), (EventSeq(7), true));
        let json = RawValue::from_string("{}".to_owned()).unwrap();
        assert!(Numbered::read(json).is_err());
    }

    proptest! {
        #[test]
        fn any_order_of_arrival_ends_in_order(
            arrivals in proptest::collection::vec(1_i64..60, 0..80),
            sizes in proptest::collection::vec(1_i64..9, 60),
        ) {
            let newest = arrivals.iter().copied().max().unwrap_or(0);
            let (mut events, mut seen) = (CatchUp::after(EventSeq(0)), Vec::new());
            let mut sizes = sizes.into_iter();
            for seq in arrivals {
                events.arrived(event(seq));
                seen.extend(drain(&mut events));
            }
            while let Some(after) = events.missing_after() {
                let last = (after.0 + sizes.next().unwrap_or(60)).min(newest);
                events.page(page(after.0 + 1..=last, newest)).unwrap();
                seen.extend(drain(&mut events));
            }
            prop_assert_eq!(seen, (1..=newest).collect::<Vec<_>>());
        }
    }
}
