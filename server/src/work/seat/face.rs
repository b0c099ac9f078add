//! What stands in a team's channel with buttons, and how it looks. Nothing is done here.

use frontdesk_connectors::channel::{Button, Weight, Wish, Words};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::{Conversation, Customer, DraftState, Status};
use sha2::{Digest, Sha256};

/// How something with buttons looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Face {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) words: Words,
    pub(super) state: String,
    pub(super) buttons: Vec<Button>,
}

impl Face {
    /// By what it is seen whether it has changed, without keeping what somebody wrote.
    pub(super) fn digest(&self) -> String {
        let bytes = Sha256::digest(format!("{self:?}").as_bytes());
        bytes.iter().fold(String::new(), |mut hex, byte| {
            hex.push_str(&format!("{byte:02x}"));
            hex
        })
    }
}

/// The first line of a conversation's thread.
pub(super) fn of_conversation(
    it: &Conversation,
    customer: Option<&Customer>,
    assignee: Option<&str>,
) -> Face {
    let who = customer.map_or("a customer", Customer::title);
    let state = match it.status {
        _ if it.merged_into.is_some() => "Merged into another conversation",
        Status::Open => "Open",
        Status::Closed => "Closed",
        Status::Snoozed => "Snoozed",
        Status::Spam => "Spam",
    };
    let holder = match assignee {
        Some(name) => format!("{name} has it"),
        None => "nobody has it".to_owned(),
    };
    Face {
        title: format!("Conversation #{} with {who}, by {}", it.number, it.source),
        text: it.subject.clone().unwrap_or_default(),
        words: Words::Theirs,
        state: format!("{state}, {holder}"),
        buttons: match it.merged_into {
            Some(_) => Vec::new(),
            None => of_open_or_closed(it),
        },
    }
}

fn of_open_or_closed(it: &Conversation) -> Vec<Button> {
    let take = Button {
        label: "Assign to me",
        wish: Wish::Take(it.id),
        weight: Weight::Plain,
    };
    let turn = match it.status {
        Status::Closed | Status::Spam => Button {
            label: "Reopen",
            wish: Wish::Reopen(it.id),
            weight: Weight::Plain,
        },
        Status::Open | Status::Snoozed => Button {
            label: "Close",
            wish: Wish::Close(it.id),
            weight: Weight::Plain,
        },
    };
    let is_free = it.assignee_id.is_none();
    is_free.then_some(take).into_iter().chain([turn]).collect()
}

/// A draft, and who decided about it.
pub(super) fn of_draft(it: &Draft, decided_by: Option<&str>) -> Face {
    let who = decided_by.unwrap_or("somebody");
    let state = match it.state {
        DraftState::Approved => format!("Sent by {who}"),
        DraftState::Rejected => format!("Rejected by {who}"),
        DraftState::Ready | DraftState::Edited => {
            format!(
                "By {}. Nothing is sent until somebody approves it.",
                it.origin
            )
        }
        DraftState::Stale | DraftState::Generating | DraftState::Failed => {
            "Something newer was written, which this draft does not know.".to_owned()
        }
    };
    let buttons = match it.is_open() {
        true => vec![
            Button {
                label: "Approve and send",
                wish: Wish::Approve(it.id, it.version),
                weight: Weight::Likely,
            },
            Button {
                label: "Reject",
                wish: Wish::Reject(it.id, it.version),
                weight: Weight::Grave,
            },
        ],
        false => Vec::new(),
    };
    Face {
        title: "Draft of a reply".to_owned(),
        // What was written by a program is shown to the letter: what is approved is what is seen.
        text: it.body.clone().unwrap_or_default(),
        words: Words::Theirs,
        state,
        buttons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::{AccountId, ConversationId, EventSeq, Timestamp};

    fn draft(state: DraftState) -> Draft {
        let (account, talk) = (AccountId::random(), ConversationId::random());
        Draft {
            state,
            body: Some("Yes".to_owned()),
            ..Draft::to_make(account, talk, EventSeq(1), Timestamp(0))
        }
    }

    #[test]
    fn only_what_is_undecided_has_buttons() {
        use DraftState::{Approved, Edited, Ready, Rejected, Stale};
        for (state, count) in [
            (Ready, 2),
            (Edited, 2),
            (Stale, 0),
            (Approved, 0),
            (Rejected, 0),
        ] {
            let face = of_draft(&draft(state), Some("Grace"));
            assert_eq!(face.buttons.len(), count, "{state}");
        }
        assert_eq!(
            of_draft(&draft(Approved), Some("Grace")).state,
            "Sent by Grace"
        );
    }

    #[test]
    fn what_looks_different_has_another_digest() {
        let ready = draft(DraftState::Ready);
        let face = of_draft(&ready, None);
        assert_eq!(face.digest(), of_draft(&ready, None).digest());
        let next = Draft {
            version: 2,
            ..ready
        };
        assert_ne!(face.digest(), of_draft(&next, None).digest());
    }
}
