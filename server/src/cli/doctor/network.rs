//! What others reach, and what must be reached: port, certificate, address, webhooks.

use super::Check;
use crate::config::{Config, PublicUrl};
use crate::outgoing::{Call, Outgoing};
use crate::tls::{Pair, expiry};
use frontdesk_db::queries::{accounts, event_subscriptions};
use frontdesk_db::{Clock, Db, DbError, SystemClock, known_version, look};
use reqwest::StatusCode;
use rustls_platform_verifier::BuilderVerifierExt;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// How long somebody may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// A certificate is renewed a month before its end; two weeks before, something did not work.
const SOON: i64 = 14;

pub(super) fn certificate(config: &Config) -> Check {
    let pair = match Pair::of(&config.tls) {
        Ok(Some(pair)) => pair,
        Ok(None) => {
            return Check::good(
                "certificate",
                "none: the server speaks plain HTTP, behind something that speaks TLS",
            );
        }
        Err(error) => {
            return Check::bad(
                "certificate",
                error.to_string(),
                "see [tls] in the configuration",
            );
        }
    };
    let left = pair.read().and_then(|_| expiry(&pair.cert));
    match left {
        Err(error) => Check::bad(
            "certificate",
            error.to_string(),
            "see [tls] in the configuration",
        ),
        Ok(end) => {
            let days = (end.0 - SystemClock.now().0).div_euclid(DAY);
            let words = format!("good until {}, {days} days", end.to_date());
            match days {
                ..0 => Check::bad(
                    "certificate",
                    words,
                    "renew it; the server reads it again by itself",
                ),
                0..SOON => Check::note(
                    "certificate",
                    words,
                    "renew it; the server reads it again by itself",
                ),
                _ => Check::good("certificate", words),
            }
        }
    }
}

pub(super) fn port(config: &Config) -> Check {
    let address = reachable(config.listen);
    if TcpStream::connect_timeout(&address, PATIENCE).is_ok() {
        return Check::good("port", format!("something answers at {address}"));
    }
    match TcpListener::bind(config.listen) {
        Ok(_) => Check::note(
            "port",
            format!("nobody listens at {}, and a server could", config.listen),
            "start the server, if it should run",
        ),
        Err(error) => Check::bad(
            "port",
            format!("nothing can listen at {} ({})", config.listen, error.kind()),
            "choose another address with listen, or give the right to use this port",
        ),
    }
}

/// Where to reach what listens on every address.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let mut address = listen;
    if listen.ip().is_unspecified() {
        address.set_ip(match listen {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

pub(super) fn address(config: &Config) -> Check {
    let PublicUrl::At(url) = &config.public_url else {
        return Check::note(
            "address",
            "public_url is auto: links are made from the listening address",
            "set public_url to what browsers use",
        );
    };
    let asked = format!("{url}/health/live");
    match apart(ask(asked)) {
        Ok(status) if status.is_success() => Check::good("address", format!("{url} leads here")),
        Ok(status) => Check::bad(
            "address",
            format!("{url} answers {status} where this server answers 200"),
            "see public_url, and where the proxy in front sends its requests",
        ),
        Err(why) => Check::bad(
            "address",
            format!("{url} cannot be reached ({why})"),
            "see the name's DNS, the proxy in front, the firewall, and that the server runs",
        ),
    }
}

/// Asks an address of the operator's own, which may well be in a private network.
async fn ask(url: String) -> Result<StatusCode, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| error.to_string())?
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(PATIENCE)
        .build();
    let client = client.map_err(|error| innermost(&error))?;
    let answer = client.get(url).send().await;
    Ok(answer.map_err(|error| innermost(&error))?.status())
}

/// The cause that says most; the rest repeats the address.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// Runs something that waits, to its end.
pub(super) fn apart<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}

pub(super) fn webhooks(config: &Config) -> Check {
    match look(&config.place()) {
        Ok(found) if found.schema == known_version() => {}
        Ok(_) | Err(_) => {
            return Check::note(
                "webhooks",
                "not looked at: the database is not as this program needs it",
                "see what is said of the database",
            );
        }
    }
    match apart(unreachable(config)) {
        Ok((0, _)) => Check::good("webhooks", "there are none"),
        Ok((all, silent)) if silent.is_empty() => {
            Check::good("webhooks", format!("all {all} answer"))
        }
        Ok((all, silent)) => Check::note(
            "webhooks",
            format!(
                "{} of {all} do not answer: {}",
                silent.len(),
                silent.join("; ")
            ),
            "see whether their servers run, and outgoing.allow for those in private networks",
        ),
        Err(why) => Check::bad("webhooks", why, "see what is said of the database"),
    }
}

/// How many webhooks there are, and which hosts do not answer. Addresses may hold secrets, so
/// that only their hosts are named.
async fn unreachable(config: &Config) -> Result<(usize, Vec<String>), String> {
    let words = |error: DbError| error.to_string();
    let db = Db::open_to_look(&config.place(), Arc::new(SystemClock)).map_err(words)?;
    let found = db.read(|conn| {
        let mut urls = Vec::new();
        for account_id in accounts::ids(conn)? {
            let some = event_subscriptions::of_account(conn, account_id)?;
            urls.extend(some.into_iter().map(|it| it.webhook_url));
        }
        Ok(urls)
    });
    let urls: Vec<String> = found.await.map_err(words)?;
    db.close();
    let client = Outgoing::new(&config.outgoing).map_err(|error| error.to_string())?;
    let mut silent = Vec::new();
    for url in &urls {
        let call = Call {
            method: reqwest::Method::HEAD,
            url: url.clone(),
            headers: reqwest::header::HeaderMap::new(),
            body: bytes::Bytes::new(),
        };
        if let Err(error) = client.send(call).await {
            let host = url::Url::parse(url).ok();
            let host = host.and_then(|url| url.host_str().map(str::to_owned));
            let host = host.unwrap_or_else(|| "an address that cannot be read".to_owned());
            silent.push(format!("{host} ({error})"));
        }
    }
    Ok((urls.len(), silent))
}
