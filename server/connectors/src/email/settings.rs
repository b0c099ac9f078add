//! What a mailbox is set to: whose it is, how mail goes out of it and how it comes in.

use super::gmail::Gmail;
use super::hook::{Hook, sendgrid};
use super::ses::Ses;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an admin sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What customers write to, and what answers come from.
    pub address: String,
    /// Other addresses that lead here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What stands beside the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where mail is handed over. Without it nothing goes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp: Option<Server>,
    /// Where mail is fetched. Without it, mail comes in by other ways only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap: Option<Mailboxes>,
    /// Where mail is handed over in place of a server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ses: Option<Ses>,
    /// A mailbox at Google that is fetched from and sent by, in place of both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gmail: Option<Gmail>,
    /// What stands below every answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// Whether what is answered stands below the answer.
    #[serde(default)]
    pub quote_history: bool,
    /// Who posts mail to it, where somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hook: Option<Hook>,
    /// For how many days after it was closed a conversation opens again.
    #[serde(default = "reopen_days")]
    pub reopen_days: u32,
    /// Whether answers go to an address with a token in it; off where the mail server knows no plus
    /// addresses.
    #[serde(default = "plus")]
    pub plus: bool,
    /// After how many minutes a visitor who left an address is written what they have not seen of a
    /// chat; 0: never.
    #[serde(default = "unread_minutes")]
    pub unread_minutes: u32,
}

fn reopen_days() -> u32 {
    30
}

fn unread_minutes() -> u32 {
    5
}

fn plus() -> bool {
    true
}

/// A server of mail, and who we are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Without one nobody signs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// The same, and which of the mailboxes there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailboxes {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    #[serde(default = "inbox")]
    pub folders: Vec<String>,
}

fn inbox() -> Vec<String> {
    vec!["INBOX".to_owned()]
}

/// How a connection is kept from strangers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS once both have said so; never without.
    Starttls,
    /// None: for a server on this machine.
    None,
}

/// What a mailbox is opened with.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// For both servers, where they have no other.
    #[serde(default)]
    pub password: Option<String>,
    #[serde(default)]
    pub smtp_password: Option<String>,
    #[serde(default)]
    pub imap_password: Option<String>,
    /// What a provider signs with that shares a key with us.
    #[serde(default)]
    pub hook_key: Option<String>,
    /// What proves to Google that it is us who ask.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// What calls to Amazon are signed with.
    #[serde(default)]
    pub ses_secret_key: Option<String>,
    /// What Google gave when the owner of the mailbox let us in.
    #[serde(default)]
    pub refresh_token: Option<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// What the server that takes mail is told.
    #[must_use]
    pub fn of_smtp(&self) -> Option<&str> {
        self.smtp_password.as_deref().or(self.password.as_deref())
    }

    /// What the server that has mail is told.
    #[must_use]
    pub fn of_imap(&self) -> Option<&str> {
        self.imap_password.as_deref().or(self.password.as_deref())
    }
}

/// A mailbox: what it is set to, and what opens it.
#[derive(Debug, Clone)]
pub struct Account {
    pub settings: Settings,
    pub secrets: Secrets,
}

type Wrong = (&'static str, &'static str);

impl Settings {
    /// Looks at what was set.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub fn check(&self, secrets: &Secrets) -> Result<(), Wrong> {
        if !is_address(&self.address) {
            return Err((
                "settings.address",
                "must be an address such as support@example.com",
            ));
        }
        if !self.aliases.iter().all(|alias| is_address(alias)) {
            return Err((
                "settings.aliases",
                "must be addresses such as help@example.com",
            ));
        }
        self.hook.as_ref().map_or(Ok(()), |it| hook(it, secrets))?;
        self.ses.as_ref().map_or(Ok(()), |it| amazon(it, secrets))?;
        self.gmail
            .as_ref()
            .map_or(Ok(()), |it| self.google(it, secrets))?;
        if let Some(smtp) = &self.smtp {
            host("settings.smtp.host", &smtp.host)?;
            if smtp.user.is_some() && secrets.of_smtp().is_none() {
                return Err(("secrets.password", "is missing"));
            }
        }
        if let Some(imap) = &self.imap {
            host("settings.imap.host", &imap.host)?;
            if secrets.of_imap().is_none() {
                return Err(("secrets.password", "is missing"));
            }
            if imap.folders.is_empty() || imap.folders.len() > MOST_FOLDERS {
                return Err(("settings.imap.folders", "must be 1 to 20 names"));
            }
            let breaks = |name: &String| name.is_empty() || name.contains(['\r', '\n', '\0']);
            if imap.folders.iter().any(breaks) {
                return Err((
                    "settings.imap.folders",
                    "must be names of mailboxes, such as INBOX",
                ));
            }
        }
        Ok(())
    }

    fn google(&self, gmail: &Gmail, secrets: &Secrets) -> Result<(), Wrong> {
        if self.imap.is_some() {
            return Err((
                "settings.imap",
                "has no place beside gmail, which fetches by itself",
            ));
        }
        if gmail.client_id.is_empty() {
            return Err(("settings.gmail.client_id", "is missing"));
        }
        if secrets.client_secret.as_ref().is_none_or(String::is_empty) {
            return Err((
                "secrets.client_secret",
                "is missing: the Google Cloud console shows it beside the client's id",
            ));
        }
        match &gmail.push {
            Some(push) if !push.topic.starts_with("projects/") => Err((
                "settings.gmail.push.topic",
                "must be the full name of a topic, such as projects/acme/topics/mail",
            )),
            Some(_) | None => Ok(()),
        }
    }
}

