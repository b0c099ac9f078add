//! Replies that go out later: choosing when, and the list of what waits.

use super::{Effects, choose, compose, picker, send};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::{Level, Origin, Planned, Typed, WrittenKind};
use crate::{text_safe, time_until};
use frontdesk_inbox::snooze as phrases;
use frontdesk_protocol::id::ScheduledReplyId;
use frontdesk_protocol::kind::ScheduledState;
use frontdesk_protocol::time::Timestamp;

/// How much of a text a line shows.
const SHOWN: usize = 60;

/// Asks when the text goes out.
pub(super) fn ask(model: &mut Model) -> Effects {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    if composer.kind == WrittenKind::Note {
        let words = "Only a reply goes out later; a note is seen at once.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    if !composer.files.is_empty() {
        let words = "A reply with files goes out at once. Take them off to send it later.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let items = moments(model, Choice::SendLater);
    picker::push(model, Picker::new(Purpose::SendLater, "Send later", items))
}

/// The usual moments of the grammar.
fn moments(model: &Model, choice: impl Fn(Timestamp) -> Choice) -> Vec<Item> {
    let presets = phrases::presets(model.now, &model.zone);
    let timed = presets.into_iter().filter_map(|preset| {
        let at = preset.snooze.until?.0;
        let label = format!("{}  {}", preset.letter, preset.words);
        let shown = time_until::moment(at, model.now, &model.zone);
        Some(Item::new(&label, choice(at)).with_detail(&shown))
    });
    timed.collect()
}

/// The agent has said when.
pub(super) fn at(model: &mut Model, at: Timestamp) -> Effects {
    send::send(model, send::After::Later(at))
}

/// What waits for its time; the server is asked.
pub(super) fn open(model: &mut Model) -> Effects {
    let items = model.later.iter().map(|it| item(model, it)).collect();
    picker::push(model, Picker::new(Purpose::Later, "Goes out later", items));
    vec![Effect::LoadLater]
}

/// The server has said what waits.
pub(super) fn told(model: &mut Model, planned: Vec<Planned>) -> Effects {
    let me = model.directory.me;
    let is_held = |it: &Planned| it.reply.state == ScheduledState::Held && it.reply.user_id == me;
    let known = |id: ScheduledReplyId| {
        let mut before = model.later.iter();
        before.any(|it| it.reply.id == id && is_held(it))
    };
    let newly = planned
        .iter()
        .filter(|it| is_held(it) && !known(it.reply.id));
    let newly: Vec<String> = newly.map(|it| it.customer.clone()).collect();
    if let Some(customer) = newly.first() {
        let who = text_safe::line(customer);
        let words = format!("A reply to {who} that was to go out later is held. g l lists it.");
        model.toasts.say(Level::Bad, words, model.now);
    }
    model.later = planned;
    let items: Vec<Item> = model.later.iter().map(|it| item(model, it)).collect();
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::Later) {
        front.refill(items);
    }
    Vec::new()
}

fn item(model: &Model, it: &Planned) -> Item {
    let reply = &it.reply;
    let when = time_until::moment(reply.send_at.0, model.now, &model.zone);
    let detail = match (reply.state, &reply.reason) {
        (ScheduledState::Held, Some(why)) => format!("held: {why}"),
        (ScheduledState::Held, None) => "held".to_owned(),
        (ScheduledState::Waiting, _) => when,
    };
    let first = reply.body.lines().find(|line| !line.trim().is_empty());
    let words: String = first
        .unwrap_or_default()
        .trim()
        .chars()
        .take(SHOWN)
        .collect();
    let label = format!("{}: {words}", it.customer);
    Item::new(&label, Choice::Later(reply.id)).with_detail(&detail)
}

/// What can be done with one of them.
pub(super) fn entry(model: &mut Model, id: ScheduledReplyId) -> Effects {
    let Some(it) = find(model, id) else {
        return Vec::new();
    };
    let items = vec![
        Item::new(
            "open the conversation",
            Choice::Conversation(it.reply.conversation_id),
        ),
        Item::new(&model.glyphs.words("another time…"), Choice::LaterTime(id)),
        Item::new("change the text", Choice::LaterText(id)),
        Item::new("take it back", Choice::LaterCancel(id)),
    ];
    let title = item(model, &it).label;
    picker::push(model, Picker::new(Purpose::LaterEntry, title, items))
}

/// Asks for another time.
pub(super) fn time(model: &mut Model, id: ScheduledReplyId) -> Effects {
    let items = moments(model, |at| Choice::LaterAt(id, at));
    picker::push(
        model,
        Picker::new(Purpose::LaterTime(id), "Goes out instead", items),
    )
}

/// Takes it back into the composer. The text is written down here before the server forgets it.
pub(super) fn text(model: &mut Model, id: ScheduledReplyId) -> Effects {
    let Some(it) = find(model, id) else {
        return Vec::new();
    };
    model.later.retain(|it| it.reply.id != id);
    let typed = Typed {
        conversation_id: it.reply.conversation_id,
        kind: WrittenKind::Reply,
        text: it.reply.body.clone(),
        seen: Some(it.reply.seen_seq),
        origin: Origin::Fresh,
        files: Vec::new(),
    };
    let mut effects = choose::open(model, it.reply.conversation_id);
    effects.extend(compose::reply(model));
    effects.extend(compose::found(model, &typed));
    effects.push(Effect::SaveText(typed));
    effects.push(Effect::CancelLater(id));
    effects
}

/// Takes it back for good.
pub(super) fn cancel(model: &mut Model, id: ScheduledReplyId) -> Effects {
    model.later.retain(|it| it.reply.id != id);
    vec![Effect::CancelLater(id)]
}

fn find(model: &Model, id: ScheduledReplyId) -> Option<Planned> {
    model.later.iter().find(|it| it.reply.id == id).cloned()
}

#[cfg(test)]
mod tests;
