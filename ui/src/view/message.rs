//! One message of a thread as lines. Who spoke is told by a rail that no text can enter, by the
//! name, and for notes by the word.

mod fold;

use crate::cell;
use crate::channel;
use crate::glyph::Glyphs;
use crate::link;
use crate::model::thread::Quotes;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::thread::author;
use fold::{Kind, Part};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{MessageId, UserId};
use frontdesk_protocol::kind::{DeliveryState, MessageKind, Source};
use frontdesk_protocol::time::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::ops::Range;
use std::sync::Arc;

/// What one message may take on the screen; the rest is counted, not shown.
const MOST_LINES: usize = 200;
const MOST_BYTES: usize = 32 * 1024;
/// A text without line breaks still ends somewhere.
const MOST_ROWS: usize = 600;
/// How soon after each other messages of one person read as one.
const TOGETHER_SECONDS: i64 = 5 * 60;

/// How messages are drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) width: usize,
    pub(crate) glyphs: Glyphs,
    pub(crate) zone: &'a TimeZone,
    pub(crate) today: Date,
    pub(crate) me: UserId,
    /// What the customer is called where a message does not say it.
    pub(crate) customer: &'a str,
    /// The channel of the conversation; only another one is worth mentioning.
    pub(crate) source: Source,
    /// The last message the customer has seen.
    pub(crate) seen: Option<MessageId>,
    /// The last message of which the channel told that it has arrived.
    pub(crate) arrived: Option<MessageId>,
}

/// One message, with what stands before it and whether its quotes are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    pub(crate) message: &'a Message,
    pub(crate) before: Option<&'a Message>,
    pub(crate) quotes: Quotes,
}

/// Who speaks, from where the customer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voice {
    Customer,
    Agent,
    Note,
    Bot,
    System,
}

/// The message as lines, with an empty line or a new day before it where one belongs.
pub(crate) fn lines(it: Placed<'_>, look: &Look<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let day = civil(it.message, look).date();
    let is_new_day = it
        .before
        .is_none_or(|before| civil(before, look).date() != day);
    if is_new_day {
        if it.before.is_some() {
            lines.push(Line::new());
        }
        lines.push(rule(&day_name(day, look.today), look));
    }
    let voice = voice(it.message);
    if voice == Voice::System {
        let words = text_safe::line(it.message.body.as_deref().unwrap_or(""));
        lines.push(Line::new());
        lines.push(rule(words.trim(), look));
        return lines;
    }
    if is_new_day || !continues(it) {
        lines.push(Line::new());
        lines.push(head(it.message, voice, look));
    }
    lines.extend(body(it, voice, look));
    lines.extend(delivery(it.message, voice, look));
    lines
}

/// When a message was written, as far as anybody knows.
pub(crate) fn moment(message: &Message) -> Timestamp {
    message.sent_at.map_or(message.created_at.0, |sent| sent.0)
}

/// The name of whoever wrote a message in a conversation with this customer.
pub(crate) fn name(message: &Message, customer: &str) -> String {
    let is_known = message.customer.is_some() || message.user_id.is_some();
    match message.kind {
        MessageKind::Reply if !is_known => text_safe::line(customer).into_owned(),
        _ => author(message),
    }
}

/// Whether two messages were written on the same day, where the reader is.
pub(crate) fn is_same_day(one: &Message, other: &Message, look: &Look<'_>) -> bool {
    civil(one, look).date() == civil(other, look).date()
}

/// What somebody wrote as plain lines, for where nothing is drawn.
pub(crate) fn spoken(text: &str, quotes: Quotes) -> Vec<String> {
    let excerpt = text_safe::excerpt(text, MOST_LINES, MOST_BYTES);
    let parts = fold::parts(&excerpt.text);
    let has_words = parts.iter().any(|part| part.kind == Kind::Words);
    let folds = quotes == Quotes::Folded && has_words;
    let mut lines: Vec<String> = Vec::new();
    for part in &parts {
        if folds && part.kind != Kind::Words {
            lines.push(folded_words(part));
        } else {
            lines.extend(part.lines.iter().map(|line| (*line).to_owned()));
        }
    }
    if excerpt.lines_left_out > 0 {
        lines.push(format!(
            "{} more lines are not told",
            excerpt.lines_left_out
        ));
    }
    lines
}

fn civil(message: &Message, look: &Look<'_>) -> jiff::civil::DateTime {
    here(moment(message), look.zone)
}

/// A moment as the reader's clock shows it.
pub(crate) fn here(at: Timestamp, zone: &TimeZone) -> jiff::civil::DateTime {
    jiff::Timestamp::from_microsecond(at.0)
        .map_or_else(|_| at.utc(), |it| it.to_zoned(zone.clone()).datetime())
}

