//! What a server's answer to a mail means, in words for agents and admins.

use frontdesk_domain::text;
use std::time::Duration;

/// What the server answered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Greeting,
    SignIn,
    Sender,
    Recipient,
    Content,
}

/// An answer that is no yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    pub code: u16,
    pub text: &'a str,
}

/// What an answer means for the mail it is about. The words are for agents and admins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Not now.
    Later {
        why: String,
        after: Option<Duration>,
    },
    /// Never.
    Refused { why: String },
    /// Nothing goes by this mailbox until an admin mends it.
    Broken { why: String },
    /// Nothing goes by this mailbox until its owner lets us in again.
    Ended { why: String },
}

impl Meaning {
    /// Not now, for nobody knows how long.
    #[must_use]
    pub fn later(why: impl Into<String>) -> Self {
        Self::Later {
            why: why.into(),
            after: None,
        }
    }

    /// Never.
    #[must_use]
    pub fn refused(why: impl Into<String>) -> Self {
        Self::Refused { why: why.into() }
    }

    /// Nothing goes until an admin mends it.
    #[must_use]
    pub fn broken(why: impl Into<String>) -> Self {
        Self::Broken { why: why.into() }
    }

    /// What is told of it.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Later { why, .. }
            | Self::Refused { why }
            | Self::Broken { why }
            | Self::Ended { why } => why,
        }
    }
}

/// How long a server is left alone that says it is busy.
const BUSY: Duration = Duration::from_secs(60);

/// The most that is repeated of what a server says.
const LONGEST: usize = 300;

/// Reads an answer.
#[must_use]
pub fn meant(stage: Stage, reply: Reply<'_>) -> Meaning {
    let said = said(reply);
    let is_final = reply.code >= 500;
    match stage {
        Stage::SignIn if is_final => Meaning::broken(format!(
            "the mail server does not take the user and the password: {said}"
        )),
        // 421 closes the connection, whatever it answers to.
        _ if reply.code == 421 => Meaning::Later {
            why: format!("the mail server takes nothing just now: {said}"),
            after: Some(BUSY),
        },
        Stage::Greeting if is_final => {
            Meaning::broken(format!("the mail server turns this server away: {said}"))
        }
        _ if !is_final => Meaning::later(format!("the mail server says later: {said}")),
        Stage::Sender => Meaning::refused(format!("the mail server refuses the sender: {said}")),
        Stage::Recipient => Meaning::refused(format!("{}: {said}", unreachable(reply.text))),
        Stage::Content if reply.code == 552 || reply.text.starts_with("5.3.4") => {
            Meaning::refused(format!("it is too large for the mail server: {said}"))
        }
        Stage::Content | Stage::Greeting | Stage::SignIn => {
            Meaning::refused(format!("the mail server refuses it: {said}"))
        }
    }
}

/// What the enhanced code at the beginning of an answer says of an address.
fn unreachable(text: &str) -> &'static str {
    let begins = |codes: &[&str]| codes.iter().any(|code| text.starts_with(code));
    if begins(&["5.1.1", "5.1.0", "5.1.6", "5.1.10"]) {
        "there is no such mailbox"
    } else if begins(&["5.1.2", "5.4.4"]) {
        "there is no mail server for this address"
    } else if begins(&["5.2.2"]) {
        "the mailbox is full"
    } else if begins(&["5.2.1"]) {
        "the mailbox is closed"
    } else if begins(&["5.7."]) {
        "the mail server does not let it through"
    } else {
        "the mail server refuses the address"
    }
}

fn said(reply: Reply<'_>) -> String {
    let line = text::clean_line(reply.text).text;
    let short: String = line.chars().take(LONGEST).collect();
    format!("{} {short}", reply.code).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stage: Stage, code: u16, text: &str) -> Meaning {
        meant(stage, Reply { code, text })
    }

    #[test]
    fn an_answer_says_whether_to_try_again() {
        let Meaning::Refused { why } = read(Stage::Recipient, 550, "5.1.1 no such user") else {
            panic!("it is final");
        };
        assert_eq!(why, "there is no such mailbox: 550 5.1.1 no such user");
        for (stage, code) in [
            (Stage::Recipient, 451),
            (Stage::Content, 452),
            (Stage::Sender, 450),
            (Stage::SignIn, 454),
        ] {
            let said = read(stage, code, "later");
            assert!(
                matches!(said, Meaning::Later { after: None, .. }),
                "{said:?}"
            );
        }
        let busy = read(Stage::Recipient, 421, "too many connections");
        assert!(matches!(busy, Meaning::Later { after: Some(_), .. }));
        for (stage, code) in [(Stage::SignIn, 535), (Stage::Greeting, 554)] {
            assert!(matches!(read(stage, code, "no"), Meaning::Broken { .. }));
        }
    }

    #[test]
    fn a_server_cannot_say_more_than_a_line() {
        let long = format!("no\r\n\u{1b}[2J{}", "x".repeat(5000));
        let Meaning::Refused { why } = read(Stage::Content, 554, &long) else {
            panic!("it is final");
        };
        assert!(why.len() < 400 && !why.contains(['\n', '\u{1b}']), "{why}");
    }
}
