//! The client program: everything in it that touches the network, files, the clock and the
//! terminal. What things look like is decided in `frontdesk-ui`, what is remembered between runs
//! is kept by `frontdesk-store`.

mod app;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod environment;
pub mod error;
mod lent;
mod local;
pub mod logging;
mod looks;
pub mod net;
pub mod notify;
mod open;
pub mod output;
mod own_command;
mod paths;
pub mod secret;
pub mod secrets;
mod sign_in;
mod stop;
mod sync;
mod tasks;
mod terminal;
pub mod themes;

/// Makes a panic give the terminal back before it says what happened, so that the words can be
/// read and the shell is usable. Then the program ends, whichever part of it panicked.
pub fn restore_terminal_on_panic() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        terminal::restore();
        usual(panic);
        stop::after_panic();
    }));
}

/// Whether any part of the program has panicked.
#[must_use]
pub fn has_panicked() -> bool {
    stop::has_panicked()
}
