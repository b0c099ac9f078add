//! Whether a customer asks for a person. It errs on the side of yes: who gets a colleague in place of a
//! program has lost nothing.

/// Words that name a person who answers.
const PERSON: &[&str] = &[
    "human",
    "person",
    "agent",
    "representative",
    "operator",
    "someone real",
    "somebody real",
    "real people",
    "mensch",
    "menschen",
    "mitarbeiter",
    "mitarbeiterin",
    "berater",
    "beraterin",
    "kollegen",
    "humain",
    "conseiller",
    "conseillère",
    "quelqu'un",
    "persona",
    "humano",
    "agente",
    "asesor",
    "persoon",
    "medewerker",
    "persona reale",
    "operatore",
    "człowiek",
    "konsultant",
    "человек",
    "оператор",
    "真人",
    "人工",
    "客服",
    "人間",
    "担当者",
    "オペレーター",
    "사람",
    "상담원",
];

/// Words by which somebody asks for one.
const ASKS: &[&str] = &[
    "talk",
    "speak",
    "chat with",
    "connect",
    "transfer",
    "want",
    "need",
    "give me",
    "get me",
    "real",
    "actual",
    "please",
    "can i",
    "no bot",
    "not a bot",
    "sprechen",
    "reden",
    "verbinden",
    "möchte",
    "will",
    "echten",
    "bitte",
    "parler",
    "veux",
    "voudrais",
    "hablar",
    "quiero",
    "spreken",
    "parlare",
    "voglio",
    "rozmawiać",
    "хочу",
    "нужен",
    "转",
    "要",
    "つない",
    "話",
    "연결",
    "원해",
];

/// Words by which somebody opens a line, and asks nothing yet: a bot's command, and the answers to
/// "text START to hear from us".
const OPENS: &[&str] = &["/start", "start", "unstop"];

/// Whether a message only opens a line. Links to bots may carry a word behind the command.
#[must_use]
pub fn opens_a_line(message: &str) -> bool {
    let text = message.trim().to_lowercase();
    OPENS.contains(&text.as_str())
        || text.starts_with("/start ") && text.split_whitespace().count() == 2
}

/// So much of a message is looked at.
const READ: usize = 2_000;

/// Whether a message asks for a person.
#[must_use]
pub fn is_asked_for(message: &str) -> bool {
    let text: String = message
        .chars()
        .take(READ)
        .flat_map(char::to_lowercase)
        .collect();
    let text = text.replace('\u{2019}', "'");
    let short = text.split_whitespace().count() <= 3;
    let person = PERSON.iter().any(|it| stands_in(&text, it));
    person && (short || ASKS.iter().any(|it| stands_in(&text, it)))
}

/// Whether words stand in a text as words: `agent` is not in `reagent`. Scripts without spaces have none.
fn stands_in(text: &str, words: &str) -> bool {
    let spaced = words.chars().all(|it| u32::from(it) < 0x2E80);
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        let apart = |it: Option<char>| !it.is_some_and(char::is_alphanumeric);
        !spaced || (apart(before) && apart(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_a_person_is_understood() {
        for text in [
            "Can I talk to a human please?",
            "agent",
            "HUMAN!!",
            "I want to speak with a real person",
            "Ich möchte mit einem Mitarbeiter sprechen",
            "Je voudrais parler à quelqu\u{2019}un",
            "quiero hablar con un agente",
            "转人工",
            "担当者と話したい",
        ] {
            assert!(is_asked_for(text), "{text}");
        }
    }

    #[test]
    fn who_only_opens_a_line_asks_nothing() {
        for text in ["/start", " START\n", "/start from_the_shop", "Unstop"] {
            assert!(opens_a_line(text), "{text}");
        }
        for text in [
            "",
            "How do I start it?",
            "/started",
            "/start it does not, why?",
        ] {
            assert!(!opens_a_line(text), "{text}");
        }
    }

    #[test]
    fn who_asks_something_else_is_not() {
        for text in [
            "When is the refund for my parcel?",
            "Is the reagent still in stock?",
            "Which cleaning agent did you use for the umbrella last time",
            "Is this mensch-ärgere-dich-nicht edition in stock at the shop",
            "",
        ] {
            assert!(!is_asked_for(text), "{text}");
        }
    }
}
