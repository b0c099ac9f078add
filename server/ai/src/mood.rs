//! How a customer sounds, and how much hurry there is, by words alone. It knows a few languages and says how
//! sure it is; a model knows more.

use crate::classify::Guess;

const ANGRY: &[&str] = &[
    "angry",
    "furious",
    "unacceptable",
    "ridiculous",
    "terrible",
    "awful",
    "worst",
    "scam",
    "fraud",
    "disappointed",
    "disgusting",
    "useless",
    "lawyer",
    "never again",
    "still waiting",
    "complaint",
    "refuse",
    "broken",
    "wütend",
    "unverschämt",
    "frechheit",
    "enttäuscht",
    "schlecht",
    "betrug",
    "anwalt",
    "unmöglich",
    "kaputt",
    "furieux",
    "inacceptable",
    "arnaque",
    "déçu",
    "nul",
    "enfadado",
    "inaceptable",
    "estafa",
    "decepcionado",
];

const GLAD: &[&str] = &[
    "thank you",
    "thanks",
    "great",
    "perfect",
    "awesome",
    "love",
    "excellent",
    "wonderful",
    "happy",
    "helpful",
    "danke",
    "super",
    "toll",
    "klasse",
    "perfekt",
    "prima",
    "merci",
    "parfait",
    "génial",
    "gracias",
    "perfecto",
    "genial",
    "estupendo",
];

const HURRY: &[&str] = &[
    "urgent",
    "urgently",
    "asap",
    "immediately",
    "right now",
    "emergency",
    "today",
    "deadline",
    "outage",
    "down",
    "cannot log in",
    "can't log in",
    "locked out",
    "charged twice",
    "hacked",
    "stolen",
    "dringend",
    "sofort",
    "notfall",
    "heute noch",
    "gesperrt",
    "gestohlen",
    "gehackt",
    "doppelt abgebucht",
    "urgence",
    "immédiatement",
    "urgente",
    "inmediatamente",
    "robado",
];

/// Of a longer text only so much is looked at.
const READ: usize = 8_000;

fn found(text: &str, words: &[&str]) -> usize {
    let stands = |word: &&&str| {
        text.match_indices(**word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    words.iter().filter(stands).count()
}

fn small(text: &str) -> String {
    text.chars()
        .take(READ)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The more says it, the surer; never sure.
#[expect(clippy::cast_precision_loss, reason = "no text has so many words")]
fn sure(count: usize) -> f64 {
    0.9 - 0.45 / (count.max(1) as f64)
}

/// How a customer sounds: negative, neutral or positive.
#[must_use]
pub fn sentiment(text: &str) -> Guess<String> {
    let low = small(text);
    let shouts = text.matches("!!").count() + usize::from(is_shouted(text));
    let (bad, good) = (found(&low, ANGRY) + shouts, found(&low, GLAD));
    let (value, confidence) = match bad.cmp(&good) {
        std::cmp::Ordering::Greater => ("negative", sure(bad - good)),
        std::cmp::Ordering::Less => ("positive", sure(good - bad)),
        std::cmp::Ordering::Equal => ("neutral", 0.5),
    };
    Guess {
        value: value.to_owned(),
        confidence,
    }
}

fn is_shouted(text: &str) -> bool {
    let letters: Vec<char> = text
        .chars()
        .take(READ)
        .filter(|it| it.is_alphabetic())
        .collect();
    let large = letters.iter().filter(|it| it.is_uppercase()).count();
    letters.len() > 20 && large * 2 > letters.len()
}

/// How much hurry there is, where there is any.
#[must_use]
pub fn priority(text: &str) -> Option<Guess<String>> {
    let count = found(&small(text), HURRY);
    let value = match count {
        0 => return None,
        1 => "high",
        _ => "urgent",
    };
    Some(Guess {
        value: value.to_owned(),
        confidence: sure(count),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moods_are_heard() {
        for (text, mood) in [
            (
                "This is unacceptable, I want to speak to a lawyer",
                "negative",
            ),
            ("WHERE IS MY PARCEL, I HAVE WAITED FOR WEEKS", "negative"),
            ("Das ist eine Frechheit!!", "negative"),
            ("Thank you, that was very helpful", "positive"),
            ("When is the refund for my parcel?", "neutral"),
            ("", "neutral"),
        ] {
            assert_eq!(sentiment(text).value, mood, "{text}");
        }
        assert!(sentiment("awful, terrible, worst").confidence > sentiment("awful").confidence);
    }

    #[test]
    fn hurry_is_heard() {
        assert_eq!(priority("When is the refund?"), None);
        assert_eq!(priority("It is urgent").unwrap().value, "high");
        assert_eq!(priority("URGENT: we were hacked").unwrap().value, "urgent");
        assert_eq!(priority("The download is here"), None);
    }
}
