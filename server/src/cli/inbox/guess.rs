//! Finds out where a domain's people hand mail over and fetch it, so that nobody has to look it up.

use crate::lines;
use crate::names::{Names, Place};
use crate::outgoing::Outgoing;
use frontdesk_connectors::channel::Call;
use frontdesk_connectors::email::{Provider, Security, autoconfig, autoconfig_places};

/// A server, as somebody signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
}

/// Both servers, as far as they were found, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Guesses {
    pub(super) smtp: Option<Guess>,
    pub(super) imap: Option<Guess>,
    /// As whom somebody signs in, where the address is not what is wanted.
    pub(super) user: Option<String>,
    /// What is worth knowing about it.
    pub(super) notes: Vec<String>,
}

/// Finds the servers: a provider that is known, what the domain says itself, what Mozilla's list says,
/// and last the names that most give their servers.
pub(super) async fn servers(address: &str, client: &Outgoing) -> Guesses {
    let domain = address.rsplit('@').next().unwrap_or_default();
    let mut found = Guesses::default();
    if let Some(provider) = Provider::of_domain(domain) {
        found.take(provider);
        return found;
    }
    match Names::of_this_machine() {
        Ok(names) => by_names(&names, domain, &mut found).await,
        Err(error) => found.notes.push(error.to_string()),
    }
    if found.smtp.is_none() || found.imap.is_none() {
        by_autoconfig(client, address, &mut found).await;
    }
    if found.smtp.is_none() {
        found.smtp = first_that_listens(client, domain, &SMTP).await;
    }
    if found.imap.is_none() {
        found.imap = first_that_listens(client, domain, &IMAP).await;
    }
    found
}

async fn by_names(names: &Names, domain: &str, found: &mut Guesses) {
    let takers = names.takers(domain).await.unwrap_or_else(|error| {
        found.notes.push(error.to_string());
        Vec::new()
    });
    if let Some(provider) = takers.iter().find_map(|host| Provider::of_taker(host)) {
        found.take(provider);
        return;
    }
    let place = async |service| names.place(service, domain).await.ok().flatten();
    found.smtp = match place("_submissions._tcp").await {
        Some(at) => Some(Guess::at(at, Security::Tls)),
        None => place("_submission._tcp")
            .await
            .map(|at| Guess::at(at, Security::Starttls)),
    };
    found.imap = match place("_imaps._tcp").await {
        Some(at) => Some(Guess::at(at, Security::Tls)),
        None => place("_imap._tcp")
            .await
            .map(|at| Guess::at(at, Security::Starttls)),
    };
}

/// What the domain or Mozilla's list says. A place that says nothing is no failure.
async fn by_autoconfig(client: &Outgoing, address: &str, found: &mut Guesses) {
    for place in autoconfig_places(address) {
        let Ok(answer) = lines::make(client, Call::get(place)).await else {
            continue;
        };
        if !answer.is_good() {
            continue;
        }
        let said = autoconfig(&String::from_utf8_lossy(&answer.body), address);
        let (Some(smtp), Some(imap)) = (said.smtp, said.imap) else {
            continue;
        };
        found.user = Some(imap.user).filter(|user| user != address);
        found.smtp = Some(Guess::of((&smtp.host, smtp.port, smtp.security)));
        found.imap = Some(Guess::of((&imap.host, imap.port, imap.security)));
        return;
    }
}

type Usual = (&'static str, u16, Security);

const SMTP: [Usual; 4] = [
    ("smtp", 465, Security::Tls),
    ("smtp", 587, Security::Starttls),
    ("mail", 465, Security::Tls),
    ("mail", 587, Security::Starttls),
];

const IMAP: [Usual; 3] = [
    ("imap", 993, Security::Tls),
    ("mail", 993, Security::Tls),
    ("imap", 143, Security::Starttls),
];

async fn first_that_listens(client: &Outgoing, domain: &str, usual: &[Usual]) -> Option<Guess> {
    for (name, port, security) in usual {
        let host = format!("{name}.{domain}");
        if client.dial(&host, *port).await.is_ok() {
            return Some(Guess {
                host,
                port: *port,
                security: *security,
            });
        }
    }
    None
}

impl Guess {
    fn at(place: Place, security: Security) -> Self {
        Self {
            host: place.host,
            port: place.port,
            security,
        }
    }

    fn of((host, port, security): (&str, u16, Security)) -> Self {
        Self {
            host: host.to_owned(),
            port,
            security,
        }
    }
}

impl Guesses {
    fn take(&mut self, provider: Provider) {
        self.smtp = Some(Guess::of(provider.smtp));
        self.imap = Some(Guess::of(provider.imap));
        let hint = provider.hint.map(|hint| format!(": {hint}"));
        let hint = hint.unwrap_or_default();
        self.notes
            .push(format!("{} has this mailbox{hint}", provider.name));
    }
}

/// A server as somebody writes it: `mail.example.com:587`, and `/none` for one on this machine.
pub(super) fn server(text: &str) -> Result<Guess, String> {
    let (place, word) = text.split_once('/').unwrap_or((text, ""));
    let (host, port) = place
        .rsplit_once(':')
        .ok_or("must be HOST:PORT, such as mail.example.com:587")?;
    let port: u16 = port.parse().map_err(|_| "has no port from 1 to 65535")?;
    let security = match (word, port) {
        ("tls", _) | ("", 465 | 993) => Security::Tls,
        ("starttls", _) | ("", 25 | 143 | 587) => Security::Starttls,
        ("none", _) => Security::None,
        ("", _) => return Err("needs /tls or /starttls behind this port".to_owned()),
        _ => return Err("must end with /tls, /starttls or /none".to_owned()),
    };
    Ok(Guess {
        host: host.to_owned(),
        port,
        security,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_says_how_it_is_spoken_to() {
        let read = |text| server(text).map(|it| (it.host, it.port, it.security));
        let host = "m.test".to_owned();
        assert_eq!(read("m.test:465"), Ok((host.clone(), 465, Security::Tls)));
        assert_eq!(
            read("m.test:587"),
            Ok((host.clone(), 587, Security::Starttls))
        );
        assert_eq!(read("m.test:2525/none"), Ok((host, 2525, Security::None)));
        for wrong in ["m.test", "m.test:x", "m.test:2525", "m.test:465/ssl"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
