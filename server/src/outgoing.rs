//! Calls to addresses that somebody else chose: webhooks, and whatever else an admin may set.
//!
//! A call never reaches what only this machine or its network may reach. Names are resolved once
//! and the checked address is the one that is connected to; addresses in URLs and every redirect
//! are judged by the same policy ([`address`]). A proxy of the environment is used ([`proxies`]); names
//! are judged before it hears of them, except those it is redirected to.

pub mod address;
mod dial;
mod error;
mod proxies;
mod resolver;
#[cfg(test)]
mod tests;

pub use dial::Wire;
pub(crate) use dial::distrust;
pub use error::{DialError, OutgoingError, Refused};
use reqwest::dns::Name;
pub use reqwest::dns::Resolve;

use crate::config::{Networks, Outgoing as Settings};
use bytes::{Bytes, BytesMut};
use proxies::Proxies;
use reqwest::header::HeaderMap;
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Method, Response, StatusCode, Url};
use resolver::{Guarded, System};
use rustls_platform_verifier::BuilderVerifierExt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Host;

/// How often a call may be sent on to somewhere else.
const REDIRECTS: usize = 3;

/// The most of an answer that is read.
pub(crate) const LARGEST_ANSWER: usize = 1024 * 1024;

/// The bytes that even a slow line carries in a second.
const SLOWEST: usize = 256 * 1024;

