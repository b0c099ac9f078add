//! The things that parts need from the machine, and how to tell whether they are there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::environment::{find_program, is_executable, is_root};

/// Something a part cannot do without. A C compiler is not among them: without one, Rust itself
/// links nothing, and this program would not run.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Need {
    Postgres,
    Node,
    Npm,
    Python,
    Strace,
    Faketime,
    Chromium,
    /// Servers and clients of mail.
    Mail,
    /// To make small file systems and to be another user.
    Root,
}

impl Need {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL server",
            Self::Node => "Node.js",
            Self::Npm => "npm",
            Self::Python => "Python 3 with venv",
            Self::Strace => "strace",
            Self::Faketime => "libfaketime",
            Self::Chromium => "Chromium and its driver",
            Self::Mail => "Dovecot, Postfix, dnsmasq, swaks and notmuch",
            Self::Root => "root's rights",
        }
    }

    /// The Debian packages that bring it.
    pub(crate) fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Postgres => &["postgresql"],
            Self::Node => &["nodejs"],
            Self::Npm => &["npm"],
            Self::Python => &["python3", "python3-venv"],
            Self::Strace => &["strace"],
            Self::Faketime => &["faketime"],
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Mail => &[
                "dovecot-imapd",
                "dovecot-lmtpd",
                "postfix",
                "dnsmasq-base",
                "swaks",
                "notmuch",
            ],
            Self::Root => &[],
        }
    }

    pub(crate) fn is_met(self) -> bool {
        match self {
            Self::Postgres => postgres_programs().is_some(),
            Self::Node => find_program("node").is_some(),
            Self::Npm => find_program("npm").is_some(),
            Self::Python => python().is_some(),
            Self::Strace => find_program("strace").is_some(),
            Self::Faketime => find_program("faketime").is_some(),
            Self::Chromium => ["chromium", "chromedriver"]
                .iter()
                .all(|program| find_program(program).is_some()),
            Self::Mail => ["dovecot", "postfix", "dnsmasq", "swaks", "notmuch"]
                .iter()
                .all(|program| find_program(program).is_some()),
            Self::Root => is_root(),
        }
    }
}

/// The folder with `initdb` and `postgres` of the newest server that is installed.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let debian = newest(installed.map(|version| version.path()));
    let on_path = find_program("initdb").and_then(|found| found.parent().map(Path::to_path_buf));
    debian
        .into_iter()
        .chain(on_path)
        .find(|folder| has_server(folder))
}

/// Debian names the folders after major versions.
fn newest(versions: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    versions
        .filter_map(|folder| Some((folder.file_name()?.to_str()?.parse::<u32>().ok()?, folder)))
        .max()
        .map(|(_, folder)| folder.join("bin"))
}

fn has_server(folder: &Path) -> bool {
    ["initdb", "postgres"]
        .iter()
        .all(|program| is_executable(&folder.join(program)))
}

/// A Python 3 that can make virtual environments. Debian's own comes second: the user's is nearer.
pub(crate) fn python() -> Option<PathBuf> {
    find_program("python3")
        .into_iter()
        .chain([PathBuf::from("/usr/bin/python3")])
        .find(|python| makes_environments(python))
}

fn makes_environments(python: &Path) -> bool {
    Command::new(python)
        .args(["-c", "import venv, ensurepip"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_the_highest_number() {
        let folders = ["/pg/9", "/pg/15", "/pg/readme"].map(PathBuf::from);
        assert_eq!(newest(folders.into_iter()), Some("/pg/15/bin".into()));
        assert_eq!(newest(std::iter::empty()), None);
    }

    #[test]
    fn a_folder_without_a_server_is_no_server() {
        assert!(!has_server(Path::new("/")));
    }

    #[test]
    fn a_program_that_is_not_there_makes_no_environments() {
        assert!(!makes_environments(Path::new("/no/such/python3")));
    }
}
