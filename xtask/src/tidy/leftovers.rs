//! No notes to ourselves: what is not done is in the issue tracker, not in the tree.

use super::finding::Finding;
use super::tree::SourceFile;

/// In two pieces each, so that this file does not find itself.
const MARKS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
];

pub(super) fn check(file: &SourceFile) -> Vec<Finding> {
    let found = file.text.lines().enumerate().flat_map(|(index, line)| {
        let marks = MARKS.iter().filter(move |mark| contains_word(line, mark));
        marks.map(move |mark| (index + 1, mark))
    });
    found
        .map(|(line, mark)| {
            Finding::at(
                &file.path,
                line,
                format!("leftover {mark}; do it now or file it"),
            )
        })
        .collect()
}

/// Whether the mark stands in the line, and not as a part of a longer word.
fn contains_word(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + mark.len()..].chars().next();
        let cuts = |letter: Option<char>| {
            letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
        };
        cuts(before) && (mark.ends_with('!') || cuts(after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_with_their_line() {
        for mark in MARKS {
            let file = SourceFile::new("a.rs", &format!("fn a() {{\n    {mark}()\n}}\n"));
            let findings = check(&file);
            assert_eq!(findings.len(), 1, "{mark}");
            assert_eq!(findings[0].line, 2);
        }
    }

    #[test]
    fn parts_of_longer_words_are_not() {
        let mark = MARKS[0];
        let file = SourceFile::new(
            "a.rs",
            &format!("MAS{mark}N {mark}_LIST {mark}S {}", mark.to_lowercase()),
        );
        assert_eq!(check(&file), []);
    }
}
