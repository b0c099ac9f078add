//! A merge that is undone leaves no trace but the lines that tell of it.

use crate::desk::Desk;
use crate::merging::{merge, merge_people, undo};
use crate::sequences::take;
use crate::steps::{self, Asker, actor};
use crate::{build, invariants};
use frontdesk_domain::change::Merged;
use frontdesk_domain::decide::Consent;
use frontdesk_domain::{
    Conversation, ConversationId, Customer, EventSeq, Message, MessageKind, Refusal, TagId,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// All of a desk that an undone merge must leave alone: rows without their own counters, and
/// threads without the server's lines.
#[derive(Debug, PartialEq)]
struct Matter {
    conversations: Vec<Conversation>,
    customers: Vec<Customer>,
    messages: Vec<Message>,
    tags: BTreeSet<(ConversationId, TagId)>,
}

fn matter(desk: &Desk) -> Matter {
    let bare = |conversation: &Conversation| Conversation {
        version: 0,
        updated_at: build::START,
        last_message_seq: EventSeq(0),
        ..conversation.clone()
    };
    let bare_customer = |customer: &Customer| Customer {
        version: 0,
        updated_at: build::START,
        ..customer.clone()
    };
    let spoken = |message: &&Message| message.kind != MessageKind::System;
    Matter {
        conversations: desk.conversations.iter().map(bare).collect(),
        customers: desk.customers.iter().map(bare_customer).collect(),
        messages: desk.messages.iter().filter(spoken).cloned().collect(),
        tags: desk.tags.clone(),
    }
}

/// A desk after some steps.
fn lived(steps: &[steps::Step]) -> Desk {
    let mut desk = Desk::new();
    for step in steps {
        take(&mut desk, step);
    }
    desk
}

fn steps_before() -> impl Strategy<Value = Vec<steps::Step>> {
    prop::collection::vec(steps::step(), 10..80)
}

/// Merges where it can be done. Says whether it was.
fn try_merge(desk: &mut Desk, from: usize, into: usize) -> bool {
    let count = desk.conversations.len();
    let (Some(from), Some(into)) = (from.checked_rem(count), into.checked_rem(count)) else {
        return false;
    };
    let (from, into) = (desk.conversations[from].id, desk.conversations[into].id);
    let admin = actor(desk, Asker::Admin);
    match merge(desk, &admin, from, into) {
        Ok(decision) => {
            desk.apply(decision);
            true
        }
        Err(_) => false,
    }
}

fn try_merge_people(desk: &mut Desk, from: usize, into: usize) -> bool {
    let count = desk.customers.len();
    let (from, into) = (
        desk.customers[from % count].id,
        desk.customers[into % count].id,
    );
    let admin = actor(desk, Asker::Admin);
    match merge_people(desk, &admin, from, into, Consent::AcrossProof) {
        Ok(decision) => {
            desk.apply(decision);
            true
        }
        Err(_) => false,
    }
}

fn undo_newest(desk: &mut Desk) {
    let which = desk
        .merges
        .iter()
        .rposition(|merge| merge.undone_at.is_none());
    let which = which.expect("a merge to undo");
    let admin = actor(desk, Asker::Admin);
    let decision = undo(desk, &admin, which).expect("the newest merge can be undone");
    desk.apply(decision);
    assert_eq!(
        undo(desk, &admin, which),
        Err(Refusal::AlreadyDone { by: None })
    );
}

proptest! {
    #[test]
    fn undoing_a_merge_of_conversations_restores_them(
        steps in steps_before(),
        pairs in prop::collection::vec((0..20_usize, 0..20_usize), 1..8),
    ) {
        let mut desk = lived(&steps);
        let before = matter(&desk);
        let merged = pairs.iter().filter(|(from, into)| {
            desk.now = desk.now.plus_seconds(1);
            try_merge(&mut desk, *from, *into)
        });
        for _ in 0..merged.count() {
            invariants::check(&desk);
            undo_newest(&mut desk);
        }
        prop_assert_eq!(matter(&desk), before);
    }

    #[test]
    fn undoing_a_merge_of_customers_restores_them(
        steps in steps_before(),
        pairs in prop::collection::vec((0..3_usize, 0..3_usize), 1..4),
        within in prop::collection::vec((0..20_usize, 0..20_usize), 0..4),
    ) {
        let mut desk = lived(&steps);
        let before = matter(&desk);
        let mut merged = 0;
        for (from, into) in pairs {
            desk.now = desk.now.plus_seconds(1);
            merged += usize::from(try_merge_people(&mut desk, from, into));
        }
        for (from, into) in within {
            desk.now = desk.now.plus_seconds(1);
            merged += usize::from(try_merge(&mut desk, from, into));
        }
        for _ in 0..merged {
            invariants::check(&desk);
            undo_newest(&mut desk);
        }
        prop_assert_eq!(matter(&desk), before);
    }

    #[test]
    fn life_between_merges_and_undoings_loses_nothing(
        steps in prop::collection::vec((steps::step(), 0..6_u8, 0..20_usize, 0..20_usize), 0..80),
    ) {
        let mut desk = Desk::new();
        for (step, dice, a, b) in steps {
            let said = desk.messages.len();
            match dice {
                0 => {
                    try_merge(&mut desk, a, b);
                }
                1 if !desk.merges.is_empty() => {
                    let admin = actor(&desk, Asker::Admin);
                    let which = a % desk.merges.len();
                    if let Ok(decision) = undo(&desk, &admin, which) {
                        desk.apply(decision);
                    }
                }
                2 if b < 2 => {
                    try_merge_people(&mut desk, a, b);
                }
                _ => take(&mut desk, &step),
            }
            prop_assert!(desk.messages.len() >= said);
            check_after_merges(&desk);
        }
    }
}

/// The invariants. A wait that came with a merge may outlive its undoing where somebody wrote in
/// between, so after such an undoing only the rest is checked.
fn check_after_merges(desk: &Desk) {
    let kept_wait = desk.merges.iter().any(|merge| {
        merge.undone_at.is_some() && matches!(merge.what, Merged::Conversations { .. })
    });
    if kept_wait {
        invariants::check_beside_waiting(desk);
    } else {
        invariants::check(desk);
    }
}
