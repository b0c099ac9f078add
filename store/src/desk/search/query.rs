//! What was typed, as what has to match. Operators such as `from:` would become fields here.

use super::terms::{Term, is_piece, terms};

/// A search: all of its parts have to be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    parts: Vec<Part>,
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
    /// Reads what was typed. A word that is still being typed matches what begins with it.
    pub(crate) fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        for (at, quoted) in text.split('"').enumerate() {
            if at % 2 == 1 {
                parts.extend(Part::of(quoted, End::Whole));
                continue;
            }
            parts.extend(
                quoted
                    .split_whitespace()
                    .filter_map(|word| Part::of(word, End::Whole)),
            );
        }
        let is_unfinished = text.chars().next_back().is_some_and(char::is_alphanumeric);
        if is_unfinished && let Some(last) = parts.last_mut() {
            last.end = End::Beginning;
        }
        Self { parts }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
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

    /// Whether a text that has all the terms has them in the right order too.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        let mut long = self
            .parts
            .iter()
            .filter(|part| part.terms.len() > 1)
            .peekable();
        if long.peek().is_none() {
            return true;
        }
        let found: Vec<Term> = terms(text).collect();
        long.all(|part| part.stands_in(&found))
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

    fn stands_in(&self, text: &[Term]) -> bool {
        text.windows(self.terms.len())
            .any(|window| (0..window.len()).all(|at| self.matches(at, &window[at].text)))
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
    }
}
