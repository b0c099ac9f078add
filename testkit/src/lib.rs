//! What Frontdesk's tests share: a real server in the same process, on either database, and
//! small clients for its two surfaces.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::missing_panics_doc,
    clippy::disallowed_methods,
    reason = "this crate is for tests only: it fails where it stands"
)]

mod chance;
mod chaos;
mod database;
mod desk;
mod eventually;
mod later_clock;
pub mod load;
mod mail_server;
mod model_server;
mod process;
mod receiver;
mod server;
mod shell;
mod small_disk;
mod socket;
pub mod twilio;

pub use chance::{Chance, setting};
pub use chaos::Chaos;
pub use database::{Engine, engines, fresh_postgres};
pub use desk::{Answer, Desk, PASSWORD};
pub use eventually::eventually;
pub use later_clock::LaterClock;
pub use mail_server::{MailServer, Says, Taken};
pub use model_server::{Answers, Asked, Means, ModelServer};
pub use process::Process;
pub use receiver::{Answer as Answered, Got, Receiver};
pub use server::{START, TestServer, http};
pub use shell::{Said, Serving, Shell};
pub use small_disk::SmallDisk;
pub use socket::Socket;
