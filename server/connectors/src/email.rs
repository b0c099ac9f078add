//! Email: one way from the bytes of a mail to what a conversation needs, whatever brought the mail;
//! and from what an agent wrote to the bytes of a mail. Nothing here answers, stores, fetches or sends.

mod attachment;
mod autoconfig;
mod body;
mod classify;
mod compose;
mod details;
mod flowed;
mod folder;
pub mod gmail;
mod headers;
pub mod hook;
mod html;
mod inbound;
mod parse;
mod providers;
mod quote;
mod report;
pub mod ses;
mod settings;
mod smtp;
pub mod thread;
mod unique;

pub use autoconfig::{Autoconfig, autoconfig, autoconfig_places};
pub use classify::{Nature, classify, is_ours, writer};
pub use compose::{Composed, Enclosed, Letter, Quoted, Writer, compose, message_id};
pub use details::{Details, may_answer};
pub use folder::folder_name;
pub use inbound::{Attachment, Body, Inbound, Mailbox, Shortfall, Sign};
pub use parse::{LARGEST_MAIL, MOST_DEPTH, MOST_PARTS, Unreadable, parse};
pub use providers::Provider;
pub use quote::{Split, split};
pub use report::{Action, Recipient, Report};
pub use settings::{Account, Mailboxes, Secrets, Security, Server, Settings, WayOut, is_address};
pub use smtp::{Meaning, Reply, Stage, meant};
pub use unique::{fingerprint, name};
