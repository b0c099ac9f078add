//! How much of a draft went out as it was made.

/// Of longer texts only so many words are compared.
const WORDS: usize = 1_500;

/// How many characters of a draft stand in what was sent, in their order.
#[must_use]
pub fn kept(made: &str, sent: &str) -> usize {
    let (made, sent) = (pieces(made), pieces(sent));
    // The longest common course of words, by rows: what is kept up to each word of what was sent.
    let mut row = vec![0; sent.len() + 1];
    for word in &made {
        let mut before = 0;
        for (place, other) in sent.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if word == other {
                before + word.chars().count()
            } else {
                above.max(row[place])
            };
            before = above;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Words, each with the space after it.
fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace)
        .take(WORDS)
        .map(str::trim_end)
        .filter(|it| !it.is_empty())
        .collect()
}

/// How many characters of a text can be kept at all.
#[must_use]
pub fn length(text: &str) -> usize {
    pieces(text).iter().map(|it| it.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_in_its_order_is_kept() {
        let made = "It takes five days. Best regards";
        assert_eq!(kept(made, made), length(made));
        assert_eq!(length(made), 27);
        assert_eq!(kept(made, "It takes six days. Best regards"), 23);
        assert_eq!(
            kept(made, "Hello. It takes five days."),
            length("It takes five days.")
        );
        assert_eq!(kept(made, "Something else"), 0);
        assert_eq!(kept("", made), 0);
        assert_eq!(kept("a b", "b a"), 1);
    }

    #[test]
    fn an_endless_text_ends() {
        let long = "word ".repeat(100_000);
        assert_eq!(kept(&long, &long), WORDS * 4);
    }
}
