//! `frontdesk reply` and `frontdesk note`: something is written into a conversation, once.

use super::each::{self, Outcome, Told};
use super::enclose;
use super::later::time;
use super::retry::patiently;
use super::triage::moment;
use super::{find, show, templates};
use crate::cli::{Note, Place, Reply, Written};
use crate::error::Error;
use crate::net::api::{ApiError, Outgoing, OutgoingKind};
use crate::sign_in::{Agent, Desk};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, EventSeq, MessageId};
use frontdesk_ui::{channel, thread};
use jiff::tz::TimeZone;
use std::io::{self, Read as _};
use std::path::PathBuf;

pub(super) async fn reply(desk: &Desk, args: Reply) -> Result<(), Error> {
    let Reply {
        written,
        text,
        template,
        places,
        force,
        at,
        attach,
    } = args;
    let said = match template {
        Some(named) => Said::Template { named, places },
        None if !places.is_empty() => {
            let why = "--var says what stands in a template; name one with --template";
            return Err(Error::Usage(why.to_owned()));
        }
        None => Said::text(&written, text.as_deref().unwrap_or_default())?,
    };
    if let Some(at) = at {
        return later(desk, &written, &said, &at, force).await;
    }
    let words = Words {
        done: "Sent.",
        what: "answered",
    };
    each(desk, &written, &said, &attach, &words, async |agent, id| {
        let seen = agent.store.seen_seq(agent.sign_in.id, id)?;
        Ok(if force {
            OutgoingKind::Forced { seen }
        } else {
            OutgoingKind::Reply { seen }
        })
    })
    .await
}

/// Gives the same to the server for later, for each conversation that was named.
async fn later(
    desk: &Desk,
    written: &Written,
    said: &Said,
    at: &str,
    force: bool,
) -> Result<(), Error> {
    let at = time(at)?;
    let mut agent = desk.agent().await?;
    let named = each::named(std::slice::from_ref(&written.conversation))?;
    let how = written.how;
    let when = moment(at.0, &TimeZone::system());
    let what = format!("answered {when}");
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| {
            let id = find::conversation(agent, name).await?;
            let seen = agent.store.seen_seq(agent.sign_in.id, id)?;
            let body = said.body(agent, id).await?;
            let told = |outcome, number| Told {
                id: Some(id),
                number,
                outcome,
                what: what.clone(),
                sentence: None,
                message_id: None,
                merge_id: None,
            };
            if how.dry_run {
                return Ok(told(
                    Outcome::Would,
                    agent.store.number(agent.sign_in.id, id)?,
                ));
            }
            let key = key(written.once.as_deref(), id);
            let seen = seen.filter(|_| !force);
            let kept =
                patiently(async || agent.api.send_later(id, &body, at, seen, &key).await).await;
            match kept {
                Ok(_) => Ok(told(
                    Outcome::Kept,
                    agent.store.number(agent.sign_in.id, id)?,
                )),
                Err(ApiError::Stale { newer, .. }) => {
                    show_news(desk, agent, id, name, &newer).await?;
                    Err(Error::Stale {
                        conversation: name.to_owned(),
                    })
                }
                Err(error) => Err(unsent(error, name)),
            }
        },
    )
    .await
}

pub(super) async fn note(desk: &Desk, args: Note) -> Result<(), Error> {
    let words = Words {
        done: "Noted. The customer does not see it.",
        what: "noted",
    };
    let said = Said::text(&args.written, &args.text)?;
    let (written, attach) = (&args.written, &args.attach);
    each(desk, written, &said, attach, &words, async |_, _| {
        Ok(OutgoingKind::Note)
    })
    .await
}

/// What is said in each conversation.
enum Said {
    Text(String),
    Template { named: String, places: Vec<Place> },
}

impl Said {
    /// A text, from the command line or from the standard input.
    fn text(written: &Written, given: &str) -> Result<Self, Error> {
        if written.conversation == "-" && given == "-" {
            let both = "the conversations and the text cannot both come from the standard input";
            return Err(Error::Usage(both.to_owned()));
        }
        text_of(given).map(Self::Text)
    }

