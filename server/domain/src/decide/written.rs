//! What somebody wrote, before it is a message.

use crate::account::User;
use crate::json::Json;
use crate::message::{Delivery, Sender};
use crate::text::{self, Cleaned};
use crate::{
    Conversation, DeliveryState, EventSeq, FileId, Message, MessageId, MessageKind, Refusal,
    Source, Timestamp,
};

/// What somebody wrote. Author, account and kind are not in it: they come from who asks and for
/// what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub id: MessageId,
    /// The text as it came in. It may be missing: a picture can say it all.
    pub body: Option<String>,
    /// By which way it came, where that is not the conversation's own.
    pub source: Option<Source>,
    pub attachments: Vec<FileId>,
    /// The colleagues named in it.
    pub mentions: Vec<User>,
    pub metadata: Option<Json>,
    /// What the writer's clock said. It orders nothing.
    pub sent_at: Option<Timestamp>,
}

/// Whether a message stays inside the company.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Everybody,
    Company,
}

impl Written {
    /// A text without anything beside it.
    #[must_use]
    pub fn text(id: MessageId, body: impl Into<String>) -> Self {
        Self {
            id,
            body: Some(body.into()),
            source: None,
            attachments: Vec::new(),
            mentions: Vec::new(),
            metadata: None,
            sent_at: None,
        }
    }

    /// Refuses what an agent should be told rather than find cut: only what comes from outside
    /// is cut, because it may not be refused.
    pub(super) fn check(&self, conversation: &Conversation) -> Result<(), Refusal> {
        if self
            .body
            .as_ref()
            .is_some_and(|body| body.len() > text::LONGEST_BODY)
        {
            return Err(Refusal::Invalid {
                field: "body",
                problem: "is too long",
            });
        }
        self.mentions.iter().try_for_each(|user| {
            if user.account_id == conversation.account_id && user.is_active() {
                Ok(())
            } else {
                Err(Refusal::missing("mentioned_user_ids"))
            }
        })
    }

    /// The message this becomes in a conversation.
    pub(super) fn message(
        self,
        conversation: &Conversation,
        kind: MessageKind,
        sender: Sender,
        audience: Audience,
        now: Timestamp,
    ) -> Message {
        let (body, original) = match self.body.as_deref().map(text::clean_body) {
            Some(Cleaned { text, original }) => (Some(text), original),
            None => (None, None),
        };
        Message {
            id: self.id,
            account_id: conversation.account_id,
            conversation_id: conversation.id,
            seq: EventSeq(0),
            kind,
            private: audience == Audience::Company,
            source: self.source.unwrap_or(conversation.source),
            body,
            original,
            sender,
            attachments: self.attachments,
            mentions: named_once(&self.mentions),
            delivery: delivery(conversation.source, sender, audience),
            metadata: self.metadata,
            sent_at: Some(self.sent_at.unwrap_or(now)),
            seen_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

fn named_once(mentions: &[User]) -> Vec<crate::UserId> {
    let mut ids = Vec::with_capacity(mentions.len());
    for user in mentions {
        if !ids.contains(&user.id) {
            ids.push(user.id);
        }
    }
    ids
}

/// What goes out by another service waits for its connector; everything else is already where
/// its readers are.
fn delivery(source: Source, sender: Sender, audience: Audience) -> Delivery {
    let outbound = audience == Audience::Everybody && !matches!(sender, Sender::Customer(_));
    match source {
        Source::Chat | Source::Mattermost | Source::Api | Source::Sandbox => Delivery::done(),
        Source::Email
        | Source::Sms
        | Source::Whatsapp
        | Source::Telegram
        | Source::Custom
        | Source::Slack => Delivery {
            state: if outbound {
                DeliveryState::Queued
            } else {
                DeliveryState::Sent
            },
            reason: None,
        },
    }
}
