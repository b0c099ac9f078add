//! A conversation as lines: a head, then each message behind a rail that no text can enter.

use crate::cell;
use crate::glyph::Glyphs;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::time_ago::time_ago;
use frontdesk_protocol::entity::{ConversationFull, Message, User};
use frontdesk_protocol::kind::{DeliveryState, MessageKind, Priority, Status};
use frontdesk_protocol::time::Timestamp;

/// How a conversation is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub width: usize,
    pub glyphs: Glyphs,
    pub now: Timestamp,
}

/// What one message may take on the screen; the rest is counted, not shown.
const MOST_LINES: usize = 200;
const MOST_BYTES: usize = 32 * 1024;

/// The whole conversation.
#[must_use]
pub fn lines(conversation: &ConversationFull, assignee: Option<&str>, look: &Look) -> Vec<Line> {
    let mut lines = head(conversation, assignee, look);
    lines.extend(messages(conversation, look));
    lines
}

/// The messages of a conversation alone, each after an empty line.
#[must_use]
pub fn messages(conversation: &ConversationFull, look: &Look) -> Vec<Line> {
    let mut lines = Vec::new();
    for message in &conversation.messages {
        lines.push(Line::new());
        lines.push(message_head(message, look));
        lines.extend(message_body(message, look));
    }
    lines
}

fn head(it: &ConversationFull, assignee: Option<&str>, look: &Look) -> Vec<Line> {
    let subject = it.subject.as_deref().unwrap_or("No subject");
    let title = Line::new()
        .with(Role::Number, format!("#{}  ", it.number))
        .with(Role::Strong, text_safe::line(subject));
    let mut facts = Line::new();
    if let Some(customer) = &it.customer {
        facts.push(Role::Customer, text_safe::line(&customer.title));
        if let Some(email) = customer
            .email
            .as_deref()
            .filter(|email| *email != customer.title)
        {
            facts.push(Role::Muted, format!(" <{}>", text_safe::line(email)));
        }
        facts.push(Role::Muted, ", ");
    }
    facts.push(Role::Muted, format!("by {}, ", it.source));
    facts.push(status_role(it.status), it.status.as_str());
    if it.priority == Priority::High {
        facts.push(Role::Danger, ", priority !");
    }
    let owner = assignee.map_or_else(
        || ", unassigned".to_owned(),
        |name| format!(", assigned to {}", text_safe::line(name)),
    );
    facts.push(Role::Muted, owner);
    if let Some(since) = it.waiting_since {
        let ago = time_ago(since.0, look.now);
        facts.push(Role::Warn, format!(", waiting since {ago}"));
    }
    let mut lines = vec![title, facts];
    if !it.tags.is_empty() {
        let names: Vec<_> = it
            .tags
            .iter()
            .map(|tag| text_safe::line(&tag.name))
            .collect();
        lines.push(Line::new().with(Role::Muted, format!("tags: {}", names.join(", "))));
    }
    lines
}

fn status_role(status: Status) -> Role {
    match status {
        Status::Open => Role::Ok,
        Status::Closed | Status::Spam => Role::Closed,
        Status::Snoozed => Role::Snoozed,
    }
}

fn message_head(message: &Message, look: &Look) -> Line {
    let at = message.sent_at.map_or(message.created_at.0, |sent| sent.0);
    let mut line = Line::new()
        .with(role_of(message), author(message))
        .with(
            Role::Muted,
            format!("  {} UTC", at.utc().strftime("%Y-%m-%d %H:%M")),
        )
        .with(Role::Muted, format!(" ({})", time_ago(at, look.now)));
    if message.private {
        line.push(Role::Note, "  note, the customer does not see it");
    }
    let reason = message
        .delivery_reason
        .as_deref()
        .unwrap_or("no reason given");
    match message.delivery_state {
        DeliveryState::Failed => {
            line.push(
                Role::Danger,
                format!("  ! not delivered: {}", text_safe::line(reason)),
            );
        }
        DeliveryState::Unknown => line.push(Role::Warn, "  may have been sent"),
        DeliveryState::Queued | DeliveryState::Sending => {
            line.push(Role::Muted, "  waiting to be sent");
        }
        DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => {
            // It has left, and something came back about it all the same.
            if message.delivery_reason.is_some() {
                line.push(Role::Warn, format!("  ! {}", text_safe::line(reason)));
            }
        }
    }
    line
}

fn message_body(message: &Message, look: &Look) -> Vec<Line> {
    let (rail_role, rail) = if message.private {
        (Role::Note, look.glyphs.note_rail())
    } else {
        (role_of(message), look.glyphs.rail())
    };
    let railed = |role: Role, text: &str| {
        Line::new()
            .with(rail_role, rail)
            .with(Role::Text, " ")
            .with(role, text)
    };
    let excerpt = text_safe::excerpt(
        message.body.as_deref().unwrap_or(""),
        MOST_LINES,
        MOST_BYTES,
    );
    let width = look.width.saturating_sub(2);
    let mut lines: Vec<Line> = excerpt
        .text
        .lines()
        .flat_map(|line| cell::wrap(line, width))
        .map(|piece| railed(Role::Text, piece))
        .collect();
    if excerpt.lines_left_out > 0 {
        let more = format!("{} more lines; --json has them all", excerpt.lines_left_out);
        lines.push(railed(Role::Muted, &more));
    }
    for file in &message.attachments {
        let name = text_safe::line(&file.filename);
        lines.push(railed(Role::Link, &format!("file: {name}")));
    }
    lines
}

/// The name of whoever wrote a message.
#[must_use]
pub fn author(message: &Message) -> String {
    if message.kind == MessageKind::Bot {
        return "Bot".to_owned();
    }
    if message.kind == MessageKind::System {
        return "Frontdesk".to_owned();
    }
    if message.user_id.is_some() {
        return message
            .user
            .as_ref()
            .map_or_else(|| "An agent".to_owned(), name_of);
    }
    let title = message
        .customer
        .as_ref()
        .map(|customer| customer.title.as_str());
    text_safe::line(title.unwrap_or("Customer")).into_owned()
}

/// What an agent is called: the display name, else the full name, else the address.
#[must_use]
pub fn name_of(user: &User) -> String {
    let given = |name: &Option<Option<String>>| {
        name.clone()
            .flatten()
            .filter(|name| !name.trim().is_empty())
    };
    let name = given(&user.display_name).or_else(|| given(&user.full_name));
    text_safe::line(&name.unwrap_or_else(|| user.email.clone())).into_owned()
}

fn role_of(message: &Message) -> Role {
    match message.kind {
        MessageKind::Bot => Role::Bot,
        MessageKind::System => Role::Faint,
        MessageKind::Note => Role::Note,
        MessageKind::Reply if message.user_id.is_some() => Role::Agent,
        MessageKind::Reply => Role::Customer,
    }
}

#[cfg(test)]
mod tests;
