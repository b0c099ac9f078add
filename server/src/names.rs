//! Asks the DNS for what says where a domain's mail goes, and who may send it.

use hickory_resolver::net::NetError;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::{ResolverBuilder, TokioResolver};

/// The names of the world, as this machine's resolver knows them.
pub(crate) struct Names {
    resolver: TokioResolver,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the DNS does not answer: {0}")]
pub(crate) struct NoAnswer(String);

/// Where a service is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl Names {
    /// Asks as this machine is set to.
    pub(crate) fn of_this_machine() -> Result<Self, NoAnswer> {
        let built = TokioResolver::builder_tokio().and_then(ResolverBuilder::build);
        let resolver = built.map_err(|error| NoAnswer(error.to_string()))?;
        Ok(Self { resolver })
    }

    /// The servers that take a domain's mail, the first one first.
    pub(crate) async fn takers(&self, domain: &str) -> Result<Vec<String>, NoAnswer> {
        let found = self.resolver.mx_lookup(absolute(domain)).await;
        let mut takers: Vec<(u16, String)> = answers(found)?
            .into_iter()
            .filter_map(|data| match data {
                RData::MX(mx) => Some((mx.preference, plain(&mx.exchange.to_string()))),
                _ => None,
            })
            .filter(|(_, host)| !host.is_empty())
            .collect();
        takers.sort();
        Ok(takers.into_iter().map(|(_, host)| host).collect())
    }

    /// Where a domain says that a service is, such as `_imaps._tcp`.
    pub(crate) async fn place(
        &self,
        service: &str,
        domain: &str,
    ) -> Result<Option<Place>, NoAnswer> {
        let name = absolute(&format!("{service}.{domain}"));
        let found = answers(self.resolver.srv_lookup(name).await)?;
        let mut places: Vec<(u16, Place)> = found
            .into_iter()
            .filter_map(|data| match data {
                RData::SRV(srv) => Some((
                    srv.priority,
                    Place {
                        host: plain(&srv.target.to_string()),
                        port: srv.port,
                    },
                )),
                _ => None,
            })
            // A lone dot says that there is no such service.
            .filter(|(_, place)| !place.host.is_empty())
            .collect();
        places.sort_by_key(|(priority, _)| *priority);
        Ok(places.into_iter().next().map(|(_, place)| place))
    }

    /// The texts of a name.
    pub(crate) async fn texts(&self, name: &str) -> Result<Vec<String>, NoAnswer> {
        let found = answers(self.resolver.txt_lookup(absolute(name)).await)?;
        let texts = found.into_iter().filter_map(|data| match data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        });
        Ok(texts.collect())
    }
}

fn answers(
    found: Result<hickory_resolver::lookup::Lookup, NetError>,
) -> Result<Vec<RData>, NoAnswer> {
    match found {
        Ok(found) => Ok(found.answers().iter().map(|it| it.data.clone()).collect()),
        Err(error) if error.is_no_records_found() => Ok(Vec::new()),
        Err(error) => Err(NoAnswer(error.to_string())),
    }
}

/// With a dot at its end nothing is put behind a name.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}
