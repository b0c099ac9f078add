//! Writing: one text for each conversation and reader, kept through everything until it is sent
//! or thrown away.

mod typing;

use super::available::available;
use super::{Effects, picker, send, templates, thread};
use crate::action::Action;
use crate::effect::Effect;
use crate::key::{Code, Key};
use crate::model::composer::{After, Composer, Writing};
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::settings::Enter;
use crate::model::{Model, Pane};
use crate::msg::{Level, Origin, Typed, WrittenKind};
use crate::text_safe;
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::{ConversationId, EventSeq};
use frontdesk_protocol::kind::Source;
use frontdesk_protocol::time::Timestamp;
use typing::Typing;

/// How long after the last key a text is written to disk.
pub(super) const SAVE_AFTER_MICROS: i64 = 500_000;
/// How often the customer is told that somebody types.
const TYPING_SECONDS: i64 = 2;
/// A text of this many words is thrown away without asking.
const FEW_WORDS: usize = 5;

/// Writes to the customer.
pub(super) fn reply(model: &mut Model) -> Effects {
    let effects = begin(model, WrittenKind::Reply);
    templates::offer(model);
    effects
}

/// Writes for colleagues.
pub(super) fn note(model: &mut Model) -> Effects {
    begin(model, WrittenKind::Note)
}

fn begin(model: &mut Model, kind: WrittenKind) -> Effects {
    let targets = model.targets();
    let [id] = targets.as_slice() else {
        let words = if targets.is_empty() {
            "No conversation is selected."
        } else {
            "A message goes to one conversation, and several are selected."
        };
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    };
    let id = *id;
    let mut effects = enter(model, id);
    let is_here = model
        .composer
        .as_ref()
        .is_some_and(|it| (it.conversation_id, it.kind) == (id, kind));
    if !is_here {
        effects.extend(put_aside(model));
        let typed = empty(id, kind);
        let kept = model.aside.take(id, kind);
        let composer = kept.unwrap_or_else(|| Composer::new(&typed, seen(model, id)));
        model.composer = Some(composer);
    }
    if let Some(composer) = &mut model.composer {
        composer.focus = Writing::Now;
    }
    look(model);
    effects
}

fn empty(conversation_id: ConversationId, kind: WrittenKind) -> Typed {
    Typed {
        conversation_id,
        kind,
        text: String::new(),
        seen: None,
        origin: Origin::Fresh,
        files: Vec::new(),
    }
}

/// Opens the conversation that is written in, so that it stands beside the text.
pub(super) fn enter(model: &mut Model, id: ConversationId) -> Effects {
    let is_open = model.open == Some(id);
    model.open = Some(id);
    model.pane = Pane::Thread;
    if is_open {
        Vec::new()
    } else {
        thread::opened(model)
    }
}

/// What the agent knows when a text is begun: the thread as it stands before them, without what
/// came in below the screen.
pub(super) fn seen(model: &Model, id: ConversationId) -> EventSeq {
    let listed = || {
        let row = model.list.find(id);
        row.map_or(EventSeq(0), |row| row.conversation.last_message_seq)
    };
    let Some(thread) = model.threads.get(id) else {
        return listed();
    };
    let is_on_screen = model.threads.on_screen == Some(id);
    let unseen = if is_on_screen { model.threads.fresh } else { 0 };
    let mut known = thread.messages.iter().rev().skip(unseen);
    known.next().map_or_else(listed, |it| it.seq)
}

/// Takes in that the agent has had time to notice what is on the screen. Only ever more: a text
/// is never older than what its writer knew.
pub(super) fn look(model: &mut Model) {
    let Some(id) = model.composer.as_ref().map(|it| it.conversation_id) else {
        return;
    };
    let noticed = thread::noticed(model, id);
    if let (Some(composer), Some(seq)) = (&mut model.composer, noticed) {
        composer.seen = composer.seen.max(seq);
    }
}

/// A key while the text has the focus.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let is_enter = key == Key::plain(Code::Enter);
    if is_enter && composer.kind == WrittenKind::Reply && model.settings.enter == Enter::Sends {
        return send::send(model, After::Nothing);
    }
    let begins_line = composer.area.cursor().1 == 0;
    if typing::type_key(&mut composer.area, key) == Typing::Same {
        return Vec::new();
    }
    let mut effects = changed(model);
    if key == Key::char('/') && begins_line && available(model, Action::InsertCanned).is_ok() {
        effects.extend(picker::slash(model));
    }
    effects
}

