//! One file per use case, each "load, decide, write" inside a unit of work. Routes, channels,
//! timers and connectors call these; nothing else changes the desk.

pub mod accounts;
pub mod users;
