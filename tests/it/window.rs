//! The program in a terminal of its own: keys go in, a screen comes out.

use parking_lot::Mutex;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long anything may take before a test has failed. Machines are slow at times.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_frontdesk");

/// A terminal with the program in it.
pub(crate) struct Window {
    parser: Arc<Mutex<Seen>>,
    keyboard: Box<dyn Write + Send>,
    pty: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
}

impl Window {
    /// Runs the program in a terminal of this many columns and rows.
    pub(crate) fn open(home: &Path, args: &[&str], columns: u16, rows: u16) -> Self {
        Self::open_with(home, args, &[], columns, rows)
    }

    /// The same with more of an environment.
    pub(crate) fn open_with(
        home: &Path,
        args: &[&str],
        variables: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let mut words = vec![PROGRAM];
        words.extend(args);
        Self::running(home, &words, variables, columns, rows)
    }

    /// Runs what a shell makes of this script; the program is its `$0`.
    pub(crate) fn script(home: &Path, script: &str) -> Self {
        let words = ["/bin/sh", "-c", script, PROGRAM];
        Self::running(home, &words, &[], 120, 35)
    }

    fn running(
        home: &Path,
        words: &[&str],
        variables: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::from_argv(words.iter().map(Into::into).collect());
        command.env_clear();
        let usual = [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("FRONTDESK_KEEP_TOKENS", "file"),
            ("PATH", "/usr/bin:/bin"),
        ];
        for (name, value) in usual.iter().chain(variables) {
            command.env(name, value);
        }
        command.env("FRONTDESK_HOME", home);
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let parser = Arc::new(Mutex::new(Seen {
            parser: vt100::Parser::new(some(rows), some(columns), 0),
            raw: Vec::new(),
        }));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&parser);
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let mut seen = seen.lock();
                seen.parser.process(&bytes[..count]);
                seen.raw.extend_from_slice(&bytes[..count]);
            }
        });
        Self {
            parser,
            keyboard: pair.master.take_writer().unwrap(),
            pty: pair.master,
            child,
        }
    }

    /// Types, as a keyboard would send it.
    pub(crate) fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Pastes, as a terminal does that brackets what is pasted.
    pub(crate) fn paste(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Narrows the inbox to the one conversation with these words, and waits for it.
    pub(crate) fn find(&mut self, words: &str) {
        // In a thread the line would look for words there.
        self.send("gi/");
        self.wait_for("whole view");
        // What narrows the list already stands in the line.
        self.send(&format!("\x15{words}"));
        self.wait_for(&format!("only {words} "));
        self.send("\r");
        self.wait("the one conversation", |screen| {
            screen.contains(words) && screen.contains("1/1")
        });
    }

    /// Leaves what is being typed; it is kept.
    pub(crate) fn keep_text(&mut self) {
        self.wait_for("^s send");
        self.send("\x1b");
        self.wait_gone("^s send");
    }

    /// Sends what is in the composer, and does not wait for the time in which it can be undone.
    pub(crate) fn send_text(&mut self) {
        self.send("\x13");
        self.wait_for("Sending in");
        self.send("\x13");
        self.wait_gone("Sending in");
    }

    /// Leaves the program by its own key and waits until it has ended well.
    pub(crate) fn leave(mut self) {
        self.send("\x03");
        assert_eq!(self.ended(), 0);
    }

    /// The same while something waits that could not be sent, which is asked about.
    pub(crate) fn leave_with_something_unsent(mut self) {
        self.send("\x03");
        self.wait_for("Quit now?");
        self.send("y");
        assert_eq!(self.ended(), 0);
    }

    /// Ends the process at once, without a word.
    pub(crate) fn kill(mut self) {
        signal("KILL", self.process());
        self.ended();
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> String {
        self.parser.lock().parser.screen().contents()
    }

    /// Everything the program has sent.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.parser.lock().raw.clone()
    }

    /// Whether the program has the alternate screen.
    pub(crate) fn has_screen(&self) -> bool {
        self.parser.lock().parser.screen().alternate_screen()
    }

    /// Whether the terminal reads lines, as it did before the program took it.
    pub(crate) fn is_cooked(&self) -> bool {
        let modes = self.pty.get_termios().unwrap().local_flags;
        let modes = format!("{modes:?}");
        modes.contains("ICANON") && modes.contains("ECHO")
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn wait(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let waited_for = || format!("{what}:\n{}", self.screen());
        wait_until(waited_for, || is_so(&self.screen()));
    }

    /// Waits until these words are on the screen.
    pub(crate) fn wait_for(&self, words: &str) {
        self.wait(words, |screen| screen.contains(words));
    }

    /// Waits until these words are no longer on the screen.
    pub(crate) fn wait_gone(&self, words: &str) {
        self.wait(&format!("{words} to go"), |screen| !screen.contains(words));
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.pty.resize(size(columns, rows)).unwrap();
        self.parser
            .lock()
            .parser
            .screen_mut()
            .set_size(some(rows), some(columns));
    }

    /// The number of the process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Whether the program has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits until the program has ended by itself, and says how.
    pub(crate) fn ended(&mut self) -> u32 {
        let mut waited = Duration::ZERO;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(waited < PATIENCE, "it does not end:\n{}", self.screen());
            thread::sleep(BETWEEN_LOOKS);
            waited += BETWEEN_LOOKS;
        }
    }
}

/// Waits until something is so.
pub(crate) fn wait_until(what: impl Fn() -> String, mut is_so: impl FnMut() -> bool) {
    let mut waited = Duration::ZERO;
    while !is_so() {
        assert!(waited < PATIENCE, "waited for {}", what());
        thread::sleep(BETWEEN_LOOKS);
        waited += BETWEEN_LOOKS;
    }
}

/// Sends a signal to a process.
pub(crate) fn signal(name: &str, process: u32) {
    let sent = Command::new("kill")
        .args(["-s", name, &process.to_string()])
        .status();
    assert!(sent.unwrap().success(), "{name} to {process}");
}

impl Drop for Window {
    fn drop(&mut self) {
        // One that has ended already cannot be killed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn some(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}
