//! The files that came with a mail.

use super::inbound::Attachment;
use super::{body, charset, headers};
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

/// How many characters of a subject stand in the name of a mail that was attached.
const LONGEST_SUBJECT: usize = 80;

pub(super) fn of(message: &Message<'_>, parts: &[usize]) -> Vec<Attachment> {
    parts
        .iter()
        .filter(|at| !body::holds(message, **at))
        .map(|at| &message.parts[*at])
        .filter(|part| !matches!(part.body, PartType::Multipart(_)))
        // A mail that ends with its header has a part of nothing.
        .filter(|part| part.attachment_name().is_some() || !part.contents().is_empty())
        .enumerate()
        .map(|(nth, part)| attachment(nth + 1, message, part))
        .collect()
}

fn attachment(nth: usize, message: &Message<'_>, part: &MessagePart<'_>) -> Attachment {
    Attachment {
        name: part
            .attachment_name()
            .and_then(name)
            .or_else(|| subject(part))
            .unwrap_or_else(|| format!("attachment-{nth}")),
        media_type: media_type(part),
        content_id: part.content_id().map(headers::line),
        content: charset::bytes(message, part).into_owned(),
    }
}

/// What a mail that was attached is called: by its subject.
fn subject(part: &MessagePart<'_>) -> Option<String> {
    let PartType::Message(inner) = &part.body else {
        return None;
    };
    let subject = inner.subject()?.replace(['/', '\\'], "-");
    let beginning: String = name(&subject)?.chars().take(LONGEST_SUBJECT).collect();
    Some(format!("{beginning}.eml"))
}

/// The last component of a name, cleaned before it is cut: a character that cleaning removes
/// could otherwise hide a separator or a leading dot.
pub(super) fn name(raw: &str) -> Option<String> {
    let cleaned = headers::line(raw);
    let last = cleaned.rsplit(['/', '\\']).next()?.trim();
    let visible = last.trim_start_matches('.').trim();
    (!visible.is_empty()).then(|| visible.to_owned())
}

fn media_type(part: &MessagePart<'_>) -> String {
    let Some(kind) = part.content_type() else {
        return "application/octet-stream".to_owned();
    };
    let sub = kind.c_subtype.as_deref().unwrap_or("octet-stream");
    headers::line(&format!("{}/{sub}", kind.c_type)).to_ascii_lowercase()
}