/// The text is different: it will be written to disk, and the customer may be told.
fn changed(model: &mut Model) -> Effects {
    look(model);
    let now = model.now;
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    composer.save_at = Some(Timestamp(now.0 + SAVE_AFTER_MICROS));
    let id = composer.conversation_id;
    let is_due = composer
        .typing_told_at
        .is_none_or(|at| at.plus_seconds(TYPING_SECONDS) <= now);
    if composer.kind == WrittenKind::Note || !is_due || !is_chat(model, id) {
        return Vec::new();
    }
    if let Some(composer) = &mut model.composer {
        composer.typing_told_at = Some(now);
    }
    vec![Effect::Typing(id)]
}

fn is_chat(model: &Model, id: ConversationId) -> bool {
    source(model, id) == Some(Source::Chat)
}

/// The channel of a conversation.
pub(super) fn source(model: &Model, id: ConversationId) -> Option<Source> {
    let in_thread = model.threads.get(id).map(|it| &it.row);
    let row = in_thread.or_else(|| model.list.find(id))?;
    Some(row.conversation.source)
}

/// A text was pasted: it goes in as it is, without the power to act.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    let Some(composer) = model.composer.as_mut().filter(|it| it.has_focus()) else {
        let words = "There is nothing to paste into. Begin a reply or a note first.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    };
    if composer.area.insert_str(text_safe::block(text)) {
        changed(model)
    } else {
        Vec::new()
    }
}

/// The agent leaves the text. It is written to disk at once; an empty one closes.
pub(super) fn keep(model: &mut Model) -> Effects {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    composer.focus = Writing::Kept;
    if !composer.is_blank() {
        return save(composer);
    }
    let effects = forget(composer);
    model.composer = None;
    effects
}

fn save(composer: &mut Composer) -> Effects {
    match composer.save_at.take() {
        Some(_) => vec![Effect::SaveText(composer.typed())],
        None => Vec::new(),
    }
}

/// Forgets what was written to disk of this text.
pub(super) fn forget(composer: &Composer) -> Effects {
    vec![Effect::ForgetText {
        conversation_id: composer.conversation_id,
        kind: composer.kind,
    }]
}

/// Writes the text to disk when nothing was typed for a moment.
pub(super) fn save_in_time(model: &mut Model) -> Effects {
    let now = model.now;
    let due = |it: &&mut Composer| it.save_at.is_some_and(|at| at <= now);
    match model.composer.as_mut().filter(due) {
        Some(composer) => save(composer),
        None => Vec::new(),
    }
}

/// Takes the text off the screen, because something else comes to it.
pub(super) fn put_aside(model: &mut Model) -> Effects {
    let effects = keep(model);
    if let Some(composer) = model.composer.take() {
        model.aside.put(composer);
    }
    effects
}

/// Brings the text of the open conversation back, from memory or else from disk.
pub(super) fn bring_back(model: &mut Model) -> Effects {
    let Some(id) = model.open else {
        return Vec::new();
    };
    if model.composer.is_some() {
        return Vec::new();
    }
    model.composer = model.aside.take_any(id);
    if model.composer.is_some() {
        return Vec::new();
    }
    vec![Effect::LoadText(id)]
}

/// A text that was begun earlier. What has been typed meanwhile stays, below it.
pub(super) fn found(model: &mut Model, typed: &Typed) -> Effects {
    let (id, kind) = (typed.conversation_id, typed.kind);
    let is_blank = typed.text.trim().is_empty() && typed.files.is_empty();
    if is_blank || model.aside.get(id, kind).is_some() {
        return Vec::new();
    }
    let is_here = |it: &&mut Composer| (it.conversation_id, it.kind) == (id, kind);
    if let Some(composer) = model.composer.as_mut().filter(is_here) {
        return join(composer, typed, model.now);
    }
    let mut composer = Composer::new(typed, seen(model, id));
    composer.focus = Writing::Kept;
    if model.open == Some(id) && model.composer.is_none() {
        model.composer = Some(composer);
    } else {
        model.aside.put(composer);
    }
    match typed.files.as_slice() {
        [] => Vec::new(),
        files => vec![Effect::Upload(files.to_vec())],
    }
}