/// The guarded client. Clones share their connections.
#[derive(Clone)]
pub struct Outgoing {
    client: Client,
    resolver: Arc<dyn Resolve>,
    allowed: Networks,
    proxies: Proxies,
    timeout: Duration,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: Method,
    /// As the admin wrote it.
    pub url: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// What came back; the body is read only when somebody asks for it.
#[derive(Debug)]
pub struct Answer(Response);

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("the certificates of this machine cannot be used")]
    Trust(#[from] rustls::Error),
    #[error("the client for outgoing calls cannot be made")]
    Client(#[from] reqwest::Error),
}

impl Outgoing {
    /// A client after the configuration.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(settings: &Settings) -> Result<Self, ClientError> {
        Self::resolving_by(settings, Arc::new(System))
    }

    /// The same with a resolver of the caller's.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn resolving_by(
        settings: &Settings,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, ClientError> {
        Self::going_by(Proxies::of_environment(), settings, resolver)
    }

    fn going_by(
        proxies: Proxies,
        settings: &Settings,
        resolver: Arc<dyn Resolve>,
    ) -> Result<Self, ClientError> {
        let allowed = settings.allow.clone();
        let judged = allowed.clone();
        let resolver: Arc<dyn Resolve> = Arc::new(Guarded {
            within: resolver,
            allowed: allowed.clone(),
            trusted: proxies.hosts(),
        });
        let client = proxies
            .on(Client::builder())?
            .tls_backend_preconfigured(trust()?)
            .no_gzip()
            .referer(false)
            .user_agent(concat!("Frontdesk/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(settings.timeout)
            .dns_resolver(Arc::clone(&resolver))
            .redirect(Policy::custom(move |attempt| follow(attempt, &judged)))
            .build()?;
        Ok(Self {
            client,
            resolver,
            allowed,
            proxies,
            timeout: settings.timeout,
        })
    }

    /// Looks at an address without calling it, for the moment at which an admin sets it. A name is
    /// judged when it is called, as its answer may change.
    ///
    /// # Errors
    /// Why it would not be called.
    pub fn check(&self, url: &str) -> Result<Url, Refused> {
        let url = Url::parse(url).map_err(|_| Refused::Unreadable)?;
        check(&url, &self.allowed)?;
        Ok(url)
    }

    /// Sends a call. Any status is an answer.
    ///
    /// # Errors
    /// When the address is refused, or no answer came.
    pub async fn send(&self, call: Call) -> Result<Answer, OutgoingError> {
        self.send_expecting(call, 0).await
    }

    /// The same where an answer of so many bytes may come: what is large takes its time.
    ///
    /// # Errors
    /// When the address is refused, or no answer came.
    pub async fn send_expecting(
        &self,
        call: Call,
        largest: usize,
    ) -> Result<Answer, OutgoingError> {
        let moved = call.body.len().saturating_add(largest);
        let timeout = self.timeout + Duration::from_secs((moved / SLOWEST) as u64);
        let url = self.check(&call.url)?;
        if self.proxies.stand_before(&url) {
            self.judge_name(&url).await?;
        }
        let request = self
            .client
            .request(call.method, url)
            .headers(call.headers)
            .timeout(timeout)
            .body(call.body);
        let sent = request.send().await;
        sent.map(Answer).map_err(|error| OutgoingError::of(&error))
    }
}

impl Outgoing {
    /// Judges what a name leads to before a proxy hears of it. One that this machine does not know is
    /// the proxy's to find.
    async fn judge_name(&self, url: &Url) -> Result<(), Refused> {
        let Some(Host::Domain(name)) = url.host() else {
            return Ok(());
        };
        let Ok(name) = name.parse::<Name>() else {
            return Err(Refused::Unreadable);
        };
        match self.resolver.resolve(name).await {
            Ok(_) => Ok(()),
            Err(error) => error.downcast::<Refused>().map_or(Ok(()), |why| Err(*why)),
        }
    }
}

/// A client for addresses that whoever runs the server wrote into its configuration: they may lead
/// into private networks. It gives up on who is silent for so long.
pub(crate) fn operator_client(silence: Duration) -> Result<Client, ClientError> {
    let client = Client::builder()
        .tls_backend_preconfigured(trust()?)
        .no_gzip()
        .referer(false)
        .user_agent(concat!("Frontdesk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(silence)
        .read_timeout(silence)
        .redirect(Policy::none())
        .build()?;
    Ok(client)
}

/// TLS that trusts what this machine trusts.
fn trust() -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_platform_verifier()?
        .with_no_client_auth())
}

impl Answer {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// Reads the body.
    ///
    /// # Errors
    /// When it is too large, or the connection breaks.
    pub async fn body(self) -> Result<Bytes, OutgoingError> {
        self.body_up_to(LARGEST_ANSWER).await
    }

    /// Reads a body of at most so many bytes.
    ///
    /// # Errors
    /// When it is too large, or the connection breaks.
    pub async fn body_up_to(mut self, most: usize) -> Result<Bytes, OutgoingError> {
        let mut body = BytesMut::new();
        while let Some(part) = self.part().await? {
            if body.len() + part.len() > most {
                return Err(OutgoingError::TooLarge { limit: most });
            }
            body.extend_from_slice(&part);
        }
        Ok(body.freeze())
    }

    /// The next part of the body, for who keeps a limit of their own.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn part(&mut self) -> Result<Option<Bytes>, OutgoingError> {
        self.0.chunk().await.map_err(|e| OutgoingError::of(&e))
    }
}

/// Judges an address by what it says itself. An address in digits never reaches the resolver, so
/// it is looked at here.
fn check(url: &Url, allowed: &Networks) -> Result<(), Refused> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    match url.host() {
        None => Err(Refused::Unreadable),
        Some(Host::Domain(_)) => Ok(()),
        Some(Host::Ipv4(address)) => Ok(address::judge(IpAddr::V4(address), allowed)?),
        Some(Host::Ipv6(address)) => Ok(address::judge(IpAddr::V6(address), allowed)?),
    }
}

fn follow(attempt: Attempt<'_>, allowed: &Networks) -> reqwest::redirect::Action {
    match may_follow(&attempt, allowed) {
        Ok(()) => attempt.follow(),
        Err(refused) => attempt.error(refused),
    }
}

fn may_follow(attempt: &Attempt<'_>, allowed: &Networks) -> Result<(), Refused> {
    if attempt.previous().len() > REDIRECTS {
        return Err(Refused::Redirects(REDIRECTS));
    }
    let was_secure = attempt.previous().last().map(Url::scheme) == Some("https");
    if was_secure && attempt.url().scheme() == "http" {
        return Err(Refused::Downgrade);
    }
    check(attempt.url(), allowed)
}
