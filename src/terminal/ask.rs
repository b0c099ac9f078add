//! The one question the terminal is asked: what colour its ground is. It is asked before the
//! first frame, which waits for the answer for some milliseconds and no longer.
//!
//! The answer comes in between the keys, late where the way is long, and crossterm takes it for
//! keys. So it is picked out of them: from the sign that begins an answer on, keys are held back
//! until it is complete, or until it turns out to be none. Then they are keys again.

use crate::environment::Environment;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use frontdesk_ui::theme::Ground;
use std::collections::VecDeque;
use std::time::Duration;

/// The question.
pub(super) const QUESTION: &str = "\x1b]11;?\x1b\\";

/// How every answer goes on after its first sign.
const BEGINNING: &str = "11;rgb";
/// No answer is longer.
const LONGEST: usize = 40;
/// An answer comes in one piece: after so much silence what is held back was typed by a hand.
pub(super) const ONE_PIECE: Duration = Duration::from_millis(60);

/// Whether this terminal may be asked. Some show the question, some never answer.
pub(crate) fn may_ask(environment: &Environment) -> bool {
    let term = environment.get("TERM").unwrap_or("dumb");
    let is_silent = ["dumb", "linux", "screen", "vt", "eterm", "emacs"]
        .iter()
        .any(|known| term.starts_with(known));
    let is_tmux = environment.get("TMUX").is_some();
    let is_apples = environment.get("TERM_PROGRAM") == Some("Apple_Terminal");
    (!is_silent || (is_tmux && term.starts_with("screen"))) && !is_apples
}

/// Whether an answer is awaited, and what of it is here.
#[derive(Debug, Default)]
pub(super) enum Listening {
    #[default]
    NotAsked,
    Asked,
    /// What may be an answer: its signs, and the events they came as.
    Within {
        text: String,
        events: VecDeque<Event>,
    },
}

/// What an event was.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sorted {
    /// It is what it is.
    Event(Event),
    /// A part of what may be an answer.
    Held,
    Answer(Ground),
    /// An answer that says nothing, which is let go.
    Nothing,
    /// It was no answer: all of this was typed.
    Typed(VecDeque<Event>),
}

impl Listening {
    /// Whether something is held back.
    pub(super) fn is_within(&self) -> bool {
        matches!(self, Self::Within { .. })
    }

    /// Takes in an event.
    pub(super) fn sort(&mut self, event: Event) -> Sorted {
        match std::mem::take(self) {
            Self::NotAsked => Sorted::Event(event),
            Self::Asked if is_start(&event) => {
                *self = Self::Within {
                    text: String::new(),
                    events: VecDeque::from([event]),
                };
                Sorted::Held
            }
            Self::Asked => {
                *self = Self::Asked;
                Sorted::Event(event)
            }
            Self::Within {
                mut text,
                mut events,
            } => {
                let sign = sign(&event);
                events.push_back(event);
                match sign {
                    Some(Sign::End) if text.starts_with(BEGINNING) => {
                        Ground::of_answer(&text).map_or(Sorted::Nothing, Sorted::Answer)
                    }
                    Some(Sign::Letter(c)) if fits(&text, c) => {
                        text.push(c);
                        *self = Self::Within { text, events };
                        Sorted::Held
                    }
                    _ => {
                        *self = Self::Asked;
                        Sorted::Typed(events)
                    }
                }
            }
        }
    }

    /// Nothing more came: what was held back was typed.
    pub(super) fn give_up(&mut self) -> VecDeque<Event> {
        match std::mem::take(self) {
            Self::Within { events, .. } => {
                *self = Self::Asked;
                events
            }
            other => {
                *self = other;
                VecDeque::new()
            }
        }
    }
}

fn fits(text: &str, next: char) -> bool {
    match BEGINNING.chars().nth(text.chars().count()) {
        Some(expected) => expected == next,
        None => text.len() < LONGEST,
    }
}

/// What an answer is made of.
enum Sign {
    Letter(char),
    End,
}

