//! Reads the repository's own text files.

use std::fs;
use std::path::{Path, PathBuf};

/// What is written by hand and held to the rules. Prose is not: it may speak of leftovers.
const EXTENSIONS: &[&str] = &[
    "css", "html", "js", "mjs", "py", "rs", "sh", "sql", "toml", "yaml", "yml",
];

/// Folders that are not ours, or not written by hand.
const FOREIGN_FOLDERS: &[&str] = &["node_modules", "target", "__pycache__"];

/// A text file of the repository.
#[derive(Debug)]
pub(super) struct SourceFile {
    /// Relative to the repository's root.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl SourceFile {
    #[cfg(test)]
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }

    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.path
            .extension()
            .is_some_and(|found| found == extension)
    }
}

/// All files the rules look at, sorted by path.
pub(super) fn read(root: &Path) -> Result<Vec<SourceFile>, String> {
    let mut files = Vec::new();
    read_folder(root, root, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn read_folder(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<(), String> {
    let located = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(located)? {
        let entry = entry.map_err(located)?;
        let kind = entry.file_type().map_err(located)?;
        let path = entry.path();
        if kind.is_dir() && is_ours(&entry.file_name().to_string_lossy()) {
            read_folder(root, &path, files)?;
        } else if kind.is_file() && is_checked(&path) {
            files.push(read_file(root, &path)?);
        }
    }
    Ok(())
}

fn read_file(root: &Path, path: &Path) -> Result<SourceFile, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(SourceFile {
        path: path.strip_prefix(root).unwrap_or(path).to_path_buf(),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

/// Of the hidden folders only these hold what people write.
fn is_ours(folder: &str) -> bool {
    let hidden = folder.starts_with('.') && ![".ci", ".cargo", ".config"].contains(&folder);
    !hidden && !FOREIGN_FOLDERS.contains(&folder)
}

fn is_checked(path: &Path) -> bool {
    path.ends_with(".ci/run")
        || path
            .extension()
            .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_folders_and_prose_are_left_alone() {
        let root = tempfile::tempdir().unwrap();
        for path in [
            "src/a.rs",
            ".ci/run",
            "docs/a.md",
            "js/node_modules/b.js",
            ".git/c.rs",
            "target/d.rs",
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        let files = read(root.path()).unwrap();
        let paths: Vec<_> = files
            .iter()
            .map(|file| file.path.to_str().unwrap())
            .collect();
        assert_eq!(paths, [".ci/run", "src/a.rs"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_with_its_name() {
        assert!(
            read(Path::new("/no/such/folder"))
                .unwrap_err()
                .starts_with("/no/such/folder: ")
        );
    }
}
