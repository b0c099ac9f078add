//! No Rust file is longer than a reader can hold.

use super::finding::Finding;
use super::tree::SourceFile;

/// A bound for the exception. Most files stay under 150 lines, nearly all under 400.
const MOST_LINES: usize = 700;

pub(super) fn check(file: &SourceFile) -> Option<Finding> {
    let lines = file.text.lines().count();
    (file.has_extension("rs") && lines > MOST_LINES).then(|| {
        let message = format!(
            "{lines} lines, {MOST_LINES} are the most; split it by what a reader looks for, or move its tests to a file"
        );
        Finding::at(&file.path, MOST_LINES + 1, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, lines: usize) -> SourceFile {
        SourceFile::new(name, &"x\n".repeat(lines))
    }

    #[test]
    fn only_longer_rust_files_are_found() {
        assert_eq!(check(&file("a.rs", MOST_LINES)), None);
        assert_eq!(check(&file("a.sql", MOST_LINES + 1)), None);
        assert_eq!(
            check(&file("a.rs", MOST_LINES + 1)).unwrap().line,
            MOST_LINES + 1
        );
    }
}
