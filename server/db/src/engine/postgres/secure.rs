//! How PostgreSQL is spoken to: in the clear, or where the address asks for it in TLS, with the
//! certificate always verified. A connection that is encrypted to whoever answers protects nothing.
//!
//! The address is read as other programs read it: `sslmode=require`, `verify-ca` and `verify-full`
//! mean the same here, and `sslrootcert` names a file with the certificates to trust in place of
//! the system's. Any other mode is in the clear.

use crate::error::EngineError;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The half of a connection that does its work.
pub(crate) type Line = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// Connects. The line has to be driven for anything to happen.
pub(crate) async fn connect(url: &str) -> Result<(Client, Line), EngineError> {
    let address = Address::of(url);
    let mut config: Config = address.url.parse()?;
    let trust = if config.get_ssl_mode() == SslMode::Require {
        trust(address.roots.as_deref())?
    } else {
        config.ssl_mode(SslMode::Disable);
        nobody()?
    };
    Ok(config.connect(MakeRustlsConnect::new(trust)).await?)
}

/// An address without what the client of PostgreSQL does not know.
#[derive(Debug, PartialEq, Eq)]
struct Address {
    url: String,
    /// The file with the certificates to trust.
    roots: Option<String>,
}

impl Address {
    fn of(url: &str) -> Self {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut roots, mut kept) = (None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslrootcert", file)) => roots = Some(file.to_owned()),
                Some(("sslmode", "verify-ca" | "verify-full")) => kept.push("sslmode=require"),
                _ => kept.push(pair),
            }
        }
        let url = match kept.as_slice() {
            [] => base.to_owned(),
            kept => format!("{base}?{}", kept.join("&")),
        };
        Self { url, roots }
    }
}

/// Who vouches for a server: the certificates of a file, or those of the system.
fn trust(roots: Option<&str>) -> Result<ClientConfig, EngineError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let Some(file) = roots else {
        return Ok(builder.with_platform_verifier()?.with_no_client_auth());
    };
    let mut store = RootCertStore::empty();
    let unreadable = |source| format!("the certificates in {file} cannot be read ({source})");
    for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
        store.add(certificate.map_err(unreadable)?)?;
    }
    if store.is_empty() {
        return Err(format!("there is no certificate in {file}").into());
    }
    Ok(builder.with_root_certificates(store).with_no_client_auth())
}

/// Trusts nobody, for a connection that is not encrypted.
fn nobody() -> Result<ClientConfig, EngineError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let store = RootCertStore::empty();
    Ok(builder.with_root_certificates(store).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str, roots: Option<&str>) -> Address {
        Address {
            url: url.to_owned(),
            roots: roots.map(str::to_owned),
        }
    }

    #[test]
    fn what_others_understand_is_understood() {
        let full =
            "postgres://a:b@db/x?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=3";
        let plain = "postgres://a:b@db/x?sslmode=require&connect_timeout=3";
        assert_eq!(Address::of(full), address(plain, Some("/etc/ca.pem")));
        assert_eq!(Address::of(plain), address(plain, None));
        let bare = "postgres://a:b@db/x";
        assert_eq!(Address::of(bare), address(bare, None));
        let only = "postgres://a:b@db/x?sslrootcert=ca.pem";
        assert_eq!(Address::of(only), address(bare, Some("ca.pem")));
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap();
        let refused = trust(Some(path)).unwrap_err().to_string();
        assert!(refused.contains("no certificate in"), "{refused}");
        assert!(trust(Some("/nowhere/ca.pem")).is_err());
    }
}
