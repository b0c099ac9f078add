//! Frontdesk's channels to the outside: pure functions from and to what other services speak,
//! without I/O.

pub mod email;
pub mod verify;
