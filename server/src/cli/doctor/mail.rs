//! The connections to mailboxes and providers, and whether the domains that mail goes out from say that
//! it may: without that, others take it for forged.

use super::Check;
use super::network::apart;
use crate::config::Config;
use crate::names::Names;
use frontdesk_connectors::email::Settings;
use frontdesk_db::queries::{accounts, connections as rows};
use frontdesk_db::{Clock, Db, DbError, SystemClock, known_version, look};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionState, Source, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// In microseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

pub(super) const UNKNOWN: &str = "not looked at: the database is not as this program needs it";

/// The names under which most keep the keys of their signatures. Only the mails themselves say which
/// is used.
const SELECTORS: [&str; 12] = [
    "default",
    "dkim",
    "mail",
    "google",
    "selector1",
    "selector2",
    "s1",
    "s2",
    "k1",
    "k2",
    "key1",
    "fm1",
];

pub(super) fn connections(config: &Config) -> Check {
    let all = match known(config) {
        Ok(Some(all)) => all,
        Ok(None) => return Check::note("connections", UNKNOWN, "see what is said of the database"),
        Err(why) => return Check::bad("connections", why, "see what is said of the database"),
    };
    let on: Vec<&Connection> = all.iter().filter(|it| it.is_on()).collect();
    if on.is_empty() {
        return Check::good("connections", "there are none");
    }
    let now = SystemClock.now();
    let mut told: Vec<String> = on.iter().filter_map(|it| ailment(it)).collect();
    let ill = told.len();
    told.extend(on.iter().filter_map(|it| consent(it, now)));
    let told = told.join("; ");
    if ill == 0 {
        let count = on.len();
        let words = match told.as_str() {
            "" => format!("{count} work"),
            told => format!("{count} work: {told}"),
        };
        return Check::good("connections", words);
    }
    Check::bad(
        "connections",
        format!("{ill} of {}: {told}", on.len()),
        "mend what is said; `frontdesk-server connections test ID` tries one out",
    )
}

fn ailment(it: &Connection) -> Option<String> {
    let state = it.health.state;
    let why = it.health.reason.as_deref().unwrap_or("no reason is known");
    match state {
        ConnectionState::Failing | ConnectionState::Refused => {
            Some(format!("{} is {state} ({why})", it.name))
        }
        ConnectionState::Unauthorized => Some(format!(
            "{} is {state} ({why}; `frontdesk-server connections authorize {}`)",
            it.name, it.id
        )),
        ConnectionState::Untested | ConnectionState::Working | ConnectionState::Off => None,
    }
}

/// How old the consent of a mailbox's owner is: some providers let it end with its age.
fn consent(it: &Connection, now: Timestamp) -> Option<String> {
    let age = now.0.saturating_sub(it.consented_at?.0);
    let days = age.div_euclid(DAY).max(0);
    let (name, unit) = (&it.name, if days == 1 { "day" } else { "days" });
    Some(format!("{name} was let in by its owner {days} {unit} ago"))
}

pub(super) fn senders(config: &Config) -> Check {
    let all = match known(config) {
        Ok(Some(all)) => all,
        Ok(None) => return Check::note("senders", UNKNOWN, "see what is said of the database"),
        Err(why) => return Check::bad("senders", why, "see what is said of the database"),
    };
    let domains: BTreeSet<String> = all.iter().filter_map(domain).collect();
    if domains.is_empty() {
        return Check::good("senders", "no mail goes out from here");
    }
    let judged = apart(async {
        let names = Names::of_this_machine().map_err(|error| error.to_string())?;
        let mut found = Vec::new();
        for domain in &domains {
            let records = Records::of(&names, domain).await;
            found.push((domain, records.map_err(|error| error.to_string())?));
        }
        Ok(found)
    });
    let found = match judged {
        Ok(found) => found,
        Err(why) => return Check::note("senders", why, "see this machine's DNS resolver"),
    };
    let missing: Vec<String> = found
        .iter()
        .filter_map(|(domain, records)| {
            let missing = records.missing();
            (!missing.is_empty()).then(|| format!("{domain} has no {}", missing.join(", no ")))
        })
        .collect();
    if missing.is_empty() {
        return Check::good("senders", format!("{} say who may send", domains.len()));
    }
    Check::note(
        "senders",
        missing.join("; "),
        "add the records that your mail provider names; mail without them is taken for spam",
    )
}

