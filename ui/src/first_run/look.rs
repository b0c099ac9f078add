//! The third step: how everything looks, and which keys do what.

use crate::glyph::Glyphs;
use crate::key::{Code, Key};
use crate::keymap::Preset;
use crate::model::field::Taken;

/// How everything looks, and which keys do what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The name of a theme.
    pub theme: String,
    pub glyphs: Glyphs,
    pub keys: Preset,
}

/// What can be chosen, a row each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LookRow {
    Theme,
    Glyphs,
    Keys,
}

impl LookRow {
    pub(super) const ALL: [Self; 3] = [Self::Theme, Self::Glyphs, Self::Keys];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Theme => "Theme",
            Self::Glyphs => "Signs",
            Self::Keys => "Keys",
        }
    }
}

/// What is chosen so far.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub(super) chosen: Look,
    pub(super) row: LookRow,
    themes: Vec<String>,
}

impl Looks {
    pub(super) fn new(chosen: Look, mut themes: Vec<String>) -> Self {
        if !themes.contains(&chosen.theme) {
            themes.push(chosen.theme.clone());
        }
        Self {
            chosen,
            row: LookRow::Theme,
            themes,
        }
    }

    /// What stands in a row, and its place among how many.
    pub(super) fn value(&self, row: LookRow) -> (&str, usize, usize) {
        match row {
            LookRow::Theme => {
                let place = self.theme_at();
                (&self.chosen.theme, place, self.themes.len())
            }
            LookRow::Glyphs => match self.chosen.glyphs {
                Glyphs::Unicode => ("unicode", 0, 2),
                Glyphs::Ascii => ("ascii", 1, 2),
            },
            LookRow::Keys => (self.chosen.keys.name(), self.keys_at(), Preset::ALL.len()),
        }
    }

    /// Up and down choose a row, left and right what stands in it.
    pub(super) fn key(&mut self, key: Key) -> Taken {
        match key.code {
            Code::Down | Code::Char('j') => self.step_row(1),
            Code::Tab => self.step_row(1),
            Code::Up | Code::Char('k') => self.step_row(LookRow::ALL.len() - 1),
            Code::Right | Code::Char('l' | ' ') => self.turn(1),
            Code::Left | Code::Char('h') => self.turn(-1),
            _ => Taken::NotMine,
        }
    }

    fn step_row(&mut self, by: usize) -> Taken {
        let next = (self.row as usize + by) % LookRow::ALL.len();
        self.row = LookRow::ALL.into_iter().nth(next).unwrap_or(self.row);
        Taken::Moved
    }

    fn turn(&mut self, by: isize) -> Taken {
        let around = |at: usize, count: usize| {
            let count = isize::try_from(count.max(1)).unwrap_or(1);
            let at = isize::try_from(at).unwrap_or(0) + by;
            usize::try_from(at.rem_euclid(count)).unwrap_or(0)
        };
        match self.row {
            LookRow::Theme => {
                let next = around(self.theme_at(), self.themes.len());
                if let Some(theme) = self.themes.get(next) {
                    self.chosen.theme.clone_from(theme);
                }
            }
            LookRow::Glyphs => {
                self.chosen.glyphs = match self.chosen.glyphs {
                    Glyphs::Unicode => Glyphs::Ascii,
                    Glyphs::Ascii => Glyphs::Unicode,
                };
            }
            LookRow::Keys => {
                let next = around(self.keys_at(), Preset::ALL.len());
                self.chosen.keys = Preset::ALL.into_iter().nth(next).unwrap_or_default();
            }
        }
        Taken::Changed
    }

    fn theme_at(&self) -> usize {
        let found = self.themes.iter().position(|it| *it == self.chosen.theme);
        found.unwrap_or(0)
    }

    fn keys_at(&self) -> usize {
        let found = Preset::ALL.iter().position(|it| *it == self.chosen.keys);
        found.unwrap_or(0)
    }
}
