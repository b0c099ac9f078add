//! Which things fit what was typed.

use super::Item;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

/// Those that fit, the best first. Letters may be left out. Nothing typed keeps the given order.
pub(super) fn best_first(items: &[Item], text: &str) -> Vec<usize> {
    let mut scores = scores(items, text, AtomKind::Fuzzy);
    if !text.trim().is_empty() {
        scores.sort_by_key(|(_, score)| Reverse(*score));
    }
    scores.into_iter().map(|(place, _)| place).collect()
}

/// Those that have all the words, in the given order.
pub(super) fn in_given_order(items: &[Item], text: &str) -> Vec<usize> {
    let scores = scores(items, text, AtomKind::Substring);
    scores.into_iter().map(|(place, _)| place).collect()
}

/// Whether it is the very key, how well it fits, whether it can be chosen, and how short it is:
/// of two that fit alike, the shorter says less that was not asked for.
type Score = (bool, u32, bool, Reverse<usize>);

/// How well each thing fits, without those that do not. The label counts more than what is
/// around it.
fn scores(items: &[Item], text: &str, kind: AtomKind) -> Vec<(usize, Score)> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, kind);
    let mut found = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let mut score = |words: &str| {
            let words = Utf32Str::new(words, &mut buffer);
            pattern.score(words, &mut matcher)
        };
        let label = score(&item.label);
        let all = score(&format!("{} {} {}", item.label, item.detail, item.also));
        if let Some(best) = label.map(|it| it.saturating_mul(2)).max(all) {
            let is_exact = is_key(&item.detail, text) || is_key(&item.also, text);
            found.push((
                place,
                (
                    is_exact,
                    best,
                    item.unavailable.is_none(),
                    Reverse(item.label.len()),
                ),
            ));
        }
    }
    found
}

/// Whether one of these keys is the one that was typed.
fn is_key(keys: &str, text: &str) -> bool {
    let bare = |keys: &str| keys.replace(' ', "");
    let wanted = bare(text);
    !wanted.is_empty() && keys.split(" / ").any(|one| bare(one) == wanted)
}
