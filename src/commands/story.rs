//! `frontdesk show --story`: everything that was said with a customer, over all channels, in the order of time.

use super::{find, show};
use crate::cli::Show;
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_protocol::entity::{ConversationFull, Message};
use frontdesk_protocol::id::ConversationId;
use frontdesk_ui::painted::Line;
use frontdesk_ui::theme::Role;
use frontdesk_ui::{channel, text_safe, thread};
use serde_json::value::RawValue;

pub(super) async fn run(
    desk: &Desk,
    agent: &mut Agent,
    id: ConversationId,
    args: &Show,
) -> Result<(), Error> {
    let (_, first) = show::fetch(agent, id, &args.conversation).await?;
    let listed = all_of(agent, &first).await?;
    if args.json {
        let items: Vec<&str> = listed.iter().map(|json| json.get()).collect();
        return desk.output.json(&format!("[{}]", items.join(",\n ")));
    }
    let all = find::remember(agent, &listed)?;
    desk.output.lines(&lines(desk, &all))?;
    all.iter().try_for_each(|it| show::saw(agent, it))
}

/// All conversations of the customer of this one that the agent may see.
async fn all_of(agent: &mut Agent, of: &ConversationFull) -> Result<Vec<Box<RawValue>>, Error> {
    let filters = [("customer_id", of.customer_id.to_string())];
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = find::page(agent, &filters, after, find::PAGE).await?;
        listed.extend(page.data);
        after = page.next;
        if after.is_none() {
            return Ok(listed);
        }
    }
}

fn lines(desk: &Desk, all: &[ConversationFull]) -> Vec<Line> {
    let look = show::look(desk);
    let mut said: Vec<(&ConversationFull, &Message)> = all
        .iter()
        .flat_map(|it| it.messages.iter().map(move |message| (it, message)))
        .collect();
    said.sort_by_key(|(_, message)| message.seq);
    let mut lines = Vec::new();
    for part in said.chunk_by(|(one, _), (other, _)| one.id == other.id) {
        let Some((it, _)) = part.first() else {
            continue;
        };
        lines.push(Line::new());
        lines.push(heading(it));
        let messages = part.iter().map(|(_, message)| (*message).clone());
        let part = ConversationFull {
            messages: messages.collect(),
            ..(*it).clone()
        };
        lines.extend(thread::messages(&part, &look));
    }
    lines
}

/// Where what follows was said.
fn heading(it: &ConversationFull) -> Line {
    let subject = it.subject.as_deref().unwrap_or("No subject");
    Line::new()
        .with(Role::Number, format!("#{}  ", it.number))
        .with(Role::Strong, text_safe::line(subject))
        .with(Role::Muted, format!("  by {}", channel::name(it.source)))
}
