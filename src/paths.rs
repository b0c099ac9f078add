//! Paths as people type and paste them, and as terminals write them when a file is dropped on the
//! window: quoted, escaped, as an address, or from home.

use frontdesk_ui::msg::PathEntry;
use reqwest::Url;
use std::fs;
use std::path::{Path, PathBuf};

/// How many entries of a folder are offered.
const MOST: usize = 200;

/// The one path that was typed.
pub(crate) fn typed(text: &str) -> PathBuf {
    let text = text.trim();
    let is_quoted = text.starts_with(['\'', '"']) || text.starts_with("file://");
    match split(text).as_deref() {
        Some([only]) if is_quoted => path(only),
        _ => path(text),
    }
}

/// The files that a text names, where it is nothing but paths of files that are there.
pub(crate) fn pasted(text: &str) -> Vec<String> {
    // A path may have spaces in it that nobody quoted.
    let whole = path(text.trim());
    if whole.is_absolute() && whole.is_file() {
        return whole.to_str().map(str::to_owned).into_iter().collect();
    }
    let each_line: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    let lines = files(each_line.iter().copied());
    lines
        .or_else(|| files(split(text)?.iter().map(String::as_str)))
        .unwrap_or_default()
}

/// All of them as files, or nothing.
fn files<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Vec<String>> {
    let file = |word: &str| {
        let path = path(word);
        (path.is_absolute() && path.is_file())
            .then(|| path.to_str().map(str::to_owned))
            .flatten()
    };
    words.into_iter().map(file).collect()
}

fn split(text: &str) -> Option<Vec<String>> {
    shlex::split(text)
}

/// One path, without quotes.
fn path(word: &str) -> PathBuf {
    if let Some(rest) = word.strip_prefix("~/")
        && let Some(dirs) = directories::UserDirs::new()
    {
        return dirs.home_dir().join(rest);
    }
    if word.starts_with("file://")
        && let Some(path) = Url::parse(word).ok().and_then(|it| it.to_file_path().ok())
    {
        return path;
    }
    PathBuf::from(word)
}

/// What lies where a path leads that is being typed: what begins as its last part does.
pub(crate) fn list(text: &str) -> Vec<PathEntry> {
    let typed_text = text.trim_start();
    let (folder, beginning) = match typed_text.rfind('/') {
        Some(at) => typed_text.split_at(at + 1),
        None => ("", typed_text),
    };
    let place = if folder.is_empty() {
        PathBuf::from(".")
    } else {
        typed(folder)
    };
    let mut entries: Vec<PathEntry> = inside(&place)
        .filter(|(name, _)| fits(name, beginning))
        .map(|(name, size)| PathEntry {
            path: match size {
                Some(_) => format!("{folder}{name}"),
                None => format!("{folder}{name}/"),
            },
            name,
            size,
        })
        .collect();
    entries.sort_by_cached_key(|it| it.name.to_lowercase());
    entries.truncate(MOST);
    entries
}

/// What is in a folder, with sizes of files. What cannot be read, or has no name that can be
/// typed, is left out.
fn inside(folder: &Path) -> impl Iterator<Item = (String, Option<u64>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let about = fs::metadata(entry.path()).ok()?;
        let name = entry.file_name().into_string().ok()?;
        match (about.is_dir(), about.is_file()) {
            (true, _) => Some((name, None)),
            (_, true) => Some((name, Some(about.len()))),
            _ => None,
        }
    })
}

/// Hidden files are offered to who types the dot.
fn fits(name: &str, beginning: &str) -> bool {
    let is_hidden = name.starts_with('.') && !beginning.starts_with('.');
    !is_hidden && name.to_lowercase().starts_with(&beginning.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn folder() -> TempDir {
        let folder = TempDir::new().unwrap();
        for name in ["invoice 7.pdf", "Plan.txt", ".hidden"] {
            fs::write(folder.path().join(name), "abc").unwrap();
        }
        fs::create_dir(folder.path().join("photos")).unwrap();
        folder
    }

    #[test]
    fn terminals_write_dropped_files_in_many_ways() {
        let folder = folder();
        let at = folder.path().to_str().unwrap();
        let (invoice, plan) = (format!("{at}/invoice 7.pdf"), format!("{at}/Plan.txt"));
        for text in [
            format!("{at}/invoice 7.pdf"),
            format!("'{at}/invoice 7.pdf' "),
            format!("{at}/invoice\\ 7.pdf\n"),
            format!("file://{at}/invoice%207.pdf"),
        ] {
            assert_eq!(pasted(&text), std::slice::from_ref(&invoice), "{text}");
        }
        for text in [
            format!("'{invoice}' {plan}"),
            format!("{invoice}\n{plan}\n"),
            format!("file://{at}/invoice%207.pdf\r\nfile://{at}/Plan.txt\r\n"),
        ] {
            assert_eq!(pasted(&text), [invoice.clone(), plan.clone()], "{text}");
        }
    }

    #[test]
    fn what_names_anything_else_is_a_text() {
        let folder = folder();
        let at = folder.path().to_str().unwrap();
        for text in [
            format!("{at}/none.pdf"),
            format!("{at}/photos"),
            format!("{at}/Plan.txt is the plan"),
            format!("{at}/Plan.txt {at}/none"),
            "/".to_owned(),
            "//".to_owned(),
            "'/unfinished".to_owned(),
            String::new(),
        ] {
            assert_eq!(pasted(&text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_folder_is_listed_by_what_was_typed_of_it() {
        let folder = folder();
        let at = folder.path().to_str().unwrap();
        let names =
            |text: String| -> Vec<String> { list(&text).into_iter().map(|it| it.name).collect() };
        assert_eq!(
            names(format!("{at}/")),
            ["invoice 7.pdf", "photos", "Plan.txt"]
        );
        assert_eq!(names(format!("{at}/P")), ["photos", "Plan.txt"]);
        assert_eq!(names(format!("{at}/.h")), [".hidden"]);
        assert_eq!(names(format!("{at}/none/")), Vec::<String>::new());
        let photos = list(&format!("{at}/ph")).remove(0);
        assert_eq!((photos.path, photos.size), (format!("{at}/photos/"), None));
    }

    #[test]
    fn a_path_is_typed_with_or_without_quotes() {
        assert_eq!(typed(" /a b/c.pdf "), PathBuf::from("/a b/c.pdf"));
        assert_eq!(typed("'/a b/c.pdf'"), PathBuf::from("/a b/c.pdf"));
        let home = directories::UserDirs::new().unwrap();
        assert_eq!(typed("~/c.pdf"), home.home_dir().join("c.pdf"));
    }
}
