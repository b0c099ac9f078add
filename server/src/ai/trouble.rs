//! What is wrong with a model's service, told apart by what whoever runs the server can do about it.

use reqwest::Error;
use std::error::Error as _;
use std::io::ErrorKind;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The key is missing, wrong, or not allowed to do this.
    Key,
    /// The service has no such model.
    Model,
    /// What answers is no service of the kind.
    Address,
    /// The name of the host leads nowhere.
    Host,
    /// Nobody listens there.
    Unreachable,
    /// Its certificate, or its TLS.
    Tls,
    /// It takes too long.
    Silent,
    /// No credit is left.
    Credit,
    /// It is busy, or down.
    Busy,
    /// The question is longer than the model reads.
    TooLong,
    /// It refuses the question itself.
    Question,
    /// It began to answer and did not end well.
    Answer,
}

/// Whether a greeting ended in an error that TLS itself has. It may be carried inside others, and
/// not as their source.
fn speaks_no_tls(error: &std::io::Error) -> bool {
    // Who breaks off in the greeting, or says something else, speaks no TLS.
    let odd = matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::ConnectionReset
    );
    odd || error.get_ref().is_some_and(|inside| {
        let carried = inside.downcast_ref();
        inside.is::<rustls::Error>() || carried.is_some_and(speaks_no_tls)
    })
}

impl Trouble {
    /// What a call without an answer tells.
    pub(super) fn of_silence(error: &Error) -> Self {
        if error.is_timeout() {
            return Self::Silent;
        }
        let greets = error.is_connect() && error.url().is_some_and(|it| it.scheme() == "https");
        let mut cause = error.source();
        while let Some(it) = cause {
            if it.is::<rustls::Error>() || it.to_string().contains("certificate") {
                return Self::Tls;
            }
            if it.to_string().contains("dns error") {
                return Self::Host;
            }
            let inner = it.downcast_ref::<std::io::Error>();
            if greets && inner.is_some_and(speaks_no_tls) {
                return Self::Tls;
            }
            cause = it.source();
        }
        Self::Unreachable
    }

    /// What a status tells, with the code in the body; none where the body is not of the kind.
    pub(super) fn of_status(status: u16, body: Option<Option<&str>>) -> Self {
        match (status, body) {
            (_, Some(Some("insufficient_quota"))) | (402, _) => Self::Credit,
            (_, Some(Some("model_not_found"))) => Self::Model,
            (_, Some(Some("context_length_exceeded"))) => Self::TooLong,
            (401 | 403, _) => Self::Key,
            // Some name no code; whoever answers in the right way knows the address.
            (404, Some(_)) => Self::Model,
            (300..=399 | 404 | 405 | 501, _) => Self::Address,
            (408 | 409 | 429 | 500.., _) => Self::Busy,
            (400..=499, None) => Self::Address,
            _ => Self::Question,
        }
    }

    /// What to do about it.
    pub(crate) const fn advice(self) -> &'static str {
        match self {
            Self::Key => "Put the service's key into ai.key, and see that it may use this model.",
            Self::Model => "Name a model that the service has, in ai.model.",
            Self::Address => "See that ai.base_url is the API's address; most end in /v1.",
            Self::Host => {
                "See that the host in ai.base_url is spelled right, and that names are resolved here."
            }
            Self::Unreachable => {
                "See that the service runs at ai.base_url and that no firewall is between."
            }
            Self::Tls => {
                "This machine does not trust the service's certificate. Add its authority to the machine's, \
                or see that ai.base_url begins with http:// where there is no TLS."
            }
            Self::Silent => "Raise ai.timeout, or choose a smaller model.",
            Self::Credit => "Add credit at the service.",
            Self::Busy => "Try again in a while; the service's own status page may say more.",
            Self::TooLong => "Choose a model that reads more at once.",
            Self::Question => "See that ai.max_tokens and ai.temperature are what the model takes.",
            Self::Answer => "Try again; if it stays, see the service's own log.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_what_to_mend() {
        for (status, body, trouble) in [
            (401, Some(Some("invalid_api_key")), Trouble::Key),
            (403, None, Trouble::Key),
            (404, Some(Some("model_not_found")), Trouble::Model),
            (404, Some(None), Trouble::Model),
            (404, None, Trouble::Address),
            (301, None, Trouble::Address),
            (400, None, Trouble::Address),
            (400, Some(None), Trouble::Question),
            (400, Some(Some("context_length_exceeded")), Trouble::TooLong),
            (429, Some(Some("insufficient_quota")), Trouble::Credit),
            (429, Some(None), Trouble::Busy),
            (503, None, Trouble::Busy),
        ] {
            assert_eq!(
                Trouble::of_status(status, body),
                trouble,
                "{status} {body:?}"
            );
        }
    }
}
