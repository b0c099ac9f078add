//! What has not been sent when the agent leaves, and what is true of each kind of it: some goes
//! out by itself, some waits for the agent.

use crate::model::Model;
use crate::model::connection::Connection;
use frontdesk_inbox::{OutState, Queued};

/// What the agent should know about what has not been sent; nothing where all is said and done.
#[must_use]
pub fn unsent(model: &Model) -> Vec<String> {
    words(&model.outbox)
}

/// The same as it matters for leaving now: what only waits for the server to nod is on its way,
/// and safe in any case.
pub(crate) fn when_leaving(model: &Model) -> Vec<String> {
    let is_live = model.connection == Connection::Live;
    let is_leaving = |it: &&Queued| {
        let is_held = it.hold_until.is_some_and(|until| until > model.now);
        is_live && !is_held && it.state.is_shown_as_done()
    };
    words(model.outbox.iter().filter(|it| !is_leaving(it)))
}

fn words<'a>(outbox: impl IntoIterator<Item = &'a Queued>) -> Vec<String> {
    let (mut waiting, mut held, mut refused) = (0_usize, 0_usize, 0_usize);
    for it in outbox {
        match it.state {
            OutState::Waiting | OutState::Sending | OutState::Unsure => waiting += 1,
            OutState::Held { .. } => held += 1,
            OutState::Failed { .. } => refused += 1,
        }
    }
    let lines = [
        (
            waiting,
            "not been sent yet. Safe on this machine; goes out when Frontdesk is open and connected.",
        ),
        (
            held,
            "been held back, because somebody wrote meanwhile. Safe on this machine; not sent until you say so.",
        ),
        (
            refused,
            "been refused by the server. Kept on this machine; not sent until you try again.",
        ),
    ];
    let said = |(count, words): &(usize, &str)| match count {
        0 => None,
        1 => Some(format!("1 thing has {words}")),
        count => Some(format!("{count} things have {words}")),
    };
    lines.iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{desk, id};
    use frontdesk_inbox::{Command, IntentId};

    fn queued(state: OutState, hold_until: Option<i64>) -> Queued {
        let now = crate::testing::now();
        Queued {
            id: IntentId::random(),
            conversation_id: id(1),
            command: Command::Close,
            files: Vec::new(),
            made_at: now,
            hold_until: hold_until.map(|seconds| now.plus_seconds(seconds)),
            state,
        }
    }

    #[test]
    fn each_kind_is_told_as_it_is() {
        let mut model = desk(80, 24);
        model.outbox = vec![
            queued(OutState::Waiting, None),
            queued(OutState::Unsure, None),
            queued(OutState::Held { newer: Vec::new() }, None),
        ];
        let told = unsent(&model);
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("2 things have not been sent yet."));
        assert!(told[1].starts_with("1 thing has been held back,"));
        let reason = "no".to_owned();
        model.outbox = vec![queued(OutState::Failed { reason }, None)];
        assert!(unsent(&model)[0].starts_with("1 thing has been refused by the server."));
    }

    #[test]
    fn what_is_on_its_way_does_not_keep_anybody() {
        let mut model = desk(80, 24);
        model.connection = Connection::Live;
        model.outbox = vec![queued(OutState::Sending, None)];
        assert!(when_leaving(&model).is_empty());
        assert_eq!(unsent(&model).len(), 1);
        model.outbox.push(queued(OutState::Waiting, Some(8)));
        assert!(when_leaving(&model)[0].starts_with("1 thing has not been sent"));
    }
}
