//! The command lines of `initdb` and `postgres`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::settings;
use crate::environment::{find_program, is_root};

/// PostgreSQL's programs. They refuse to run as root, so root runs them as Debian's `postgres`.
#[derive(Debug)]
pub(super) struct Programs {
    folder: PathBuf,
}

impl Programs {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    pub(super) fn initdb(&self, data: &Path) -> Command {
        let mut command = self.unprivileged("initdb");
        command.args(settings::INITDB).arg("--pgdata").arg(data);
        command
    }

    pub(super) fn postgres(&self, data: &Path, port: u16) -> Command {
        let mut command = self.unprivileged("postgres");
        command
            .arg("-D")
            .arg(data)
            .arg("-k")
            .arg(data)
            .arg("-p")
            .arg(port.to_string());
        for setting in settings::POSTGRES {
            command.args(["-c", setting]);
        }
        command
    }

    /// A program that runs without root's rights and that the kernel ends when we are killed.
    ///
    /// Without setpriv, which every Debian has, an ordinary user's server still runs; only the
    /// kernel's help is missing.
    fn unprivileged(&self, program: &str) -> Command {
        let program = self.folder.join(program);
        let Some(setpriv) = find_program("setpriv") else {
            return in_root_folder(program);
        };
        let mut command = in_root_folder(setpriv);
        command.arg("--pdeathsig=QUIT");
        if is_root() {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        }
        command.arg("--").arg(program);
        command
    }
}

/// The current folder may be closed to the user the program runs as.
fn in_root_folder(program: PathBuf) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &Command) -> Vec<String> {
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn the_server_listens_on_the_loopback_and_in_its_own_folder_only() {
        let command = Programs::in_folder(Path::new("/pg/bin")).postgres(Path::new("/data"), 7);
        let words = words(&command).join(" ");
        assert!(
            words.contains("/pg/bin/postgres -D /data -k /data -p 7 "),
            "{words}"
        );
        assert!(words.contains("-c listen_addresses=127.0.0.1"), "{words}");
    }
}
