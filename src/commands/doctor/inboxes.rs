//! How the mailboxes, numbers and bots of the account are, for who may see them.

use super::{Check, Verdict};
use crate::clock;
use crate::sign_in::Agent;
use frontdesk_protocol::entity::{Connection, Data};
use frontdesk_protocol::kind::ConnectionState;
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use frontdesk_ui::time_ago::time_ago;

/// A line for each. Nobody but an admin may ask; a server that does not answer is told elsewhere.
pub(super) async fn all(agent: &mut Agent) -> Vec<Check> {
    let found = agent
        .api
        .get::<Data<Vec<Connection>>>("/api/v1/connections", &[])
        .await;
    let now = clock::now();
    found.map_or_else(
        |_| Vec::new(),
        |all| all.data.iter().map(|it| check(it, now)).collect(),
    )
}

fn check(it: &Connection, now: Timestamp) -> Check {
    let verdict = match it.state {
        ConnectionState::Working => Verdict::Good,
        _ => Verdict::Note,
    };
    Check {
        what: "inbox",
        verdict,
        words: line(it, now),
    }
}

/// How one of them is, in a line.
pub(in crate::commands) fn line(it: &Connection, now: Timestamp) -> String {
    let ago = |at: Option<UtcStamp>| at.map_or("never".to_owned(), |at| time_ago(at.0, now));
    let mut words = format!(
        "{} ({}) {}; last in {}, last out {}",
        it.name,
        it.kind,
        it.state,
        ago(it.came_at),
        ago(it.went_at)
    );
    if let Some(at) = it.consented_at {
        words.push_str(&format!(", let in by its owner {}", ago(Some(at))));
    }
    if it.failures > 0 {
        words.push_str(&format!("; {} tries failed in a row", it.failures));
    }
    if let Some(at) = it.next_try_at {
        words.push_str(&format!(", the next is at {}", at.0));
    }
    if let Some(why) = &it.reason {
        words.push_str(&format!(": {why}"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn connection(change: &serde_json::Value) -> Connection {
        let mut it = json!({ "object": "connection", "name": "Support", "kind": "email",
            "id": "5b0a3c1e-6d5a-4c8e-9a57-1f0f3f6f2b11",
            "inbox_id": "5b0a3c1e-6d5a-4c8e-9a57-1f0f3f6f2b12",
            "account_id": "5b0a3c1e-6d5a-4c8e-9a57-1f0f3f6f2b13", "settings": null,
            "state": "working", "reason": null, "failing_since": null, "checked_at": null,
            "worked_at": null, "failures": 0, "next_try_at": null, "came_at": null, "went_at": null,
            "created_at": "2026-11-20T10:00:00", "updated_at": "2026-11-20T10:00:00" });
        for (name, value) in change.as_object().unwrap() {
            it[name] = value.clone();
        }
        serde_json::from_value(it).unwrap()
    }

    #[test]
    fn a_mailbox_says_how_old_the_consent_of_its_owner_is() {
        let at = UtcStamp(NOW.plus_seconds(-12 * 24 * 3600));
        let words = check(&connection(&json!({ "consented_at": at })), NOW).words;
        assert!(words.ends_with(", let in by its owner 1w"), "{words}");
    }

    #[test]
    fn an_inbox_says_what_came_and_what_is_wrong() {
        let at = UtcStamp(NOW.plus_seconds(-180));
        let well = check(&connection(&json!({ "came_at": at })), NOW);
        assert_eq!(well.verdict, Verdict::Good);
        assert_eq!(
            well.words,
            "Support (email) working; last in 3m, last out never"
        );
        let ill = json!({ "state": "unauthorized", "failures": 2, "reason": "sign in again" });
        let ill = check(&connection(&ill), NOW);
        assert_eq!(ill.verdict, Verdict::Note);
        assert!(
            ill.words
                .ends_with("; 2 tries failed in a row: sign in again"),
            "{}",
            ill.words
        );
    }
}