impl Settings {
    /// Every address of ours, in lower case.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let all = std::iter::once(&self.address).chain(&self.aliases);
        all.map(|address| address.to_lowercase()).collect()
    }

    /// The way by which mail goes out; a server of its own before all others.
    #[must_use]
    pub fn way_out(&self) -> Option<WayOut<'_>> {
        let server = self.smtp.as_ref().map(WayOut::Server);
        let ses = self.ses.as_ref().map(WayOut::Ses);
        let gmail = self.gmail.as_ref().map(WayOut::Gmail);
        server.or(ses).or(gmail)
    }
}

/// Who takes the mail that goes out.
#[derive(Debug, Clone, Copy)]
pub enum WayOut<'a> {
    Server(&'a Server),
    Ses(&'a Ses),
    Gmail(&'a Gmail),
}

fn amazon(ses: &Ses, secrets: &Secrets) -> Result<(), Wrong> {
    if !ses.has_region() {
        return Err((
            "settings.ses.region",
            "must be the name of a region, such as eu-west-1",
        ));
    }
    if secrets.ses_secret_key.as_ref().is_none_or(String::is_empty) {
        return Err((
            "secrets.ses_secret_key",
            "is missing: it is the secret access key that belongs to the key's id",
        ));
    }
    Ok(())
}

fn hook(hook: &Hook, secrets: &Secrets) -> Result<(), Wrong> {
    match hook {
        Hook::Ses { topic_arn, .. } if !topic_arn.starts_with("arn:") => Err((
            "settings.hook.topic_arn",
            "must be the ARN of the topic, such as arn:aws:sns:eu-west-1:123456789012:mail",
        )),
        Hook::Mailgun if secrets.hook_key.as_ref().is_none_or(String::is_empty) => Err((
            "secrets.hook_key",
            "is missing: it is Mailgun's HTTP webhook signing key",
        )),
        Hook::Sendgrid { public_key } if !sendgrid::is_key(public_key) => Err((
            "settings.hook.public_key",
            "must be the public key that SendGrid shows for the security policy",
        )),
        Hook::Ses { .. } | Hook::Mailgun | Hook::Sendgrid { .. } => Ok(()),
    }
}

/// Each is a connection of its own.
const MOST_FOLDERS: usize = 20;

fn host(field: &'static str, name: &str) -> Result<(), Wrong> {
    let fits = url::Host::parse(name).is_ok();
    if fits {
        Ok(())
    } else {
        Err((
            field,
            "must be the name of a server, such as mail.example.com",
        ))
    }
}

/// Whether it is one address, without a name beside it.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<lettre::Address>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(settings: &str, secrets: &str) -> Result<(), Wrong> {
        let settings: Settings = serde_json::from_str(settings).unwrap();
        settings.check(&serde_json::from_str(secrets).unwrap())
    }

    #[test]
    fn an_address_is_enough() {
        let text = r#"{"address": "Support@example.com", "aliases": ["help@example.com"]}"#;
        let settings: Settings = serde_json::from_str(text).unwrap();
        assert_eq!(settings.check(&Secrets::default()), Ok(()));
        assert_eq!((settings.reopen_days, settings.plus), (30, true));
        assert_eq!(
            settings.addresses(),
            ["support@example.com", "help@example.com"]
        );
    }

    #[test]
    fn what_is_no_address_is_named() {
        for bad in ["", "support", "@x", "a b@c", "support@"] {
            let text = format!(r#"{{"address": "{bad}"}}"#);
            assert_eq!(checked(&text, "{}").unwrap_err().0, "settings.address");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let good = r#"{"address": "a@example.com", "imap":
            {"host": "mail.example.com", "port": 993, "security": "tls", "user": "a"}}"#;
        assert_eq!(checked(good, r#"{"password": "x"}"#), Ok(()));
        assert_eq!(checked(good, "{}").unwrap_err().0, "secrets.password");
        let address = r#"{"address": "a@example.com\r\nBcc: b@example.com"}"#;
        assert_eq!(checked(address, "{}").unwrap_err().0, "settings.address");
        let host = r#"{"address": "a@example.com", "smtp":
            {"host": "a b", "port": 25, "security": "none"}}"#;
        assert_eq!(checked(host, "{}").unwrap_err().0, "settings.smtp.host");
    }

    #[test]
    fn a_password_is_not_shown() {
        let secrets: Secrets = serde_json::from_str(r#"{"password": "hunter2"}"#).unwrap();
        assert_eq!(format!("{secrets:?}"), "Secrets(…)");
    }
}
