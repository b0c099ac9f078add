//! Resolves a name once and hands on only addresses that were checked, so that the connection
//! goes to what was looked at, however often the name changes its answer.

use super::address::judge;
use super::error::Refused;
use crate::config::Networks;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::SocketAddr;
use std::sync::Arc;

/// The machine's own resolver.
#[derive(Debug, Clone, Copy)]
pub(super) struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Addrs = Box::new(found.collect::<Vec<_>>().into_iter());
            Ok(found)
        })
    }
}

/// A resolver whose every answer is judged. One address that is refused refuses the name: a name
/// that is public and private at once is a trap or a mistake.
pub(super) struct Guarded {
    pub(super) within: Arc<dyn Resolve>,
    pub(super) allowed: Networks,
    /// Names that are not judged: those of proxies.
    pub(super) trusted: Vec<String>,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        if self.trusted.iter().any(|it| it == name.as_str()) {
            return self.within.resolve(name);
        }
        let (found, allowed) = (self.within.resolve(name), self.allowed.clone());
        Box::pin(async move {
            let found: Vec<SocketAddr> = found.await?.collect();
            for address in &found {
                judge(address.ip(), &allowed).map_err(Refused::Address)?;
            }
            let checked: Addrs = Box::new(found.into_iter());
            Ok(checked)
        })
    }
}
