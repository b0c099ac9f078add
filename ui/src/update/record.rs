//! Recording keys, and playing them again: here, or on everything that is selected.

use super::{Effects, goto, keys, list, picker};
use crate::effect::Effect;
use crate::glyph::Glyphs;
use crate::key::Key;
use crate::keymap::{shown, spelled};
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::recorder::Playing;
use crate::model::{Model, Pane};
use crate::msg::Level;
use frontdesk_protocol::id::ConversationId;

/// How many times keys are played at once.
const MOST_TIMES: isize = 100;

/// Begins to record, or ends it.
pub(super) fn toggle(model: &mut Model) -> Effects {
    if !model.recorder.is_on() {
        model.recorder.begin();
        return say(model, "Recording what you type.");
    }
    model.recorder.end();
    match model.recorder.kept().len() {
        0 => say(model, "Nothing was recorded."),
        1 => say(model, "1 key is recorded. g Q keeps it under a name."),
        count => say(
            model,
            &format!("{count} keys are recorded. g Q keeps them under a name."),
        ),
    }
}

/// Asks under which name the recorded keys are kept.
pub(super) fn keep(model: &mut Model) -> Effects {
    let title = format!("Keep {} as", in_words(model.recorder.kept()));
    picker::push(model, Picker::new(Purpose::KeysName, title, Vec::new()))
}

/// What they can be called: what was typed.
pub(super) fn names(typed: &str, glyphs: Glyphs) -> Vec<Item> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Vec::new();
    }
    vec![Item::new(
        &format!("as {}", glyphs.quoted(typed)),
        Choice::KeepKeys(typed.to_owned()),
    )]
}

/// Keeps them, here and in the configuration.
pub(super) fn kept(model: &mut Model, name: String) -> Effects {
    model.recorder.keep_as(&name);
    let keys = spelled(model.recorder.kept());
    vec![Effect::KeepKeys { name, keys }]
}

/// Which of the kept ones.
pub(super) fn open(model: &mut Model) -> Effects {
    let items = items(model).collect();
    picker::push(model, Picker::new(Purpose::Play, "Play", items))
}

/// All that are kept, for this box and for the palette.
pub(super) fn items(model: &Model) -> impl Iterator<Item = Item> + '_ {
    model.recorder.named.iter().map(|(name, keys)| {
        let item = Item::new(&format!("play {name}"), Choice::Play(name.clone()));
        item.with_detail(&in_words(keys))
    })
}

/// Plays what is kept under this name, as what was recorded last is played.
pub(super) fn named(model: &mut Model, name: &str) -> Effects {
    if !model.recorder.named.iter().any(|(it, _)| it == name) {
        return say(model, &format!("No keys are kept as {name}."));
    }
    model.recorder.take_up(name);
    play(model, 1)
}

fn say(model: &mut Model, words: &str) -> Effects {
    model.toasts.say(Level::Plain, words, model.now);
    Vec::new()
}

/// Plays what was recorded: here and now, or, after asking, on each conversation that is selected.
pub(super) fn play(model: &mut Model, times: isize) -> Effects {
    if model.recorder.playing != Playing::No {
        // A recording that plays itself would never end.
        model.recorder.stumble();
        return Vec::new();
    }
    let marked = model.list.marked.len();
    if model.pane == Pane::List && marked > 0 {
        let keys = model.recorder.kept();
        let question = match marked {
            1 => "Play these keys on 1 conversation?".to_owned(),
            _ => format!("Play these keys on {marked} conversations?"),
        };
        model.layers.push(Layer::Confirm(Confirm {
            question,
            warnings: vec![in_words(keys)],
            yes: "play",
            then: Then::Play,
        }));
        return Vec::new();
    }
    let mut effects = Vec::new();
    for _ in 0..times.clamp(1, MOST_TIMES) {
        let (more, played) = once(model);
        effects.extend(more);
        if played == Played::Stumbled {
            break;
        }
    }
    effects
}

/// The keys as they are shown, letters that stand together as one word.
fn in_words(keys: &[Key]) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut was_letter = false;
    for key in keys {
        let word = shown(std::slice::from_ref(key));
        let is_letter = word.chars().count() == 1;
        match words.last_mut().filter(|_| was_letter && is_letter) {
            Some(last) => last.push_str(&word),
            None => words.push(word),
        }
        was_letter = is_letter;
    }
    words.join(" ")
}

/// Whether all keys did what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Played {
    Whole,
    Stumbled,
}

fn once(model: &mut Model) -> (Effects, Played) {
    model.recorder.playing = Playing::Yes;
    let mut effects = Vec::new();
    for key in model.recorder.kept().to_vec() {
        effects.extend(keys::key(model, key));
        if model.recorder.playing == Playing::Stumbled {
            break;
        }
    }
    let played = match model.recorder.playing {
        Playing::Stumbled => Played::Stumbled,
        Playing::Yes | Playing::No => Played::Whole,
    };
    model.recorder.playing = Playing::No;
    (effects, played)
}

/// Plays on each conversation that is selected, one after the other, now that nobody has to be
/// asked any more. Ends at the first on which a key could not do what it does, so that nothing
/// is typed where it was not meant.
pub(super) fn on_selection(model: &mut Model) -> Effects {
    model.list.everything = None;
    let marked = std::mem::take(&mut model.list.marked);
    model.list.range_from = None;
    let in_order: Vec<ConversationId> = model
        .list
        .rows
        .iter()
        .map(frontdesk_inbox::Row::id)
        .filter(|id| marked.contains(id))
        .collect();
    let mut effects = Vec::new();
    let mut done = 0;
    for id in &in_order {
        effects.extend(goto::leave_thread(model));
        let Some(at) = model.list.rows.iter().position(|row| row.id() == *id) else {
            continue;
        };
        effects.extend(list::select_at(model, at));
        let (more, played) = once(model);
        effects.extend(more);
        let is_whole = played == Played::Whole && model.layers.is_empty();
        if !is_whole {
            break;
        }
        done += 1;
    }
    let count = marked.len();
    let (level, words) = if done == count {
        (
            Level::Good,
            format!("Played on {done} of {count} conversations."),
        )
    } else {
        let why = "it ended where the keys could not do the same";
        (
            Level::Bad,
            format!("Played on {done} of {count} conversations; {why}."),
        )
    };
    model.toasts.say(level, words, model.now);
    effects
}

#[cfg(test)]
mod tests;
