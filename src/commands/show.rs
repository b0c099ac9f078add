//! `frontdesk show`: one conversation with everything in it.

use super::{find, story};
use crate::cli::Show;
use crate::clock;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::{Agent, Desk};
use frontdesk_protocol::entity::{ConversationFull, Data};
use frontdesk_protocol::id::{ConversationId, EventSeq};
use frontdesk_ui::thread::{self, Look};
use serde_json::value::RawValue;

/// How wide a text is where nobody says how wide the screen is.
const READABLE: usize = 100;

pub(super) async fn run(desk: &Desk, args: &Show) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    if args.story {
        return story::run(desk, &mut agent, id, args).await;
    }
    let (json, conversation) = fetch(&mut agent, id, &args.conversation).await?;
    if args.json {
        desk.output.json(json.get())?;
    } else {
        let assignee = match conversation.assignee_id {
            Some(user) => Some(find::name_in(&find::names(&mut agent).await?, user)),
            None => None,
        };
        let lines = thread::lines(&conversation, assignee.as_deref(), &look(desk));
        desk.output.lines(&lines)?;
    }
    saw(&mut agent, &conversation)
}

/// The conversation as it is now, with all its messages in order.
pub(super) async fn fetch(
    agent: &mut Agent,
    id: ConversationId,
    named: &str,
) -> Result<(Box<RawValue>, ConversationFull), Error> {
    let path = format!("/api/v1/conversations/{id}");
    let answer: Result<Data<Box<RawValue>>, _> = agent.api.get(&path, &[]).await;
    let json = match answer {
        Err(ApiError::NotFound) => return Err(Error::NoSuchConversation(named.to_owned())),
        answer => answer?.data,
    };
    let mut conversation: ConversationFull =
        serde_json::from_str(json.get()).map_err(ApiError::Unreadable)?;
    conversation.messages.sort_by_key(|message| message.seq);
    Ok((json, conversation))
}

/// Remembers that everything in the conversation was on the screen.
pub(super) fn saw(agent: &mut Agent, conversation: &ConversationFull) -> Result<(), Error> {
    let newest = conversation
        .messages
        .iter()
        .map(|message| message.seq)
        .max();
    let seq: EventSeq = newest
        .unwrap_or_default()
        .max(conversation.last_message_seq);
    agent
        .store
        .saw(agent.sign_in.id, conversation.id, conversation.number, seq)?;
    Ok(())
}

/// How a conversation is drawn here.
pub(super) fn look(desk: &Desk) -> Look {
    Look {
        width: desk.output.width().unwrap_or(READABLE),
        glyphs: desk.output.glyphs(),
        now: clock::now(),
    }
}
