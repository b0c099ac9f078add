//! What belongs to one person and must not be told to another.

use crate::hide::Hidden;

/// Whether a text that was written to one person holds anything that only that person should read.
/// It errs on the side of yes: the text is then used for nobody else.
#[must_use]
pub fn is_personal(text: &str, name: Option<&str>) -> bool {
    text.contains('@') || text.contains("://") || Hidden::knowing(name).hide(text) != text
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
