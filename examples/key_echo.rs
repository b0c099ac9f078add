//! What a key costs in the terminal while other things happen: from the key to the frame that shows it,
//! told by what stands on the screen and not by silence, so that it can be measured while drafts are
//! written and events come in.
//!
//!     key_echo HOME move [KEYS]     j and k in the list; shown when the place in the list has moved
//!     key_echo HOME write [KEYS]    letters into a reply that is never sent; shown when they are there
//!
//! HOME is the `FRONTDESK_HOME` of somebody who is signed in. The program lies one folder above this
//! one, as cargo leaves it. A key comes every 100 ms.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "this program measures, and fails where it stands"
)]

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

const COLUMNS: u16 = 160;
const ROWS: u16 = 45;

/// How long a frame may take before the measurement has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_KEYS: Duration = Duration::from_millis(100);

/// Letters that nobody writes to a support desk: the first of the runes, and how many there are.
const RUNE: u32 = 0x16A0;
const RUNES: u32 = 75;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(home), Some(what)) = (arguments.next(), arguments.next()) else {
        panic!("usage: key_echo HOME move|write [KEYS]");
    };
    let keys: u32 = arguments.next().map_or(100, |it| it.parse().unwrap());
    let mut window = Window::open(&home);
    window.until("the list", |screen| place(screen).is_some());
    window.settle();
    let took = match what.as_str() {
        "move" => moves(&mut window, keys),
        "write" => writes(&mut window, keys),
        other => panic!("{other:?} is neither move nor write"),
    };
    window.send("\x03");
    tell(&what, took);
}

fn moves(window: &mut Window, keys: u32) -> Vec<Duration> {
    let mut took = Vec::new();
    for key in 0..keys {
        let before = place(&window.screen());
        let key = if key % 2 == 0 { "j" } else { "k" };
        took.push(window.press(key, |screen| {
            let now = place(screen);
            now.is_some() && now != before
        }));
        window.rest(BETWEEN_KEYS);
    }
    took
}

fn writes(window: &mut Window, keys: u32) -> Vec<Duration> {
    window.press("r", |screen| screen.contains("^s send"));
    let mut took = Vec::new();
    for key in 0..keys {
        let rune = char::from_u32(RUNE + key % RUNES).unwrap();
        let there = |screen: &str| screen.matches(rune).count();
        let before = there(&window.screen());
        took.push(window.press(&rune.to_string(), |screen| there(screen) > before));
        window.rest(BETWEEN_KEYS);
    }
    // Nothing that was written is kept.
    window.send("\x15\x1b");
    took
}

/// Where in the list the selected conversation stands: the "7" of "7/812".
fn place(screen: &str) -> Option<u32> {
    let words = screen.split(|it: char| it.is_whitespace() || it == '│');
    words
        .filter_map(|word| word.split_once('/'))
        .filter(|(_, all)| !all.is_empty() && all.chars().all(|it| it.is_ascii_digit()))
        .find_map(|(at, _)| at.parse().ok())
}

fn tell(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    let line = format!(
        "{what}, {} keys to the frame that shows them: p50 {:.1} ms, p90 {:.1} ms, p99 {:.1} ms, most {:.1} ms\n",
        took.len(),
        at(50),
        at(90),
        at(99),
        at(100),
    );
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}

/// A terminal with the program in it.
struct Window {
    frames: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    keyboard: Box<dyn std::io::Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
}

impl Window {
    fn open(home: &str) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let program = std::env::current_exe().unwrap();
        let program = program.parent().unwrap().with_file_name("frontdesk");
        let mut command = CommandBuilder::new(program);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("FRONTDESK_HOME", home);
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let (sender, frames) = sync_channel(1_000);
        thread::spawn(move || {
            // The master lives as long as somebody reads.
            let _master = pair.master;
            let mut bytes = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            frames,
            parser: vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0),
            keyboard,
            child,
        }
    }

    fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// The time from a key until the screen is so.
    fn press(&mut self, key: &str, is_so: impl Fn(&str) -> bool) -> Duration {
        let began = Instant::now();
        self.send(key);
        self.until(key, is_so);
        began.elapsed()
    }

    fn until(&mut self, what: &str, is_so: impl Fn(&str) -> bool) {
        while !is_so(&self.screen()) {
            let Ok(bytes) = self.frames.recv_timeout(PATIENCE) else {
                panic!("waited for {what}:\n{}", self.screen());
            };
            self.parser.process(&bytes);
        }
    }

    /// Reads what comes, for so long.
    fn rest(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            if let Ok(bytes) = self.frames.recv_timeout(left) {
                self.parser.process(&bytes);
            }
        }
    }

    /// What is fetched at the start has come.
    fn settle(&mut self) {
        self.rest(Duration::from_secs(5));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
