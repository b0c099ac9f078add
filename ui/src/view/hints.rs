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

/// The same in at most so many cells: closer to each other first, then without those before the
/// last one, which says the way out.
pub(crate) fn within(hints: &[(&str, &str)], cells: usize) -> Line {
    let whole = line(hints);
    if whole.width() <= cells {
        return whole;
    }
    let pairs = |hints: &[(&str, &str)]| {
        let pairs: Vec<Line> = hints
            .iter()
            .map(|(key, what)| hint::pair(key, what))
            .collect();
        hint::row(pairs, 2, usize::MAX)
    };
    let mut left = hints.to_vec();
    while left.len() > 2 && pairs(&left).width() > cells {
        left.remove(left.len() - 2);
    }
    pairs(&left)
}
