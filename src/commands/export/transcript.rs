//! A conversation as a text: nothing is cut, and no text can pass for another's.

use frontdesk_protocol::entity::{ConversationFull, Message};
use frontdesk_ui::text_safe;
use frontdesk_ui::thread::author;

/// The whole conversation. Times are UTC; what was written is indented.
pub(super) fn of(it: &ConversationFull) -> String {
    let subject = it.subject.as_deref().unwrap_or("No subject");
    let mut text = format!("#{} {}\n", it.number, text_safe::line(subject));
    if let Some(customer) = &it.customer {
        text.push_str(&text_safe::line(&customer.title));
        let addresses = [&customer.email, &customer.phone];
        for address in addresses.into_iter().flatten() {
            if *address != customer.title {
                text.push_str(", ");
                text.push_str(&text_safe::line(address));
            }
        }
        text.push('\n');
    }
    text.push_str(&format!("by {}, {}\n", it.source, it.status));
    for message in &it.messages {
        text.push('\n');
        push(&mut text, message);
    }
    text
}

fn push(text: &mut String, message: &Message) {
    let at = message.sent_at.map_or(message.created_at.0, |sent| sent.0);
    let at = at.utc().strftime("%Y-%m-%d %H:%M:%S");
    let kind = if message.private { " (note)" } else { "" };
    text.push_str(&format!("{at} {}{kind}\n", author(message)));
    let body = message.body.as_deref().unwrap_or_default();
    for line in text_safe::block(body).lines() {
        text.push_str("    ");
        text.push_str(line);
        text.push('\n');
    }
    for file in &message.attachments {
        let name = text_safe::line(&file.filename);
        text.push_str(&format!("    file: {name}\n"));
    }
}
