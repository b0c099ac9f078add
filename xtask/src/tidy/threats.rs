//! What the pages about threats and faults say is tried is tried: every row names tests that are
//! there, or says why it has none.

use super::finding::Finding;
use super::tree::SourceFile;
use std::collections::BTreeSet;

/// A page with rows that name tests.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// From the root of the repository.
    pub(super) path: &'static str,
    /// How such a row begins.
    row: &'static str,
}

pub(super) const PAGES: [Page; 2] = [
    Page {
        path: "docs/THREATS.md",
        row: "| T",
    },
    Page {
        path: "docs/RELIABILITY.md",
        row: "| F",
    },
];

/// How a row begins that has no test, before it says why.
const NONE: &str = "none: ";

pub(super) fn check(page: Page, text: &str, files: &[SourceFile]) -> Vec<Finding> {
    let known: BTreeSet<&str> = files.iter().flat_map(tests).collect();
    let rows = text.lines().enumerate().filter_map(|(index, line)| {
        let shown_by = line.strip_prefix(page.row)?.trim_end().strip_suffix('|')?;
        Some((index + 1, shown_by.rsplit('|').next()?.trim()))
    });
    rows.flat_map(|(line, shown_by)| row(page.path, line, shown_by, &known))
        .collect()
}

fn row(path: &'static str, line: usize, shown_by: &str, known: &BTreeSet<&str>) -> Vec<Finding> {
    let names: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
    if names.is_empty() && !shown_by.starts_with(NONE) {
        let message = format!("a row without a test; name one, or say \"{NONE}\" and why");
        return vec![Finding::at(path, line, message)];
    }
    names
        .into_iter()
        .filter(|name| !known.contains(name))
        .map(|name| Finding::at(path, line, format!("there is no test named {name}")))
        .collect()
}

/// The names of a file's tests.
fn tests(file: &SourceFile) -> Vec<&str> {
    let mut names = Vec::new();
    let mut marked = false;
    for line in file.text.lines().map(str::trim_start) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            marked = true;
        } else if let Some(name) = name_of(line).filter(|_| marked) {
            names.push(name);
            marked = false;
        }
    }
    names
}

fn name_of(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("async ").unwrap_or(line);
    let (name, _) = rest.strip_prefix("fn ")?.split_once('(')?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Vec<SourceFile> {
        let text =
            "#[tokio::test(flavor = \"multi_thread\")]\nasync fn it_holds() {}\n\nfn helper() {}\n";
        vec![SourceFile::new("a.rs", text)]
    }

    #[test]
    fn a_row_names_tests_that_are_there() {
        let text = "| T1 | C | rows | there | `it_holds` |\n| --- | --- |\nprose with `helper`\n";
        assert_eq!(check(PAGES[0], text, &tree()), []);
    }

    #[test]
    fn what_is_no_test_is_found() {
        let text = "\n| F1 | rows | there | `it_holds`, `helper` |\n";
        let findings = check(PAGES[1], text, &tree());
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
        assert!(findings[0].message.ends_with("helper"));
    }

    #[test]
    fn a_row_without_a_test_says_why() {
        let tree = tree();
        assert_eq!(check(PAGES[0], "| T1 | C | a | b | c |", &tree).len(), 1);
        assert_eq!(
            check(
                PAGES[0],
                "| T1 | C | a | b | none: nothing comes in |",
                &tree
            ),
            []
        );
    }
}
