//! What the header of a mail says: addresses, ids, and signs of a program. Everything is cleaned
//! after it has been decoded, because a decoded word may hold any character.

use super::inbound::{Mailbox, Sign};
use frontdesk_domain::text;
use mail_parser::{Addr, Address, HeaderValue, Message};

/// How many addresses are read of one header.
const MOST_ADDRESSES: usize = 100;

/// How many ids are read of References.
const MOST_IDS: usize = 50;

/// The longest id and the longest address, in bytes.
const LONGEST_ID: usize = 500;

/// One line that is safe to display.
pub(super) fn line(raw: &str) -> String {
    text::clean_line(raw).text
}

pub(super) fn first(address: Option<&Address<'_>>) -> Option<Mailbox> {
    address?.iter().find_map(mailbox)
}

pub(super) fn all(address: Option<&Address<'_>>) -> Vec<Mailbox> {
    address.map_or_else(Vec::new, |address| {
        let found = address.iter().filter_map(mailbox);
        found.take(MOST_ADDRESSES).collect()
    })
}

fn mailbox(addr: &Addr<'_>) -> Option<Mailbox> {
    let address = bare(addr.address.as_deref()?)?;
    let name = addr.name.as_deref().map(line);
    Some(Mailbox {
        name: name.filter(|name| !name.is_empty()),
        address,
    })
}

/// An address in lower case, if it can be one.
fn bare(raw: &str) -> Option<String> {
    let cleaned = line(raw.trim().trim_matches(['<', '>']));
    let (local, domain) = cleaned.rsplit_once('@')?;
    let whole = !local.is_empty() && !domain.is_empty() && cleaned.len() <= LONGEST_ID;
    let single = !cleaned.chars().any(char::is_whitespace);
    (whole && single).then(|| cleaned.to_lowercase())
}

pub(super) fn message_id(message: &Message<'_>) -> Option<String> {
    message.message_id().and_then(id)
}

fn id(raw: &str) -> Option<String> {
    let cleaned = line(raw.trim().trim_matches(['<', '>']));
    let fits = !cleaned.is_empty() && cleaned.len() <= LONGEST_ID;
    (fits && !cleaned.contains(char::is_whitespace)).then_some(cleaned)
}

/// In-Reply-To first, then References from the right.
pub(super) fn answers(message: &Message<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let near = texts(message.in_reply_to()).into_iter();
    let far = texts(message.references()).into_iter().rev();
    for raw in near.chain(far).take(MOST_IDS) {
        if let Some(id) = id(raw)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

fn texts<'v>(value: &'v HeaderValue<'_>) -> Vec<&'v str> {
    match value {
        HeaderValue::Text(text) => vec![text.as_ref()],
        HeaderValue::TextList(list) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn delivered_to(message: &Message<'_>) -> Vec<String> {
    const NAMES: [&str; 3] = ["delivered-to", "x-original-to", "envelope-to"];
    let found = message
        .headers_raw()
        .filter(|(name, _)| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)))
        .flat_map(|(_, value)| value.split(','))
        .filter_map(bare);
    found.take(MOST_ADDRESSES).collect()
}

/// Signs that a program sent the mail. Only the outermost header counts: an attached mail says
/// nothing about the one it is attached to.
pub(super) fn signs(message: &Message<'_>) -> Vec<Sign> {
    let mut found = Vec::new();
    for (name, value) in message.headers_raw() {
        let sign = sign(
            &name.to_ascii_lowercase(),
            &value.trim().to_ascii_lowercase(),
        );
        found.extend(sign.filter(|sign| !found.contains(sign)));
    }
    let role = first(message.from()).is_some_and(|from| is_role(&from.address));
    if role {
        found.push(Sign::RoleSender);
    }
    found
}

fn sign(name: &str, value: &str) -> Option<Sign> {
    let found = match name {
        "auto-submitted" => value.split(';').next().map(str::trim) != Some("no"),
        "return-path" => value == "<>",
        "precedence" => matches!(value, "bulk" | "list" | "junk" | "auto_reply"),
        "x-auto-response-suppress" => value
            .split(',')
            .any(|word| matches!(word.trim(), "all" | "autoreply" | "oof" | "rn" | "dr")),
        "x-autoreply" | "x-autorespond" | "x-auto-reply-from" => true,
        _ => name.starts_with("list-"),
    };
    found.then_some(match name {
        "auto-submitted" => Sign::AutoSubmitted,
        "return-path" => Sign::NullReturnPath,
        "precedence" => Sign::Precedence,
        "x-auto-response-suppress" => Sign::SuppressesResponses,
        "x-autoreply" | "x-autorespond" | "x-auto-reply-from" => Sign::Autoreply,
        _ => Sign::List,
    })
}

fn is_role(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    matches!(
        local,
        "mailer-daemon" | "postmaster" | "noreply" | "no-reply" | "donotreply"
    ) || local.ends_with("-request")
        || local.starts_with("owner-")
}
