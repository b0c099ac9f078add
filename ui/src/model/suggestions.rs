//! How conversations may be sorted, as it was suggested and not decided about yet.

use frontdesk_inbox::{Command, Row};
use frontdesk_protocol::entity::{AiSuggestions, Suggested};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::Priority;

/// So many conversations keep what was suggested; the oldest is forgotten first.
const MOST: usize = 20;

/// What was suggested, the newest last.
#[derive(Debug, Clone, Default)]
pub struct AllSuggestions(Vec<(ConversationId, AiSuggestions)>);

/// One of the things that are suggested.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// What it is. A tag's or a team's name may be anything.
    pub words: String,
    /// From 0 to 1.
    pub confidence: f64,
    pub standing: Standing,
}

/// What is left to do about it.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// This makes it so.
    Open(Command),
    /// It is so.
    Done,
    /// It is only told.
    Told,
}

impl AllSuggestions {
    /// Takes in what was suggested about a conversation, in the place of what was before.
    pub fn put(&mut self, id: ConversationId, said: AiSuggestions) {
        self.let_go(id);
        self.0.push((id, said));
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// What is suggested about a conversation.
    #[must_use]
    pub fn of(&self, id: ConversationId) -> Option<&AiSuggestions> {
        let found = self.0.iter().find(|(about, _)| *about == id);
        found.map(|(_, said)| said)
    }

    /// Forgets what was suggested about a conversation.
    pub fn let_go(&mut self, id: ConversationId) {
        self.0.retain(|(about, _)| *about != id);
    }
}

/// The parts of what was suggested, for a conversation as it stands.
#[must_use]
pub fn parts(said: &AiSuggestions, row: &Row) -> Vec<Suggestion> {
    let tags = said.tags.iter().map(|it| {
        let tag = it.id.as_deref().and_then(|id| id.parse().ok());
        part(row, format!("tag {}", it.name), it, tag.map(Command::Tag))
    });
    let team = said.team.iter().map(|it| {
        let team = it.id.as_deref().and_then(|id| id.parse().ok());
        let command = team.map(|team| Command::AssignTeam(Some(team)));
        part(row, format!("team {}", it.name), it, command)
    });
    let priority = said.priority.iter().map(|it| {
        let to = priority(&it.name).map(Command::Priority);
        part(row, format!("priority {}", it.name), it, to)
    });
    let mood = said.sentiment.iter();
    let mood = mood.map(|it| part(row, format!("sounds {}", it.name), it, None));
    tags.chain(team).chain(priority).chain(mood).collect()
}

fn part(row: &Row, words: String, it: &Suggested, command: Option<Command>) -> Suggestion {
    let standing = match command {
        None => Standing::Told,
        Some(command) if command.is_so_in(&row.conversation, &row.tags) => Standing::Done,
        Some(command) => Standing::Open(command),
    };
    Suggestion {
        words,
        confidence: it.confidence,
        standing,
    }
}

/// The desk knows two priorities, and a suggestion four. What somebody marked is not made less
/// important by a guess, so the lower ones are only told.
fn priority(name: &str) -> Option<Priority> {
    matches!(name, "urgent" | "high").then_some(Priority::High)
}

impl Suggestion {
    /// What it is and how certain it is: `tag billing 82%`.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {:.0}%", self.words, self.confidence * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{directory, id, row};
    use serde_json::json;

    #[test]
    fn what_is_so_already_is_not_done_again() {
        let mut row = row(1, 0);
        let directory = directory();
        let (billing, refund) = (&directory.tags[0], &directory.tags[1]);
        row.tags = vec![billing.id];
        let said: AiSuggestions = serde_json::from_value(json!({
            "by": "gpt",
            "tags": [
                { "id": billing.id, "name": "billing", "confidence": 0.816 },
                { "id": refund.id, "name": "refund", "confidence": 0.5 },
            ],
            "team": null,
            "priority": { "name": "urgent", "confidence": 0.7 },
            "sentiment": { "name": "negative", "confidence": 0.9 },
            "trouble": null,
        }))
        .unwrap();
        let parts = parts(&said, &row);
        let told: Vec<String> = parts.iter().map(Suggestion::told).collect();
        assert_eq!(
            told,
            [
                "tag billing 82%",
                "tag refund 50%",
                "priority urgent 70%",
                "sounds negative 90%"
            ]
        );
        assert_eq!(parts[0].standing, Standing::Done);
        assert_eq!(parts[1].standing, Standing::Open(Command::Tag(refund.id)));
        let high = Command::Priority(Priority::High);
        assert_eq!(parts[2].standing, Standing::Open(high));
        assert_eq!(parts[3].standing, Standing::Told);
    }

    #[test]
    fn only_the_newest_are_kept() {
        let said: AiSuggestions = serde_json::from_value(json!({
            "by": "gpt", "tags": [], "team": null, "priority": null, "sentiment": null,
            "trouble": null,
        }))
        .unwrap();
        let mut all = AllSuggestions::default();
        for number in 0..=i64::try_from(MOST).unwrap() {
            all.put(id(number), said.clone());
        }
        assert!(all.of(id(0)).is_none());
        assert!(all.of(id(1)).is_some());
        all.let_go(id(1));
        assert!(all.of(id(1)).is_none());
    }
}
