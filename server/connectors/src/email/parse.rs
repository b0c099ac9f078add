//! From the bytes of a mail to an [`Inbound`], within limits.

use super::inbound::{Inbound, Shortfall};
use super::{attachment, body, charset, headers, report};
use mail_parser::{Message, MessageParser, PartType};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The most bytes of a mail that is read; larger ones are for quarantine.
pub const LARGEST_MAIL: usize = 40 * 1024 * 1024;

/// How many parts of a mail are read.
pub const MOST_PARTS: usize = 500;

/// How deep the parts that are read may lie in one another.
pub const MOST_DEPTH: usize = 32;

/// Why a mail could not be read at all. Its bytes are for quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the mail is larger than 40 MiB")]
    TooLarge,
    #[error("this is no mail: it has no header")]
    NoHeader,
}

/// Reads a mail. Whatever is wrong inside it costs only the part it is in.
///
/// # Errors
/// [`Unreadable`] for what is too large or no mail.
pub fn parse(raw: &[u8]) -> Result<Inbound, Unreadable> {
    if raw.len() > LARGEST_MAIL {
        return Err(Unreadable::TooLarge);
    }
    let lines = in_lines(raw);
    let raw = &*lines;
    let message = message(raw)?;
    let readable = charset::with_headers_in_utf8(raw, &message);
    let message = match &readable {
        Some(readable) => self::message(readable)?,
        None => message,
    };
    let mut shortfalls = Vec::new();
    let parts = within_limits(&message, &mut shortfalls);
    let (body, within) = body::of(&message, &parts, &mut shortfalls);
    let mut attachments = attachment::of(&message, &parts);
    attachments.extend(within);
    let message_id = headers::message_id(&message);
    Ok(Inbound {
        external_id: message_id.clone().unwrap_or_else(|| hash(raw)),
        message_id,
        answers: headers::answers(&message),
        from: headers::first(message.from()),
        reply_to: headers::first(message.reply_to()),
        delivered_to: headers::delivered_to(&message),
        to: headers::all(message.to()),
        cc: headers::all(message.cc()),
        subject: headers::line(message.subject().unwrap_or_default()),
        sent_at: message.date().map(mail_parser::DateTime::to_timestamp),
        body,
        attachments,
        signs: headers::signs(&message),
        report: report::of(&message, &parts),
        shortfalls,
    })
}

/// The mail with lines that end as they should, where none of them does: very old programs end them by a
/// carriage return alone. In a mail that has other line ends a lone one ends nothing, so that nobody can
/// smuggle a header in behind it.
fn in_lines(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    let ended = |byte: &u8| if *byte == b'\r' { b'\n' } else { *byte };
    Cow::Owned(raw.iter().map(ended).collect())
}

fn message(raw: &[u8]) -> Result<Message<'_>, Unreadable> {
    MessageParser::default()
        .parse(raw)
        .filter(|message| !message.headers().is_empty())
        .ok_or(Unreadable::NoHeader)
}

/// The numbers of the parts that are read.
fn within_limits(message: &Message<'_>, shortfalls: &mut Vec<Shortfall>) -> Vec<usize> {
    let mut depths = vec![0_usize; message.parts.len()];
    // A part stands before what it holds, so its own depth is known by then.
    for (at, part) in message.parts.iter().enumerate() {
        if let PartType::Multipart(inner) = &part.body {
            let depth = depths[at] + 1;
            for id in inner {
                if let Some(slot) = depths.get_mut(*id as usize) {
                    *slot = depth;
                }
            }
        }
    }
    let mut note = |what| {
        if !shortfalls.contains(&what) {
            shortfalls.push(what);
        }
    };
    if message.parts.len() > MOST_PARTS {
        note(Shortfall::TooManyParts);
    }
    let mut kept = Vec::new();
    for (at, part) in message.parts.iter().enumerate().take(MOST_PARTS) {
        if depths[at] > MOST_DEPTH {
            note(Shortfall::TooDeep);
            continue;
        }
        if part.is_encoding_problem {
            note(Shortfall::BrokenEncoding);
        }
        kept.push(at);
    }
    kept
}

/// Names a mail that has no name of its own by its bytes without the trace that each delivery
/// adds in front, so that the same mail fetched twice is one.
fn hash(raw: &[u8]) -> String {
    let digest = Sha256::digest(without_trace(raw));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

pub(super) fn without_trace(raw: &[u8]) -> &[u8] {
    const TRACE: [&[u8]; 5] = [
        b"received:",
        b"return-path:",
        b"delivered-to:",
        b"x-original-to:",
        b"envelope-to:",
    ];
    let mut rest = raw;
    let mut inside_trace = false;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = &rest[..end];
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        let trace = TRACE.iter().any(|name| {
            line.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        if !(trace || folded && inside_trace) {
            break;
        }
        inside_trace = true;
        rest = &rest[end + 1..];
    }
    rest
}
