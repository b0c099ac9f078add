//! Id types. On the wire ids are random UUIDs of version 4, because existing clients refuse
//! version 7; users are integers, because existing clients compare them as numbers. No order
//! is ever read from an id: order is what [`EventSeq`] is for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The text was not the id it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id")]
pub struct BadId;

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new random id of version 4.
            #[must_use]
            pub fn random() -> Self {
                Self(Uuid::new_v4())
            }

            /// The sixteen bytes the databases keep.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            /// Reads the hyphenated form only, as the existing clients do.
            fn from_str(text: &str) -> Result<Self, BadId> {
                if text.len() != 36 {
                    return Err(BadId);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| BadId)
            }
        }
    )+};
}

macro_rules! integer_ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                text.parse().map(Self).map_err(|_| BadId)
            }
        }
    )+};
}

uuid_ids! {
    /// A company that uses this server. The wall between tenants.
    AccountId
    /// A door by which conversations come in.
    InboxId
    /// A group of users.
    TeamId
    /// Somebody who writes to the company.
    CustomerId
    /// One way to recognise a customer: an address, a number, an outside id.
    IdentityId
    /// The organisation a customer belongs to.
    CompanyId
    /// A thread with one customer.
    ConversationId
    /// One entry of a thread.
    MessageId
    /// A label on conversations or customers.
    TagId
    /// An agent's note about a customer.
    NoteId
    /// A user named in a message.
    MentionId
    /// A reply kept for reuse.
    CannedResponseId
    /// An uploaded or received file.
    FileId
    /// A reply an AI proposes.
    DraftId
    /// A run that was to make a draft.
    AiRunId
    /// A text that replies may rest on.
    KnowledgeId
    /// Where such texts are read from.
    KnowledgeSourceId
    /// A piece of work that conversations or customers are waiting for.
    IssueId
    /// A personal API key.
    ApiKeyId
    /// A signed-in device.
    SessionId
    /// An invitation to join an account.
    InvitationId
    /// An outgoing webhook.
    SubscriptionId
    /// A connection to a provider or a mailbox.
    ConnectionId
    /// A recorded visit to a customer's page.
    BrowserSessionId
    /// The look of the chat widget of one inbox.
    WidgetSettingsId
    /// One user's notification settings.
    UserSettingsId
    /// An address that forwards mail to an inbox.
    ForwardingAddressId
    /// A merge that can be undone.
    MergeId
    /// One entry of the audit log.
    AuditId
    /// One call of an outgoing webhook, the same over all its tries.
    CallId
    /// A mail that waits for somebody to look at it.
    QuarantineId
    /// The report of an erasure.
    ErasureId
    /// A rule of how long conversations are kept.
    RetentionRuleId
    /// A reason for which something must not be deleted.
    LegalHoldId
    /// One change made to many conversations.
    BulkRunId
    /// A search that is kept under a name.
    ViewId
    /// A reply that goes out by the clock.
    ScheduledReplyId
}

integer_ids! {
    /// An agent or admin.
    UserId
    /// The number of an event within its account. The only thing that orders.
    EventSeq
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hyphenated_form_is_an_id() {
        let id = AccountId::random();
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "undefined",
            "1",
            &id.0.simple().to_string(),
            &format!("{{{id}}}"),
        ] {
            assert_eq!(bad.parse::<AccountId>(), Err(BadId), "{bad}");
        }
    }

    #[test]
    fn random_ids_are_of_version_four() {
        assert_eq!(CustomerId::random().0.get_version_num(), 4);
    }
}
