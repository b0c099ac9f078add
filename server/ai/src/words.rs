//! The words of a text that say what it is about.

use std::collections::BTreeSet;

/// Forms of a word mostly begin alike: *refund*, *refunds*, *refunded*. So many letters count.
const STEM: usize = 6;

/// Words shorter than this say nothing in scripts with spaces.
const SHORTEST: usize = 3;

/// A text is read this far. What somebody wants stands at its beginning.
const READ: usize = 20_000;

/// Words every text has, whatever it is about, in the languages most desks write.
const EMPTY: &[&str] = &[
    // English
    "about", "after", "again", "all", "also", "and", "any", "anyone", "are", "because", "been",
    "before", "but", "can", "cannot", "could", "day", "dear", "did", "does", "doing", "don", "for",
    "from", "get", "got", "had", "has", "have", "hello", "help", "her", "here", "hey", "him",
    "his", "how", "into", "its", "just", "know", "let", "like", "may", "more", "much", "need",
    "not", "now", "one", "only", "our", "out", "please", "really", "regards", "should", "some",
    "someone", "still", "thank", "thanks", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "today", "too", "very", "want", "was", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "would", "yes", "you", "your",
    // German
    "aber", "alle", "als", "auch", "auf", "aus", "bei", "bin", "bis", "bitte", "danke", "das",
    "dass", "dem", "den", "der", "des", "die", "dies", "diese", "doch", "ein", "eine", "einem",
    "einen", "einer", "für", "habe", "haben", "hallo", "hat", "ich", "ihr", "ihre", "ist", "kann",
    "kein", "keine", "können", "mein", "meine", "mich", "mir", "mit", "nach", "nicht", "noch",
    "nur", "oder", "schon", "sehr", "sich", "sie", "sind", "über", "und", "uns", "vielen", "von",
    "war", "warum", "was", "wenn", "werden", "wie", "wir", "wird", "wurde", "zum", "zur",
    // French and Spanish
    "avec", "avez", "bonjour", "ces", "cette", "comment", "como", "con", "cuando", "dans", "del",
    "des", "donde", "elle", "est", "este", "esto", "gracias", "hola", "las", "les", "leur", "los",
    "mais", "merci", "mes", "mon", "nous", "para", "pas", "pero", "por", "pour", "puedo", "que",
    "quiero", "sur", "una", "une", "vos", "votre", "vous",
];

/// The stems of the words that say what a text is about.
#[must_use]
pub fn stems(text: &str) -> BTreeSet<String> {
    let mut stems = BTreeSet::new();
    for word in split(text) {
        if let Some(stem) = stem(&word) {
            stems.insert(stem);
        }
    }
    stems
}

/// The words that say what a text is about, the longest first: those are the rarest.
#[must_use]
pub fn telling(text: &str, most: usize) -> Vec<String> {
    let known: BTreeSet<String> = split(text).filter(|word| stem(word).is_some()).collect();
    let mut known: Vec<String> = known.into_iter().collect();
    known.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    known.truncate(most);
    known
}

/// The words in small letters. Characters of scripts without spaces are words of their own.
fn split(text: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars().take(READ).flat_map(char::to_lowercase) {
        let alone = stands_alone(letter);
        if alone || !letter.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
        }
        if alone {
            words.push(letter.to_string());
        } else if letter.is_alphanumeric() {
            word.push(letter);
        }
    }
    words.push(word);
    words.into_iter().filter(|word| !word.is_empty())
}

fn stem(word: &str) -> Option<String> {
    let alone = word.chars().any(stands_alone);
    let long = word.chars().count() >= SHORTEST;
    let says = alone || (long && !EMPTY.contains(&word));
    says.then(|| word.chars().take(STEM).collect())
}

/// Chinese, Japanese and Thai are written without spaces.
fn stands_alone(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        stems(text).into_iter().collect()
    }

    #[test]
    fn forms_of_a_word_are_one_and_empty_words_are_none() {
        assert_eq!(of("Refunds refunded REFUND"), ["refund"]);
        assert_eq!(of("Hello, can you please help me?"), [] as [&str; 0]);
        assert_eq!(of("返金 ok"), ["返", "金"]);
    }

    #[test]
    fn the_longest_words_tell_most() {
        assert_eq!(
            telling("Where is my delivery, order 1234567?", 2),
            ["delivery", "1234567"]
        );
    }

    #[test]
    fn an_endless_text_is_read_only_so_far() {
        assert!(stems(&"abc ".repeat(1_000_000)).len() == 1);
        assert!(stems(&"x".repeat(1_000_000)).len() == 1);
    }
}
