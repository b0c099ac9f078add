//! The program on a data folder of its own, as tests run it.

use crate::{Process, eventually};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The server's program, which cargo builds beside the tests of its crate.
fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().and_then(Path::parent).unwrap();
    folder.join("frontdesk-server")
}

/// A data folder and the program on it.
#[derive(Debug)]
pub struct Shell {
    pub folder: tempfile::TempDir,
    data: PathBuf,
    environment: Vec<(String, String)>,
    /// What runs the program, where something does.
    wrapper: Vec<String>,
}

/// What a command printed and ended with.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
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
    pub fn after(&self, word: &str) -> &str {
        let line = self.out.lines().find_map(|line| line.strip_prefix(word));
        line.unwrap_or_else(|| panic!("no {word} in {}", self.out))
            .trim()
    }
}

impl Default for Shell {
    fn default() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("desk");
        Self {
            folder,
            data,
            environment: Vec::new(),
            wrapper: Vec::new(),
        }
    }
}

impl Shell {
    /// A folder where nothing is yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With its data somewhere else.
    pub fn with_data_in(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            ..Self::new()
        }
    }

    /// With a variable that the program sees.
    #[must_use]
    pub fn knowing(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Below a program that runs others and becomes what it runs.
    #[must_use]
    pub fn under(mut self, wrapper: &[&str]) -> Self {
        self.wrapper = wrapper.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    pub fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// The program below the shell's own wrapper and these words.
    fn command(&self, wrapper: &[&str]) -> Command {
        let program = program();
        let own = self.wrapper.iter().map(OsStr::new);
        let more = wrapper.iter().map(OsStr::new);
        let mut words = own.chain(more).chain([program.as_os_str()]);
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .env_clear()
            .envs(self.environment.clone());
        command
    }

    /// Starts a command that waits for its standard input.
    pub fn begin(&self, arguments: &[&str]) -> Child {
        self.command(&[])
            .arg("--data")
            .arg(self.data())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs a command with something on standard input.
    pub fn with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self.begin(arguments);
        // A command that needs no input may have ended already.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        child.wait_with_output().unwrap().into()
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.with_input(arguments, "")
    }

    /// Runs a command that must succeed.
    pub fn ok(&self, arguments: &[&str]) -> Said {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
        said
    }

    /// A desk with an account in it.
    pub fn with_account() -> Self {
        let shell = Self::new();
        let said = shell.init(&[]);
        assert_eq!(said.code, 0, "{}", said.err);
        shell
    }

    pub fn init(&self, more: &[&str]) -> Said {
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
#[derive(Debug)]
pub struct Serving {
    child: Child,
    log: PathBuf,
    /// `http://` and where it listens.
    pub url: String,
}

impl Shell {
    /// Starts the server and waits until it says where it listens.
    pub fn serve(&self, more: &[&str]) -> Serving {
        let started = self.serve_under(&[], more);
        started.unwrap_or_else(|log| panic!("it did not start: {log}"))
    }

    /// The same below a program that runs others, which must become the server itself and not
    /// its parent; a server that ends before it listens leaves its log.
    pub fn serve_under(&self, wrapper: &[&str], more: &[&str]) -> Result<Serving, String> {
        // A file never fills up as a pipe does that nobody reads.
        let log = self.folder.path().join("log");
        let mut child = self
            .command(wrapper)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(self.data())
            .args(more)
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
            None => return Err(std::fs::read_to_string(&serving.log).unwrap()),
        }
        Ok(serving)
    }
}

impl Serving {
    /// The process.
    pub fn pid(&self) -> rustix::process::Pid {
        rustix::process::Pid::from_child(&self.child)
    }

    /// The same, to look at what it holds.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }

    /// Tells it to read its files again, as an init system does.
    pub fn hang_up(&self) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::HUP).unwrap();
    }

    /// Waits until there is something in its log.
    pub async fn logged(&self, words: &str) {
        eventually(|| async {
            let log = std::fs::read_to_string(&self.log).unwrap();
            log.contains(words).then_some(())
        })
        .await;
    }

    /// Waits until it has ended by itself, and says how and what it logged.
    pub fn wait(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        (code, std::fs::read_to_string(&self.log).unwrap())
    }

    /// Asks it to stop as an init system does, and says how it ended and what it logged.
    pub fn stop(mut self) -> (Option<i32>, String) {
        rustix::process::kill_process(self.pid(), rustix::process::Signal::TERM).unwrap();
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
