//! A line: how a conversation reaches its customer by a connection.

use crate::{AccountId, ConnectionId, ConversationId, DeliveryState, Timestamp};

/// From which of our addresses to which of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub conversation_id: ConversationId,
    pub account_id: AccountId,
    pub connection_id: ConnectionId,
    /// Empty where the connection has only one.
    pub ours: String,
    pub theirs: String,
    /// When the customer last wrote.
    pub heard_at: Option<Timestamp>,
    /// Since when the customer wants to hear no more.
    pub stopped_at: Option<Timestamp>,
}

/// Whether a receipt tells something newer than what is known. Receipts come in any order: a message
/// only moves on, and what failed stays failed.
#[must_use]
pub fn moves_on(known: DeliveryState, told: DeliveryState) -> bool {
    match known {
        DeliveryState::Failed | DeliveryState::Read => false,
        DeliveryState::Delivered => told == DeliveryState::Read,
        DeliveryState::Queued
        | DeliveryState::Sending
        | DeliveryState::Unknown
        | DeliveryState::Sent => rank(told) > rank(known),
    }
}

fn rank(state: DeliveryState) -> u8 {
    match state {
        DeliveryState::Queued => 0,
        DeliveryState::Sending => 1,
        DeliveryState::Unknown => 2,
        DeliveryState::Sent => 3,
        DeliveryState::Delivered => 4,
        DeliveryState::Read => 5,
        DeliveryState::Failed => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeliveryState::{Delivered, Failed, Queued, Read, Sending, Sent, Unknown};

    /// Where receipts lead that come in this order.
    fn after(told: &[DeliveryState]) -> DeliveryState {
        told.iter().fold(
            Sending,
            |known, told| {
                if moves_on(known, *told) { *told } else { known }
            },
        )
    }

    #[test]
    fn receipts_in_any_order_lead_to_the_furthest() {
        for told in [
            [Sent, Delivered, Read],
            [Read, Delivered, Sent],
            [Delivered, Sent, Read],
            [Read, Sent, Delivered],
        ] {
            assert_eq!(after(&told), Read, "{told:?}");
        }
        assert_eq!(after(&[Delivered, Sent, Sending]), Delivered);
        assert_eq!(after(&[Unknown, Sent]), Sent);
    }

    #[test]
    fn what_failed_stays_failed_and_what_arrived_does_not_fail() {
        assert_eq!(after(&[Sent, Failed, Delivered, Sent]), Failed);
        assert_eq!(after(&[Delivered, Failed]), Delivered);
        assert!(!moves_on(Sent, Queued));
    }
}
