//! What belongs to one person and must not be told to another: addresses, numbers, links that were
//! meant for somebody.

/// This many digits name something of one person: a telephone, an order, a card, an account.
const DIGITS: usize = 5;

/// Whether a text that was written to one person holds anything that only that person should read.
/// It errs on the side of yes: the text is then used for nobody else.
#[must_use]
pub fn is_personal(text: &str, name: Option<&str>) -> bool {
    text.contains('@') || text.contains("://") || has_number(text) || names(text, name)
}

/// Numbers are written with spaces, dots and dashes between their digits.
fn has_number(text: &str) -> bool {
    let mut digits = 0;
    for letter in text.chars() {
        if letter.is_numeric() {
            digits += 1;
            if digits >= DIGITS {
                return true;
            }
        } else if !matches!(letter, ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}') {
            digits = 0;
        }
    }
    false
}

/// Whether the text has any part of a name in it.
fn names(text: &str, name: Option<&str>) -> bool {
    let text = text.to_lowercase();
    let name = name.unwrap_or_default().to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .collect();
    name.split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .any(|part| words.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_one_person_is_noticed() {
        for text in [
            "Write to grace@example.com",
            "Your code is 48 22 17",
            "Call +49 (30) 1234-56",
            "Open https://pay.test/x",
            "Order #10023 is on its way",
            "Hi Grace, it is on its way",
        ] {
            assert!(is_personal(text, Some("Grace Hopper")), "{text}");
        }
        let general = "Refunds take 5 days, 10 at most.";
        assert!(!is_personal(general, Some("Grace Hopper")));
        assert!(!is_personal(general, None));
    }
}
