//! The client program: everything in it that touches the network, files, the clock and the
//! terminal. What things look like is decided in `frontdesk-ui`, what is remembered between runs
//! is kept by `frontdesk-store`.

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod environment;
pub mod error;
pub mod net;
pub mod output;
pub mod secret;
pub mod secrets;
mod sign_in;
mod stop;
