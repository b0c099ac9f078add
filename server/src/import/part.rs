//! Which conversations and customers belong to a part of the messages.

use super::corpus::{ConversationLine, MessagePlace};
use super::lines::Lines;
use super::{ImportError, ImportOptions};
use std::collections::HashSet;

/// What is imported of the files.
#[derive(Debug)]
pub(super) enum Part {
    All,
    Only {
        conversations: HashSet<u64>,
        customers: HashSet<String>,
    },
}

impl Part {
    pub(super) fn has_conversation(&self, id: u64) -> bool {
        match self {
            Self::All => true,
            Self::Only { conversations, .. } => conversations.contains(&id),
        }
    }

    pub(super) fn has_customer(&self, id: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only { customers, .. } => customers.contains(id),
        }
    }
}

/// Looks through the beginning of the messages when only that is wanted. Lines that cannot be
/// read are spoken of later, when they are imported.
pub(super) fn wanted(options: &ImportOptions) -> Result<Part, ImportError> {
    let Some(limit) = options.limit else {
        return Ok(Part::All);
    };
    let mut conversations = HashSet::new();
    let mut lines = Lines::<MessagePlace>::open(&options.folder, "messages.jsonl")?;
    for _ in 0..limit {
        let Some(line) = lines.next()? else { break };
        conversations.extend(line.content.ok().map(|place| place.conversation_id));
    }
    let mut customers = HashSet::new();
    let mut lines = Lines::<ConversationLine>::open(&options.folder, "conversations.jsonl")?;
    while let Some(line) = lines.next()? {
        let wanted = line.content.ok();
        let wanted = wanted.filter(|found| conversations.contains(&found.id));
        customers.extend(wanted.map(|found| found.customer_id));
    }
    Ok(Part::Only {
        conversations,
        customers,
    })
}
