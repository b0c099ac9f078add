//! Keys and what they do, on one line.

use super::hint;
use crate::painted::Line;
use crate::theme::Role;

/// `Enter run   Esc close`.
pub(crate) fn line(hints: &[(&str, &str)]) -> Line {
    let mut line = Line::new();
    for (place, (key, what)) in hints.iter().enumerate() {
        if place > 0 {
            line.push(Role::Muted, "   ");
        }
        line.append(hint::pair(key, what));
    }
    line
}
