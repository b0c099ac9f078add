//! Cuts the sockets of those who lost their rights by another process: by a command beside a server
//! on PostgreSQL. What such a command does stands in the audit log, so the newest entries are looked
//! at every second. What somebody did through this server has cut its sockets already, and its entry
//! names who did it.

use crate::app::App;
use frontdesk_db::DbError;
use frontdesk_db::queries::audit;
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{AccountId, ApiKeyId, UserId};
use std::collections::HashMap;
use std::time::Duration;

const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Entries read at once.
const PAGE: i64 = 200;

/// How far each account's log has been read.
#[derive(Debug)]
pub(crate) struct Position(HashMap<AccountId, i64>);

impl Position {
    /// Nobody has a socket yet whose rights were lost before now.
    pub(crate) async fn now(app: &App) -> Result<Self, DbError> {
        let heads = app.db.read(audit::heads).await?;
        Ok(Self(heads.into_iter().collect()))
    }
}

/// Looks until the server stops.
pub(crate) async fn run(app: App, mut position: Position) {
    let stopping = app.tasks.stopping();
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = look.tick() => {}
        }
        if let Err(error) = turn(&app, &mut position).await {
            // The next look comes back to what was not read.
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "lost rights cannot be looked for"
            );
        }
    }
}

async fn turn(app: &App, position: &mut Position) -> Result<(), DbError> {
    for (account_id, newest) in app.db.read(audit::heads).await? {
        let read = position.0.entry(account_id).or_insert(0);
        while *read < newest {
            let after = *read;
            let page = app
                .db
                .read(move |conn| audit::onward(conn, account_id, after, PAGE))
                .await?;
            let Some(last) = page.last() else {
                // What was there has been pruned.
                *read = newest;
                break;
            };
            *read = last.n;
            for written in &page {
                match lost(&written.entry) {
                    Some(Lost::User(id)) => app.cut_user(id),
                    Some(Lost::Key(id)) => app.cut_key(id),
                    None => {}
                }
            }
        }
    }
    Ok(())
}

/// Whose rights are less than they were.
#[derive(Debug, PartialEq)]
enum Lost {
    User(UserId),
    Key(ApiKeyId),
}

/// What an entry says that a command did to somebody's rights.
fn lost(entry: &AuditEntry) -> Option<Lost> {
    if entry.user_id.is_some() {
        return None;
    }
    let (kind, id) = entry.subject.split_once(':')?;
    match (entry.action.as_str(), kind) {
        ("key.revoked", "key") => id.parse().ok().map(Lost::Key),
        (
            "user.disabled"
            | "user.archived"
            | "user.role"
            | "user.visibility"
            | "user.password"
            | "user.second_factor_reset",
            "user",
        ) => id.parse().ok().map(Lost::User),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Lost, lost};
    use frontdesk_domain::change::AuditEntry;
    use frontdesk_domain::{ApiKeyId, UserId};

    fn entry(action: &str, subject: &str) -> AuditEntry {
        AuditEntry {
            user_id: None,
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: None,
            before: None,
            after: None,
        }
    }

    #[test]
    fn what_a_command_takes_away_is_seen() {
        let id = ApiKeyId::random();
        let revoked = entry("key.revoked", &format!("key:{id}"));
        assert_eq!(lost(&revoked), Some(Lost::Key(id)));
        for action in ["user.disabled", "user.role", "user.password"] {
            let seven = Some(Lost::User(UserId(7)));
            assert_eq!(lost(&entry(action, "user:7")), seven, "{action}");
        }
    }

    #[test]
    fn what_takes_nothing_away_cuts_nobody() {
        for action in ["user.enabled", "user.added", "key.created"] {
            assert_eq!(lost(&entry(action, "user:7")), None, "{action}");
        }
        let here = AuditEntry {
            user_id: Some(UserId(1)),
            ..entry("user.disabled", "user:7")
        };
        assert_eq!(lost(&here), None, "this server has cut them itself");
    }
}
