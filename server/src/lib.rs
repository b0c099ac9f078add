//! Frontdesk's server: the REST surface, the channels, and what runs behind them.

mod accept;
pub mod app;
mod backend;
pub mod backup;
pub mod channels;
pub mod cli;
pub mod config;
mod export;
pub mod failure;
mod files;
pub mod http;
pub mod import;
mod limits;
pub mod lock;
pub mod outgoing;
mod pages;
mod publish;
pub mod secret;
pub mod seed;
pub mod server;
pub mod tasks;
pub mod telemetry;
mod timers;
pub mod tls;
pub mod use_cases;
pub mod vault;
pub mod work;
