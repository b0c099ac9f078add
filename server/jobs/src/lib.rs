//! Background work. The scan is the truth and the nudge a hint: a piece of work looks by itself
//! for what is due, now and then and when it is nudged, so a lost nudge costs waiting only.
//!
//! This crate knows no SQL, no HTTP and no desk: what to do comes from outside.

mod periodic;

pub use periodic::Periodic;
