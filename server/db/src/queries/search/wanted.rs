//! What is looked for, as each database wants to hear it. The words come out of [`terms`], which
//! leaves letters and digits alone, so nothing a user types becomes syntax.

use super::terms::{account_term, terms};
use frontdesk_domain::AccountId;

/// More than this many words in one search narrow nothing further.
const MOST_WORDS: usize = 32;

/// A word shorter than this is only looked for whole: too many begin with it.
const SHORTEST_PREFIX: usize = 3;

/// Words and phrases that all have to be there, and some that must not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Wanted {
    all: Vec<Phrase>,
    none: Vec<Phrase>,
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    /// Whether the last word may go on.
    unfinished: bool,
}

impl Wanted {
    /// The words of a text that somebody may still be typing: the last one may go on.
    pub(crate) fn typed(text: &str) -> Self {
        let mut wanted = Self::default();
        for word in text.split_whitespace() {
            wanted.with(word);
        }
        wanted.unfinished();
        wanted
    }

    /// Asks for a word or a phrase.
    pub(crate) fn with(&mut self, text: &str) {
        self.all.extend(Phrase::of(text));
        self.all.truncate(MOST_WORDS);
    }

    /// Asks for a word or a phrase not to be there.
    pub(crate) fn without(&mut self, text: &str) {
        self.none.extend(Phrase::of(text));
        self.none.truncate(MOST_WORDS);
    }

    /// Lets the last word go on.
    pub(crate) fn unfinished(&mut self) {
        if let Some(last) = self.all.last_mut()
            && let Some(word) = last.words.last()
        {
            last.unfinished = word.chars().count() >= SHORTEST_PREFIX;
        }
    }

    /// Whether nothing is asked for: no index answers that.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// For SQLite. The account is a term like any other, and always asked for.
    pub(crate) fn fts5(&self, account_id: AccountId) -> String {
        let mut query = format!("account : \"{}\"", account_term(account_id));
        for phrase in &self.all {
            query.push_str(" AND body : ");
            query.push_str(&phrase.fts5());
        }
        for phrase in &self.none {
            query = format!("({query}) NOT body : {}", phrase.fts5());
        }
        query
    }

    /// The same for whatever has one of the words.
    pub(crate) fn fts5_any(&self, account_id: AccountId) -> String {
        let any: Vec<String> = self.all.iter().map(Phrase::fts5).collect();
        format!(
            "account : \"{}\" AND body : ({})",
            account_term(account_id),
            any.join(" OR ")
        )
    }

    /// The same for whatever has one of the words.
    pub(crate) fn tsquery_any(&self) -> String {
        let any: Vec<String> = self.all.iter().map(Phrase::tsquery).collect();
        any.join(" | ")
    }

    /// For PostgreSQL's `to_tsquery`.
    pub(crate) fn tsquery(&self) -> String {
        let all = self.all.iter().map(Phrase::tsquery);
        let none = self
            .none
            .iter()
            .map(|phrase| format!("!({})", phrase.tsquery()));
        all.chain(none).collect::<Vec<_>>().join(" & ")
    }
}

impl Phrase {
    fn of(text: &str) -> Option<Self> {
        let cut = terms(text);
        let words: Vec<String> = cut
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .take(MOST_WORDS)
            .map(str::to_owned)
            .collect();
        (!words.is_empty()).then_some(Self {
            words,
            unfinished: false,
        })
    }

    fn fts5(&self) -> String {
        let star = if self.unfinished { " *" } else { "" };
        format!("\"{}\"{star}", self.words.join(" "))
    }

    fn tsquery(&self) -> String {
        let mut words: Vec<String> = self.words.iter().map(|word| format!("'{word}'")).collect();
        if self.unfinished
            && let Some(last) = words.last_mut()
        {
            last.push_str(":*");
        }
        words.join(" <-> ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_never_becomes_syntax() {
        let id = AccountId::random();
        let wanted = Wanted::typed("refund\" OR account:* NEAR(a 'b' -");
        let term = account_term(id);
        assert_eq!(
            wanted.fts5(id),
            format!(
                "account : \"{term}\" AND body : \"refund\" AND body : \"OR\" AND body : \"account\" \
                 AND body : \"NEAR a\" AND body : \"b\""
            )
        );
        assert_eq!(
            wanted.tsquery(),
            "'refund' & 'OR' & 'account' & 'NEAR' <-> 'a' & 'b'"
        );
    }

    #[test]
    fn one_of_the_words_may_be_enough() {
        let mut wanted = Wanted::default();
        for word in ["refund", "返金"] {
            wanted.with(word);
        }
        let id = AccountId::random();
        assert_eq!(
            wanted.fts5_any(id),
            format!(
                "account : \"{}\" AND body : (\"refund\" OR \"返 金\")",
                account_term(id)
            )
        );
        assert_eq!(wanted.tsquery_any(), "'refund' | '返' <-> '金'");
    }

    #[test]
    fn a_word_may_be_unfinished_and_a_phrase_unwanted() {
        let mut wanted = Wanted::typed("where is my ref");
        wanted.without("already paid");
        assert!(
            wanted
                .tsquery()
                .ends_with("'ref':* & !('already' <-> 'paid')")
        );
        assert!(
            wanted
                .fts5(AccountId::random())
                .ends_with("body : \"ref\" *) NOT body : \"already paid\"")
        );
        assert!(Wanted::typed("?! …").is_empty());
    }
}
