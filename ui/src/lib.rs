//! Frontdesk's screen logic: what is shown and in which words, widths and colours.
//!
//! Everything here is a pure function of its arguments. This crate knows no network, no files,
//! no terminal and no clock; whoever calls it brings those.

pub mod action;
pub mod cell;
pub mod channel;
mod connections;
pub mod effect;
pub mod event_line;
pub mod first_run;
pub mod glyph;
pub mod key;
pub mod keymap;
pub mod learning;
pub mod linear;
mod link;
pub mod list;
pub mod macros;
pub mod model;
pub mod msg;
pub mod own_command;
pub mod painted;
pub mod sources;
#[cfg(test)]
pub(crate) mod testing;
pub mod text_safe;
pub mod theme;
pub mod thread;
pub mod time_ago;
pub mod time_until;
mod title;
mod unsent;
pub mod update;
pub mod view;

pub use effect::Effect;
pub use model::Model;
pub use msg::Msg;
pub use title::title;
pub use unsent::unsent;
pub use update::{start, update};
pub use view::view;
