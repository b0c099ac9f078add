//! What kind of mail it is, which decides whether anything may answer it.

use super::inbound::{Inbound, Mailbox, Sign};
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
    let from_us = writer(mail, ours).is_some_and(|from| is_ours(&from.address, ours));
    if from_us {
        return Nature::Loop;
    }
    if mail.signs.is_empty() {
        Nature::Person
    } else {
        Nature::Automatic(&mail.signs)
    }
}

/// Who wrote a mail. Forms on a site of ours send from an address of ours and name the customer in
/// Reply-To.
#[must_use]
pub fn writer<'m>(mail: &'m Inbound, ours: &[&str]) -> Option<&'m Mailbox> {
    let from = mail.from.as_ref();
    let by_form = mail.reply_to.as_ref().filter(|answers| {
        let from_us = from.is_none_or(|from| is_ours(&from.address, ours));
        from_us && !is_ours(&answers.address, ours)
    });
    by_form.or(from)
}

/// Whether an address is one of ours, with or without something behind a plus.
#[must_use]
pub fn is_ours(address: &str, ours: &[&str]) -> bool {
    let plain = address.split_once('@').map(|(local, domain)| {
        let local = local.split('+').next().unwrap_or(local);
        format!("{local}@{domain}")
    });
    ours.iter()
        .any(|known| *known == address || plain.as_deref() == Some(known))
}