fn voice(message: &Message) -> Voice {
    match message.kind {
        MessageKind::System => Voice::System,
        _ if message.private || message.kind == MessageKind::Note => Voice::Note,
        MessageKind::Bot => Voice::Bot,
        _ if message.user_id.is_some() => Voice::Agent,
        _ => Voice::Customer,
    }
}

/// Whether a message reads on from the one before it, without a head of its own.
fn continues(it: Placed<'_>) -> bool {
    let Some(before) = it.before else {
        return false;
    };
    let apart = moment(it.message).seconds() - moment(before).seconds();
    let is_same_voice = voice(before) == voice(it.message)
        && before.user_id == it.message.user_id
        && before.source == it.message.source;
    let is_calm = delivery_words(before).is_none() && before.attachments.is_empty();
    is_same_voice && is_calm && (0..TOGETHER_SECONDS).contains(&apart)
}

/// `┄┄ Today ┄┄┄┄`, over the whole width.
pub(crate) fn rule(words: &str, look: &Look<'_>) -> Line {
    let dash = look.glyphs.dashes();
    let words = cell::cut(words, look.width.saturating_sub(8), look.glyphs.cut());
    let used = 4 + cell::width(&words);
    Line::new()
        .with(Role::Faint, format!("{} ", dash.repeat(2)))
        .with(Role::Muted, words)
        .with(
            Role::Faint,
            format!(" {}", dash.repeat(look.width.saturating_sub(used))),
        )
}

fn day_name(day: Date, today: Date) -> String {
    let days_ago = (today - day).get_days();
    match days_ago {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if day.year() == today.year() => day.strftime("%a %-d %b").to_string(),
        _ => day.strftime("%a %-d %b %Y").to_string(),
    }
}

/// The name at the left, the time at the right.
fn head(message: &Message, voice: Voice, look: &Look<'_>) -> Line {
    let dot = look.glyphs.dot();
    let time = civil(message, look).strftime("%H:%M").to_string();
    let (mut line, name_role) = rail(voice, look.glyphs);
    if voice != Voice::Customer {
        line.push(Role::Text, " ");
    }
    let mut facts = String::new();
    if message.source != look.source && matches!(voice, Voice::Customer | Voice::Agent) {
        let sign = look.glyphs.channel(message.source);
        facts = format!(" {dot} {sign} {}", channel::name(message.source));
    }
    let name = name(message, look.customer);
    let name = match voice {
        Voice::Note => format!("note {dot} {name}"),
        Voice::Agent if message.user_id == Some(look.me) => format!("{name} (you)"),
        _ => name,
    };
    let taken = line.width() + cell::width(&facts) + 1 + time.len();
    let room = look.width.saturating_sub(taken);
    let name = cell::cut(&name, room, look.glyphs.cut()).into_owned();
    let air = 1 + room.saturating_sub(cell::width(&name));
    line.with(name_role, name)
        .with(Role::Muted, facts)
        .with(Role::Text, " ".repeat(air))
        .with(Role::Muted, time)
}

/// What stands at the left edge of a voice, and how its name looks.
fn rail(voice: Voice, glyphs: Glyphs) -> (Line, Role) {
    let role = match voice {
        Voice::Customer | Voice::System => return (Line::new(), Role::Customer),
        Voice::Agent => Role::Agent,
        Voice::Note => Role::Note,
        Voice::Bot => Role::Bot,
    };
    (Line::new().with(role, glyphs.rail()), role)
}

/// A line of a message behind its rail; every voice's words begin in the same column.
fn railed(voice: Voice, look: &Look<'_>, role: Role, text: &str) -> Line {
    let (rail, _) = rail(voice, look.glyphs);
    let air = if rail.pieces.is_empty() { "  " } else { " " };
    rail.with(Role::Text, air).with(role, text)
}

