//! Frontdesk's server: the REST surface, the channels, and what runs behind them.

pub mod channels;
pub mod config;
pub mod failure;
pub mod import;
pub mod lock;
pub mod secret;
pub mod tasks;
pub mod telemetry;
pub mod use_cases;
