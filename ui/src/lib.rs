//! Frontdesk's screen logic: what is shown and in which words, widths and colours.
//!
//! Everything here is a pure function of its arguments. This crate knows no network, no files,
//! no terminal and no clock; whoever calls it brings those.

pub mod cell;
pub mod event_line;
pub mod glyph;
pub mod list;
pub mod painted;
pub mod text_safe;
pub mod theme;
pub mod thread;
pub mod time_ago;
