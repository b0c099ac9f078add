//! Cuts text into terms that suit every script: Chinese, Japanese and Thai are written without
//! spaces, so each of their characters becomes a term, and a word of theirs becomes a phrase.

use frontdesk_domain::AccountId;

/// A text as the index takes it. Long texts are cut: nobody searches for their far end.
const LONGEST: usize = 100_000;

/// The term that stands for an account.
#[must_use]
pub fn account_term(id: AccountId) -> String {
    id.0.simple().to_string()
}

/// The text with spaces where the index could not see where a term ends.
#[must_use]
pub fn terms(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if out.len() >= LONGEST {
            break;
        }
        if stands_alone(letter) {
            out.push(' ');
            out.push(letter);
            out.push(' ');
        } else if letter.is_alphanumeric() || is_mark(letter) {
            out.push(letter);
        } else {
            out.push(' ');
        }
    }
    out
}

/// Scripts that are written without spaces between words.
fn stands_alone(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// Combining marks belong to the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x0900..=0x0DFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_characters_without_spaces_are_parted() {
        assert_eq!(terms("Order #12, please"), "Order  12  please");
        assert_eq!(terms("返金 ok"), " 返  金  ok");
    }

    #[test]
    fn an_endless_text_is_cut() {
        assert!(terms(&"a ".repeat(1_000_000)).len() <= LONGEST + 4);
    }
}
