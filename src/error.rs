//! The one place where what went wrong becomes words for a person, a hint and an exit code.

use crate::config::ConfigError;
use crate::lent::LendError;
use crate::net::api::ApiError;
use crate::net::live::LiveError;
use crate::secrets::KeepError;
use frontdesk_store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why a command did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("there is no home folder to keep anything in")]
    NoHome,
    #[error("{0}")]
    Usage(String),
    #[error("nobody is signed in at {0}")]
    NotSignedIn(String),
    #[error("nobody is signed in")]
    NobodySignedIn,
    #[error("{place}: token_command: {cause}")]
    TokenCommand { place: String, cause: LendError },
    #[error("a token is lent, and it is not said for which server")]
    LentForNowhere,
    #[error("there is no sign-in to end: the token comes from elsewhere")]
    OnlyLent,
    #[error("a token that is lent cannot see or change how its owner signs in")]
    OnlySignedIn,
    #[error("{0} is not this machine, and the connection would not be encrypted")]
    PlainHttp(String),
    #[error("there is no conversation {0} here, or you may not see it")]
    NoSuchConversation(String),
    #[error("no draft waits in conversation {0}")]
    NoDraft(String),
    #[error("the draft rests on “{0}”, which is for the company only; nothing was sent")]
    InternalSource(String),
    #[error("something new was written since you looked; nothing was sent")]
    Stale { conversation: String },
    #[error("{failed} of {of} conversations are not done; see above")]
    SomeFailed { failed: usize, of: usize },
    #[error("{kept} of {of} were not taken over; see above")]
    NotAllImported { kept: usize, of: usize },
    #[error("there is nothing to send")]
    NothingToSend,
    #[error("it is not known whether the message was sent")]
    MaybeSent {
        conversation: String,
        #[source]
        cause: ApiError,
    },
    #[error(transparent)]
    Api(#[from] ApiError),
    #[cfg(feature = "local")]
    #[error("the demonstration does not run")]
    Demo(#[from] crate::commands::demo::DemoError),
    #[error(transparent)]
    Live(#[from] LiveError),
    #[error(transparent)]
    Keep(#[from] KeepError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the standard input cannot be read")]
    Input(#[source] io::Error),
    #[error("the log {} cannot be read", file.display())]
    Log {
        file: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("the output cannot be written")]
    Output(#[source] io::Error),
    #[error("something does not work; see above")]
    Unwell,
    #[error("the copies of desks cannot be removed")]
    Wipe(#[source] io::Error),
    #[error("the inbox needs a terminal")]
    NoTerminal,
    #[error("the terminal does not do what the inbox needs")]
    Terminal(#[source] io::Error),
    #[error("the program cannot start")]
    Start(#[from] io::Error),
}

/// Exit codes, as `--help` states them.
mod code {
    pub(super) const FAILED: u8 = 1;
    pub(super) const USAGE: u8 = 2;
    pub(super) const REFUSED: u8 = 3;
    pub(super) const OFFLINE: u8 = 4;
    pub(super) const SOME: u8 = 5;
    pub(super) const CONFIG: u8 = 64;
}

impl Error {
    /// What the program exits with.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Config(_) | Self::TokenCommand { .. } | Self::LentForNowhere => code::CONFIG,
            Self::Usage(_) | Self::NothingToSend | Self::OnlyLent | Self::OnlySignedIn => {
                code::USAGE
            }
            Self::Stale { .. }
            | Self::NoDraft(_)
            | Self::InternalSource(_)
            | Self::PlainHttp(_)
            | Self::NotSignedIn(_)
            | Self::NobodySignedIn => code::REFUSED,
            Self::Api(error) | Self::Live(LiveError::Api(error)) => api_code(error),
            Self::MaybeSent { cause, .. } => api_code(cause),
            Self::Live(LiveError::NotLetIn(_)) => code::REFUSED,
            Self::SomeFailed { .. } | Self::NotAllImported { .. } => code::SOME,
            _ => code::FAILED,
        }
    }

    /// Whether the next conversation would meet the same: it is not tried then.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        match self {
            Self::Api(error) | Self::MaybeSent { cause: error, .. } => matches!(
                error,
                ApiError::Offline(_)
                    | ApiError::TooSlow
                    | ApiError::Trust(_)
                    | ApiError::NotAuthenticated
                    | ApiError::SignedOut
                    | ApiError::NotTaken
                    | ApiError::Tokens(_)
                    | ApiError::Busy { .. }
            ),
            Self::NoSuchConversation(_)
            | Self::NoDraft(_)
            | Self::InternalSource(_)
            | Self::Stale { .. }
            | Self::Usage(_) => false,
            _ => true,
        }
    }

    /// What to do about it, where there is something to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let words = match self {
            Self::Config(error) => return error.hint.clone(),
            Self::NoHome => "set FRONTDESK_HOME to a folder of your own",
            Self::NotSignedIn(server) => {
                return Some(format!("sign in with `frontdesk login --server {server}`"));
            }
            Self::NoTerminal => "`frontdesk ls`, `show`, `tail` and `reply` work without one",
            Self::TokenCommand { .. } => {
                "run the command by itself: it has to print the token alone on its first line"
            }
            Self::LentForNowhere => {
                "name the server with FRONTDESK_SERVER, --server or server in the configuration"
            }
            Self::OnlyLent => "to end it, revoke the key on the server",
            Self::OnlySignedIn => {
                "without FRONTDESK_TOKEN and token_command, `frontdesk login` signs you in"
            }
            Self::NobodySignedIn => "sign in with `frontdesk login --server URL`",
            Self::PlainHttp(_) => {
                "your password and your customers' words could be read on the way. Use https://, \
                 or --insecure-http if you trust every machine in between"
            }
            Self::NoSuchConversation(_) => {
                "numbers are searched among the most recent conversations; an id always works"
            }
            Self::InternalSource(_) => "read it first; --internal sends it all the same",
            Self::Stale { conversation } => {
                return Some(format!(
                    "now that you have read it, run the same command to send; `frontdesk show \
                     {conversation}` has the whole conversation, --force sends without asking"
                ));
            }
            Self::MaybeSent { conversation, .. } => {
                return Some(format!(
                    "look with `frontdesk show {conversation}` before you send it again"
                ));
            }
            Self::Api(error) | Self::Live(LiveError::Api(error)) => return api_hint(error),
            Self::Keep(KeepError::Keyring(_)) => {
                "keep_tokens = \"file\" in the configuration keeps them in a private file instead"
            }
            Self::Keep(KeepError::Damaged { .. }) => "remove the file and sign in again",
            Self::Store(StoreError::Newer { .. }) => {
                "use the newer program, or `frontdesk logout --wipe` to start over"
            }
            _ => return None,
        };
        Some(words.to_owned())
    }
}

fn api_code(error: &ApiError) -> u8 {
    match error {
        ApiError::Offline(_) => code::OFFLINE,
        ApiError::NotAuthenticated
        | ApiError::SecondFactor(_)
        | ApiError::SignedOut
        | ApiError::NotTaken
        | ApiError::Stale { .. }
        | ApiError::NotFound
        | ApiError::Refused(_) => code::REFUSED,
        _ => code::FAILED,
    }
}

fn api_hint(error: &ApiError) -> Option<String> {
    let words = match error {
        ApiError::Offline(_) => "check the address with --server, and that the server runs",
        ApiError::NotAuthenticated | ApiError::SignedOut => "sign in again with `frontdesk login`",
        ApiError::SecondFactor(_) => {
            "run `frontdesk login`, which asks for it; --password-stdin reads it from the second line"
        }
        ApiError::NotTaken => {
            "it may have been revoked or have ended; look at FRONTDESK_TOKEN or token_command"
        }
        ApiError::Busy { .. } => "try again in a moment",
        ApiError::Failed(_) => "try again; if it stays like this, the server's log says more",
        ApiError::Trust(_) => {
            "install the system's certificates (on Debian: ca-certificates), or set SSL_CERT_FILE"
        }
        ApiError::NotFound | ApiError::Unreadable(_) | ApiError::TooLarge => {
            "check that a Frontdesk server of this version answers at this address"
        }
        _ => return None,
    };
    Some(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_ones_the_help_states() {
        let table = [
            (Error::NobodySignedIn, 3),
            (Error::Usage(String::new()), 2),
            (
                Error::Stale {
                    conversation: "12".to_owned(),
                },
                3,
            ),
            (Error::Api(ApiError::Failed(503)), 1),
            (Error::Api(ApiError::Refused(String::new())), 3),
            (Error::Live(LiveError::Api(ApiError::SignedOut)), 3),
            (Error::NoHome, 1),
            (Error::SomeFailed { failed: 1, of: 2 }, 5),
        ];
        for (error, code) in table {
            assert_eq!(error.exit_code(), code, "{error}");
        }
    }
}
