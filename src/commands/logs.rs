//! `frontdesk logs`: what this program noted of its own doing.

use crate::cli::Logs;
use crate::error::Error;
use crate::sign_in::Desk;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn run(desk: &Desk, args: &Logs) -> Result<(), Error> {
    let folder = desk.paths.log_folder();
    if args.path {
        return desk.output.each(&[folder.display().to_string()]);
    }
    let mut lines: Vec<String> = Vec::new();
    // A file a day, and the name says which: the newest is read first, until there is enough.
    for file in files(&folder)?.iter().rev() {
        let text = fs::read_to_string(file).map_err(|cause| Error::Log {
            file: file.clone(),
            cause,
        })?;
        let older: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.splice(0..0, older);
        if lines.len() >= args.limit {
            break;
        }
    }
    if lines.is_empty() {
        let words = format!("Nothing was noted yet in {}.", folder.display());
        return desk.output.words(&words);
    }
    let from = lines.len().saturating_sub(args.limit);
    desk.output.each(lines.get(from..).unwrap_or_default())
}

/// The files of the log, the oldest first.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |cause| Error::Log {
        file: folder.to_owned(),
        cause,
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(failed(cause)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|it| it == "log") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
