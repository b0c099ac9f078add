//! Chromedriver on a port of its own.

use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// How often one is started before it is given up.
const TRIES: usize = 5;

/// A running chromedriver. It and its browsers are a group of processes, which ends with the test,
/// however that ends.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) url: String,
    _group: Group,
    /// Kept open: a program that cannot say anything may end.
    _said: BufReader<ChildStdout>,
}

impl Driver {
    /// Whatever the browser keeps, it keeps in `home`.
    pub(crate) fn start(home: &Path) -> Self {
        Self::of(|| {
            let mut chromedriver = Command::new("chromedriver");
            chromedriver.arg("--port=0").env("HOME", home);
            chromedriver.env_remove("XDG_CONFIG_HOME");
            chromedriver
        })
    }

    /// Chromedriver takes a port that is free for IPv6 and ends where IPv4 has it in use already. So one that
    /// ends before it says its port is started anew, and takes another.
    fn of(program: impl Fn() -> Command) -> Self {
        let mut said = Vec::new();
        for _ in 0..TRIES {
            match Self::try_start(program()) {
                Ok(driver) => return driver,
                Err(lines) => said.extend(lines),
            }
        }
        panic!(
            "no driver told its port, {TRIES} times:\n{}",
            said.join("\n")
        );
    }

    /// A driver that listens, or what it said before it ended.
    fn try_start(mut program: Command) -> Result<Self, Vec<String>> {
        program.process_group(0);
        program.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut group = Group(program.spawn().unwrap());
        let mut said = BufReader::new(group.0.stdout.take().unwrap());
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if said.read_line(&mut line).unwrap() == 0 {
                return Err(lines);
            }
            let line = line.trim_end();
            if let Some((_, port)) = line.split_once("successfully on port ") {
                let url = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
                return Ok(Self {
                    url,
                    _group: group,
                    _said: said,
                });
            }
            lines.push(line.to_owned());
        }
    }
}

/// A process at the head of a group, all of which ends with it.
#[derive(Debug)]
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        let group = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            // It may have ended by itself, and then there is no group left to end.
            let _ended = kill_process_group(group, Signal::KILL);
        }
        self.0.wait().unwrap();
    }
}

/// A driver of a script's, which counts its starts in a file.
fn scripted(folder: &Path, script: &str) -> impl Fn() -> Command {
    let script = format!("echo >> \"$0\"; {script}");
    let count = folder.join("starts");
    move || {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(&script).arg(&count);
        shell
    }
}

#[test]
fn a_driver_without_a_port_is_started_anew() {
    let folder = tempfile::tempdir().unwrap();
    let script = "if [ $(wc -l < \"$0\") -lt 3 ]; then echo 'IPv4 port not available. Exiting...'; exit 1; fi; \
                  echo 'ChromeDriver was started successfully on port 4444.'; exec sleep infinity";
    let driver = Driver::of(scripted(folder.path(), script));
    assert_eq!(driver.url, "http://127.0.0.1:4444");
}

#[test]
#[should_panic(expected = "IPv4 port not available")]
fn a_driver_that_never_has_a_port_is_told_about() {
    let folder = tempfile::tempdir().unwrap();
    let script = "echo 'IPv4 port not available. Exiting...'; exit 1";
    drop(Driver::of(scripted(folder.path(), script)));
}
