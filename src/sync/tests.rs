//! Clients without a screen against a real server in this process.

mod bed;
mod follow;
mod send;
mod session;
