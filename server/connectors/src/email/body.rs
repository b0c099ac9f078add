//! The words of a mail: its plain text where it has one, else its HTML as text.

use super::flowed::{self, Space};
use super::inbound::{Attachment, Body, Shortfall};
use super::{charset, html, uuencoded};
use mail_parser::{ContentType, Message, MessagePart, MimeHeaders, PartType};

/// The most bytes of text that are kept for the message; the raw mail has the rest.
const LONGEST_TEXT: usize = 1024 * 1024;

/// The words, and the files that stood within them.
pub(super) fn of(
    message: &Message<'_>,
    parts: &[usize],
    shortfalls: &mut Vec<Shortfall>,
) -> (Body, Vec<Attachment>) {
    let mut text = Gathered::default();
    let mut files = Vec::new();
    for at in listed(&message.text_body, parts) {
        let part = &message.parts[at];
        match &part.body {
            PartType::Text(_) => {
                let mut parted = uuencoded::part(&charset::text(message, part));
                text.add(&plain(part, &parted.text));
                files.append(&mut parted.files);
            }
            PartType::Html(_) => text.add(&html::as_text(&charset::text(message, part))),
            _ => {}
        }
    }
    let mut markup = String::new();
    let mut shown = Vec::new();
    for at in listed(&message.html_body, parts) {
        let part = &message.parts[at];
        if let PartType::Html(_) = &part.body {
            let words = charset::text(message, part);
            markup.push_str(&html::sanitised(&words));
            shown.push(words);
        }
    }
    // Some programs send a plain part with nothing in it beside the words.
    if text.words.trim().is_empty() {
        text = Gathered::default();
        shown.iter().for_each(|it| text.add(&html::as_text(it)));
    }
    for at in parts {
        let part = &message.parts[*at];
        if let (PartType::Text(_), true) = (&part.body, part.is_content_type("text", "calendar")) {
            text.add(&invitation(&charset::text(message, part)));
        }
        if is_unparted(part) {
            text.add(&charset::text(message, part));
        }
    }
    if text.cut {
        shortfalls.push(Shortfall::BodyCut);
    }
    let body = Body {
        text: text.words,
        html: (!markup.is_empty()).then_some(markup),
    };
    (body, files)
}

/// Whether the part is among the words of the mail, and so no attachment.
pub(super) fn holds(message: &Message<'_>, at: usize) -> bool {
    let listed = |ids: &[u32]| ids.iter().any(|id| *id as usize == at);
    let words = matches!(
        message.parts[at].body,
        PartType::Text(_) | PartType::Html(_)
    );
    let is_listed = listed(&message.text_body) || listed(&message.html_body);
    words && is_listed || is_unparted(&message.parts[at])
}

/// Whether the part says that it has parts and none can be told: nobody knows what ends where. What it
/// holds is shown as it is.
fn is_unparted(part: &MessagePart<'_>) -> bool {
    let says = part.content_type().map(ContentType::ctype);
    says.is_some_and(|kind| kind.eq_ignore_ascii_case("multipart"))
        && !matches!(part.body, PartType::Multipart(_))
}

/// What a plain part says, with its paragraphs whole where it says which line ends mean nothing.
fn plain(part: &MessagePart<'_>, words: &str) -> String {
    let said = |name: &str, value: &str| {
        let attribute = part.content_type().and_then(|kind| kind.attribute(name));
        attribute.is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    if !said("format", "flowed") {
        return words.to_owned();
    }
    let space = if said("delsp", "yes") {
        Space::OfTheBreak
    } else {
        Space::OfTheText
    };
    flowed::whole(words, space)
}

fn listed<'a>(ids: &'a [u32], parts: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    ids.iter()
        .map(|id| *id as usize)
        .filter(|at| parts.binary_search(at).is_ok())
}

/// What an invitation says, as lines. Nothing of it is accepted, repeated or fetched.
fn invitation(calendar: &str) -> String {
    const SHOWN: [(&str, &str); 5] = [
        ("SUMMARY", "Invitation"),
        ("DTSTART", "Begins"),
        ("DTEND", "Ends"),
        ("LOCATION", "Where"),
        ("ORGANIZER", "From"),
    ];
    let unfolded = calendar
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let is_off = unfolded
        .lines()
        .any(|line| line.trim_end().eq_ignore_ascii_case("METHOD:CANCEL"));
    let mut lines = String::new();
    let event = unfolded.split("BEGIN:VEVENT").nth(1).unwrap_or_default();
    for (key, word) in SHOWN {
        let value = event.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name.split(';').next() == Some(key)).then_some(value)
        });
        if let Some(value) = value {
            let value = value
                .replace("\\,", ",")
                .replace("\\;", ";")
                .replace("\\n", " ");
            let word = if key == "SUMMARY" && is_off {
                "Cancelled"
            } else {
                word
            };
            lines.push_str(&format!("{word}: {value}\n"));
        }
    }
    lines
}

/// Text that grows up to its limit.
#[derive(Default)]
struct Gathered {
    words: String,
    cut: bool,
}

impl Gathered {
    /// Adds text, whose lines end as they do everywhere but in mails.
    fn add(&mut self, more: &str) {
        let more = more.replace("\r\n", "\n");
        if !self.words.is_empty() && !self.words.ends_with('\n') {
            self.words.push('\n');
        }
        let room = LONGEST_TEXT.saturating_sub(self.words.len());
        let end = more.floor_char_boundary(room);
        self.cut |= end < more.len();
        self.words.push_str(&more[..end]);
    }
}
