//! What is still to be asked, each once, and what the agent waits for first.

use super::Errand;
use std::collections::VecDeque;

/// How many errands are held here; more of them stay in the channel.
const MOST: usize = 1_024;

/// Errands that wait.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<Errand>);

impl Queue {
    pub(super) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// Adds an errand; one that waits already moves to where a new one would stand.
    pub(super) fn add(&mut self, errand: Errand) {
        let is_search = |it: &Errand| matches!(it, Errand::Search { .. });
        let is_newer = is_search(&errand);
        self.0
            .retain(|it| *it != errand && !(is_newer && is_search(it)));
        if errand.is_urgent() {
            self.0.push_front(errand);
        } else {
            self.0.push_back(errand);
        }
    }

    pub(super) fn extend(&mut self, errands: impl IntoIterator<Item = Errand>) {
        for errand in errands {
            self.add(errand);
        }
    }

    pub(super) fn take(&mut self) -> Option<Errand> {
        self.0.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_protocol::id::ConversationId;
    use frontdesk_protocol::kind::EntityKind;

    #[test]
    fn what_is_looked_at_comes_first_and_nothing_twice() {
        let mut queue = Queue::default();
        let thread = Errand::Thread(ConversationId::random());
        let tags = Errand::Entity(EntityKind::Tag);
        queue.extend([
            tags.clone(),
            Errand::OpenDrafts,
            thread.clone(),
            tags.clone(),
        ]);
        let order: Vec<Errand> = std::iter::from_fn(|| queue.take()).collect();
        assert_eq!(order, [thread, Errand::OpenDrafts, tags]);
    }
}
