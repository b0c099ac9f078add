//! Frontdesk's server: the REST surface, the channels, and what runs behind them.

pub mod channels;
pub mod failure;
pub mod secret;
pub mod tasks;
