//! Clients without a screen against a real server in this process.

mod bed;
mod deeds;
mod follow;
mod send;
mod session;
