//! JSON that only passes through: kept as the text it came as, checked at the border.

use std::fmt;

/// A JSON text that was checked when it came in and that no decision looks into.
#[derive(Clone, PartialEq, Eq)]
pub struct Json(pub String);

impl fmt::Debug for Json {
    /// Metadata may hold what a customer typed, so it does not go into logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({} bytes)", self.0.len())
    }
}
