//! Reads the Markdown files of a folder and of those below it. Links are not followed, and hidden names are
//! passed over.

use super::{LARGEST, MOST_FILES, Unread};
use crate::use_cases::knowledge::File;
use frontdesk_ai::markdown::is_markdown;
use std::fs;
use std::path::Path;

/// Reads a folder, or a single file.
pub(super) fn read(place: &Path) -> Result<Vec<File>, Unread> {
    let mut files = Vec::new();
    let kind = fs::symlink_metadata(place).map_err(|error| unread(place, &error))?;
    if kind.is_file() {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        files.push(file(place, name.into_owned())?);
    } else {
        walk(place, "", &mut files)?;
    }
    if files.is_empty() {
        let place = place.display();
        return Err(Unread::new(format!(
            "{place} has no Markdown file, whose name ends in .md."
        )));
    }
    Ok(files)
}

fn walk(folder: &Path, above: &str, files: &mut Vec<File>) -> Result<(), Unread> {
    let entries = fs::read_dir(folder).map_err(|error| unread(folder, &error))?;
    let mut entries = entries
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| unread(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| unread(&path, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{above}{name}");
        if kind.is_dir() {
            walk(&path, &format!("{below}/"), files)?;
        } else if kind.is_file() && is_markdown(&name) {
            if files.len() >= MOST_FILES {
                let why = format!("There are more than {MOST_FILES} files.");
                return Err(Unread::new(why));
            }
            files.push(file(&path, below)?);
        }
    }
    Ok(())
}

fn file(path: &Path, name: String) -> Result<File, Unread> {
    let bytes = fs::read(path).map_err(|error| unread(path, &error))?;
    let shown = path.display();
    if bytes.len() > LARGEST {
        let why = format!("{shown} is larger than 1 MiB.");
        return Err(Unread::new(why));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Unread::new(format!("{shown} is not UTF-8.")))?;
    Ok(File { path: name, text })
}

fn unread(path: &Path, error: &std::io::Error) -> Unread {
    Unread::new(format!(
        "{} cannot be read ({}).",
        path.display(),
        error.kind()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_with_those_below_it_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        fs::create_dir(at(".git")).unwrap();
        for (name, text) in [
            ("a.md", "A"),
            ("b/c.MD", "C"),
            (".git/x.md", "no"),
            ("d.txt", "no"),
        ] {
            fs::write(at(name), text).unwrap();
        }
        std::os::unix::fs::symlink("/etc/hostname", at("link.md")).unwrap();
        let files = read(folder.path()).unwrap();
        let paths: Vec<&str> = files.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b/c.MD"]);
        let single = read(&at("a.md")).unwrap();
        assert_eq!(single[0].path, "a.md");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let why = |place: &Path| read(place).unwrap_err().to_string();
        assert!(why(folder.path()).contains("no Markdown file"));
        assert!(why(&folder.path().join("gone")).contains("cannot be read"));
        fs::write(folder.path().join("a.md"), b"\xff\xfe").unwrap();
        assert!(why(folder.path()).contains("not UTF-8"));
        fs::write(folder.path().join("a.md"), vec![b'x'; LARGEST + 1]).unwrap();
        assert!(why(folder.path()).contains("larger than 1 MiB"));
    }
}
