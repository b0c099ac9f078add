//! Frontdesk's channels to the outside: pure functions from and to what other services speak,
//! without I/O.

pub mod channel;
pub mod custom;
pub mod email;
mod multipart;
pub mod registry;
pub mod slack;
pub mod telegram;
pub mod twilio;
pub mod verify;