fn body(it: Placed<'_>, voice: Voice, look: &Look<'_>) -> Vec<Line> {
    let text = it.message.body.as_deref().unwrap_or("");
    let excerpt = text_safe::excerpt(text, MOST_LINES, MOST_BYTES);
    let parts = fold::parts(&excerpt.text);
    let has_words = parts.iter().any(|part| part.kind == Kind::Words);
    let folds = it.quotes == Quotes::Folded && has_words;
    let mut lines = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        if folds && part.kind != Kind::Words {
            lines.push(folded(part, voice, look));
            continue;
        }
        if place > 0 {
            lines.push(railed(voice, look, Role::Text, ""));
        }
        wrapped(&mut lines, part, voice, look);
    }
    let cut_rows = lines.len().saturating_sub(MOST_ROWS);
    lines.truncate(MOST_ROWS);
    let left_out = excerpt.lines_left_out + cut_rows;
    if left_out > 0 {
        let more = format!("{left_out} more lines are not shown");
        lines.push(railed(voice, look, Role::Muted, &more));
    }
    for file in &it.message.attachments {
        let name = text_safe::line(&file.filename);
        let name = cell::cut(&name, look.width.saturating_sub(4), look.glyphs.cut());
        let line = railed(voice, look, Role::Muted, look.glyphs.more())
            .with(Role::Text, " ")
            .with(Role::Link, name);
        lines.push(line);
    }
    lines
}

fn wrapped(lines: &mut Vec<Line>, part: &Part<'_>, voice: Voice, look: &Look<'_>) {
    let role = match part.kind {
        Kind::Words => Role::Text,
        Kind::Quoted | Kind::Signature => Role::Muted,
    };
    let width = look.width.saturating_sub(2);
    for line in &part.lines {
        if lines.len() > MOST_ROWS {
            return;
        }
        let links = link::spans(line);
        let mut from = 0;
        for piece in cell::wrap(line, width) {
            let start = from + line[from..].find(piece).unwrap_or(0);
            from = start + piece.len();
            let mut shown = railed(voice, look, role, "");
            push_linked(&mut shown, role, piece, start, &links);
            lines.push(shown);
        }
    }
}

/// Adds a piece of a line that begins there, with the links that stand in it.
fn push_linked(
    shown: &mut Line,
    role: Role,
    piece: &str,
    start: usize,
    links: &[(Range<usize>, Arc<str>)],
) {
    let mut at = 0;
    for (place, link) in links {
        let from = place.start.saturating_sub(start).max(at).min(piece.len());
        let to = place.end.saturating_sub(start).min(piece.len());
        if from < to {
            shown.push(role, &piece[at..from]);
            shown.push_link(role, &piece[from..to], link);
            at = to;
        }
    }
    shown.push(role, &piece[at..]);
}

fn folded(part: &Part<'_>, voice: Voice, look: &Look<'_>) -> Line {
    let words = format!("{} {}", look.glyphs.more(), folded_words(part));
    railed(voice, look, Role::Muted, &words)
}

fn folded_words(part: &Part<'_>) -> String {
    let count = part.lines.len();
    let lines = if count == 1 { "line" } else { "lines" };
    match part.kind {
        Kind::Signature => format!("signature, {count} {lines}"),
        Kind::Words | Kind::Quoted => format!("{count} quoted {lines}"),
    }
}

/// How far the message has come, where that is worth a line.
fn delivery(message: &Message, voice: Voice, look: &Look<'_>) -> Vec<Line> {
    let said = if look.seen == Some(message.id) {
        Some((Role::Muted, "seen by the customer".to_owned()))
    } else if look.arrived == Some(message.id) {
        Some((Role::Muted, "delivered".to_owned()))
    } else {
        delivery_words(message)
    };
    let told = remark(message).into_iter().chain(said);
    told.flat_map(|(role, words)| {
        let pieces = cell::wrap(&words, look.width.saturating_sub(2));
        let line = |piece| railed(voice, look, role, piece);
        pieces.into_iter().map(line).collect::<Vec<Line>>()
    })
    .collect()
}

/// What came back about a message that has left: that it waits somewhere, that somebody complained.
fn remark(message: &Message) -> Option<(Role, String)> {
    let has_left = matches!(
        message.delivery_state,
        DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read
    );
    let reason = message.delivery_reason.as_deref().filter(|_| has_left)?;
    Some((Role::Warn, format!("! {}.", text_safe::line(reason))))
}

fn delivery_words(message: &Message) -> Option<(Role, String)> {
    if message.user_id.is_none() || message.private {
        return None;
    }
    let known = message.delivery_reason.as_deref();
    let reason = text_safe::line(known.unwrap_or("no reason was given"));
    match message.delivery_state {
        DeliveryState::Failed => Some((Role::Danger, format!("! Not delivered: {reason}"))),
        DeliveryState::Queued | DeliveryState::Sending if known.is_some() => {
            Some((Role::Muted, format!("on its way, and waits: {reason}")))
        }
        DeliveryState::Unknown => Some((
            Role::Warn,
            "? It may have been sent; nobody can say.".to_owned(),
        )),
        DeliveryState::Queued | DeliveryState::Sending => {
            Some((Role::Muted, "on its way".to_owned()))
        }
        DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read => None,
    }
}
