//! What each part of the screen looks like: a role names what something is, a theme says how
//! that looks, and the terminal's number of colours says what of it can be drawn.

mod builtin;
mod colour;
mod ground;
pub mod load;
mod role;
mod sgr;

pub use builtin::{BUILTIN, DEFAULT, builtin};
pub use colour::Depth;
pub use ground::{Ground, MATCHING};
pub use load::{ThemeFile, Warning};
pub use role::Role;

use ratatui::style::Style;

/// A theme that was read completely: every role has its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
    codes: Vec<String>,
}

impl Theme {
    /// The theme that `chain` describes, the most special file first and the ones it inherits
    /// from after it, for a terminal with `depth` colours.
    #[must_use]
    pub fn resolve(chain: &[ThemeFile], depth: Depth) -> (Self, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut theme = Self {
            styles: Vec::with_capacity(Role::ALL.len()),
            codes: Vec::new(),
        };
        for role in Role::ALL {
            let found = chain.iter().find_map(|file| file.roles.get(role));
            if found.is_none() {
                warnings.push(Warning::missing(*role));
            }
            let style = colour::reduce(found.copied().unwrap_or_default(), depth);
            theme.styles.push(style);
        }
        let selection = chain
            .iter()
            .find_map(|file| file.roles.get(&Role::Selection))
            .copied()
            .unwrap_or_default();
        if !colour::can_tint(selection, depth) {
            theme.styles[Role::Selection as usize] = Style::new().reversed();
        }
        theme.codes = theme.styles.iter().copied().map(sgr::codes).collect();
        (theme, warnings)
    }

    /// The theme without any style, for output that is not a terminal.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            styles: vec![Style::default(); Role::ALL.len()],
            codes: vec![String::new(); Role::ALL.len()],
        }
    }

    /// A theme in which every role has a colour of its own, so that a test can tell which is
    /// where.
    #[cfg(test)]
    pub(crate) fn of_letters() -> Self {
        use ratatui::style::Color;
        let styles = (0..Role::ALL.len())
            .map(|place| Style::new().fg(Color::Indexed(u8::try_from(place).unwrap_or(0))))
            .collect();
        let mut theme = Self {
            styles,
            codes: vec![String::new(); Role::ALL.len()],
        };
        theme.styles[Role::Background as usize] = Style::new();
        theme.styles[Role::Selection as usize] = Style::new().bg(Color::Indexed(1));
        theme
    }

    /// How something with this role looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// The numbers of the escape sequence that switches this role on; empty for none.
    #[must_use]
    pub fn sgr(&self, role: Role) -> &str {
        self.codes.get(role as usize).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod contrast;
#[cfg(test)]
pub(crate) mod tests;
