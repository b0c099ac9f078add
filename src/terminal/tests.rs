//! A panic gives the terminal back, seen from outside: in a terminal and a process of its own.

use super::Screen;
use crate::environment::Environment;
use frontdesk_ui::effect::MouseUse;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Read as _;
use std::num::NonZero;
use std::thread;

/// Set in the process that is to panic.
const PANICS: &str = "FRONTDESK_TEST_PANICS";

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    if Environment::of_process().get(PANICS).is_some() {
        crate::restore_terminal_on_panic();
        let _screen = Screen::take(MouseUse::Ours).unwrap();
        panic!("something that cannot be");
    }
    let size = PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let modes = || format!("{:?}", pair.master.get_termios().unwrap());
    let before = modes();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    let name = "terminal::tests::a_panic_gives_the_terminal_back_and_can_be_read";
    command.args([name, "--exact", "--nocapture"]);
    command.env(PANICS, "yes");
    command.env("TERM", "xterm-256color");
    command.env("RUST_BACKTRACE", "0");
    let mut child = pair.slave.spawn_command(command).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let reading = thread::spawn(move || {
        let (mut sent, mut bytes) = (Vec::new(), [0; 4_096]);
        // A terminal that nobody has any more ends with an error.
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            sent.extend_from_slice(&bytes[..count]);
        }
        sent
    });
    assert!(!child.wait().unwrap().success());
    assert_eq!(modes(), before);
    drop(pair.slave);
    let sent = reading.join().unwrap();
    let text = String::from_utf8_lossy(&sent);
    assert!(text.contains("\x1b[?1049h"), "it had the screen: {text}");
    let mut seen = vt100::Parser::new(cells(24), cells(80), 0);
    seen.process(&sent);
    let screen = seen.screen();
    assert!(
        screen.contents().contains("something that cannot be"),
        "{text}"
    );
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}
