//! What is said through a channel is stored as what the connection may say, whatever its
//! payload claims.

use super::Desk;
use crate::channels::{Agent, ConversationAccess, Speaker};
use crate::failure::{Failure, Outcome};
use crate::use_cases::{load, receive, reply, seen};
use frontdesk_db::queries::idempotency::Intent;
use frontdesk_db::{Unit, queries};
use frontdesk_domain::decide::Written;
use frontdesk_domain::json::Json;
use frontdesk_domain::{
    AccountId, Actor, BrowserSessionId, ConversationId, EventSeq, FileId, MessageId, MessageKind,
    Refusal, Timestamp, UserId,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// What may come in a `shout`. Author, account and source are not read: they are known.
#[derive(Debug, Deserialize)]
struct Shout {
    #[serde(default)]
    conversation_id: Option<ConversationId>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    sent_at: Option<String>,
    #[serde(default)]
    private: Option<bool>,
    #[serde(default, rename = "type")]
    kind: Option<MessageKind>,
    #[serde(default)]
    file_ids: Option<Vec<FileId>>,
    #[serde(default)]
    mentioned_user_ids: Option<Vec<UserId>>,
    #[serde(default)]
    metadata: Option<Box<RawValue>>,
    /// The newest event number the writer had seen.
    #[serde(default)]
    seen_seq: Option<EventSeq>,
    /// Makes a shout that is sent again the same shout.
    #[serde(default)]
    idempotency_key: Option<String>,
}

/// Longer keys are nobody's honest wish.
const LONGEST_KEY: usize = 255;

impl Shout {
    fn read(payload: &str) -> Outcome<Self> {
        let shout: Self = serde_json::from_str(payload).map_err(|_| Refusal::invalid("payload"))?;
        if shout
            .idempotency_key
            .as_ref()
            .is_some_and(|key| key.len() > LONGEST_KEY)
        {
            return Err(Refusal::invalid("idempotency_key").into());
        }
        Ok(shout)
    }

    /// Whether it is for colleagues only.
    fn is_note(&self) -> bool {
        self.private == Some(true) || self.kind == Some(MessageKind::Note)
    }

    /// What makes a repeated shout the same one, where it carries a key.
    fn intent(&self, actor: &Actor, payload: &str) -> Option<Intent> {
        let key = self.idempotency_key.clone()?;
        let fingerprint = Sha256::digest(payload.as_bytes()).into();
        Some(Intent::of(actor, key, fingerprint))
    }

    fn written(self) -> Written {
        Written {
            source: None,
            attachments: self.file_ids.unwrap_or_default(),
            mentions: Vec::new(),
            metadata: self.metadata.map(|raw| Json(raw.get().to_owned())),
            sent_at: self.sent_at.as_deref().and_then(Timestamp::parse),
            body: self.body,
            id: MessageId::random(),
        }
    }
}

impl Desk {
    pub(super) async fn say_in_conversation(
        &self,
        access: ConversationAccess,
        payload: &str,
    ) -> Outcome<()> {
        let shout = Shout::read(payload)?;
        let (account_id, id) = (access.account_id, access.conversation_id);
        match access.speaker {
            Speaker::Unknown => Err(Refusal::NotFound)?,
            Speaker::Customer(customer_id) => {
                if shout.kind.is_some_and(|kind| kind != MessageKind::Reply) {
                    return Err(Refusal::invalid("type"))?;
                }
                let actor = Actor::customer(account_id, customer_id);
                let intent = shout.intent(&actor, payload);
                self.0
                    .act(actor, intent, move |unit, actor| {
                        receive::receive(unit, actor, id, customer_id, shout.written())
                    })
                    .await?;
                Ok(())
            }
            Speaker::Agent(user_id) => {
                let actor = self.agent_actor(account_id, user_id).await?;
                self.say(actor, id, shout, payload).await
            }
        }
    }

    pub(super) async fn say_as_agent(&self, agent: &Agent, payload: &str) -> Outcome<()> {
        let shout = Shout::read(payload)?;
        let id = shout
            .conversation_id
            .ok_or(Refusal::invalid("conversation_id"))?;
        let actor = self.actor(agent).await?;
        self.say(actor, id, shout, payload).await
    }

    async fn say(
        &self,
        actor: Actor,
        id: ConversationId,
        shout: Shout,
        payload: &str,
    ) -> Outcome<()> {
        let intent = shout.intent(&actor, payload);
        self.0
            .act(actor, intent, move |unit, actor| {
                say(unit, actor, id, shout)
            })
            .await?;
        Ok(())
    }

    pub(super) async fn saw(&self, access: ConversationAccess) -> Outcome<()> {
        // An agent who looks is not the reader.
        let Speaker::Customer(customer_id) = access.speaker else {
            return Ok(());
        };
        let actor = Actor::customer(access.account_id, customer_id);
        let id = access.conversation_id;
        self.0
            .db
            .write(access.account_id, move |unit| {
                seen::messages_seen(unit, &actor, id)
            })
            .await
    }

    pub(super) async fn keep_replay(
        &self,
        account_id: AccountId,
        session: BrowserSessionId,
        payload: Box<str>,
    ) -> Outcome<()> {
        self.0
            .db
            .write(account_id, move |unit| {
                let event = Json(payload.into_string());
                queries::browser_sessions::append(unit, session, &event)?;
                Ok(())
            })
            .await
    }

    /// A user as decisions see them now.
    pub(super) async fn agent_actor(
        &self,
        account_id: AccountId,
        user_id: UserId,
    ) -> Outcome<Actor> {
        self.0
            .db
            .read(move |conn| {
                let user = queries::users::by_id(conn, account_id, user_id)?;
                let user = user.filter(frontdesk_domain::account::User::is_active);
                let user = user.ok_or(Refusal::Forbidden)?;
                crate::http::member(conn, &user).map_err(Failure::Db)
            })
            .await
    }
}

/// Stores a reply or a note of an agent.
fn say(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId, shout: Shout) -> Outcome<MessageId> {
    let mentions = match &shout.mentioned_user_ids {
        None => Vec::new(),
        Some(ids) => ids
            .iter()
            .map(|id| load::user(unit.conn(), actor, *id, "mentioned_user_ids"))
            .collect::<Outcome<_>>()?,
    };
    let seen = shout
        .seen_seq
        .map_or(reply::Seen::Unknown, reply::Seen::UpTo);
    if shout.is_note() {
        let written = Written {
            mentions,
            ..shout.written()
        };
        reply::note(unit, actor, id, written)
    } else {
        let written = Written {
            mentions,
            ..shout.written()
        };
        reply::reply(unit, actor, id, written, seen)
    }
}
