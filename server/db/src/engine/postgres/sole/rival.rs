//! Another server on the same database: who it is, whether it lives, and how it is kept out.
//!
//! PostgreSQL knows a server by the name that all its connections carry. Where a server does not
//! hold the lock, no connection under its name may do anything.

use std::time::Duration;
use tokio_postgres::Client;
use uuid::Uuid;

/// How the names of servers begin.
const NAME: &str = "frontdesk-server-";
const PARAMETER: &str = "application_name=";

/// Who holds the lock of [`super::TAKE`], here. Its number is split in two there.
macro_rules! holders {
    () => {
        "pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted
            AND l.classid = 1 AND l.objid = 2871403736 AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    };
}

const LOOK: &str = concat!(
    "SELECT a.application_name, a.query_start::text FROM ",
    holders!(),
    " AND a.application_name LIKE 'frontdesk-server-%'"
);
const MAY_WORK: &str = concat!(
    "SELECT EXISTS (SELECT 1 FROM ",
    holders!(),
    " AND a.application_name = current_setting('application_name'))"
);

/// Closes all connections under a name, or all of servers but our own.
const END: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = $1";
const END_THE_REST: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'frontdesk-server-%'
        AND application_name <> current_setting('application_name')";

/// A database that is new has no table yet.
const LEASES: &str = "SELECT to_regclass('job_leases') IS NOT NULL";
const END_LEASES: &str = "DELETE FROM job_leases";

/// An address under which all connections carry a fresh name of a server.
pub(in super::super) fn named(url: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let name = format!("{PARAMETER}{NAME}{}", Uuid::new_v4());
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with(PARAMETER));
    let pairs: Vec<&str> = kept.chain([name.as_str()]).collect();
    format!("{base}?{}", pairs.join("&"))
}

/// Whether connections of this address are those of a server.
fn is_of_a_server(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').any(|pair| {
        pair.strip_prefix(PARAMETER)
            .is_some_and(|name| name.starts_with(NAME))
    })
}

/// Whether a fresh connection of this address may be worked with: that of a server, while that
/// server has the right; that of a command, always.
pub(in super::super) async fn may_work(
    url: &str,
    client: &Client,
) -> Result<bool, tokio_postgres::Error> {
    if !is_of_a_server(url) {
        return Ok(true);
    }
    client.query_one(MAY_WORK, &[]).await?.try_get(0)
}

/// Whoever holds the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rival {
    pub(super) name: String,
    /// When it last said something: only whether it changes is of interest.
    beat: Option<String>,
}

impl Rival {
    /// Closes all its connections.
    pub(super) async fn end(&self, client: &Client) -> Result<(), tokio_postgres::Error> {
        client.query(END, &[&self.name]).await.map(drop)
    }
}

/// Who holds the lock now, if anybody does whom we may see.
pub(super) async fn look(client: &Client) -> Result<Option<Rival>, tokio_postgres::Error> {
    let row = client.query_opt(LOOK, &[]).await?;
    let read = |row: tokio_postgres::Row| {
        Ok(Rival {
            name: row.try_get(0)?,
            beat: row.try_get(1)?,
        })
    };
    row.map(read).transpose()
}

/// Closes what connections of other servers are left. Those that come later are refused.
pub(super) async fn end_the_rest(client: &Client) -> Result<(), tokio_postgres::Error> {
    client.query(END_THE_REST, &[]).await.map(drop)
}

/// Ends the leases on jobs: each is of a server that has ended, so that its jobs run at once.
pub(super) async fn end_leases(client: &Client) -> Result<(), tokio_postgres::Error> {
    let is_there: bool = client.query_one(LEASES, &[]).await?.try_get(0)?;
    if is_there {
        client.execute(END_LEASES, &[]).await?;
    }
    Ok(())
}

/// So long one waits for a server that lives to end.
const FOR_THE_LIVING: u32 = looks_in(10);

/// So long a beat does not move of a server that is gone: ten beats were left out.
const FOR_THE_DEAD: u32 = looks_in(20);

const fn looks_in(seconds: u32) -> u32 {
    seconds * 1000 / Duration::as_millis(&super::BETWEEN_LOOKS) as u32
}

/// What a look at the holder told.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// Another server works here.
    Alive,
    Unsure,
    Gone(Rival),
}

/// What was seen of the holder so far. It counts looks and reads no clock: whoever was stopped
/// in between has not seen anybody do nothing for that long.
#[derive(Debug, Default)]
pub(super) struct Patience {
    last: Option<Rival>,
    looks: u32,
    unmoved: u32,
}

impl Patience {
    /// Takes in who holds the lock now.
    pub(super) fn look(&mut self, rival: Option<Rival>) -> Sight {
        self.looks += 1;
        if rival == self.last {
            self.unmoved += 1;
        } else {
            self.unmoved = 0;
        }
        self.last.clone_from(&rival);
        match rival {
            Some(rival) if self.unmoved >= FOR_THE_DEAD => {
                // Its connections take a moment to close, so that one waits as at first.
                (self.looks, self.unmoved) = (0, 0);
                Sight::Gone(rival)
            }
            _ if self.looks < FOR_THE_LIVING => Sight::Unsure,
            // One that has not moved for so long may be gone, which is waited for.
            Some(_) if self.unmoved >= FOR_THE_LIVING / 2 => Sight::Unsure,
            // The lock may have come free between two questions.
            None if self.unmoved == 0 => Sight::Unsure,
            _ => Sight::Alive,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rival(beat: u32) -> Option<Rival> {
        Some(Rival {
            name: format!("{NAME}x"),
            beat: Some(beat.to_string()),
        })
    }

    #[test]
    fn one_whose_beat_moves_is_alive_after_ten_seconds() {
        let mut patience = Patience::default();
        for look in 1..FOR_THE_LIVING {
            assert_eq!(patience.look(rival(look / 10)), Sight::Unsure, "{look}");
        }
        assert_eq!(patience.look(rival(5)), Sight::Alive);
    }

    #[test]
    fn one_whose_beat_stands_still_is_gone_after_twenty() {
        let mut patience = Patience::default();
        for look in 0..FOR_THE_DEAD {
            assert_eq!(patience.look(rival(7)), Sight::Unsure, "{look}");
        }
        let Sight::Gone(gone) = patience.look(rival(7)) else {
            panic!("it is waited for")
        };
        assert_eq!(Some(gone), rival(7));
        assert_eq!(patience.look(rival(7)), Sight::Unsure);
    }

    #[test]
    fn one_that_wakes_meanwhile_is_alive() {
        let mut patience = Patience::default();
        for _ in 0..FOR_THE_DEAD {
            patience.look(rival(7));
        }
        assert_eq!(patience.look(rival(8)), Sight::Alive);
    }

    #[test]
    fn one_that_is_not_to_be_seen_is_left_alone() {
        let mut patience = Patience::default();
        let seen: Vec<Sight> = (0..FOR_THE_LIVING).map(|_| patience.look(None)).collect();
        assert_eq!(seen.last(), Some(&Sight::Alive));
    }

    #[test]
    fn a_server_has_a_name_of_its_own_in_its_address() {
        let url = "postgres://a@db/x?application_name=mine&sslmode=require";
        let made = named(url);
        assert!(
            made.starts_with(
                "postgres://a@db/x?sslmode=require&application_name=frontdesk-server-"
            )
        );
        assert!(is_of_a_server(&made) && !is_of_a_server(url));
        assert!(is_of_a_server(&named("postgres://a@db/x")));
        assert_ne!(named(url), named(url));
    }
}
