//! What a connection to a mailbox is set to.

use serde::Deserialize;

/// Everything about a mailbox that is no secret.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The address that customers write to, and that answers come from.
    pub address: String,
    /// Other addresses that lead here.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// For how many days after it was closed a conversation opens again.
    #[serde(default = "reopen_days")]
    pub reopen_days: u32,
    /// Whether answers go to an address with a token in it; off where the mail server knows no plus
    /// addresses.
    #[serde(default = "plus")]
    pub plus: bool,
}

/// What a mailbox signs in with.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {}

fn reopen_days() -> u32 {
    30
}

fn plus() -> bool {
    true
}

impl Settings {
    /// Looks for what cannot work.
    ///
    /// # Errors
    /// Which field does not fit, and why.
    pub fn check(&self) -> Result<(), (&'static str, &'static str)> {
        if !is_address(&self.address) {
            return Err((
                "settings.address",
                "must be an address like support@example.com",
            ));
        }
        if !self.aliases.iter().all(|alias| is_address(alias)) {
            return Err((
                "settings.aliases",
                "must be addresses like help@example.com",
            ));
        }
        Ok(())
    }

    /// Every address of ours, in lower case.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let all = std::iter::once(&self.address).chain(&self.aliases);
        all.map(|address| address.to_lowercase()).collect()
    }
}

fn is_address(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let whole = text
        .rsplit_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    plain && whole && text.len() <= 254
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Settings {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn an_address_is_enough() {
        let settings =
            read(r#"{"address": "Support@example.com", "aliases": ["help@example.com"]}"#);
        assert_eq!(settings.check(), Ok(()));
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
            assert_eq!(read(&text).check().unwrap_err().0, "settings.address");
        }
    }
}
