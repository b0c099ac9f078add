//! Outgoing webhooks.

use crate::{AccountId, SubscriptionId, Timestamp, WebhookEvent};

/// An address that is told of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub account_id: AccountId,
    pub webhook_url: String,
    /// Whether the address answered the challenge.
    pub verified: bool,
    /// The names of the events that are wanted beside those everybody gets.
    pub scope: Option<String>,
    /// Calls that failed in a row, and since when.
    pub failures: i64,
    pub failing_since: Option<Timestamp>,
    /// Switched off by the server, and why.
    pub disabled_at: Option<Timestamp>,
    pub disabled_reason: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Subscription {
    /// Whether it is told of anything now.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.verified && self.disabled_at.is_none()
    }

    /// Whether it is told of such an event: always of what is new, of all else when its scope names
    /// it.
    #[must_use]
    pub fn wants(&self, event: WebhookEvent) -> bool {
        let by_scope = || {
            let scope = self.scope.as_deref().unwrap_or_default();
            let mut names = scope.split(|letter: char| letter == ',' || letter.is_whitespace());
            names.any(|name| name == event.as_str())
        };
        let always = match event {
            WebhookEvent::MessageCreated | WebhookEvent::ConversationCreated => true,
            WebhookEvent::ConversationUpdated => false,
        };
        self.is_active() && (always || by_scope())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscription(scope: Option<&str>) -> Subscription {
        Subscription {
            id: SubscriptionId::random(),
            account_id: AccountId::random(),
            webhook_url: "https://a.test/hook".to_owned(),
            verified: true,
            scope: scope.map(str::to_owned),
            failures: 0,
            failing_since: None,
            disabled_at: None,
            disabled_reason: None,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        }
    }

    #[test]
    fn what_is_new_is_always_told_and_the_rest_by_scope() {
        let updated = WebhookEvent::ConversationUpdated;
        for scope in [
            None,
            Some(""),
            Some("conversation:update"),
            Some("message:created"),
        ] {
            let it = subscription(scope);
            assert!(it.wants(WebhookEvent::MessageCreated));
            assert!(it.wants(WebhookEvent::ConversationCreated));
            assert!(!it.wants(updated), "{scope:?}");
        }
        for scope in [
            "conversation:updated",
            "message:created conversation:updated",
            "a,conversation:updated",
        ] {
            assert!(subscription(Some(scope)).wants(updated), "{scope}");
        }
    }

    #[test]
    fn what_is_unproven_or_switched_off_is_told_of_nothing() {
        let unproven = Subscription {
            verified: false,
            ..subscription(None)
        };
        let off = Subscription {
            disabled_at: Some(Timestamp(1)),
            ..subscription(None)
        };
        for it in [unproven, off] {
            assert!(!it.wants(WebhookEvent::MessageCreated));
        }
    }
}
