//! Conversations that are held beside each other. The one that is open has the focus: whatever
//! acts on a conversation acts on it, and the others are only looked at.

use super::lines::Lines;
use super::thread::Scroll;
use frontdesk_protocol::id::ConversationId;

/// How many conversations are held at once.
pub const MOST: usize = 4;
/// What a pane has of the room, unless the agent gives it more or less.
const SHARE: u16 = 6;
const SHARES: std::ops::RangeInclusive<u16> = 2..=18;

/// The conversations that are held, from left to right.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    held: Vec<Held>,
    pub tie: Tie,
}

/// A conversation that is held.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: ConversationId,
    /// Where its reader was when the focus left it.
    pub scroll: Scroll,
    /// Its part of the room, measured against the others'.
    pub share: u16,
    /// What was laid out of it, while another has the focus.
    pub lines: Lines,
}

/// Whether the others follow when one is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tie {
    #[default]
    Loose,
    /// They show what was written until then.
    ByTime,
}

/// Whether a conversation could be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    Held,
    Already,
    Full,
}

impl Beside {
    /// The conversations that are held.
    #[must_use]
    pub fn held(&self) -> &[Held] {
        &self.held
    }

    /// The conversations that are held, to be changed.
    pub fn held_mut(&mut self) -> &mut [Held] {
        &mut self.held
    }

    /// Where the conversation stands, if it is held.
    #[must_use]
    pub fn place(&self, id: ConversationId) -> Option<usize> {
        self.held.iter().position(|held| held.id == id)
    }

    /// Holds one more.
    pub fn hold(&mut self, id: ConversationId) -> Holding {
        if self.place(id).is_some() {
            return Holding::Already;
        }
        if self.held.len() >= MOST {
            return Holding::Full;
        }
        self.held.push(Held {
            id,
            scroll: Scroll::End,
            share: SHARE,
            lines: Lines::default(),
        });
        Holding::Held
    }

    /// Lets conversations go.
    pub fn let_go(&mut self, ids: &[ConversationId]) {
        self.held.retain(|held| !ids.contains(&held.id));
    }

    /// Gives a pane more of the room, or less.
    pub fn widen(&mut self, place: usize, by: i16) {
        if let Some(held) = self.held.get_mut(place) {
            let share = held.share.saturating_add_signed(by);
            held.share = share.clamp(*SHARES.start(), *SHARES.end());
        }
    }

    /// Gives every pane the same.
    pub fn make_equal(&mut self) {
        for held in &mut self.held {
            held.share = SHARE;
        }
    }

    /// Which of them has the focus while this one is open; nothing where they do not stand
    /// beside each other.
    #[must_use]
    pub fn focus(&self, open: Option<ConversationId>) -> Option<usize> {
        let focus = self.place(open?)?;
        (self.held.len() > 1).then_some(focus)
    }
}
