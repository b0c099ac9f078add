//! What a terminal is told when it is taken, and the way back from all of it.

use crossterm::cursor::{SetCursorStyle, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags,
    PushKeyboardEnhancementFlags,
};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use frontdesk_ui::effect::MouseUse;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours, so that giving it back twice is giving it back once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal.
pub(super) fn take(mouse: MouseUse) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let set_up = || {
        let mut out = io::stdout().lock();
        queue!(
            out,
            EnterAlternateScreen,
            EnableBracketedPaste,
            EnableFocusChange,
            // Terminals that know better tell Ctrl-Enter from Enter; the others ignore this.
            PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
        )?;
        if mouse == MouseUse::Ours {
            queue!(out, EnableMouseCapture)?;
        }
        out.flush()
    };
    set_up().inspect_err(|_| restore())
}

/// Gives the terminal back as it was. Errors have nowhere to go: the terminal itself is what
/// fails.
pub(crate) fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout().lock();
    drop(execute!(
        out,
        DisableMouseCapture,
        PopKeyboardEnhancementFlags,
        DisableFocusChange,
        DisableBracketedPaste,
        SetTitle(""),
        ResetColor,
        SetCursorStyle::DefaultUserShape,
        LeaveAlternateScreen,
        Show,
    ));
    drop(disable_raw_mode());
}

pub(super) fn set_mouse(mouse: MouseUse) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match mouse {
        MouseUse::Ours => execute!(out, EnableMouseCapture),
        MouseUse::Terminals => execute!(out, DisableMouseCapture),
    }
}

pub(super) fn set_title(title: &str) -> io::Result<()> {
    execute!(io::stdout().lock(), SetTitle(title))
}

pub(super) fn send(sequence: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(sequence.as_bytes())?;
    out.flush()
}
