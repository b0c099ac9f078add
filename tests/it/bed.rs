//! A server with a small example desk, a line to it that can break, and a home folder for the
//! program.

use frontdesk_protocol::time::Timestamp;
use frontdesk_server::config::{Config, Networks, folder};
use frontdesk_server::seed::{self, SeedOptions};
use frontdesk_server::server::{self, Running};
use frontdesk_testkit::{Chaos, Desk, LaterClock};
use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// How many conversations the desk has had.
pub(crate) const CONVERSATIONS: usize = 30;

/// A colleague of whoever [`Bed::signed_in`] signs in.
pub(crate) const TOMAS: &str = "tomas@northlight.example";

pub(crate) struct Bed {
    /// Where there is one, everybody but colleagues comes through it.
    line: Option<Chaos>,
    runtime: Runtime,
    running: Option<Running>,
    address: SocketAddr,
    /// Where the program reaches the server.
    pub(crate) server: String,
    pub(crate) home: TempDir,
    data: TempDir,
    around: Around,
    /// What the server takes for the time.
    clock: Arc<LaterClock>,
}

/// What the server may reach.
#[derive(Default)]
struct Around {
    /// Where a model is, if there is one.
    model: String,
    /// The networks that may be called although they are not public.
    allowed: Vec<&'static str>,
}

/// Another user of the program, with a home of their own.
pub(crate) struct Colleague {
    home: TempDir,
}

impl Colleague {
    /// Where everything of theirs lies.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs the program, which must succeed.
    pub(crate) fn out(&self, args: &[&str]) -> String {
        let ran = Bed::run_in(self.home.path(), args, "");
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran.out
    }
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Bed {
    /// A desk that nobody is signed in to.
    pub(crate) fn new() -> Self {
        Self::among(Around::default())
    }

    /// A desk that Maya is signed in to, whose server may call this machine.
    pub(crate) fn calling() -> Self {
        let around = Around {
            allowed: vec!["127.0.0.0/8"],
            ..Around::default()
        };
        Self::among(around).and_signed_in(seed::EMAIL)
    }

    /// A desk that Maya is signed in to, whose server asks the model at this address.
    pub(crate) fn with_model(url: &str) -> Self {
        let around = Around {
            model: url.to_owned(),
            ..Around::default()
        };
        Self::among(around).and_signed_in(seed::EMAIL)
    }

    fn among(around: Around) -> Self {
        let runtime = Runtime::new().unwrap();
        let clock = Arc::new(LaterClock::default());
        let data = TempDir::new().unwrap();
        folder::prepare(data.path()).unwrap();
        let now = Timestamp::parse("2026-11-20T12:00:00Z").unwrap();
        let running = runtime.block_on(async {
            let running = serve(data.path(), "127.0.0.1:0", &around, &clock).await;
            let options = SeedOptions {
                conversations: CONVERSATIONS,
                ..SeedOptions::new(now)
            };
            seed::seed(running.db(), options).await.unwrap();
            running
        });
        let address = running.address();
        Self {
            line: None,
            runtime,
            running: Some(running),
            address,
            server: format!("http://{address}"),
            home: TempDir::new().unwrap(),
            data,
            around,
            clock,
        }
    }

    /// A desk that Maya is signed in to.
    pub(crate) fn signed_in() -> Self {
        Self::new().and_signed_in(seed::EMAIL)
    }

    /// A desk that Maya is signed in to, at the end of a line that can break.
    pub(crate) fn behind_a_line() -> Self {
        Self::behind_the_line_of(seed::EMAIL)
    }

    /// The same for somebody else.
    pub(crate) fn behind_the_line_of(email: &str) -> Self {
        let mut bed = Self::new();
        let line = bed.block_on(async { Chaos::before(bed.address) });
        bed.server = format!("http://{}", line.address());
        bed.line = Some(line);
        bed.and_signed_in(email)
    }

    fn and_signed_in(self, email: &str) -> Self {
        let ran = self.sign_in(email, seed::PASSWORD);
        assert_eq!(ran.code, 0, "{ran:?}");
        self
    }

    pub(crate) fn sign_in(&self, email: &str, password: &str) -> Ran {
        sign_in(self.home.path(), &self.server, email, password)
    }

    /// Lets time pass on the server.
    pub(crate) fn skip_seconds(&self, seconds: i64) {
        self.clock.skip_seconds(seconds);
    }

    /// The line to the server.
    pub(crate) fn line(&self) -> &Chaos {
        self.line.as_ref().unwrap()
    }

    /// Waits for something.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// What somebody can do on the server without the program and its line.
    pub(crate) fn api(&self, email: &str) -> Desk {
        let url = format!("http://{}", self.address);
        self.block_on(Desk::of(&url, email, seed::PASSWORD))
    }

    /// The server's own database, to put into it what the server itself would never keep.
    pub(crate) fn database(&self) -> PathBuf {
        self.data.path().join("frontdesk.sqlite3")
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        Self::run_in(self.home.path(), args, input)
    }

    /// Runs the program with another home.
    pub(crate) fn run_in(home: &Path, args: &[&str], input: &str) -> Ran {
        let mut child = command(home, args).spawn().unwrap();
        // A program that does not read its input may close it first.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        Ran::of(&child.wait_with_output().unwrap())
    }

    /// Runs the program, which must succeed, and gives what it printed.
    pub(crate) fn out(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran.out
    }

    /// Somebody else who is signed in to the same desk.
    pub(crate) fn colleague(&self, email: &str, password: &str) -> Colleague {
        let home = TempDir::new().unwrap();
        let server = format!("http://{}", self.address);
        let ran = sign_in(home.path(), &server, email, password);
        assert_eq!(ran.code, 0, "{ran:?}");
        Colleague { home }
    }

    pub(crate) fn tokens_file(&self) -> PathBuf {
        self.home.path().join("tokens.json")
    }

    /// Starts the server again, where it was.
    pub(crate) fn start_server(&mut self) {
        let address = self.address.to_string();
        let started = serve(self.data.path(), &address, &self.around, &self.clock);
        self.running = Some(self.runtime.block_on(started));
    }

    /// Stops the server.
    pub(crate) fn stop_server(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}

impl Drop for Bed {
    fn drop(&mut self) {
        self.stop_server();
    }
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

/// Signs in from this home.
fn sign_in(home: &Path, server: &str, email: &str, password: &str) -> Ran {
    let args = [
        "login",
        "--server",
        server,
        "--email",
        email,
        "--password-stdin",
    ];
    Bed::run_in(home, &args, &format!("{password}\n"))
}

async fn serve(data: &Path, address: &str, around: &Around, clock: &Arc<LaterClock>) -> Running {
    let listener = TcpListener::bind(address).await.unwrap();
    let mut config = Config {
        data: data.to_owned(),
        ..Config::default()
    };
    around.model.clone_into(&mut config.ai.base_url);
    config.outgoing.allow = Networks::of(&around.allowed).unwrap();
    // One after the other, so that a test can tell in which order.
    config.ai.at_once = 1;
    let clock = Arc::<LaterClock>::clone(clock);
    server::start_at(config, listener, clock).await.unwrap()
}

/// The program with everything of its own in `home`.
pub(crate) fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command
        .args(args)
        .env_clear()
        .env("FRONTDESK_HOME", home)
        .env("FRONTDESK_KEEP_TOKENS", "file")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
