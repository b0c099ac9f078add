//! Whom encrypted connections trust: what the system trusts, for HTTP and the socket alike.

use super::address::Address;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::ConfigVerifierExt as _;
use std::sync::Arc;

/// The settings of encrypted connections to this server.
///
/// # Errors
/// When the system has no certificates to check a server with.
pub(super) fn tls(address: &Address) -> Result<Arc<ClientConfig>, rustls::Error> {
    // The first one stays; that it was there already is no failure.
    drop(rustls::crypto::ring::default_provider().install_default());
    let config = if address.is_encrypted() {
        ClientConfig::with_platform_verifier()?
    } else {
        // Nothing is encrypted, so nothing need be loaded, and nobody is trusted.
        ClientConfig::builder()
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    Ok(Arc::new(config))
}
