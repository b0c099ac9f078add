//! What is sent next. Pure: the outbox asks, the network does.

use frontdesk_inbox::{OutState, Queued};
use frontdesk_protocol::time::Timestamp;

/// The next command of one conversation, out of all that wait in it in their order.
///
/// What may have arrived already is sent again before anything else, so that the server says. One
/// is sent at a time, and one that is still held back holds back what was done after it.
/// Words that were refused, or that have to be looked at again, hold back what would be said to
/// the customer after them, but nothing else: closing and assigning goes on.
pub(crate) fn next<'a>(
    queued: impl IntoIterator<Item = &'a Queued>,
    now: Timestamp,
) -> Option<&'a Queued> {
    let mut is_silenced = false;
    for it in queued {
        let is_said = it.command.is_sent_to_customer();
        match it.state {
            OutState::Sending => return None,
            OutState::Held { .. } | OutState::Failed { .. } => is_silenced |= is_said,
            OutState::Unsure => return Some(it),
            OutState::Waiting if is_said && is_silenced => {}
            OutState::Waiting if it.hold_until.is_some_and(|until| until > now) => return None,
            OutState::Waiting => return Some(it),
        }
    }
    None
}
