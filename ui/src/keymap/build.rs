//! The keymap an agent has: a preset, and what their configuration changes of it.
//!
//! What cannot be meant is left out and told, with the places of both that clash; everything
//! else holds, so that one slip does not take the other keys away.

use super::problem::{KeyProblem, Other, Place, nearest};
use super::{Binding, Keymap, Preset};
use crate::action::{Action, Context};
use crate::key::{Key, parse_chord};

/// One line of the configuration: these keys do that there, or nothing any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub context: String,
    pub chord: String,
    /// The action's name; nothing where the keys are unbound.
    pub action: Option<String>,
    pub place: Place,
}

/// A line that was understood.
#[derive(Debug, Clone)]
struct Wish {
    context: Context,
    chord: Vec<Key>,
    /// Nothing unbinds.
    does: Option<Deed>,
    place: Place,
}

/// What keys are to do.
#[derive(Debug, Clone)]
struct Deed {
    action: Action,
    named: Option<String>,
}

/// What comes before the name of something of the agent's own.
const OWN: [(&str, Action); 3] = [
    ("macro ", Action::Macro),
    ("command ", Action::Command),
    ("keys ", Action::PlayKept),
];

impl Deed {
    fn from_name(name: &str) -> Option<Self> {
        for (before, action) in OWN {
            if let Some(of) = name.strip_prefix(before) {
                let named = Some(of.trim().to_owned());
                return Some(Self { action, named });
            }
        }
        let action = Action::from_name(name)?;
        Some(Self {
            action,
            named: None,
        })
    }
}

/// A binding and where it was given; nothing for one of the preset.
#[derive(Debug, Clone)]
struct Entry {
    binding: Binding,
    place: Option<Place>,
}

impl Keymap {
    /// A preset with changes, and what is wrong with them.
    #[must_use]
    pub fn build(preset: Preset, overrides: &[Override]) -> (Self, Vec<KeyProblem>) {
        let mut problems = Vec::new();
        let wishes = understood(overrides, &mut problems);
        let mut entries: Vec<Entry> = preset
            .bindings()
            .into_iter()
            .map(|binding| Entry {
                binding,
                place: None,
            })
            .collect();
        for wish in &wishes {
            let before = entries.len();
            entries.retain(|it| !is_same(&it.binding, wish));
            if wish.does.is_none() && entries.len() == before {
                problems.push(KeyProblem::nothing_to_unbind(
                    wish.context,
                    &wish.chord,
                    wish.place,
                ));
            }
        }
        let mut given: Vec<Entry> = Vec::new();
        for wish in &wishes {
            let Some(deed) = &wish.does else {
                continue;
            };
            match clash(wish, given.iter().chain(&entries)) {
                Some(problem) => problems.push(problem),
                None => given.push(Entry {
                    binding: Binding {
                        context: wish.context,
                        chord: wish.chord.clone(),
                        action: deed.action,
                        named: deed.named.clone(),
                    },
                    place: Some(wish.place),
                }),
            }
        }
        // The agent's own come first: the first keys of an action are the ones that are shown.
        let bindings = given.into_iter().chain(entries);
        let bindings = bindings.map(|it| it.binding).collect();
        (Self { bindings }, problems)
    }
}

/// The lines that can be read, each keys of a context once.
fn understood(overrides: &[Override], problems: &mut Vec<KeyProblem>) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    for given in overrides {
        let wish = match read(given) {
            Ok(wish) => wish,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let mut earlier = wishes.iter();
        let twin = earlier.find(|it| it.context == wish.context && it.chord == wish.chord);
        if let Some(twin) = twin {
            problems.push(KeyProblem::twice(
                wish.context,
                &wish.chord,
                wish.place,
                twin.place,
            ));
            continue;
        }
        if let Some(name) = same_as(&wish.chord) {
            problems.push(KeyProblem::told_apart(&wish.chord, name, wish.place));
        }
        wishes.push(wish);
    }
    wishes
}

fn read(given: &Override) -> Result<Wish, KeyProblem> {
    let contexts = Context::ALL.iter().filter(|it| **it != Context::Picker);
    let names = contexts.clone().map(|it| it.name());
    let context = contexts
        .clone()
        .find(|it| it.name() == given.context)
        .ok_or_else(|| {
            KeyProblem::unknown(
                "place for keys",
                &given.context,
                nearest(&given.context, names),
                given.place,
            )
        })?;
    let chord =
        parse_chord(&given.chord).map_err(|bad| KeyProblem::bad_chord(&bad.text, given.place))?;
    let does = match &given.action {
        None => None,
        Some(name) => Some(Deed::from_name(name).ok_or_else(|| {
            let names = Action::ALL.iter().map(|it| it.name());
            KeyProblem::unknown("action", name, nearest(name, names), given.place)
        })?),
    };
    Ok(Wish {
        context: *context,
        chord,
        does,
        place: given.place,
    })
}

fn is_same(binding: &Binding, wish: &Wish) -> bool {
    binding.context == wish.context && binding.chord == wish.chord
}

/// Whether the bindings of two contexts hold at the same time.
fn meet(one: Context, other: Context) -> bool {
    let is_desk = |it| it == Context::Desk;
    let is_on_desk = |it| matches!(it, Context::List | Context::Thread);
    one == other || (is_desk(one) && is_on_desk(other)) || (is_on_desk(one) && is_desk(other))
}

/// Keys that are bound by themselves and begin others make those others unreachable.
fn clash<'a>(wish: &Wish, entries: impl Iterator<Item = &'a Entry>) -> Option<KeyProblem> {
    let mut clashing = entries.filter(|it| {
        let other = &it.binding;
        meet(other.context, wish.context)
            && other.chord != wish.chord
            && (other.chord.starts_with(&wish.chord) || wish.chord.starts_with(&other.chord))
    });
    let first = clashing.next()?;
    let other = Other {
        context: first.binding.context,
        chord: first.binding.chord.clone(),
        action: first.binding.action,
        place: first.place,
        more: clashing.count(),
    };
    Some(KeyProblem::prefix(&wish.chord, wish.place, other))
}

/// The key that most terminals send for this one.
fn same_as(chord: &[Key]) -> Option<&'static str> {
    chord.iter().find_map(|key| match key {
        key if *key == Key::ctrl('i') => Some("Tab"),
        key if *key == Key::ctrl('m') => Some("Enter"),
        key if *key == Key::ctrl('[') => Some("Esc"),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
