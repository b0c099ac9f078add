//! Which of the company's texts answer a message best. The measure is BM25 over stems, with a floor:
//! a text that shares a single word with a long question answers another one.

use crate::words::stems;
use std::collections::{BTreeSet, HashMap};

/// A text that may be an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// What it answers: a title, or the question it once answered.
    pub about: &'a str,
    pub text: &'a str,
}

/// A candidate that fits, by its place in what was given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    pub index: usize,
    pub score: f64,
}

/// How soon a word that comes again counts less; words are counted once here, so it sets how much
/// the length of a text matters.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.5;

/// A word of the title says more than one of the text.
const TITLE: f64 = 1.6;

/// So many words must agree, unless the question has fewer.
const FLOOR: usize = 2;

/// The candidates that fit a message, the best first.
#[must_use]
pub fn best(message: &str, candidates: &[Candidate<'_>]) -> Vec<Match> {
    let wanted = stems(message);
    if wanted.is_empty() {
        return Vec::new();
    }
    let known: Vec<Known> = candidates.iter().map(Known::of).collect();
    let rarity = rarity(&wanted, &known);
    let total: usize = known.iter().map(Known::length).sum();
    #[expect(clippy::cast_precision_loss, reason = "no text has so many words")]
    let mean = (total as f64 / known.len().max(1) as f64).max(1.0);
    let floor = FLOOR.min(wanted.len());
    let mut matches: Vec<Match> = known
        .iter()
        .enumerate()
        .filter(|(_, it)| wanted.iter().filter(|stem| it.has(stem)).count() >= floor)
        .map(|(index, it)| Match {
            index,
            score: it.score(&wanted, &rarity, mean),
        })
        .collect();
    // Of equal ones the first stays first.
    matches.sort_by(|a, b| b.score.total_cmp(&a.score));
    matches
}

/// How much it says that a text has a word: little where every text has it.
fn rarity<'a>(wanted: &'a BTreeSet<String>, known: &[Known]) -> HashMap<&'a str, f64> {
    #[expect(clippy::cast_precision_loss, reason = "no desk has so many texts")]
    let all = known.len() as f64;
    let rarity = wanted.iter().map(|stem| {
        #[expect(clippy::cast_precision_loss, reason = "no desk has so many texts")]
        let having = known.iter().filter(|it| it.has(stem)).count() as f64;
        (
            stem.as_str(),
            (1.0 + (all - having + 0.5) / (having + 0.5)).ln(),
        )
    });
    rarity.collect()
}

/// The stems of a candidate.
struct Known {
    about: BTreeSet<String>,
    text: BTreeSet<String>,
}

impl Known {
    fn of(candidate: &Candidate<'_>) -> Self {
        Self {
            about: stems(candidate.about),
            text: stems(candidate.text),
        }
    }

    fn has(&self, stem: &str) -> bool {
        self.about.contains(stem) || self.text.contains(stem)
    }

    fn length(&self) -> usize {
        self.about.len() + self.text.len()
    }

    fn score(&self, wanted: &BTreeSet<String>, rarity: &HashMap<&str, f64>, mean: f64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "no text has so many words")]
        let length = self.length() as f64 / mean;
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * length);
        let found = wanted.iter().filter(|stem| self.has(stem));
        found
            .map(|stem| {
                let weight = if self.about.contains(stem) {
                    TITLE
                } else {
                    1.0
                };
                let rare = rarity.get(stem.as_str()).copied().unwrap_or_default();
                rare * weight * (SATURATION + 1.0) / (weight + norm)
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [Candidate<'static>; 4] = [
        Candidate {
            about: "refund policy",
            text: "Refunds take five working days after we have your parcel back.",
        },
        Candidate {
            about: "reset password",
            text: "Open the sign-in page and choose Forgot password. The link is good for an hour.",
        },
        Candidate {
            about: "shipping",
            text: "Parcels leave the next working day and take three days within Europe.",
        },
        Candidate {
            about: "öffnungszeiten",
            text: "Unser Laden ist montags bis freitags von 9 bis 18 Uhr geöffnet.",
        },
    ];

    fn first(message: &str) -> Option<usize> {
        best(message, &TEXTS).first().map(|it| it.index)
    }

    #[test]
    fn the_text_about_it_comes_first() {
        assert_eq!(
            first("When do I get my refund? I sent the parcel back."),
            Some(0)
        );
        assert_eq!(first("i forgot my password and cannot sign in"), Some(1));
        assert_eq!(
            first("How many days does shipping to Europe take?"),
            Some(2)
        );
        assert_eq!(first("Wann ist der Laden geöffnet?"), Some(3));
        assert_eq!(first("refund"), Some(0));
    }

    #[test]
    fn a_single_shared_word_is_no_answer() {
        assert_eq!(
            first("My invoice shows the wrong company and parcel tax number"),
            None
        );
        assert_eq!(first("Hello, can you help me please?"), None);
        assert_eq!(first(""), None);
        assert!(best("refund", &[]).is_empty());
    }

    #[test]
    fn a_repeated_word_wins_nothing() {
        let stuffed = "refund ".repeat(5_000);
        let texts = [
            Candidate {
                about: "spam",
                text: &stuffed,
            },
            TEXTS[0],
        ];
        let found = best("refund for my parcel", &texts);
        assert_eq!(found.first().map(|it| it.index), Some(1));
    }
}
