//! Keys that are recorded, to be played again.

use crate::key::Key;

/// How many keys are recorded at most; whoever types more has forgotten that they record.
pub const MOST: usize = 500;

/// Whether keys are recorded, and what was recorded last.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    now: Option<Recording>,
    /// What was recorded last.
    kept: Vec<Key>,
    /// What was kept under a name.
    pub named: Vec<(String, Vec<Key>)>,
    pub playing: Playing,
}

/// What is being recorded.
#[derive(Debug, Clone, Default)]
struct Recording {
    keys: Vec<Key>,
    /// Keys that have come to no end yet: of a longer one, or in a box. Those that end the
    /// recording are no part of it.
    open: Vec<Key>,
}

/// Whether keys come from a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Playing {
    #[default]
    No,
    Yes,
    /// One of them could not do what it does.
    Stumbled,
}

/// Whether what was typed has come to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Whole,
    Part,
}

impl Recorder {
    /// Whether keys are recorded now.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.now.is_some()
    }

    /// What was recorded last.
    #[must_use]
    pub fn kept(&self) -> &[Key] {
        &self.kept
    }

    /// Keeps what was recorded last under a name.
    pub fn keep_as(&mut self, name: &str) {
        let keys = self.kept.clone();
        match self.named.iter_mut().find(|(it, _)| it == name) {
            Some((_, known)) => *known = keys,
            None => self.named.push((name.to_owned(), keys)),
        }
    }

    /// Takes up what was kept under a name, as if it had been recorded last.
    pub fn take_up(&mut self, name: &str) {
        if let Some((_, keys)) = self.named.iter().find(|(it, _)| it == name) {
            self.kept.clone_from(keys);
        }
    }

    /// Begins.
    pub fn begin(&mut self) {
        self.now = Some(Recording::default());
    }

    /// Ends, and keeps what there is of it. One without keys leaves the one before.
    pub fn end(&mut self) {
        if let Some(recording) = self.now.take().filter(|it| !it.keys.is_empty()) {
            self.kept = recording.keys;
        }
    }

    /// Takes a key down. Ends where there are too many.
    pub fn hear(&mut self, key: Key, typed: Typed) {
        let Some(recording) = &mut self.now else {
            return;
        };
        recording.open.push(key);
        if typed == Typed::Part {
            return;
        }
        let open = std::mem::take(&mut recording.open);
        recording.keys.extend(open);
        if recording.keys.len() >= MOST {
            self.end();
        }
    }

    /// Notes that a key that was played could not do what it does.
    pub fn stumble(&mut self) {
        if self.playing == Playing::Yes {
            self.playing = Playing::Stumbled;
        }
    }
}
