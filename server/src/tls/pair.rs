//! A certificate and its key as files.

use crate::config::Tls;
use frontdesk_domain::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The files of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
    #[error("tls.cert is set and tls.key is not\n  hint: give both, or neither")]
    NoKey,
    #[error("tls.key is set and tls.cert is not\n  hint: give both, or neither")]
    NoCertificate,
    #[error(
        "{path} cannot be read as PEM ({why})\n  hint: see that the path is right and that the server may read the file"
    )]
    Unreadable { path: PathBuf, why: String },
    #[error(
        "there is no certificate in {path}\n  hint: it must hold BEGIN CERTIFICATE; the key belongs into tls.key"
    )]
    Empty { path: PathBuf },
    #[error(
        "{key} is not the key of the certificate in {cert}\n  hint: renew both together, and give the server's own certificate first in the file"
    )]
    Unlike { cert: PathBuf, key: PathBuf },
    #[error("the certificate in {path} cannot be used")]
    Unusable {
        path: PathBuf,
        source: rustls::Error,
    },
}

/// What tells whether a file changed: when it was written, and how long it is.
pub(super) type Stamp = Option<(SystemTime, u64)>;

impl Pair {
    /// The pair that is configured, if one is.
    ///
    /// # Errors
    /// When only one of the two is.
    pub fn of(tls: &Tls) -> Result<Option<Self>, PairError> {
        match (tls.cert.path(), tls.key.path()) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(PairError::NoKey),
            (None, Some(_)) => Err(PairError::NoCertificate),
            (Some(cert), Some(key)) => Ok(Some(Self {
                cert: cert.to_owned(),
                key: key.to_owned(),
            })),
        }
    }

    /// Reads both and sees that they belong together.
    ///
    /// # Errors
    /// When one cannot be read, or is not what it should be.
    pub fn read(&self) -> Result<Arc<ServerConfig>, PairError> {
        let chain = certificates(&self.cert)?;
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .map_err(|error| unreadable(&self.key, &error))?;
        let unusable = |source| PairError::Unusable {
            path: self.cert.clone(),
            source,
        };
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_no_client_auth()
            .with_single_cert(chain, key);
        let mut config = config.map_err(|source| match source {
            rustls::Error::InconsistentKeys(_) => PairError::Unlike {
                cert: self.cert.clone(),
                key: self.key.clone(),
            },
            source => unusable(source),
        })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// When the files were changed; nothing for one that is not there.
    pub(super) fn stamps(&self) -> [Stamp; 2] {
        [&self.cert, &self.key].map(|path| {
            let found = path.metadata().ok()?;
            Some((found.modified().ok()?, found.len()))
        })
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, PairError> {
    let found = CertificateDer::pem_file_iter(path).map_err(|error| unreadable(path, &error))?;
    let chain = found.collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(|error| unreadable(path, &error))?;
    if chain.is_empty() {
        let path = path.to_owned();
        return Err(PairError::Empty { path });
    }
    Ok(chain)
}

fn unreadable(path: &Path, why: &rustls::pki_types::pem::Error) -> PairError {
    PairError::Unreadable {
        path: path.to_owned(),
        why: why.to_string(),
    }
}

/// Until when the first certificate in a file is good.
///
/// # Errors
/// When there is none that can be read.
pub fn expiry(path: &Path) -> Result<Timestamp, PairError> {
    let chain = certificates(path)?;
    let (_, own) =
        x509_parser::parse_x509_certificate(&chain[0]).map_err(|error| PairError::Unreadable {
            path: path.to_owned(),
            why: error.to_string(),
        })?;
    Ok(Timestamp::from_seconds(
        own.validity().not_after.timestamp(),
    ))
}
