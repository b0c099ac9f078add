//! A conversation that an agent begins: to whom, and by which way.

use frontdesk_protocol::id::{CustomerId, InboxId};
use frontdesk_protocol::kind::Source;

/// What is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    pub to: Whom,
    pub source: Source,
    /// The inbox it leaves by; where none is named the server takes one that fits.
    pub inbox: Option<InboxId>,
    pub subject: Option<String>,
}

/// Who is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Known(CustomerId),
    /// Whoever has this address; a new customer where nobody has.
    At(Address),
}

/// Somebody to write to, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub whom: Whom,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// Where somebody is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Email(String),
    Phone(String),
}

impl Address {
    /// The address that somebody typed, if it is one.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if is_email(typed) {
            return Some(Self::Email(typed.to_owned()));
        }
        is_phone(typed).then(|| Self::Phone(typed.to_owned()))
    }

    /// As it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) => text,
        }
    }

    /// By what it is reached when nothing else is said.
    #[must_use]
    pub const fn source(&self) -> Source {
        match self {
            Self::Email(_) => Source::Email,
            Self::Phone(_) => Source::Sms,
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let has_dot = domain
        .split_once('.')
        .is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty());
    !local.is_empty() && has_dot && !text.contains(|it: char| it.is_whitespace() || it.is_control())
}

/// With its country: the same digits are somebody else's elsewhere.
fn is_phone(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('+') else {
        return false;
    };
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && rest
            .chars()
            .all(|it| it.is_ascii_digit() || " ()-./".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_an_address_or_none() {
        let email = |text: &str| Some(Address::Email(text.to_owned()));
        let phone = |text: &str| Some(Address::Phone(text.to_owned()));
        assert_eq!(
            Address::read(" dana@shop.example "),
            email("dana@shop.example")
        );
        assert_eq!(Address::read("+358 40 123 4567"), phone("+358 40 123 4567"));
        for none in [
            "",
            "dana",
            "dana@",
            "@x.example",
            "dana@local",
            "a b@x.example",
            "040 123",
            "+1",
        ] {
            assert_eq!(Address::read(none), None, "{none}");
        }
    }
}
