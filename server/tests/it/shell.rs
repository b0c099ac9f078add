//! The program on a data folder of its own, as tests run it.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

/// A data folder and the program on it.
pub(crate) struct Shell {
    pub(crate) folder: tempfile::TempDir,
}

/// What a command printed and ended with.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Said {
    /// The text after a word at the beginning of a line.
    pub(crate) fn after(&self, word: &str) -> &str {
        let line = self.out.lines().find_map(|line| line.strip_prefix(word));
        line.unwrap_or_else(|| panic!("no {word} in {}", self.out))
            .trim()
    }
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// Runs a command with something on standard input.
    pub(crate) fn with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = Command::new(env!("CARGO_BIN_EXE_frontdesk-server"))
            .arg("--data")
            .arg(self.data())
            .args(arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that needs no input may have ended already.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        child.wait_with_output().unwrap().into()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.with_input(arguments, "")
    }

    /// Runs a command that must succeed.
    pub(crate) fn ok(&self, arguments: &[&str]) -> Said {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
        said
    }

    /// A desk with an account in it.
    pub(crate) fn with_account() -> Self {
        let shell = Self::new();
        let said = shell.init(&[]);
        assert_eq!(said.code, 0, "{}", said.err);
        shell
    }

    pub(crate) fn init(&self, more: &[&str]) -> Said {
        let mut arguments = vec![
            "init",
            "--account",
            "Acme",
            "--email",
            "Ada@Acme.Test",
            "--password-stdin",
        ];
        arguments.extend(more);
        self.with_input(&arguments, "correct horse\n")
    }
}

/// A server that runs until it is told to stop, or until the test is over.
pub(crate) struct Serving {
    child: Child,
    log: PathBuf,
    /// `http://` and where it listens.
    pub(crate) url: String,
}

impl Shell {
    /// Starts the server and waits until it says where it listens.
    pub(crate) fn serve(&self, more: &[&str]) -> Serving {
        // A file never fills up as a pipe does that nobody reads.
        let log = self.folder.path().join("log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_frontdesk-server"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(self.data())
            .args(more)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut serving = Serving {
            child,
            log,
            url: String::new(),
        };
        let said = out.lines().next().map(Result::unwrap).unwrap_or_default();
        match said.strip_prefix("listening on ") {
            Some(url) => serving.url = url.to_owned(),
            None => panic!("{said} {}", std::fs::read_to_string(&serving.log).unwrap()),
        }
        serving
    }
}

impl Serving {
    /// Asks it to stop as an init system does, and says how it ended and what it logged.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let code = self.child.wait().unwrap().code();
        (code, std::fs::read_to_string(&self.log).unwrap())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
