//! What a subject is about, without what mail programs put before it.

/// A subject without the marks of answers and forwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// In lower case, with single spaces; two mails about the same have the same.
    pub text: String,
    /// Whether a mark said that the mail answers another.
    pub is_answer: bool,
}

/// Marks of an answer, in the languages whose mail programs translate them.
const ANSWERS: [&str; 18] = [
    "re", "aw", "antw", "antwort", "sv", "vs", "r", "rif", "ref", "res", "odp", "ynt", "ots", "vá",
    "απ", "回复", "答复", "回覆",
];

/// Marks of a forward.
const FORWARDS: [&str; 13] = [
    "fw", "fwd", "wg", "tr", "rv", "enc", "i", "vb", "vl", "pd", "doorst", "转发", "轉寄",
];

/// What a subject is about.
#[must_use]
pub fn topic(subject: &str) -> Topic {
    let words: Vec<&str> = subject.split_whitespace().collect();
    let whole = words.join(" ").to_lowercase();
    let (mut rest, mut is_answer) = (whole.as_str(), false);
    while let Some((mark, after)) = mark(rest) {
        is_answer |= mark == Mark::Answer;
        rest = after;
    }
    Topic {
        text: rest.to_owned(),
        is_answer,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Answer,
    Forward,
}

/// The first mark, and what stands after it. Some programs count: `re[2]:`, `re(2):`, `re^2:`.
fn mark(text: &str) -> Option<(Mark, &str)> {
    let (head, rest) = text.split_once([':', '：'])?;
    let counted = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^' | ' ');
    let word = head.trim_end_matches(counted);
    let kind = if ANSWERS.contains(&word) {
        Mark::Answer
    } else if FORWARDS.contains(&word) {
        Mark::Forward
    } else {
        return None;
    };
    Some((kind, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_in_any_number_and_language() {
        for subject in [
            "Re: Broken lamp",
            "RE: re: Broken  lamp",
            "AW: WG: Broken lamp",
            "Re[2]: Broken lamp",
            "re^3: Broken lamp",
            "Fwd: Sv: broken LAMP",
            "回复：Broken lamp",
            " Re : Broken lamp",
        ] {
            let about = topic(subject);
            assert_eq!(about.text, "broken lamp", "{subject}");
            assert!(about.is_answer, "{subject}");
        }
    }

    #[test]
    fn a_forward_and_a_plain_subject_are_no_answers() {
        for (subject, text) in [
            ("Fwd: Broken lamp", "broken lamp"),
            ("Regarding: lamps", "regarding: lamps"),
            ("Reminder", "reminder"),
            ("", ""),
        ] {
            let about = topic(subject);
            assert_eq!((about.text.as_str(), about.is_answer), (text, false));
        }
        assert_eq!(topic("Re:").text, "");
    }
}