/// The domain that mail goes out from.
fn domain(it: &Connection) -> Option<String> {
    if it.kind != Source::Email || !it.is_on() {
        return None;
    }
    let settings: Settings = serde_json::from_str(&it.settings.0).ok()?;
    settings.way_out()?;
    let (_, domain) = settings.address.rsplit_once('@')?;
    Some(domain.to_lowercase())
}

/// What a domain says of who may send in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Records {
    spf: bool,
    dkim: bool,
    dmarc: bool,
}

impl Records {
    async fn of(names: &Names, domain: &str) -> Result<Self, crate::names::NoAnswer> {
        let has = |texts: &[String], mark: &str| texts.iter().any(|text| starts(text, mark));
        let spf = has(&names.texts(domain).await?, "v=spf1");
        let dmarc = has(&names.texts(&format!("_dmarc.{domain}")).await?, "v=dmarc1");
        let mut dkim = false;
        for selector in SELECTORS {
            let texts = names
                .texts(&format!("{selector}._domainkey.{domain}"))
                .await?;
            dkim |= texts.iter().any(|text| text.contains("p="));
            if dkim {
                break;
            }
        }
        Ok(Self { spf, dkim, dmarc })
    }

    fn missing(self) -> Vec<&'static str> {
        let all = [
            (self.spf, "SPF"),
            (self.dkim, "DKIM key under the usual names"),
            (self.dmarc, "DMARC"),
        ];
        let missing = all.into_iter().filter(|(there, _)| !there);
        missing.map(|(_, name)| name).collect()
    }
}

fn starts(text: &str, mark: &str) -> bool {
    let head = text.trim().get(..mark.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(mark))
}

/// The connections there are, where the database can be read.
pub(super) fn known(config: &Config) -> Result<Option<Vec<Connection>>, String> {
    match look(&config.place()) {
        Ok(found) if found.schema == known_version() => {}
        Ok(_) | Err(_) => return Ok(None),
    }
    apart(async {
        let words = |error: DbError| error.to_string();
        let db = Db::open(&config.place(), Arc::new(SystemClock)).map_err(words)?;
        let found = db.read(|conn| {
            let mut all = Vec::new();
            for account_id in accounts::ids(conn)? {
                all.extend(rows::of_account(conn, account_id)?);
            }
            Ok(all)
        });
        let found = found.await.map_err(words)?;
        db.close();
        Ok(Some(found))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::connection::{Health, Traffic};
    use frontdesk_domain::json::Json;
    use frontdesk_domain::{AccountId, ConnectionId, InboxId};

    #[test]
    fn a_consent_is_as_old_as_the_last_one() {
        let at = Timestamp::from_seconds(1_795_000_000);
        let mut it = Connection {
            id: ConnectionId::random(),
            account_id: AccountId::random(),
            inbox_id: InboxId::random(),
            kind: Source::Email,
            name: "Support".to_owned(),
            settings: Json("{}".to_owned()),
            health: Health::untested(),
            traffic: Traffic::default(),
            consented_at: None,
            created_at: at,
            updated_at: at,
        };
        assert_eq!(consent(&it, at), None);
        it.consented_at = Some(at);
        let told = |days: i64| consent(&it, at.plus_seconds(days * 24 * 3600)).unwrap();
        assert_eq!(told(12), "Support was let in by its owner 12 days ago");
        assert_eq!(told(1), "Support was let in by its owner 1 day ago");
        assert_eq!(told(-1), "Support was let in by its owner 0 days ago");
    }

    #[test]
    fn what_a_domain_does_not_say_is_named() {
        let records = Records {
            spf: true,
            dkim: false,
            dmarc: false,
        };
        let missing = ["DKIM key under the usual names", "DMARC"];
        assert_eq!(records.missing(), missing);
        assert!(starts(" V=SPF1 -all", "v=spf1"));
        assert!(!starts("v=sp", "v=spf1"));
    }
}
