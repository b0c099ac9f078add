//! The connections to mailboxes and providers, and whether the domains that mail goes out from say that
//! it may: without that, others take it for forged.

use super::Check;
use super::network::apart;
use crate::config::Config;
use crate::names::Names;
use frontdesk_connectors::email::Settings;
use frontdesk_db::queries::{accounts, connections as rows};
use frontdesk_db::{Db, DbError, SystemClock, known_version, look};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionState, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

const UNKNOWN: &str = "not looked at: the database is not as this program needs it";

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
    let ill: Vec<String> = on.iter().filter_map(|it| ailment(it)).collect();
    if ill.is_empty() {
        return Check::good("connections", format!("{} work", on.len()));
    }
    Check::bad(
        "connections",
        format!("{} of {}: {}", ill.len(), on.len(), ill.join("; ")),
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
fn known(config: &Config) -> Result<Option<Vec<Connection>>, String> {
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
