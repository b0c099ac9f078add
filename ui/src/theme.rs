//! What each part of the screen looks like: a role names what something is, a theme says how
//! that looks, and the terminal's number of colours says what of it can be drawn.

mod builtin;
mod colour;
pub mod load;
mod role;
mod sgr;

pub use builtin::{BUILTIN, builtin};
pub use colour::Depth;
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
            codes: Vec::with_capacity(Role::ALL.len()),
        };
        for role in Role::ALL {
            let found = chain.iter().find_map(|file| file.roles.get(role));
            if found.is_none() {
                warnings.push(Warning::missing(*role));
            }
            let style = colour::reduce(found.copied().unwrap_or_default(), depth);
            theme.codes.push(sgr::codes(style));
            theme.styles.push(style);
        }
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
mod tests;
