//! `frontdesk reply` and `frontdesk note`: something is written into a conversation, once.

use super::{find, show};
use crate::cli::{Note, Reply, Written};
use crate::error::Error;
use crate::net::api::{ApiError, Outgoing, OutgoingKind};
use crate::net::backoff;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, EventSeq, MessageId};
use frontdesk_ui::thread;
use std::io::{self, Read as _};

/// How often sending is tried before somebody must look.
const TRIES: u32 = 4;

pub(super) async fn reply(desk: &Desk, args: Reply) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let body = text_of(&args.written)?;
    let named = &args.written.conversation;
    let conversation = find::conversation(&mut agent, named).await?;
    let seen = agent.store.seen_seq(agent.sign_in.id, conversation)?;
    let kind = if args.force {
        OutgoingKind::Forced { seen }
    } else {
        OutgoingKind::Reply { seen }
    };
    match send(&mut agent, conversation, body, kind).await {
        Ok(message) => {
            if seen.is_some() {
                remember(&mut agent, named, &message)?;
            }
            desk.output.words("Sent.")
        }
        Err(ApiError::Stale { newer, .. }) => {
            show_news(desk, &mut agent, conversation, named, &newer).await?;
            Err(Error::Stale {
                conversation: named.clone(),
            })
        }
        Err(error) => Err(unsent(error, named)),
    }
}

pub(super) async fn note(desk: &Desk, args: Note) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let body = text_of(&args.written)?;
    let named = &args.written.conversation;
    let conversation = find::conversation(&mut agent, named).await?;
    send(&mut agent, conversation, body, OutgoingKind::Note)
        .await
        .map_err(|error| unsent(error, named))?;
    desk.output.words("Noted. The customer does not see it.")
}

fn text_of(written: &Written) -> Result<String, Error> {
    let mut text = written.text.clone();
    if text == "-" {
        text.clear();
        io::stdin()
            .lock()
            .read_to_string(&mut text)
            .map_err(Error::Input)?;
        text.truncate(text.trim_end_matches(['\r', '\n']).len());
    }
    if text.trim().is_empty() {
        Err(Error::NothingToSend)
    } else {
        Ok(text)
    }
}

/// Sends under one key, so that a try whose answer was lost is not sent twice.
async fn send(
    agent: &mut Agent,
    conversation: ConversationId,
    body: String,
    kind: OutgoingKind,
) -> Result<Message, ApiError> {
    let key = uuid::Uuid::new_v4().to_string();
    let message = Outgoing {
        conversation,
        body,
        kind,
        key,
    };
    let mut attempt = 0;
    loop {
        match agent.api.send(&message).await {
            Err(error) if error.may_pass() && attempt + 1 < TRIES => {
                let wait = backoff::delay(attempt, backoff::chance());
                say(&format!(
                    "{error}; trying again in {:.1} s",
                    wait.as_secs_f32()
                ));
                tokio::time::sleep(wait).await;
                attempt += 1;
            }
            answered => return answered,
        }
    }
}

fn unsent(error: ApiError, named: &str) -> Error {
    match error {
        ApiError::NotFound => Error::NoSuchConversation(named.to_owned()),
        // Without a connection nothing left this machine.
        ApiError::Offline(cause) if cause.is_connect() => Error::Api(ApiError::Offline(cause)),
        cause if cause.may_pass() || matches!(cause, ApiError::Unreadable(_)) => Error::MaybeSent {
            conversation: named.to_owned(),
            cause,
        },
        other => Error::Api(other),
    }
}

/// Our own words are no news to us.
fn remember(agent: &mut Agent, named: &str, message: &Message) -> Result<(), Error> {
    // Somebody who names a conversation by its id has met its number when it was shown.
    let number = named.trim_start_matches('#').parse();
    if let Ok(number) = number {
        agent.store.saw(
            agent.sign_in.id,
            message.conversation_id,
            number,
            message.seq,
        )?;
    }
    Ok(())
}

/// Shows what was written since the agent looked; from then on the agent has seen it.
async fn show_news(
    desk: &Desk,
    agent: &mut Agent,
    id: ConversationId,
    named: &str,
    newer: &[MessageId],
) -> Result<(), Error> {
    let seen = agent
        .store
        .seen_seq(agent.sign_in.id, id)?
        .unwrap_or(EventSeq(0));
    let (_, mut conversation) = show::fetch(agent, id, named).await?;
    let is_news = |message: &Message| newer.contains(&message.id) || message.seq > seen;
    conversation.messages.retain(is_news);
    desk.output
        .lines(&thread::messages(&conversation, &show::look(desk)))?;
    show::saw(agent, &conversation)
}