    /// The text in this conversation.
    async fn body(&self, agent: &mut Agent, id: ConversationId) -> Result<String, Error> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Template { named, places } => templates::filled(agent, id, named, places).await,
        }
    }
}

/// What is said of it.
struct Words {
    /// Where it was one conversation.
    done: &'static str,
    what: &'static str,
}

/// Writes the same into each conversation that was named.
async fn each(
    desk: &Desk,
    written: &Written,
    said: &Said,
    attach: &[PathBuf],
    words: &Words,
    mut kind: impl AsyncFnMut(&mut Agent, ConversationId) -> Result<OutgoingKind, Error>,
) -> Result<(), Error> {
    enclose::check(attach)?;
    let mut agent = desk.agent().await?;
    let named = each::named(std::slice::from_ref(&written.conversation))?;
    let how = written.how;
    let is_said_briefly = named.len() == 1 && !how.json && !how.dry_run;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| {
            let id = find::conversation(agent, name).await?;
            let kind = kind(agent, id).await?;
            let body = said.body(agent, id).await?;
            if how.dry_run {
                return would(agent, id, name, kind).await;
            }
            let key = key(written.once.as_deref(), id);
            let message = Outgoing {
                conversation: id,
                body,
                kind,
                files: enclose::bring(agent, attach, &key).await?,
                key,
            };
            let sent = deliver(desk, agent, &message, name).await?;
            Ok(Told {
                id: Some(id),
                number: agent.store.number(agent.sign_in.id, id)?,
                outcome: Outcome::Done,
                what: words.what.to_owned(),
                sentence: is_said_briefly.then_some(words.done),
                message_id: Some(sent.id),
                merge_id: None,
            })
        },
    )
    .await
}

/// The name of a message. One name given for several conversations is a name in each.
pub(super) fn key(once: Option<&str>, conversation: ConversationId) -> String {
    once.map_or_else(
        || uuid::Uuid::new_v4().to_string(),
        |name| format!("{name} {conversation}"),
    )
}

/// Whom it would reach, and by which way.
async fn would(
    agent: &mut Agent,
    id: ConversationId,
    named: &str,
    kind: OutgoingKind,
) -> Result<Told, Error> {
    let (_, it) = show::fetch(agent, id, named).await?;
    let whom = it.customer.as_ref().map_or("the customer", |it| &it.title);
    let what = match kind {
        OutgoingKind::Note => "noted; the customer does not see it".to_owned(),
        _ => format!("answered by {}, to {whom}", channel::name(it.source)),
    };
    Ok(Told {
        id: Some(id),
        number: Some(it.number),
        outcome: Outcome::Would,
        what,
        sentence: None,
        message_id: None,
        merge_id: None,
    })
}

/// Sends under one name, so that a try whose answer was lost is not sent twice. Where something
/// was written since, that is shown.
pub(super) async fn deliver(
    desk: &Desk,
    agent: &mut Agent,
    message: &Outgoing,
    named: &str,
) -> Result<Message, Error> {
    let id = message.conversation;
    match patiently(async || agent.api.send(message).await).await {
        Ok(sent) => {
            let has_looked = match message.kind {
                OutgoingKind::Reply { seen } | OutgoingKind::Forced { seen } => seen.is_some(),
                OutgoingKind::Note => false,
            };
            if has_looked {
                remember(agent, named, &sent)?;
            }
            Ok(sent)
        }
        Err(ApiError::Stale { newer, .. }) => {
            show_news(desk, agent, id, named, &newer).await?;
            Err(Error::Stale {
                conversation: named.to_owned(),
            })
        }
        Err(error) => Err(unsent(error, named)),
    }
}

/// The text, from the command line or from the standard input.
pub(super) fn text_of(given: &str) -> Result<String, Error> {
    let mut text = given.to_owned();
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
