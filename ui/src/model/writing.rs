//! Drafts as they are being written: what has come of each so far, beside what the server keeps.

use frontdesk_protocol::draft_text::{DraftText, Writing};
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::id::{ConversationId, DraftId};
use frontdesk_protocol::time::Timestamp;

/// How many are remembered; older ones are let go.
const MOST: usize = 100;
/// A server that writes says so each second. After so many without a word nothing is being written.
const SILENCE_SECONDS: i64 = 5;

/// All of them, the last begun at the end.
#[derive(Debug, Clone, Default)]
pub struct Writings(Vec<Written>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub conversation_id: ConversationId,
    pub text: String,
    pub state: Writing,
    /// Why there is no draft.
    pub why: Option<String>,
    /// The draft that stood there when this was begun.
    before: Option<(DraftId, i64)>,
    heard_at: Timestamp,
}

impl Writings {
    /// Takes in what was told. `there` is the draft that stands in the conversation.
    pub fn take(&mut self, told: DraftText, there: Option<&Draft>, now: Timestamp) {
        let id = told.conversation_id;
        let known = self.0.iter().position(|it| it.conversation_id == id);
        let known = known.map(|at| self.0.remove(at));
        let before = match known.filter(|it| it.state == Writing::Going) {
            Some(known) => known.before,
            None => there.map(|it| (it.id, it.version)),
        };
        self.0.push(Written {
            conversation_id: id,
            text: told.text,
            state: told.state,
            why: told.why,
            before,
            heard_at: now,
        });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// What is written in a conversation, or has just been, as long as no draft has come of it.
    #[must_use]
    pub fn of(&self, id: ConversationId, there: Option<&Draft>) -> Option<&Written> {
        let found = self.0.iter().find(|it| it.conversation_id == id)?;
        (found.state == Writing::Going || !found.is_replaced_by(there)).then_some(found)
    }

    /// Lets go of what is not told of any more, once a draft has come of it or the agent has seen that
    /// there is none.
    pub fn let_go(&mut self, id: ConversationId) {
        self.0
            .retain(|it| it.conversation_id != id || it.state == Writing::Going);
    }

    /// A server that is away writes nothing that could be seen, and one that says nothing has stopped.
    pub fn pass(&mut self, now: Timestamp) {
        for it in &mut self.0 {
            if it.state == Writing::Going && it.silent_at() <= now {
                it.state = Writing::Broken;
                it.why = Some("The server says nothing more of it.".to_owned());
            }
        }
    }

    /// When one of them has been silent for too long.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let going = self.0.iter().filter(|it| it.state == Writing::Going);
        going.map(Written::silent_at).min()
    }
}

impl Written {
    fn silent_at(&self) -> Timestamp {
        self.heard_at.plus_seconds(SILENCE_SECONDS)
    }

    /// Whether what stands there came after this was begun, and is not only announced.
    fn is_replaced_by(&self, there: Option<&Draft>) -> bool {
        let mark = there.map(|it| (it.id, it.version));
        match self.state {
            Writing::Going => false,
            Writing::Done => mark.is_some() && mark != self.before && there.is_some_and(has_text),
            // The one that stands there is still the best there is.
            Writing::Broken => there.is_some_and(has_text),
        }
    }
}

fn has_text(draft: &Draft) -> bool {
    draft.body.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{id, now, thread};

    fn told(state: Writing, text: &str) -> DraftText {
        DraftText {
            conversation_id: id(1),
            draft_id: None,
            state,
            text: text.to_owned(),
            why: None,
        }
    }

    #[test]
    fn what_is_written_stands_there_until_its_draft_does() {
        let mut all = Writings::default();
        let before = thread().draft.unwrap();
        all.take(told(Writing::Going, "Hi"), Some(&before), now());
        assert_eq!(all.of(id(1), Some(&before)).unwrap().text, "Hi");
        all.take(told(Writing::Done, "Hi Priya"), Some(&before), now());
        assert_eq!(all.of(id(1), Some(&before)).unwrap().text, "Hi Priya");
        let after = Draft {
            version: 2,
            ..before
        };
        assert_eq!(all.of(id(1), Some(&after)), None);
        assert_eq!(all.of(id(2), None), None);
    }

    #[test]
    fn a_server_that_falls_silent_has_stopped() {
        let mut all = Writings::default();
        all.take(told(Writing::Going, "Hi"), None, now());
        let silent = all.next_deadline().unwrap();
        all.pass(silent.plus_seconds(-1));
        assert_eq!(all.of(id(1), None).unwrap().state, Writing::Going);
        all.pass(silent);
        assert_eq!(all.of(id(1), None).unwrap().state, Writing::Broken);
        assert_eq!(all.next_deadline(), None);
    }
}
