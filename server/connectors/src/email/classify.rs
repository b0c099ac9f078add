//! What kind of mail it is, which decides whether anything may answer it.

use super::inbound::{Inbound, Sign};
use super::report::Report;

/// What kind of mail it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature<'m> {
    /// Somebody wrote it.
    Person,
    /// A program wrote it: it is shown, and never answered by a program.
    Automatic(&'m [Sign]),
    /// It reports on a mail that was sent.
    Report(&'m Report),
    /// It claims to come from one of our own addresses.
    Loop,
}

/// Tells what kind of mail it is. `ours` are the addresses of the account's inboxes, in lower
/// case. A report comes first: it is automatic as well, and often from an address of ours.
#[must_use]
pub fn classify<'m>(mail: &'m Inbound, ours: &[&str]) -> Nature<'m> {
    if let Some(report) = &mail.report {
        return Nature::Report(report);
    }
    let from_us = mail
        .from
        .as_ref()
        .is_some_and(|from| ours.contains(&from.address.as_str()));
    if from_us {
        return Nature::Loop;
    }
    if mail.signs.is_empty() {
        Nature::Person
    } else {
        Nature::Automatic(&mail.signs)
    }
}
