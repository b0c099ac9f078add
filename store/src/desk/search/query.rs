//! The words of what was typed, as what has to match. What operators ask for is in
//! [`super::filter`].

use super::terms::{is_piece, terms};
use frontdesk_protocol::search::{Search, Sign, Wish};

/// Words: all of the parts have to be there, and nothing of what is kept out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    parts: Vec<Part>,
    without: Vec<Part>,
}

/// Terms that stand one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    terms: Vec<String>,
    end: End,
}

/// Whether the last term of a part is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Beginning,
}

impl Query {
    /// The words of what was typed. One that is still being typed matches what begins with it.
    pub(crate) fn of(search: &Search) -> Self {
        let mut query = Self::default();
        for condition in &search.conditions {
            let Wish::Text(text) = &condition.wish else {
                continue;
            };
            let part = Part::of(text, End::Whole);
            match condition.sign {
                Sign::With => query.parts.extend(part),
                Sign::Without => query.without.extend(part),
            }
        }
        if search.unfinished
            && let Some(last) = query.parts.last_mut()
        {
            last.end = End::Beginning;
        }
        query
    }

    /// Whether there is any word to look for.
    pub(crate) fn has_words(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Whether there is a word that may not be there.
    pub(crate) fn keeps_out(&self) -> bool {
        !self.without.is_empty()
    }

    /// The search in the words of the index, which knows terms and not where they stand.
    pub(crate) fn expression(&self) -> String {
        let mut wanted: Vec<String> = Vec::new();
        for part in &self.parts {
            for (at, term) in part.terms.iter().enumerate() {
                let star = if part.is_beginning(at) { "*" } else { "" };
                // Terms are letters, digits and marks: they need no escape.
                let term = format!("\"{term}\"{star}");
                if !wanted.contains(&term) {
                    wanted.push(term);
                }
            }
        }
        wanted.join(" AND ")
    }

    /// Whether a text that has all the terms has them in the right order too, and nothing that is
    /// kept out.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        let long = self.parts.iter().filter(|part| part.terms.len() > 1);
        let mut wanted: Vec<_> = long.map(Sought::new).collect();
        let mut unwanted: Vec<_> = self.without.iter().map(Sought::new).collect();
        let (mut terms, mut term) = (terms(text), String::new());
        loop {
            if unwanted.is_empty() && wanted.iter().all(|it| it.is_found) {
                return true;
            }
            if terms.next_into(&mut term).is_none() {
                break;
            }
            for it in wanted.iter_mut().chain(&mut unwanted) {
                it.meet(&term);
            }
        }
        wanted.iter().all(|it| it.is_found) && !unwanted.iter().any(|it| it.is_found)
    }

    /// Whether a term of a text is one of those that were looked for.
    pub(crate) fn wants(&self, term: &str) -> bool {
        self.parts
            .iter()
            .any(|part| (0..part.terms.len()).any(|at| part.matches(at, term)))
    }
}

impl Part {
    fn of(text: &str, end: End) -> Option<Self> {
        let mut found: Vec<String> = terms(text).map(|it| it.text).collect();
        found.retain(|it| !it.is_empty());
        // The last character of a run stands alone in a text only at the end of its run.
        let is_run = found.len() > 1 && found.last().is_some_and(|it| is_piece(it));
        if is_run {
            found.pop();
        }
        (!found.is_empty()).then_some(Self { terms: found, end })
    }

    /// Whether the term there matches what begins with it: it is still being typed, or is one
    /// character of a script in which terms have two.
    fn is_beginning(&self, at: usize) -> bool {
        let term = &self.terms[at];
        let is_last = at + 1 == self.terms.len();
        is_last && (self.end == End::Beginning || (is_piece(term) && term.chars().count() == 1))
    }

    fn matches(&self, at: usize, term: &str) -> bool {
        if self.is_beginning(at) {
            term.starts_with(&self.terms[at])
        } else {
            self.terms[at] == term
        }
    }
}

/// A part that is looked for in a text, while its terms are read one by one.
struct Sought<'a> {
    part: &'a Part,
    /// How many terms of the part came last, once for each place where it may have begun.
    begun: Vec<usize>,
    is_found: bool,
}

impl<'a> Sought<'a> {
    const fn new(part: &'a Part) -> Self {
        Self {
            part,
            begun: Vec::new(),
            is_found: false,
        }
    }

    fn meet(&mut self, term: &str) {
        if self.is_found {
            return;
        }
        self.begun.push(0);
        self.begun.retain_mut(|met| {
            let goes_on = self.part.matches(*met, term);
            *met += 1;
            goes_on
        });
        self.is_found = self.begun.first() == Some(&self.part.terms.len());
    }
}

#[cfg(test)]
impl Query {
    /// The words of a text.
    pub(crate) fn parse(text: &str) -> Self {
        Self::of(&Search::parse(text, None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_may_be_unfinished() {
        assert_eq!(
            Query::parse("Refund inv").expression(),
            "\"refund\" AND \"inv\"*"
        );
        assert_eq!(Query::parse("refund ").expression(), "\"refund\"");
        assert_eq!(
            Query::parse("\"refund it\"").expression(),
            "\"refund\" AND \"it\""
        );
        assert_eq!(Query::parse("返").expression(), "\"返\"*");
        assert_eq!(
            Query::parse("返金の ").expression(),
            "\"返金\" AND \"金の\""
        );
    }

    #[test]
    fn nothing_that_is_typed_is_an_expression_of_its_own() {
        for text in ["", "\"", "* OR ^", "a:b NEAR(c) - {d}", "\"\"\"", "\0"] {
            let expression = Query::parse(text).expression();
            assert!(
                expression
                    .split(" AND ")
                    .all(|it| it.is_empty() || it.starts_with('"')),
                "{expression}"
            );
        }
    }

    #[test]
    fn words_in_quotes_stand_together() {
        let query = Query::parse("\"purple elephant\" wares");
        assert!(query.stands_in("A Purple, elephant of wares"));
        assert!(!query.stands_in("elephant purple wares"));
        let again = Query::parse("\"one one two\"");
        assert!(again.stands_in("one one one two"));
        assert!(!again.stands_in("one two one one"));
    }

    #[test]
    fn a_phrase_that_is_still_typed_may_end_within_a_word() {
        let query = Query::parse("\"working da");
        assert_eq!(query.expression(), "\"working\" AND \"da\"*");
        assert!(query.stands_in("five working days"));
        assert!(!query.stands_in("days working"));
        assert!(!Query::parse("\"working da\"").stands_in("five working days"));
    }

    #[test]
    fn what_is_kept_out_does_not_stand_in_it() {
        let query = Query::parse("elephant -spam -\"purple one\"");
        assert_eq!(query.expression(), "\"elephant\"");
        assert!(query.stands_in("one purple elephant"));
        assert!(!query.stands_in("Spam elephant"));
        assert!(!query.stands_in("a purple one, an elephant"));
    }
}
