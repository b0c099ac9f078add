//! What comes from the terminal, as messages for the screen.

use super::ask::{Listening, ONE_PIECE, Sorted};
use crossterm::event::{
    Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use frontdesk_ui::Msg;
use frontdesk_ui::key::{Code, Key};
use frontdesk_ui::msg::{Focus, Mouse, MouseWhat};
use frontdesk_ui::theme::Ground;
use futures_util::{Stream, StreamExt as _};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use tokio::time::timeout;

/// What comes from a terminal, event by event.
type Events = Pin<Box<dyn Stream<Item = io::Result<Event>> + Send>>;

/// The stream of what is typed. Dropping it leaves the keyboard to somebody else.
pub(crate) struct Input {
    stream: Events,
    listening: Listening,
    /// What was held back and turned out to be typed.
    typed: VecDeque<Event>,
}

/// What came from the terminal.
#[derive(Debug)]
pub(crate) enum Heard {
    Event(Event),
    /// The answer to what it was asked.
    Ground(Ground),
}

impl Default for Input {
    fn default() -> Self {
        Self::of(EventStream::new())
    }
}

impl Input {
    /// What this stream brings.
    pub(crate) fn of(stream: impl Stream<Item = io::Result<Event>> + Send + 'static) -> Self {
        Self {
            stream: Box::pin(stream),
            listening: Listening::default(),
            typed: VecDeque::new(),
        }
    }

    /// From here on an answer of the terminal may come between the keys.
    pub(crate) fn expect_answer(&mut self) {
        self.listening = Listening::Asked;
    }

    /// Waits for what comes next; nothing when the terminal is gone. It may be dropped while it
    /// waits.
    pub(crate) async fn next(&mut self) -> Option<io::Result<Heard>> {
        loop {
            if let Some(event) = self.typed.pop_front() {
                return Some(Ok(Heard::Event(event)));
            }
            let event = if self.listening.is_within() {
                match timeout(ONE_PIECE, self.stream.next()).await {
                    Ok(event) => event?,
                    Err(_) => {
                        self.typed = self.listening.give_up();
                        continue;
                    }
                }
            } else {
                self.stream.next().await?
            };
            match event.map(|event| self.listening.sort(event)) {
                Err(error) => return Some(Err(error)),
                Ok(Sorted::Event(event)) => return Some(Ok(Heard::Event(event))),
                Ok(Sorted::Answer(ground)) => return Some(Ok(Heard::Ground(ground))),
                Ok(Sorted::Held | Sorted::Nothing) => {}
                Ok(Sorted::Typed(events)) => self.typed = events,
            }
        }
    }
}

/// What an event of the terminal means for the screen, if anything.
#[must_use]
pub(crate) fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Msg::Key),
        Event::Key(_) => None,
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize { width, height }),
        Event::FocusGained => Some(Msg::Focus(Focus::Gained)),
        Event::FocusLost => Some(Msg::Focus(Focus::Lost)),
        Event::Mouse(mouse) => mouse_of(mouse).map(Msg::Mouse),
    }
}

fn key_of(event: KeyEvent) -> Option<Key> {
    let has = |modifier| event.modifiers.contains(modifier);
    let mut key = Key {
        code: Code::Esc,
        ctrl: has(KeyModifiers::CONTROL),
        alt: has(KeyModifiers::ALT),
        shift: has(KeyModifiers::SHIFT),
    };
    key.code = match event.code {
        KeyCode::Char(c) => {
            // A capital letter is a letter of its own, and Ctrl knows no capitals.
            key.shift = false;
            Code::Char(if key.ctrl { c.to_ascii_lowercase() } else { c })
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            key.shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(key)
}

fn mouse_of(event: MouseEvent) -> Option<Mouse> {
    let what = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseWhat::Click,
        MouseEventKind::Drag(MouseButton::Left) => MouseWhat::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseWhat::LetGo,
        MouseEventKind::ScrollUp => MouseWhat::WheelUp,
        MouseEventKind::ScrollDown => MouseWhat::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        what,
        column: event.column,
        row: event.row,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: KeyCode, modifiers: KeyModifiers) -> String {
        key_of(KeyEvent::new(code, modifiers)).map_or_else(String::new, |key| key.to_string())
    }

    #[test]
    fn keys_have_one_name_whatever_sends_them() {
        let (none, ctrl, shift) = (
            KeyModifiers::NONE,
            KeyModifiers::CONTROL,
            KeyModifiers::SHIFT,
        );
        assert_eq!(read(KeyCode::Char('j'), none), "j");
        assert_eq!(read(KeyCode::Char('J'), shift), "J");
        assert_eq!(read(KeyCode::Char('S'), ctrl | shift), "^s");
        assert_eq!(read(KeyCode::BackTab, shift), "shift-Tab");
        assert_eq!(read(KeyCode::Enter, KeyModifiers::ALT), "alt-Enter");
        assert_eq!(read(KeyCode::CapsLock, none), "");
    }

    #[test]
    fn letting_go_of_a_key_is_no_key() {
        let mut event = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert!(message(Event::Key(event)).is_none());
    }
}
