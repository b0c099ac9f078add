//! What the machine gives: folder, key, disk, open files.

use super::Check;
use crate::config::key_file::KeySource;
use crate::config::{Config, DatabaseAt};
use rustix::process::{Resource, getrlimit};
use std::os::unix::fs::PermissionsExt;

const MEBIBYTE: u64 = 1024 * 1024;

/// Below this much room a desk should not be.
const LEAST_FREE: u64 = 512 * MEBIBYTE;

pub(super) fn folder(config: &Config) -> Check {
    let path = config.data.display();
    let Ok(found) = config.data.metadata() else {
        let words = format!("there is no {path}");
        return Check::bad(
            "folder",
            words,
            "make a desk with `frontdesk-server init`, or say where it is with --data",
        );
    };
    let mode = found.permissions().mode() & 0o777;
    if !found.is_dir() {
        let words = format!("{path} is not a folder");
        return Check::bad("folder", words, "name a folder with --data");
    }
    if mode & 0o077 != 0 {
        let words = format!("others may look into {path} (mode {mode:o})");
        return Check::bad("folder", words, format!("chmod 700 {path}"));
    }
    if rustix::fs::access(&config.data, rustix::fs::Access::WRITE_OK).is_err() {
        let words = format!("{path} cannot be written by this user");
        return Check::bad(
            "folder",
            words,
            "run as the server's user, or chown the folder to it",
        );
    }
    Check::good("folder", format!("{path}, for its owner alone"))
}

pub(super) fn key(config: &Config) -> Check {
    if let KeySource::Given(_) = config.secrets.key {
        return Check::good("key", "given by the configuration");
    }
    let file = config.key_file();
    if !file.path().exists() {
        let words = format!("{} is not there", file.path().display());
        return Check::bad(
            "key",
            words,
            "put it back from where you keep it; only a new desk makes a new one, with `init`",
        );
    }
    match file.load_or_create() {
        Ok(_) => Check::good(
            "key",
            "there, whole, and for its owner alone; keep a copy away from the backups",
        ),
        Err(error) => Check::bad(
            "key",
            error.to_string(),
            "restore it from where you keep it",
        ),
    }
}

pub(super) fn disk(config: &Config) -> Check {
    let found = match rustix::fs::statvfs(&config.data) {
        Ok(found) => found,
        Err(error) => {
            let words = format!(
                "the disk of {} cannot be asked ({error})",
                config.data.display()
            );
            return Check::bad("disk", words, "see that the folder is there");
        }
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let words = format!("{} MiB free", free / MEBIBYTE);
    let database = match &config.database.url {
        DatabaseAt::Sqlite(file) => config.data.join(file).metadata().map_or(0, |it| it.len()),
        DatabaseAt::Postgres(_) => 0,
    };
    if free < LEAST_FREE {
        return Check::bad("disk", words, "free some: a full disk stops every write");
    }
    if free < database {
        let words = format!("{words}, and the database has {} MiB", database / MEBIBYTE);
        return Check::note(
            "disk",
            words,
            "free some before an upgrade, which copies the database first",
        );
    }
    Check::good("disk", words)
}

pub(super) fn open_files(config: &Config) -> Check {
    let limit = getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX);
    let sockets = config.limits.sockets as u64;
    if limit < sockets {
        let words = format!("{limit} files may be open, and limits.sockets is {sockets}");
        return Check::note("files", words, "raise LimitNOFILE, or lower limits.sockets");
    }
    Check::good("files", format!("enough for {sockets} connections"))
}
