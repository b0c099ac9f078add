//! Any sequence of commands, by anybody, keeps the invariants.

use crate::desk::Desk;
use crate::invariants;
use crate::steps::{self, Step};
use frontdesk_domain::{Change, Decision, EventKind, Refusal};
use proptest::prelude::*;

/// Tries one step and carries it out where it was permitted.
pub(crate) fn take(desk: &mut Desk, step: &Step) {
    desk.now = desk.now.plus_seconds(step.seconds);
    let Some(result) = steps::decide(desk, step) else {
        return;
    };
    let Ok(decision) = result else { return };
    assert!(
        !steps::may_write_nothing(step.who),
        "{step:?} was permitted"
    );
    check_events(&decision);
    desk.apply(decision);
    if step.act.is_idempotent() {
        let again = steps::decide(desk, step).expect("it was tried before");
        // Whoever gave a conversation away may not see it any more.
        if again != Err(Refusal::NotFound) {
            assert_eq!(again, Ok(Decision::nothing()), "{step:?} twice");
        }
    }
}

/// A change is told, and told once.
fn check_events(decision: &Decision) {
    assert_eq!(decision.changes.is_empty(), decision.events.is_empty());
    let updates = decision
        .events
        .iter()
        .filter(|event| event.kind == EventKind::ConversationUpdated);
    assert!(updates.count() <= 1, "{decision:?}");
    for change in &decision.changes {
        if let Change::UpdateConversation { before, after } = change {
            let moved = before.place() != after.place();
            let told = decision
                .events
                .iter()
                .any(|event| event.moved_from == Some(before.place()));
            assert_eq!(moved, told, "{decision:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_sequence_keeps_the_invariants(steps in prop::collection::vec(steps::step(), 0..80)) {
        let mut desk = Desk::new();
        for step in &steps {
            take(&mut desk, step);
            invariants::check(&desk);
        }
    }

    #[test]
    fn what_a_customer_is_told_is_never_internal(
        steps in prop::collection::vec(steps::step(), 0..60),
    ) {
        let mut desk = Desk::new();
        for step in &steps {
            let before = desk.messages.len();
            take(&mut desk, step);
            for message in desk.messages.iter().skip(before) {
                if matches!(step.who, steps::Asker::Customer(_)) {
                    prop_assert!(!message.private && message.customer_id().is_some());
                }
            }
        }
    }
}
