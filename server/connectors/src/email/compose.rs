//! A mail from what an agent wrote: bytes that any server takes, and whom they are for. Whatever
//! stands in a header has come from outside at some time, so nothing in one may begin another.

mod page;

use super::inbound::Mailbox;
use frontdesk_domain::{MessageId, Timestamp, text};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};
use page::Page;
use std::time::{Duration, UNIX_EPOCH};

/// What is sent.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    pub id: MessageId,
    pub from: Mailbox,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Where answers go, when that is another address than they come from.
    pub reply_to: Option<&'a str>,
    pub subject: &'a str,
    pub text: &'a str,
    /// What stands below the text: the writer's name, the inbox's lines.
    pub signature: &'a str,
    pub quoted: Option<Quoted<'a>>,
    /// The Message-ID of what this answers.
    pub answers: Option<&'a str>,
    /// The Message-IDs of the whole thread, the oldest first.
    pub references: &'a [String],
    pub date: Timestamp,
    pub writer: Writer,
    pub files: Vec<Enclosed>,
}

/// What is answered.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a> {
    pub author: &'a str,
    pub written_at: Timestamp,
    pub text: &'a str,
}

/// Who wrote it, as other programs want to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    Person,
    /// A program answered: no program may answer to it.
    Program,
}

/// A file that goes along.
#[derive(Debug, Clone)]
pub struct Enclosed {
    pub filename: String,
    pub content_type: String,
    pub content: Vec<u8>,
}

/// A mail, ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Its Message-ID, without the brackets.
    pub mail_id: String,
    pub from: String,
    pub recipients: Vec<String>,
    pub bytes: Vec<u8>,
}

/// The Message-ID of a message of ours, without the brackets. It depends on nothing but the message
/// and our domain, so that a mail that is sent again is known again.
#[must_use]
pub fn message_id(id: MessageId, our_address: &str) -> String {
    let domain = our_address.rsplit('@').next().unwrap_or_default();
    let ascii = url::Host::parse(domain).map(|host| host.to_string());
    format!("{id}@{}", ascii.unwrap_or_else(|_| domain.to_owned()))
}

/// How many ids of a thread are named: its first, and its last.
const LAST_IDS: usize = 20;

/// Composes.
///
/// # Errors
/// Why it is no mail, in words for agents.
pub fn compose(letter: Letter<'_>) -> Result<Composed, String> {
    let from = mailbox(&letter.from)?;
    let mail_id = message_id(letter.id, &letter.from.address);
    let mut recipients: Vec<String> = Vec::new();
    let mut builder = Message::builder()
        .from(from.clone())
        .subject(subject(letter.subject, letter.answers))
        .date(UNIX_EPOCH + Duration::from_micros(u64::try_from(letter.date.0).unwrap_or_default()))
        .message_id(Some(bracketed(&mail_id)));
    for it in once(&mut recipients, &letter.to)? {
        builder = builder.to(it);
    }
    if recipients.is_empty() {
        return Err("there is no address to send it to".to_owned());
    }
    for it in once(&mut recipients, &letter.cc)? {
        builder = builder.cc(it);
    }
    if let Some(reply_to) = letter.reply_to {
        let address = parse(reply_to)?;
        builder = builder.reply_to(lettre::message::Mailbox::new(from.name.clone(), address));
    }
    builder = threaded(builder, letter.answers, letter.references);
    if letter.writer == Writer::Program {
        builder = builder
            .raw_header(raw("Auto-Submitted", "auto-replied"))
            .raw_header(raw("X-Auto-Response-Suppress", "All"));
    }
    let from = from.email.to_string();
    let page = Page {
        text: letter.text,
        signature: letter.signature,
        quoted: letter.quoted,
    };
    let words = MultiPart::alternative_plain_html(page.plain(), page.html());
    let built = if letter.files.is_empty() {
        builder.multipart(words)
    } else {
        let mut all = MultiPart::mixed().multipart(words);
        for file in letter.files {
            all = all.singlepart(enclosed(file));
        }
        builder.multipart(all)
    };
    let message = built.map_err(|error| format!("it makes no mail: {error}"))?;
    Ok(Composed {
        mail_id,
        from,
        recipients,
        bytes: message.formatted(),
    })
}

/// Those who are not among the recipients yet, and now are.
fn once(
    recipients: &mut Vec<String>,
    all: &[Mailbox],
) -> Result<Vec<lettre::message::Mailbox>, String> {
    let mut new = Vec::new();
    for it in all {
        let parsed = mailbox(it)?;
        let address = parsed.email.to_string();
        if !recipients.contains(&address) {
            recipients.push(address);
            new.push(parsed);
        }
    }
    Ok(new)
}

/// One `Re:` before what answers, however many were there.
fn subject(raw: &str, answers: Option<&str>) -> String {
    let line = text::clean_line(raw).text;
    let mut bare = line.trim();
    while let Some(rest) = bare
        .get(..3)
        .filter(|head| head.eq_ignore_ascii_case("re:"))
        .and_then(|_| bare.get(3..))
    {
        bare = rest.trim_start();
    }
    match answers {
        Some(_) if bare.is_empty() => "Re:".to_owned(),
        Some(_) => format!("Re: {bare}"),
        None => line,
    }
}

fn threaded(
    mut builder: MessageBuilder,
    answers: Option<&str>,
    references: &[String],
) -> MessageBuilder {
    let mut ids: Vec<&str> = references.iter().map(String::as_str).collect();
    if let Some(id) = answers.filter(|id| is_id(id)) {
        builder = builder.in_reply_to(bracketed(id));
        ids.retain(|known| *known != id);
        ids.push(id);
    }
    ids.retain(|id| is_id(id));
    if ids.len() > LAST_IDS {
        ids.drain(1..ids.len() - LAST_IDS);
    }
    if ids.is_empty() {
        return builder;
    }
    let all: Vec<String> = ids.into_iter().map(bracketed).collect();
    builder.references(all.join(" "))
}

/// Whether it can stand in a header without being taken for anything else.
fn is_id(id: &str) -> bool {
    let fits = |it: u8| it.is_ascii_graphic() && !matches!(it, b'<' | b'>');
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(fits)
}

const LONGEST_ID: usize = 500;

fn bracketed(id: &str) -> String {
    format!("<{id}>")
}

fn mailbox(it: &Mailbox) -> Result<lettre::message::Mailbox, String> {
    let name = it.name.as_deref().map(|name| text::clean_line(name).text);
    let name = name.filter(|name| !name.trim().is_empty());
    Ok(lettre::message::Mailbox::new(name, parse(&it.address)?))
}

fn parse(address: &str) -> Result<Address, String> {
    let cleaned = text::clean_line(address).text;
    let parsed = address.parse();
    parsed.map_err(|_| format!("{cleaned} is no address that mail can go to"))
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::new(name, value.to_owned())
}

fn enclosed(file: Enclosed) -> SinglePart {
    let name = text::clean_line(&file.filename).text;
    let kind = ContentType::parse(&file.content_type).unwrap_or_else(|_| octets());
    Attachment::new(name).body(file.content, kind)
}

/// What nothing more is known of.
fn octets() -> ContentType {
    ContentType::parse("application/octet-stream").expect("it is a type and a subtype")
}

#[cfg(test)]
mod tests;
