//! Which keys ask for which action, and where. One table feeds dispatch, footer, which-key,
//! help and documentation.

mod build;
mod default;
pub mod docs;
mod next;
mod preset;
mod problem;

pub use build::Override;
pub use next::Next;
pub use preset::Preset;
pub use problem::{KeyProblem, Other, Place, Severity};

/// What keys do in every box in front. They cannot be changed: a box can always be left.
pub const PICKER_KEYS: [(&str, &str); 8] = [
    ("Enter", "choose, or answer yes"),
    ("Esc / ^g", "close, or answer no"),
    ("Down / ^n", "the next one"),
    ("Up / ^p", "the one before"),
    ("PgDn / PgUp", "further down or up"),
    (
        "Tab",
        "look through fewer things; for tags, choose and stay",
    ),
    ("^u / ^w", "clear the field, or a word"),
    ("F1", "these keys"),
];

use crate::action::{Action, Context};
use crate::key::Key;

/// One binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub context: Context,
    pub chord: Vec<Key>,
    pub action: Action,
    /// Which of the agent's own macros or commands, where it is one.
    pub named: Option<String>,
}

/// All bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What the keys typed so far mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Nothing begins like this.
    Unbound,
    Action(Action),
    /// The agent's own macro of this name.
    Macro(String),
    /// The agent's own command of this name.
    Command(String),
    /// The keys that were kept under this name.
    Keys(String),
    /// More keys are needed.
    Pending,
}

impl Binding {
    /// Whether it asks for the action itself, and not for something of the agent's own.
    #[must_use]
    pub fn is_of(&self, action: Action) -> bool {
        self.action == action && self.named.is_none()
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self {
            bindings: default::bindings(),
        }
    }
}

impl Keymap {
    /// What `typed` means where these contexts hold, the innermost first. An inner binding hides
    /// outer ones of the same keys and of longer ones that begin with them.
    #[must_use]
    pub fn lookup(&self, contexts: &[Context], typed: &[Key]) -> Lookup {
        for context in contexts {
            let here = || self.of(*context);
            if let Some(found) = here().find(|binding| binding.chord == typed) {
                return match &found.named {
                    Some(name) if found.action == Action::Command => Lookup::Command(name.clone()),
                    Some(name) if found.action == Action::PlayKept => Lookup::Keys(name.clone()),
                    Some(name) => Lookup::Macro(name.clone()),
                    None => Lookup::Action(found.action),
                };
            }
            if here().any(|binding| binding.chord.starts_with(typed)) {
                return Lookup::Pending;
            }
        }
        Lookup::Unbound
    }

    /// The bindings that go on from `typed`.
    fn continuing(&self, contexts: &[Context], typed: &[Key]) -> Vec<&Binding> {
        let mut found: Vec<&Binding> = Vec::new();
        for context in contexts {
            for binding in self.of(*context) {
                let goes_on = binding.chord.len() > typed.len() && binding.chord.starts_with(typed);
                if goes_on && !found.iter().any(|known| known.chord == binding.chord) {
                    found.push(binding);
                }
            }
        }
        found
    }

    /// The first keys of an action where these contexts hold, as they are shown.
    #[must_use]
    pub fn keys(&self, contexts: &[Context], action: Action) -> Option<String> {
        contexts.iter().find_map(|context| {
            self.of(*context)
                .find(|binding| binding.is_of(action))
                .map(|binding| shown(&binding.chord))
        })
    }

    /// All keys of an action where these contexts hold, as they are shown; empty for none.
    #[must_use]
    pub fn all_keys(&self, contexts: &[Context], action: Action) -> String {
        let all: Vec<String> = contexts
            .iter()
            .flat_map(|context| self.of(*context))
            .filter(|binding| binding.is_of(action))
            .map(|binding| shown(&binding.chord))
            .collect();
        all.join(" / ")
    }

    /// The names of macros that keys are bound to.
    pub fn macros(&self) -> impl Iterator<Item = &str> {
        self.named(Action::Macro)
    }

    /// The names of the agent's own commands that keys are bound to.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.named(Action::Command)
    }

    fn named(&self, action: Action) -> impl Iterator<Item = &str> {
        let of = self.bindings.iter().filter(move |it| it.action == action);
        of.filter_map(|it| it.named.as_deref())
    }

    /// The first keys of a macro, as they are shown.
    #[must_use]
    pub fn keys_of_macro(&self, name: &str) -> Option<String> {
        self.keys_of_named(Action::Macro, name)
    }

    /// The first keys of a command of the agent's own, as they are shown.
    #[must_use]
    pub fn keys_of_command(&self, name: &str) -> Option<String> {
        self.keys_of_named(Action::Command, name)
    }

    fn keys_of_named(&self, action: Action, name: &str) -> Option<String> {
        let mut bindings = self.bindings.iter().filter(|it| it.action == action);
        let found = bindings.find(|it| it.named.as_deref() == Some(name))?;
        Some(shown(&found.chord))
    }

    /// Every binding.
    #[must_use]
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    fn of(&self, context: Context) -> impl Iterator<Item = &Binding> {
        self.bindings
            .iter()
            .filter(move |binding| binding.context == context)
    }
}

/// Keys as they are shown: `gg`, `^w v`, `Space t`.
#[must_use]
pub fn shown(chord: &[Key]) -> String {
    let words: Vec<String> = chord.iter().map(Key::to_string).collect();
    if words.iter().all(|word| word.chars().count() == 1) {
        words.concat()
    } else {
        words.join(" ")
    }
}

/// Keys as a configuration spells them: `g g`, `ctrl-w v`, `space t`.
#[must_use]
pub fn spelled(chord: &[Key]) -> String {
    let words: Vec<String> = chord.iter().map(Key::spelled).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        crate::key::parse_chord(text).unwrap()
    }

    #[test]
    fn an_inner_binding_comes_first() {
        let keymap = Keymap::default();
        let contexts = [Context::List, Context::Desk];
        assert_eq!(
            keymap.lookup(&contexts, &keys("j")),
            Lookup::Action(Action::Down)
        );
        assert_eq!(keymap.lookup(&contexts, &keys("g")), Lookup::Pending);
        assert_eq!(
            keymap.lookup(&contexts, &keys("g g")),
            Lookup::Action(Action::Top)
        );
        assert_eq!(keymap.lookup(&contexts, &keys("g !")), Lookup::Unbound);
    }

    #[test]
    fn no_default_hides_another_in_its_context() {
        let keymap = Keymap::default();
        for (at, one) in keymap.bindings().iter().enumerate() {
            for other in &keymap.bindings()[at + 1..] {
                let clash = one.context == other.context
                    && (one.chord.starts_with(&other.chord) || other.chord.starts_with(&one.chord));
                assert!(!clash, "{one:?} and {other:?}");
            }
        }
    }
}
