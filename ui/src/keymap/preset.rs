//! Whole sets of keys for hands that are used to others. All have the arrows.

use super::{Binding, default};
use crate::action::{Action, Context};
use crate::key::parse_chord;

/// A set of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    #[default]
    Vim,
    /// Arrows, Enter and Esc; no letter moves.
    Arrows,
    /// With what Emacs has for moving and commands.
    Emacs,
    /// With the letters of Gmail.
    Gmail,
}

/// Keys that go (nothing), or do something else.
type Change = (Context, &'static str, Option<Action>);

impl Preset {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Vim, Self::Arrows, Self::Emacs, Self::Gmail];

    /// The name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vim => "vim",
            Self::Arrows => "arrows",
            Self::Emacs => "emacs",
            Self::Gmail => "gmail",
        }
    }

    /// The preset of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its bindings.
    #[must_use]
    pub fn bindings(self) -> Vec<Binding> {
        let mut bindings = default::bindings();
        let changes = match self {
            Self::Vim => return bindings,
            Self::Arrows => ARROWS,
            Self::Emacs => EMACS,
            Self::Gmail => GMAIL,
        };
        let mut given = Vec::new();
        for (context, chord, action) in changes {
            let chord = parse_chord(chord).expect("a test reads every preset");
            bindings.retain(|it| it.context != *context || it.chord != chord);
            given.extend(action.map(|action| Binding {
                context: *context,
                chord,
                action,
                named: None,
            }));
        }
        given.extend(bindings);
        given
    }
}

#[rustfmt::skip]
const ARROWS: &[Change] = &[
    (Context::Desk, "j", None),
    (Context::Desk, "k", None),
    (Context::Desk, "h", None),
    (Context::List, "l", None),
    (Context::Desk, "H", None),
    (Context::Desk, "L", None),
    (Context::Desk, "J", None),
    (Context::Desk, "K", None),
    (Context::Desk, "G", None),
    (Context::Desk, "g g", None),
    (Context::Desk, "alt-down", Some(Action::NextConversation)),
    (Context::Desk, "alt-up", Some(Action::PreviousConversation)),
    (Context::Desk, "alt-right", Some(Action::NextView)),
    (Context::Desk, "alt-left", Some(Action::PreviousView)),
    (Context::Thread, "right", Some(Action::NextPane)),
    (Context::Desk, "f2", Some(Action::Palette)),
];

#[rustfmt::skip]
const EMACS: &[Change] = &[
    (Context::Desk, "ctrl-v", Some(Action::PageDown)),
    (Context::Desk, "alt-v", Some(Action::PageUp)),
    (Context::Desk, "alt-<", Some(Action::Top)),
    (Context::Desk, "alt->", Some(Action::Bottom)),
    (Context::Desk, "alt-n", Some(Action::NextConversation)),
    (Context::Desk, "alt-p", Some(Action::PreviousConversation)),
    (Context::Desk, "alt-x", Some(Action::Palette)),
    (Context::Desk, "alt-s", Some(Action::Search)),
    (Context::Desk, "ctrl-_", Some(Action::Undo)),
    (Context::Desk, "ctrl-x o", Some(Action::NextPane)),
    (Context::Desk, "ctrl-x ctrl-c", Some(Action::Quit)),
    (Context::Composer, "ctrl-c ctrl-c", Some(Action::Send)),
    (Context::Composer, "ctrl-c ctrl-k", Some(Action::Discard)),
];

#[rustfmt::skip]
const GMAIL: &[Change] = &[
    (Context::Desk, "b", Some(Action::Snooze)),
    (Context::Desk, "s", Some(Action::Priority)),
    (Context::Desk, "u", Some(Action::Back)),
    (Context::Desk, "z", Some(Action::Undo)),
    (Context::Desk, "z a", None),
    (Context::Desk, "Q", Some(Action::FoldQuotes)),
    (Context::Desk, "v", Some(Action::Move)),
    (Context::List, "v", None),
    (Context::Desk, "V", None),
    (Context::List, "V", Some(Action::SelectRange)),
    (Context::List, "o", Some(Action::Open)),
    (Context::Desk, "g a", Some(Action::Attachments)),
    (Context::Desk, "l", Some(Action::Label)),
    (Context::List, "l", None),
    (Context::List, "*", None),
    (Context::List, "* a", Some(Action::SelectAll)),
    (Context::List, "* n", Some(Action::ClearSelection)),
    (Context::Desk, "/", Some(Action::Search)),
    (Context::Desk, "g /", Some(Action::Narrow)),
    (Context::Composer, "ctrl-enter", Some(Action::Send)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Keymap;

    #[test]
    fn no_preset_hides_its_own_keys() {
        for preset in Preset::ALL {
            let bindings = preset.bindings();
            for (at, one) in bindings.iter().enumerate() {
                for other in &bindings[at + 1..] {
                    let begins =
                        one.chord.starts_with(&other.chord) || other.chord.starts_with(&one.chord);
                    let clash = one.context == other.context && begins;
                    assert!(!clash, "{}: {one:?} and {other:?}", preset.name());
                }
            }
        }
    }

    #[test]
    fn every_preset_reaches_what_vim_reaches_and_has_arrows() {
        let reached = |preset: Preset, action: Action| {
            let mut bindings = preset.bindings().into_iter();
            bindings.any(|it| it.action == action)
        };
        for preset in Preset::ALL {
            for action in Action::ALL {
                let is_lost = reached(Preset::Vim, *action) && !reached(preset, *action);
                assert!(!is_lost, "{}: {action}", preset.name());
            }
            let (keymap, problems) = Keymap::build(preset, &[]);
            assert!(problems.is_empty());
            for (chord, action) in [("down", Action::Down), ("enter", Action::Open)] {
                let found = keymap.lookup(
                    &[Context::List, Context::Desk],
                    &parse_chord(chord).unwrap(),
                );
                assert_eq!(found, crate::keymap::Lookup::Action(action));
            }
        }
    }

    #[test]
    fn names_are_read_back() {
        for preset in Preset::ALL {
            assert_eq!(Preset::from_name(preset.name()), Some(preset));
        }
    }
}
