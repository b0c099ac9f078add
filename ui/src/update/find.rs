//! Looking for words in the thread on the screen: `/`, then `n` and `N`.

use super::{Effects, hit, list, narrow, palette};
use crate::key::{Code, Key};
use crate::model::field::{Field, Taken};
use crate::model::find::Find;
use crate::model::layer::Layer;
use crate::model::thread::Hit;
use crate::model::{Model, Pane};
use crate::msg::Level;
use frontdesk_inbox::Thread;
use frontdesk_protocol::id::MessageId;

/// In the list `/` narrows the view, in a thread it looks for words.
pub(super) fn begin(model: &mut Model) -> Effects {
    if model.pane != Pane::Thread {
        return narrow::begin(model);
    }
    let text = model.threads.find.needles.join(" ");
    model.layers.push(Layer::Find(Field::of(&text)));
    Vec::new()
}

/// A key for the line.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    match (key.ctrl, key.code) {
        (_, Code::Esc) | (true, Code::Char('g' | 'c')) => {
            model.layers.pop();
            model.threads.find = Find::default();
            model.threads.hit = None;
            Vec::new()
        }
        (_, Code::Enter) => {
            model.layers.pop();
            say(model);
            Vec::new()
        }
        (_, Code::F(1)) => palette::keys_here(model),
        (_, Code::Down) | (true, Code::Char('n')) => step(model, 1),
        (_, Code::Up) | (true, Code::Char('p')) => step(model, -1),
        _ => {
            let Some(field) = field(model) else {
                return Vec::new();
            };
            match field.key(key) {
                Taken::Changed => look(model),
                Taken::Moved | Taken::NotMine => Vec::new(),
            }
        }
    }
}

/// A text was pasted into the line.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    let Some(field) = field(model) else {
        return Vec::new();
    };
    field.insert(text);
    look(model)
}

fn field(model: &mut Model) -> Option<&mut Field> {
    match model.layers.last_mut() {
        Some(Layer::Find(field)) => Some(field),
        _ => None,
    }
}

/// Something else is looked for: shows the newest message that has it.
fn look(model: &mut Model) -> Effects {
    let text = field(model).map_or("", |field| field.text());
    let find = Find::of(text);
    let newest = thread(model).and_then(|it| find.hits(it).last().copied());
    model.threads.find = find;
    hit::show(model, newest)
}

/// The thread on the screen, or the story that is told there.
fn thread(model: &Model) -> Option<&Thread> {
    model.told()
}

/// Goes to the next message that has the words, further down for positive numbers, around the
/// ends; in the list, to the next conversation.
pub(super) fn next(model: &mut Model, by: isize) -> Effects {
    if model.pane == Pane::List || model.threads.find.needles.is_empty() {
        return list::step(model, by);
    }
    let effects = step(model, by);
    say(model);
    effects
}

fn step(model: &mut Model, by: isize) -> Effects {
    let hits = hits(model);
    let count = isize::try_from(hits.len()).unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let now = at(model, &hits).and_then(|at| isize::try_from(at).ok());
    let next = now.map_or(count - 1, |now| (now + by).rem_euclid(count));
    let next = hits.get(usize::try_from(next).unwrap_or(0)).copied();
    hit::show(model, next)
}

fn hits(model: &Model) -> Vec<MessageId> {
    thread(model).map_or_else(Vec::new, |it| model.threads.find.hits(it))
}

fn at(model: &Model, hits: &[MessageId]) -> Option<usize> {
    let Some(Hit::Wanted(here) | Hit::Shown(here)) = model.threads.hit else {
        return None;
    };
    hits.iter().position(|it| *it == here)
}

/// Says which of the messages this is.
fn say(model: &mut Model) {
    if model.threads.find.needles.is_empty() {
        return;
    }
    let hits = hits(model);
    let words = model.glyphs.quoted(&model.threads.find.needles.join(" "));
    let text = match (at(model, &hits), hits.len()) {
        (_, 0) => format!("No message here has {words}."),
        (Some(at), count) => format!("{words}: message {} of {count}.", at + 1),
        (None, count) => format!("{words}: {count} messages."),
    };
    model.toasts.say(Level::Plain, text, model.now);
}

#[cfg(test)]
mod tests;