fn join(composer: &mut Composer, typed: &Typed, now: Timestamp) -> Effects {
    let text = composer.text();
    let is_new = |file: &&Enclosure| composer.files.iter().all(|it| it.id != file.id);
    let files: Vec<Enclosure> = typed.files.iter().filter(is_new).cloned().collect();
    composer.files.extend(files);
    if text == typed.text {
        return Vec::new();
    }
    // What grew from a draft still does, and its writer knew no more than at its beginning.
    composer.seen = composer.seen.min(typed.seen.unwrap_or(composer.seen));
    if composer.origin == Origin::Fresh {
        composer.origin = typed.origin;
    }
    if composer.has_no_words() {
        composer.replace(&typed.text);
    } else {
        composer.replace(&format!("{}\n\n{text}", typed.text));
        composer.save_at = Some(Timestamp(now.0 + SAVE_AFTER_MICROS));
    }
    Vec::new()
}

/// Goes on in the agent's own editor.
pub(super) fn editor(model: &mut Model) -> Effects {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let mut effects = save(composer);
    effects.push(Effect::Edit(composer.typed()));
    effects
}

/// The editor is closed. Its text comes back to be looked at; it is never sent from there.
pub(super) fn edited(model: &mut Model, id: ConversationId, text: Option<String>) -> Effects {
    let Some(text) = text else {
        return Vec::new();
    };
    let text = text_safe::block(&text);
    let text = text.trim_end();
    let save_at = Some(Timestamp(model.now.0 + SAVE_AFTER_MICROS));
    let on_screen = model
        .composer
        .as_mut()
        .filter(|it| it.conversation_id == id);
    if let Some(composer) = on_screen {
        composer.replace(text);
        composer.save_at = save_at;
        return Vec::new();
    }
    if let Some(composer) = model.aside.last_mut(id) {
        composer.replace(text);
        return vec![Effect::SaveText(composer.typed())];
    }
    let typed = Typed {
        text: text.to_owned(),
        ..empty(id, WrittenKind::Reply)
    };
    let mut effects = found(model, &typed);
    effects.push(Effect::SaveText(typed));
    effects
}

/// Turns a reply into a note and back. Where both were begun, it goes to the other one.
pub(super) fn switch_kind(model: &mut Model) -> Effects {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let id = composer.conversation_id;
    let other = match composer.kind {
        WrittenKind::Reply => WrittenKind::Note,
        WrittenKind::Note => WrittenKind::Reply,
    };
    if model.aside.get(id, other).is_some() {
        return begin(model, other);
    }
    let mut effects = forget(composer);
    if let Some(composer) = &mut model.composer {
        composer.kind = other;
        composer.origin = Origin::Fresh;
        if !composer.is_blank() {
            effects.push(Effect::SaveText(composer.typed()));
        }
        composer.save_at = None;
    }
    effects
}

/// Throws the text away, after asking where it is more than a few words.
pub(super) fn discard(model: &mut Model) -> Effects {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let id = composer.conversation_id;
    let words = composer.text().split_whitespace().count();
    if words <= FEW_WORDS && composer.files.is_empty() {
        return discarded(model, id);
    }
    model.layers.push(Layer::Confirm(Confirm {
        question: "Throw this text away?".to_owned(),
        warnings: vec![discarding(words, composer.files.len())],
        yes: "throw away",
        then: Then::Discard(id),
    }));
    Vec::new()
}

/// What is lost.
fn discarding(words: usize, files: usize) -> String {
    let files = match files {
        0 => String::new(),
        1 => " and 1 file".to_owned(),
        count => format!(" and {count} files"),
    };
    format!("{words} words{files}. This cannot be undone.")
}

/// Throws the text away, now that nobody has to be asked any more.
pub(super) fn discarded(model: &mut Model, id: ConversationId) -> Effects {
    match model.composer.take_if(|it| it.conversation_id == id) {
        Some(composer) => forget(&composer),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
