//! A private PostgreSQL for one run of the tests.
//!
//! It listens on the loopback alone, on a port nobody uses, keeps its files in a temporary folder and
//! ends with us however we end: by the end of its scope, or, where we are killed, by the signal that
//! the kernel then sends it. It never touches a server that the machine already runs.

mod program;
mod settings;

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::interrupt::Interrupt;
use crate::{report, run};
use program::Programs;

const FOLDER_PREFIX: &str = "frontdesk-pg-";
const POLL: Duration = Duration::from_millis(50);
/// Between our choice of a port and the server's use of it, another program may take it.
const ATTEMPTS: u32 = 3;

/// A running server; dropping it ends it and removes its files.
#[derive(Debug)]
pub(crate) struct Cluster {
    server: Child,
    port: u16,
    /// Dropped last, when the server has let go of its files.
    _folder: Folder,
}

impl Cluster {
    /// Makes and starts a server whose log goes to `log`.
    ///
    /// Must be called from the main thread: the kernel ties the server's life to the thread that
    /// starts it.
    pub(crate) fn start(
        interrupt: &Interrupt,
        programs: &Path,
        log: &Path,
    ) -> Result<Self, String> {
        remove_leftovers(&std::env::temp_dir());
        let programs = Programs::in_folder(programs);
        let folder = Folder::new();
        run::succeed(interrupt, programs.initdb(&folder.0).stdout(Stdio::null()))?;
        let (server, port) = start_server(interrupt, &programs, &folder.0, log)?;
        Ok(Self {
            server,
            port,
            _folder: folder,
        })
    }

    /// Where tests reach it, as a superuser: they make databases of their own.
    pub(crate) fn url(&self) -> String {
        format!(
            "postgres://{}@127.0.0.1:{}/postgres",
            settings::SUPERUSER,
            self.port
        )
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        stop(&mut self.server);
    }
}

/// Ends the server at once. What it has not written to disk is about to be removed anyway.
fn stop(server: &mut Child) {
    if matches!(server.try_wait(), Ok(Some(_))) {
        return;
    }
    let ended = kill_process(Pid::from_child(server), Signal::QUIT)
        .map_err(io::Error::from)
        .and_then(|()| server.wait());
    if let Err(error) = ended {
        report::trouble(&format!("cannot end the private PostgreSQL: {error}"));
    }
}

fn start_server(
    interrupt: &Interrupt,
    programs: &Programs,
    data: &Path,
    log: &Path,
) -> Result<(Child, u16), String> {
    for _ in 0..ATTEMPTS {
        let port = free_port().map_err(|error| format!("no free port: {error}"))?;
        let output = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let mut server = programs
            .postgres(data, port)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(output)
            .spawn()
            .map_err(|error| format!("cannot start postgres: {error}"))?;
        match wait_until_ready(interrupt, &mut server, data) {
            Ok(Start::Ready) => return Ok((server, port)),
            Ok(Start::Ended) => {}
            Err(reason) => {
                stop(&mut server);
                return Err(reason);
            }
        }
    }
    let said = fs::read_to_string(log).unwrap_or_else(|error| error.to_string());
    Err(format!(
        "postgres did not start; {} says:\n{said}",
        log.display()
    ))
}

enum Start {
    Ready,
    Ended,
}

fn wait_until_ready(
    interrupt: &Interrupt,
    server: &mut Child,
    data: &Path,
) -> Result<Start, String> {
    loop {
        if interrupt.is_requested() {
            return Err("interrupted".to_owned());
        }
        let ended = server
            .try_wait()
            .map_err(|error| format!("cannot watch postgres: {error}"))?;
        if ended.is_some() {
            return Ok(Start::Ended);
        }
        // The file is missing for the first moments; later its lines grow.
        if fs::read_to_string(data.join("postmaster.pid")).is_ok_and(|lines| says_ready(&lines)) {
            return Ok(Start::Ready);
        }
        thread::sleep(POLL);
    }
}

/// The eighth line of `postmaster.pid` is the server's state; `pg_ctl` goes by it too.
fn says_ready(postmaster_pid: &str) -> bool {
    postmaster_pid
        .lines()
        .nth(7)
        .is_some_and(|state| state.trim() == "ready")
}

fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// The server's folder, removed at the end. It is in the temporary folder and not under `target`,
/// because the server's user must be able to reach it and a socket's path may have 107 bytes only.
#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("{FOLDER_PREFIX}{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                report::trouble(&format!("cannot remove {}: {error}", self.0.display()));
            }
            _ => {}
        }
    }
}

/// Removes what runs left behind that were killed.
fn remove_leftovers(temporary: &Path) {
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let owner = owner_of(&entry.file_name().to_string_lossy());
        if owner.is_some_and(|process| !Path::new("/proc").join(process.to_string()).exists()) {
            drop(Folder(entry.path()));
        }
    }
}

/// The number of the process that made the folder.
fn owner_of(folder_name: &str) -> Option<u32> {
    folder_name.strip_prefix(FOLDER_PREFIX)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readiness_is_in_the_eighth_line() {
        assert!(says_ready(
            "1\n/data\n0\n5432\n/tmp\n127.0.0.1\n5 6\nready   \n"
        ));
        assert!(!says_ready(
            "1\n/data\n0\n5432\n/tmp\n127.0.0.1\n5 6\nstarting\n"
        ));
        assert!(!says_ready("1\n/data\n"));
    }

    #[test]
    fn only_the_folders_of_dead_processes_are_leftovers() {
        let temporary = tempfile::tempdir().unwrap();
        let ours = temporary
            .path()
            .join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        let dead = temporary
            .path()
            .join(format!("{FOLDER_PREFIX}{}", u32::MAX));
        let foreign = temporary.path().join("frontdesk-pg-data");
        for folder in [&ours, &dead, &foreign] {
            fs::create_dir(folder).unwrap();
        }
        remove_leftovers(temporary.path());
        assert!(ours.exists() && foreign.exists());
        assert!(!dead.exists());
    }
}
