//! Email as it comes in: one way from the bytes of a mail to what a conversation needs, whatever
//! brought the mail. Nothing here answers, stores or fetches.

mod attachment;
mod body;
mod classify;
mod headers;
mod html;
mod inbound;
mod parse;
mod quote;
mod report;
mod settings;
pub mod thread;

pub use classify::{Nature, classify};
pub use inbound::{Attachment, Body, Inbound, Mailbox, Shortfall, Sign};
pub use parse::{LARGEST_MAIL, MOST_DEPTH, MOST_PARTS, Unreadable, parse};
pub use quote::{Split, split};
pub use report::{Action, Recipient, Report};
pub use settings::{Secrets, Settings};
