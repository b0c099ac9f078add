//! The agent's own text beside what a model made of it, until the agent takes it or leaves it.

use frontdesk_protocol::id::ConversationId;
use similar::{ChangeTag, TextDiff};

/// Both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    pub conversation_id: ConversationId,
    pub before: String,
    pub after: String,
    /// How many rows are above what is seen.
    pub top: usize,
}

/// A stretch of one of the two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    pub is: Is,
}

/// Whether the other text has it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Same,
    Gone,
    New,
}

impl Compare {
    /// The two texts in stretches: the one before, and the one after.
    #[must_use]
    pub fn stretches(&self) -> [Vec<Stretch>; 2] {
        let diff = TextDiff::from_words(&self.before, &self.after);
        let mut sides = [Vec::new(), Vec::new()];
        for change in diff.iter_all_changes() {
            let text = change.value();
            match change.tag() {
                ChangeTag::Equal => {
                    for side in &mut sides {
                        add(side, text, Is::Same);
                    }
                }
                ChangeTag::Delete => add(&mut sides[0], text, Is::Gone),
                ChangeTag::Insert => add(&mut sides[1], text, Is::New),
            }
        }
        sides
    }
}

fn add(side: &mut Vec<Stretch>, text: &str, is: Is) {
    match side.last_mut().filter(|it| it.is == is) {
        Some(last) => last.text.push_str(text),
        None => side.push(Stretch {
            text: text.to_owned(),
            is,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::id;
    use proptest::prelude::*;

    fn compare(before: &str, after: &str) -> Compare {
        Compare {
            conversation_id: id(1),
            before: before.to_owned(),
            after: after.to_owned(),
            top: 0,
        }
    }

    #[test]
    fn what_is_gone_and_what_is_new_are_told_apart() {
        let [before, after] = compare("We sent it.", "We shipped it.").stretches();
        let gone: Vec<&str> = before
            .iter()
            .filter(|it| it.is == Is::Gone)
            .map(|it| it.text.as_str())
            .collect();
        let new: Vec<&str> = after
            .iter()
            .filter(|it| it.is == Is::New)
            .map(|it| it.text.as_str())
            .collect();
        assert_eq!((gone, new), (vec!["sent"], vec!["shipped"]));
    }

    proptest! {
        #[test]
        fn both_texts_are_whole(before in "[ab \n]{0,40}", after in "[ab \n]{0,40}") {
            let whole = |side: &Vec<Stretch>| side.iter().map(|it| it.text.as_str()).collect::<String>();
            let [left, right] = compare(&before, &after).stretches();
            prop_assert_eq!((whole(&left), whole(&right)), (before, after));
        }
    }
}
