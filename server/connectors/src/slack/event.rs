//! From an event of Slack's to what it tells. What is of a kind we do not read is left alone.

use super::settings::{Members, Settings, TeamSeat};
use super::{asked, text, words};
use crate::channel::{Heard, Message, Names, Reaction, Remote, Stands};
use frontdesk_domain::Timestamp;
use serde_json::Value;

/// More files than a message has.
const MOST_FILES: usize = 20;

/// Nobody's sign has a longer name.
const LONGEST_SIGN: usize = 100;

/// The most names that are looked up for a message.
const MOST_NAMES: usize = 20;

/// The workspaces an event is told to.
pub(super) fn teams(said: &Value) -> impl Iterator<Item = &str> {
    let told = said["authorizations"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let told = told.iter().filter_map(|it| it["team_id"].as_str());
    told.chain(said["team_id"].as_str())
}

/// Whether what an app is told, before it is believed, may be for a connection with these settings.
#[must_use]
pub fn is_of_workspace(body: &str, settings: &str) -> bool {
    let settings: Value = serde_json::from_str(settings).unwrap_or_default();
    let Some(team) = settings["team_id"].as_str() else {
        return true;
    };
    let said = match serde_json::from_str(body) {
        Ok(said) => said,
        Err(_) => asked::Form::read(body).map_or(Value::Null, asked::Form::into_said),
    };
    let inner = said["team"]["id"].as_str();
    let mut told = teams(&said).chain(inner).peekable();
    // A question about the address alone is of no workspace.
    told.peek().is_none() || told.any(|it| it == team)
}

/// The users and channels that are to be looked up.
pub(super) fn named(said: &Value) -> Vec<String> {
    let event = &said["event"];
    let Some(message) = message_of(event) else {
        return Vec::new();
    };
    let ids = [&message["user"], &event["channel"]];
    let ids = ids.into_iter().filter_map(Value::as_str).map(str::to_owned);
    let all = ids
        .filter(|id| text::is_id(id))
        .chain(text::named(&written(message)));
    let mut names: Vec<String> = Vec::new();
    for name in all.filter(|it| !it.starts_with('D')) {
        if !names.contains(&name) && names.len() < MOST_NAMES {
            names.push(name);
        }
    }
    names
}

/// What is told.
pub(super) fn heard(said: &Value, names: &Names, settings: &Settings) -> Option<Heard> {
    let event = &said["event"];
    match event["type"].as_str()? {
        "message" | "app_mention" => told(said, event, names, settings),
        "reaction_added" => reacted(said, event, names, settings, Stands::Put),
        "reaction_removed" => reacted(said, event, names, settings, Stands::TakenAway),
        "tokens_revoked" | "app_uninstalled" => Some(Heard::Cut {
            why: words::REVOKED.to_owned(),
        }),
        _ => None,
    }
}

fn told(said: &Value, event: &Value, names: &Names, settings: &Settings) -> Option<Heard> {
    let channel = event["channel"].as_str().filter(|it| text::is_id(it))?;
    if let Some(seat) = settings.seat.as_ref().filter(|it| it.channel == channel) {
        return seated(said, event, names, seat);
    }
    if event["subtype"] == "message_deleted" {
        let is_ours = is_of_a_program(&event["previous_message"]);
        let ts = event["deleted_ts"].as_str().filter(|_| !is_ours)?;
        return Some(deleted(channel, ts));
    }
    let inner = message_of(event)?;
    if event["subtype"] == "message_changed" && inner["subtype"] == "tombstone" {
        return Some(deleted(channel, inner["ts"].as_str()?));
    }
    if is_of_a_program(inner) || is_bot(said, inner) {
        return None;
    }
    let message = Box::new(message(said, event, inner, names)?);
    if is_colleague(said, event, inner, settings.members) {
        return Some(Heard::Aside(message));
    }
    if event["subtype"] == "message_changed" {
        let before = &event["previous_message"];
        let is_same = before["text"] == inner["text"] && before["files"] == inner["files"];
        // A preview that Slack adds changes nothing of what was written.
        return (!is_same).then_some(Heard::Edited(message));
    }
    Some(Heard::Message(message))
}

/// Somebody of the team writes in the team's channel. What stands beside the threads, and what is changed
/// afterwards, is talk among colleagues.
fn seated(said: &Value, event: &Value, names: &Names, seat: &TeamSeat) -> Option<Heard> {
    let is_plain = matches!(
        event["subtype"].as_str(),
        None | Some("thread_broadcast" | "file_share")
    );
    let is_answer = event["thread_ts"].is_string() && event["thread_ts"] != event["ts"];
    if !is_plain || !is_answer || is_of_a_program(event) || is_bot(said, event) {
        return None;
    }
    if !is_colleague(said, event, event, Members::Colleagues) {
        return None;
    }
    let mut message = Box::new(message(said, event, event, names)?);
    let text = message.text.take().unwrap_or_default();
    let start = text.get(..seat.note_prefix.len());
    if start.is_some_and(|it| it.eq_ignore_ascii_case(&seat.note_prefix)) {
        message.text = Some(text[seat.note_prefix.len()..].trim().to_owned());
        return Some(Heard::Note(message));
    }
    message.text = Some(text).filter(|it| !it.trim().is_empty());
    (message.text.is_some() || !message.files.is_empty()).then_some(Heard::Reply(message))
}

/// Somebody put a sign to a message, or took it away. Those in the team's own channel are talk among colleagues.
fn reacted(
    said: &Value,
    event: &Value,
    names: &Names,
    settings: &Settings,
    stands: Stands,
) -> Option<Heard> {
    let (item, user) = (&event["item"], event["user"].as_str()?);
    let channel = item["channel"].as_str().filter(|it| text::is_id(it))?;
    let seat = settings.seat.as_ref();
    if item["type"] != "message"
        || is_bot(said, event)
        || seat.is_some_and(|it| it.channel == channel)
    {
        return None;
    }
    let known = names.get(user);
    Some(Heard::Reacted(Reaction {
        id: format!("{channel}:{}", item["ts"].as_str()?),
        who: user.to_owned(),
        name: known.map(|it| it.full.clone().unwrap_or_else(|| it.short.clone())),
        sign: event["reaction"]
            .as_str()?
            .chars()
            .take(LONGEST_SIGN)
            .collect(),
        stands,
        version: event["event_ts"].as_str().unwrap_or_default().to_owned(),
    }))
}

fn deleted(channel: &str, ts: &str) -> Heard {
    Heard::Deleted {
        id: format!("{channel}:{ts}"),
    }
}

/// The message an event is about; none where it is about something else.
fn message_of(event: &Value) -> Option<&Value> {
    match event["subtype"].as_str() {
        None | Some("file_share" | "thread_broadcast" | "me_message") => Some(event),
        Some("message_changed") => Some(&event["message"]),
        Some(_) => None,
    }
}

/// What programs write is never answered: ours comes back to us like everybody's.
fn is_of_a_program(message: &Value) -> bool {
    message["bot_id"].is_string() || message["subtype"] == "bot_message"
}

fn is_bot(said: &Value, message: &Value) -> bool {
    let told = said["authorizations"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut bots = told.iter().filter(|it| it["is_bot"] == true);
    message["user"].is_string() && bots.any(|it| it["user_id"] == message["user"])
}

/// Whether the writer is a member of the workspace we are installed in.
fn is_colleague(said: &Value, event: &Value, message: &Value, members: Members) -> bool {
    members == Members::Colleagues
        && writers_team(event, message).is_some_and(|team| teams(said).any(|it| it == team))
}

/// In a channel that is shared, everybody has a workspace of their own.
fn writers_team<'a>(event: &'a Value, message: &'a Value) -> Option<&'a str> {
    let places = [
        &message["user_team"],
        &message["team"],
        &event["user_team"],
        &event["team"],
    ];
    places.into_iter().find_map(Value::as_str)
}

fn message(said: &Value, event: &Value, inner: &Value, names: &Names) -> Option<Message> {
    let channel = event["channel"].as_str()?;
    let (user, ts) = (inner["user"].as_str()?, inner["ts"].as_str()?);
    let known = names.get(user);
    let plain = text::plain(&written(inner), names);
    let files = files(inner);
    if plain.trim().is_empty() && files.is_empty() {
        return None;
    }
    let team = writers_team(event, inner).or_else(|| teams(said).next())?;
    let is_direct =
        matches!(event["channel_type"].as_str(), Some("im" | "mpim")) || channel.starts_with('D');
    Some(Message {
        id: format!("{channel}:{ts}"),
        ours: String::new(),
        theirs: match is_direct {
            true => channel.to_owned(),
            false => format!("{channel}:{}", inner["thread_ts"].as_str().unwrap_or(ts)),
        },
        name: known.map(|it| it.full.clone().unwrap_or_else(|| it.short.clone())),
        writer: Some(format!("{team}/{user}")),
        email: known.and_then(|it| it.email.clone()),
        phone: None,
        subject: names.get(channel).map(|it| format!("#{}", it.short)),
        text: Some(plain).filter(|it| !it.trim().is_empty()),
        files,
        sent_at: moment(ts),
        consent: None,
        version: inner["edited"]["ts"].as_str().map(str::to_owned),
    })
}

/// The text of a message. One that was passed on, or is made of blocks, has it elsewhere.
fn written(message: &Value) -> String {
    let mut parts: Vec<&str> = message["text"]
        .as_str()
        .filter(|it| !it.is_empty())
        .into_iter()
        .collect();
    let attached = message["attachments"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    // What Slack adds by itself for an address in the text is no words of the writer.
    let shared = attached
        .iter()
        .filter(|it| it["is_share"] == true || it["is_msg_unfurl"] == true);
    parts.extend(shared.filter_map(|it| it["text"].as_str().or(it["fallback"].as_str())));
    parts.join("\n\n")
}

fn files(message: &Value) -> Vec<Remote> {
    let files = message["files"].as_array().map_or(&[][..], Vec::as_slice);
    let is_there = |it: &&Value| it["mode"] != "tombstone" && it["mode"] != "hidden_by_limit";
    let remotes = files.iter().filter(is_there).take(MOST_FILES).map(|file| {
        let place = file["url_private_download"]
            .as_str()
            .or(file["url_private"].as_str());
        Remote {
            place: place.unwrap_or_default().to_owned(),
            filename: file["name"]
                .as_str()
                .or(file["title"].as_str())
                .unwrap_or("file")
                .to_owned(),
            content_type: file["mimetype"].as_str().map(str::to_owned),
        }
    });
    remotes.collect()
}

/// The moment a message's id names. The id itself is never a number: it would lose digits.
fn moment(ts: &str) -> Option<Timestamp> {
    let (seconds, micros) = ts.split_once('.')?;
    let (seconds, micros): (i64, i64) = (seconds.parse().ok()?, micros.parse().ok()?);
    let whole = seconds.checked_mul(1_000_000)?;
    (micros.abs() < 1_000_000).then(|| whole.checked_add(micros).map(Timestamp))?
}
