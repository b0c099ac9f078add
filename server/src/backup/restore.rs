//! Makes a data folder out of a backup, or only sees whether it could.

use super::archive::{sync_folder, upload};
use super::manifest::Manifest;
use super::unpack::unpack;
use super::{BackupError, DATABASE, at};
use crate::config::folder;
use frontdesk_db::carry::{self, Survey};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that was made from a backup and looked at. Unless it is kept it goes.
#[derive(Debug)]
pub struct Checked {
    folder: Option<PathBuf>,
    into: PathBuf,
    pub manifest: Manifest,
}

impl Checked {
    /// The folder as it is now, for whatever must be done before it is kept.
    fn folder(&self) -> &Path {
        self.folder.as_deref().unwrap_or(&self.into)
    }

    /// The database in it.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder().join(DATABASE)
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// When there is something of this name by now.
    pub fn keep(mut self) -> Result<(), BackupError> {
        fs::rename(self.folder(), &self.into).map_err(at(&self.into))?;
        self.folder = None;
        sync_folder(&self.into)
    }
}

impl Drop for Checked {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder
            && let Err(error) = fs::remove_dir_all(folder)
        {
            tracing::warn!(%error, "a folder that nobody needs stays on the disk");
        }
    }
}

/// Takes a backup apart beside `into` and looks at everything in it: checksums, pages, references,
/// numbers, files.
///
/// # Errors
/// When there is something in `into`, when the backup is not whole, or when anything in it is
/// wrong; then nothing is left behind.
pub fn restore(backup: &Path, into: &Path) -> Result<Checked, BackupError> {
    if into.exists() && fs::read_dir(into).map_err(at(into))?.next().is_some() {
        return Err(BackupError::NotEmpty {
            path: into.to_owned(),
        });
    }
    let name = into.file_name().unwrap_or_default().to_string_lossy();
    let aside = into.with_file_name(format!(".{name}.{}.restoring", std::process::id()));
    fs::create_dir(&aside).map_err(at(&aside))?;
    let mut checked = Checked {
        folder: Some(aside.clone()),
        into: into.to_owned(),
        manifest: Manifest::default(),
    };
    folder::prepare(&aside).map_err(|error| BackupError::Problems(vec![error.to_string()]))?;
    checked.manifest = unpack(backup, &aside)?;
    let database = checked.database();
    if !checked.manifest.search_included {
        carry::index_again(&database)?;
    }
    let survey = carry::survey(&database)?;
    let mut problems = carry::problems(&database)?;
    problems.extend(checked.manifest.unlike(&survey));
    problems.extend(lost(&aside, &checked.manifest, &survey));
    if problems.is_empty() {
        Ok(checked)
    } else {
        Err(BackupError::Problems(problems))
    }
}

/// Uploads that the database knows and that are not there in their full length, other than those
/// that were not there when the backup was made. What is in a bucket is not looked for.
fn lost(folder: &Path, manifest: &Manifest, survey: &Survey) -> Vec<String> {
    let mut problems = Vec::new();
    if manifest.bucket.is_some() {
        return problems;
    }
    for file in &survey.files {
        let (name, path) = upload(folder, file);
        let bytes = path.metadata().ok().map(|it| it.len());
        let whole = bytes.and_then(|bytes| i64::try_from(bytes).ok()) == Some(file.size);
        if !whole && !manifest.missing.contains(&name) {
            problems.push(format!("{name} is not there, or shorter than it was"));
        }
    }
    problems
}
