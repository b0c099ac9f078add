//! A proxy that stands between this machine and the world, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`
//! say. It resolves names by itself, so a name is judged here first, where this machine knows it.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{ClientBuilder, Url};
use std::sync::Arc;

/// Which calls go by which proxy.
#[derive(Clone)]
pub(super) struct Proxies {
    matcher: Arc<Matcher>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// The client reads the same by itself.
    Environment,
    #[cfg(test)]
    Given(String),
}

impl Proxies {
    /// Those of this process.
    pub(super) fn of_environment() -> Self {
        Self {
            matcher: Arc::new(Matcher::from_env()),
            source: Source::Environment,
        }
    }

    /// One for every call.
    #[cfg(test)]
    pub(super) fn at(url: &str) -> Self {
        Self {
            matcher: Arc::new(Matcher::builder().all(url.to_owned()).build()),
            source: Source::Given(url.to_owned()),
        }
    }

    /// Whether calls to this address go by a proxy.
    pub(super) fn stand_before(&self, url: &Url) -> bool {
        let uri = url.as_str().parse();
        uri.is_ok_and(|uri| self.matcher.intercept(&uri).is_some())
    }

    /// The names of the proxies: whoever runs the server chose them.
    pub(super) fn hosts(&self) -> Vec<String> {
        let calls = ["http://frontdesk.invalid/", "https://frontdesk.invalid/"];
        let proxies = calls.iter().filter_map(|call| {
            let proxy = self.matcher.intercept(&call.parse().ok()?)?;
            Some(proxy.uri().host()?.to_lowercase())
        });
        proxies.collect()
    }

    /// A client that goes by them.
    pub(super) fn on(&self, builder: ClientBuilder) -> Result<ClientBuilder, reqwest::Error> {
        match &self.source {
            Source::Environment => Ok(builder),
            #[cfg(test)]
            Source::Given(url) => Ok(builder.no_proxy().proxy(reqwest::Proxy::all(url.as_str())?)),
        }
    }
}
