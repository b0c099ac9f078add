//! The mail servers of providers that many use, by a domain of theirs or by the servers that take mail
//! for a customer's own domain.

use super::settings::Security;

/// Where a provider's customers hand mail over and fetch it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provider {
    pub name: &'static str,
    /// Domains of addresses at the provider itself.
    domains: &'static [&'static str],
    /// What the names of its servers end with that take mail.
    takers: &'static [&'static str],
    pub smtp: (&'static str, u16, Security),
    pub imap: (&'static str, u16, Security),
    /// What its customers have to know, where that is not the password of the mailbox.
    pub hint: Option<&'static str>,
}

const APP_PASSWORD: &str = "it wants an app password, made in the account's security settings";

const PROVIDERS: &[Provider] = &[
    Provider {
        name: "Google",
        domains: &["gmail.com", "googlemail.com"],
        takers: &["google.com", "googlemail.com"],
        smtp: ("smtp.gmail.com", 465, Security::Tls),
        imap: ("imap.gmail.com", 993, Security::Tls),
        hint: Some(APP_PASSWORD),
    },
    Provider {
        name: "Microsoft",
        domains: &["outlook.com", "hotmail.com", "live.com", "msn.com"],
        takers: &["outlook.com", "office365.us"],
        smtp: ("smtp.office365.com", 587, Security::Starttls),
        imap: ("outlook.office365.com", 993, Security::Tls),
        hint: Some(
            "it lets no program in with a password; have mail forwarded, and send by another server",
        ),
    },
    Provider {
        name: "Yahoo",
        domains: &["yahoo.com", "yahoo.de", "yahoo.co.uk", "ymail.com"],
        takers: &["yahoodns.net"],
        smtp: ("smtp.mail.yahoo.com", 465, Security::Tls),
        imap: ("imap.mail.yahoo.com", 993, Security::Tls),
        hint: Some(APP_PASSWORD),
    },
    Provider {
        name: "iCloud",
        domains: &["icloud.com", "me.com", "mac.com"],
        takers: &["icloud.com"],
        smtp: ("smtp.mail.me.com", 587, Security::Starttls),
        imap: ("imap.mail.me.com", 993, Security::Tls),
        hint: Some(APP_PASSWORD),
    },
    Provider {
        name: "Fastmail",
        domains: &["fastmail.com", "fastmail.fm"],
        takers: &["messagingengine.com"],
        smtp: ("smtp.fastmail.com", 465, Security::Tls),
        imap: ("imap.fastmail.com", 993, Security::Tls),
        hint: Some(APP_PASSWORD),
    },
    Provider {
        name: "Zoho",
        domains: &["zoho.com", "zohomail.com"],
        takers: &["zoho.com", "zoho.eu"],
        smtp: ("smtp.zoho.com", 465, Security::Tls),
        imap: ("imap.zoho.com", 993, Security::Tls),
        hint: None,
    },
    Provider {
        name: "GMX",
        domains: &["gmx.de", "gmx.net", "gmx.at", "gmx.ch"],
        takers: &["gmx.net"],
        smtp: ("mail.gmx.net", 465, Security::Tls),
        imap: ("imap.gmx.net", 993, Security::Tls),
        hint: Some("IMAP has to be switched on in the mailbox's settings"),
    },
    Provider {
        name: "IONOS",
        domains: &[],
        takers: &["kundenserver.de", "ionos.com"],
        smtp: ("smtp.ionos.com", 465, Security::Tls),
        imap: ("imap.ionos.com", 993, Security::Tls),
        hint: None,
    },
    Provider {
        name: "mailbox.org",
        domains: &["mailbox.org"],
        takers: &["mailbox.org"],
        smtp: ("smtp.mailbox.org", 465, Security::Tls),
        imap: ("imap.mailbox.org", 993, Security::Tls),
        hint: None,
    },
];

impl Provider {
    /// The provider of addresses at this domain.
    #[must_use]
    pub fn of_domain(domain: &str) -> Option<Self> {
        let domain = domain.to_lowercase();
        let found = PROVIDERS
            .iter()
            .find(|it| it.domains.contains(&domain.as_str()));
        found.copied()
    }

    /// The provider whose server takes a domain's mail.
    #[must_use]
    pub fn of_taker(host: &str) -> Option<Self> {
        let host = host.to_lowercase();
        let ends = |end: &&'static str| host == **end || host.ends_with(&format!(".{end}"));
        let found = PROVIDERS.iter().find(|it| it.takers.iter().any(ends));
        found.copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_known_by_its_domain_and_by_its_servers() {
        let name = |found: Option<Provider>| found.map(|it| it.name);
        assert_eq!(name(Provider::of_domain("GMail.com")), Some("Google"));
        assert_eq!(name(Provider::of_domain("acme.test")), None);
        let taker = Provider::of_taker("aspmx.l.google.com");
        assert_eq!(name(taker), Some("Google"));
        let taker = Provider::of_taker("acme-test.mail.protection.outlook.com");
        assert_eq!(name(taker), Some("Microsoft"));
        assert_eq!(name(Provider::of_taker("notgoogle.com")), None);
    }
}
