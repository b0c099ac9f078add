//! Saving what customers sent: under a name that cannot do harm, and never over anything.

use crate::net::api::{Api, ApiError};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The longest name of a file.
const LONGEST: usize = 120;

/// Fetches an attachment into a folder and says where it lies.
pub(crate) async fn save(
    api: &mut Api,
    url: &str,
    filename: &str,
    folder: &Path,
) -> Result<PathBuf, ApiError> {
    let bytes = api.file(url).await?;
    write(folder, &clean(filename), &bytes).map_err(|error| ApiError::Refused(error.to_string()))
}

/// Writes into a new file; where the name is taken, a number is added.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    for number in 1..1_000 {
        let candidate = if number == 1 {
            name.to_owned()
        } else {
            format!("{stem} ({number}){ending}")
        };
        let path = folder.join(candidate);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => return file.write_all(bytes).map(|()| path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::Error::other(
        "there are too many files of this name",
    ))
}

/// A name that stays in its folder, is not hidden, and says nothing to a shell or a terminal.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let safe = frontdesk_ui::text_safe::line(last);
    let kept: String = safe
        .chars()
        .map(|c| match c {
            ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\0' => '_',
            c => c,
        })
        .take(LONGEST)
        .collect();
    let kept = kept.trim().trim_start_matches(['.', '-']).trim();
    if kept.is_empty() {
        "attachment".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_folder() {
        let table = [
            ("../../etc/passwd", "passwd"),
            ("C:\\boot.ini", "boot.ini"),
            (".bashrc", "bashrc"),
            ("-rf", "rf"),
            ("..", "attachment"),
            ("", "attachment"),
            ("a:b?.pdf", "a_b_.pdf"),
        ];
        for (name, cleaned) in table {
            assert_eq!(clean(name), cleaned);
        }
    }

    #[test]
    fn no_name_acts_on_who_lists_the_folder() {
        let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
        let unseen = ('\u{200b}'..='\u{200f}')
            .chain('\u{2028}'..='\u{202e}')
            .chain('\u{2060}'..='\u{2069}')
            .chain('\u{e0020}'..='\u{e007f}')
            .chain(['\u{ad}', '\u{61c}', '\u{3164}', '\u{feff}', '\u{fff9}']);
        let folder = tempfile::tempdir().unwrap();
        let mut acting = Vec::new();
        for c in controls.chain(unseen) {
            acting.push(c);
            let name = format!("a{c}[31mb{c}]0;title{c}.pdf");
            write(folder.path(), &clean(&name), b"1").unwrap();
        }
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(!name.contains(&acting[..]), "{name:?}");
        }
    }

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = write(folder.path(), "a.txt", b"1").unwrap();
        let second = write(folder.path(), "a.txt", b"2").unwrap();
        assert_eq!(second.file_name().unwrap(), "a (2).txt");
        assert_eq!(std::fs::read(first).unwrap(), b"1");
    }
}
