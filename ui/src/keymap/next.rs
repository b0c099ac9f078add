//! What may follow the keys that were typed so far.

use super::{Binding, Keymap};
use crate::action::{Action, Context};
use crate::key::{Key, parse_chord};

/// What the next key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Action {
        key: Key,
        action: Action,
    },
    /// One of the agent's own macros.
    Macro {
        key: Key,
        name: String,
    },
    /// More keys follow it.
    Group {
        key: Key,
        name: &'static str,
    },
}

/// What keys begin that go on. The most special first.
const GROUPS: [(&str, &str); 19] = [
    ("space d", "draft"),
    ("space f", "find"),
    ("space g", "go to"),
    ("space m", "more"),
    ("space o", "open"),
    ("space v", "view options"),
    ("space w", "side by side"),
    ("space y", "copy"),
    ("space", "everything"),
    ("ctrl-x", "text"),
    ("ctrl-c", "text"),
    ("ctrl-w", "side by side"),
    ("d", "draft"),
    ("g", "go to"),
    ("m", "more"),
    ("y", "copy"),
    ("z", "fold"),
    ("*", "select"),
    ("[", "before"),
];

impl Keymap {
    /// What may follow, each key once, in the order of the keymap.
    #[must_use]
    pub fn next(&self, contexts: &[Context], typed: &[Key]) -> Vec<Next> {
        let mut found: Vec<Next> = Vec::new();
        for binding in self.continuing(contexts, typed) {
            let next = self.step(binding, typed);
            let is_known = found.iter().any(|known| known.key() == next.key());
            if !is_known {
                found.push(next);
            }
        }
        found
    }

    fn step(&self, binding: &Binding, typed: &[Key]) -> Next {
        let so_far = &binding.chord[..=typed.len()];
        let key = binding.chord[typed.len()];
        if let Some(name) = binding
            .named
            .as_ref()
            .filter(|_| so_far.len() == binding.chord.len())
        {
            return Next::Macro {
                key,
                name: name.clone(),
            };
        }
        if so_far.len() == binding.chord.len() {
            return Next::Action {
                key,
                action: binding.action,
            };
        }
        let name = self.group_name(so_far).unwrap_or("more");
        Next::Group { key, name }
    }

    /// What the keys that begin like this are about.
    #[must_use]
    pub fn group_name(&self, chord: &[Key]) -> Option<&'static str> {
        let is_it = |text: &str| parse_chord(text).is_ok_and(|keys| keys == chord);
        let found = GROUPS.iter().find(|(text, _)| is_it(text));
        found.map(|(_, name)| *name)
    }
}

impl Next {
    /// The key.
    #[must_use]
    pub const fn key(&self) -> Key {
        match self {
            Self::Action { key, .. } | Self::Macro { key, .. } | Self::Group { key, .. } => *key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [Context; 2] = [Context::List, Context::Desk];

    fn next(typed: &str) -> Vec<String> {
        let typed = parse_chord(typed).unwrap();
        Keymap::default()
            .next(&LIST, &typed)
            .iter()
            .map(|next| match next {
                Next::Action { key, action } => format!("{key} {action}"),
                Next::Macro { key, name } => format!("{key} {name}"),
                Next::Group { key, name } => format!("{key} {name}…"),
            })
            .collect()
    }

    #[test]
    fn each_key_is_there_once() {
        assert_eq!(next("z"), ["a fold-quotes"]);
        let root = next("space");
        assert!(root.contains(&"g go to…".to_owned()), "{root:?}");
        assert!(root.len() <= 20, "{root:?}");
    }

    #[test]
    fn every_prefix_of_the_defaults_has_a_name() {
        let keymap = Keymap::default();
        for binding in keymap.bindings() {
            for length in 1..binding.chord.len() {
                let prefix = &binding.chord[..length];
                assert!(keymap.group_name(prefix).is_some(), "{prefix:?}");
            }
        }
    }
}