fn is_start(event: &Event) -> bool {
    matches!(press(event), Some((KeyCode::Char(']'), KeyModifiers::ALT)))
}

fn sign(event: &Event) -> Option<Sign> {
    match press(event)? {
        (KeyCode::Char('\\'), KeyModifiers::ALT) | (KeyCode::Char('g'), KeyModifiers::CONTROL) => {
            Some(Sign::End)
        }
        (KeyCode::Char(c), KeyModifiers::NONE) => Some(Sign::Letter(c)),
        _ => None,
    }
}

fn press(event: &Event) -> Option<(KeyCode, KeyModifiers)> {
    match event {
        Event::Key(KeyEvent {
            code,
            modifiers,
            kind: KeyEventKind::Press,
            ..
        }) => Some((*code, *modifiers)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// The events crossterm makes of an answer.
    fn answer(text: &str, end: Event) -> Vec<Event> {
        let letters = text.chars().map(|c| key(c, KeyModifiers::NONE));
        std::iter::once(key(']', KeyModifiers::ALT))
            .chain(letters)
            .chain([end])
            .collect()
    }

    fn sort(events: Vec<Event>) -> (Listening, Vec<Sorted>) {
        let mut listening = Listening::Asked;
        let sorted = events.into_iter().map(|event| listening.sort(event));
        let sorted = sorted.filter(|it| *it != Sorted::Held).collect();
        (listening, sorted)
    }

    #[test]
    fn an_answer_is_picked_out_of_the_keys() {
        let ends = [
            key('\\', KeyModifiers::ALT),
            key('g', KeyModifiers::CONTROL),
        ];
        for end in ends {
            let typed = key('j', KeyModifiers::NONE);
            let mut events = vec![typed.clone()];
            events.extend(answer("11;rgb:1515/1717/1c1c", end));
            events.push(typed.clone());
            let (_, sorted) = sort(events);
            let expected = [
                Sorted::Event(typed.clone()),
                Sorted::Answer(Ground::Dark),
                Sorted::Event(typed),
            ];
            assert_eq!(sorted, expected);
        }
    }

    #[test]
    fn an_answer_that_says_nothing_is_no_key_either() {
        let end = key('\\', KeyModifiers::ALT);
        assert_eq!(sort(answer("11;rgb:x/y/z", end)).1, [Sorted::Nothing]);
    }

    #[test]
    fn what_a_hand_typed_stays_typed() {
        let events = vec![
            key(']', KeyModifiers::ALT),
            key('1', KeyModifiers::NONE),
            key('j', KeyModifiers::NONE),
        ];
        let (mut listening, sorted) = sort(events.clone());
        assert_eq!(sorted, [Sorted::Typed(events.into())]);
        let alone = key(']', KeyModifiers::ALT);
        assert_eq!(listening.sort(alone.clone()), Sorted::Held);
        assert!(listening.is_within());
        assert_eq!(listening.give_up(), [alone]);
        assert!(!listening.is_within());
    }

    #[test]
    fn where_nothing_was_asked_nothing_is_held_back() {
        let mut listening = Listening::NotAsked;
        let event = key(']', KeyModifiers::ALT);
        assert_eq!(listening.sort(event.clone()), Sorted::Event(event));
    }

    #[test]
    fn terminals_that_would_show_the_question_are_not_asked() {
        let may = |pairs: &[(&str, &str)]| may_ask(&Environment::of(pairs));
        assert!(may(&[("TERM", "xterm-256color")]));
        assert!(may(&[("TERM", "screen-256color"), ("TMUX", "/tmp/x")]));
        for term in ["dumb", "linux", "screen", "vt100"] {
            assert!(!may(&[("TERM", term)]), "{term}");
        }
        assert!(!may(&[]));
        let apple = [
            ("TERM", "xterm-256color"),
            ("TERM_PROGRAM", "Apple_Terminal"),
        ];
        assert!(!may(&apple));
    }
}
