//! What is typed and must never be seen, not even in a dump of the state.

use crate::model::field::Field;
use std::fmt;

/// A password on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// The text, for the one place it was made for.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(..)")
    }
}

/// A password while it is being typed.
#[derive(Clone, Default)]
pub(super) struct Password(Field);

impl Password {
    pub(super) fn field(&mut self) -> &mut Field {
        &mut self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.text().is_empty()
    }

    pub(super) fn hidden(&self) -> Hidden {
        Hidden(self.0.text().to_owned())
    }

    /// A field that looks like it, with a sign for each letter.
    pub(super) fn masked(&self, sign: &str) -> Field {
        self.0.masked(sign)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}
