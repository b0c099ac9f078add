//! What a domain, or Mozilla's list, says of the servers its people sign in at: the format that
//! Thunderbird made.

use super::settings::Security;
use roxmltree::{Document, Node};

/// A server, and as whom somebody signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
}

/// Both servers, as far as they are said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Autoconfig {
    pub smtp: Option<Found>,
    pub imap: Option<Found>,
}

/// Where to look for what is said of an address, the nearest first. Each place has it or has not.
#[must_use]
pub fn autoconfig_places(address: &str) -> Vec<String> {
    let domain = address.rsplit('@').next().unwrap_or_default();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("emailaddress", address);
    let query = query.finish();
    vec![
        format!("https://autoconfig.{domain}/mail/config-v1.1.xml?{query}"),
        format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml?{query}"),
        // Mozilla is told the domain alone.
        format!("https://autoconfig.thunderbird.net/v1.1/{domain}"),
    ]
}

/// Reads what was found, for an address. Servers that keep nothing from strangers are passed over.
#[must_use]
pub fn autoconfig(text: &str, address: &str) -> Autoconfig {
    let Ok(document) = Document::parse(text) else {
        return Autoconfig::default();
    };
    let first = |name: &str, kind: &str| {
        let servers = document.descendants().filter(|it| it.has_tag_name(name));
        let mut fitting = servers.filter(|it| it.attribute("type") == Some(kind));
        fitting.find_map(|it| server(it, address))
    };
    Autoconfig {
        smtp: first("outgoingServer", "smtp"),
        imap: first("incomingServer", "imap"),
    }
}

fn server(node: Node<'_, '_>, address: &str) -> Option<Found> {
    let text = |name: &str| {
        let found = node.children().find(|it| it.has_tag_name(name));
        found.and_then(|it| it.text()).map(str::trim)
    };
    let security = match text("socketType")? {
        "SSL" => Security::Tls,
        "STARTTLS" => Security::Starttls,
        _ => return None,
    };
    let host = filled(text("hostname")?, address);
    url::Host::parse(&host).ok()?;
    Some(Found {
        host,
        port: text("port")?.parse().ok()?,
        security,
        user: filled(text("username").unwrap_or("%EMAILADDRESS%"), address),
    })
}

/// A text with what it leaves open.
fn filled(text: &str, address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    text.replace("%EMAILADDRESS%", address)
        .replace("%EMAILLOCALPART%", local)
        .replace("%EMAILDOMAIN%", domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="example.com"><domain>example.com</domain>
<incomingServer type="pop3"><hostname>pop.example.com</hostname><port>995</port>
  <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
<incomingServer type="imap"><hostname>old.example.com</hostname><port>143</port>
  <socketType>plain</socketType></incomingServer>
<incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port>
  <socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.example.com</hostname><port>587</port>
  <socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>"#;

    fn found(host: &str, port: u16, security: Security, user: &str) -> Option<Found> {
        Some(Found {
            host: host.to_owned(),
            port,
            security,
            user: user.to_owned(),
        })
    }

    #[test]
    fn the_first_servers_that_keep_strangers_out_are_taken() {
        let said = autoconfig(SAID, "help@example.com");
        let imap = found("imap.example.com", 993, Security::Tls, "help");
        let smtp = found(
            "smtp.example.com",
            587,
            Security::Starttls,
            "help@example.com",
        );
        assert_eq!(said, Autoconfig { smtp, imap });
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        let evil = SAID.replace("smtp.example.com", "a b");
        assert_eq!(autoconfig(&evil, "help@example.com").smtp, None);
        let endless = "<a>".repeat(100_000);
        for text in ["", "<html>", "<clientConfig/>", &endless] {
            assert_eq!(autoconfig(text, "help@example.com"), Autoconfig::default());
        }
    }

    #[test]
    fn a_stranger_hears_of_the_domain_alone() {
        let places = autoconfig_places("help+x@example.com");
        assert!(places[0].contains("help%2Bx%40example.com"));
        assert_eq!(
            places[2],
            "https://autoconfig.thunderbird.net/v1.1/example.com"
        );
    }
}
