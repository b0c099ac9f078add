//! Certificates of the town: an authority of its own, and a pair for its servers.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::path::Path;

/// The town's servers, and Mozilla's, which a test has here.
const NAMES: [&str; 5] = [
    "localhost",
    "127.0.0.1",
    "example.test",
    "*.example.test",
    "autoconfig.thunderbird.net",
];

pub(super) fn write(folder: &Path) {
    let folder = folder.join("tls");
    std::fs::create_dir(&folder).unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let names = NAMES.map(str::to_owned);
    let key = KeyPair::generate().unwrap();
    let served = CertificateParams::new(names).unwrap();
    let served = served.signed_by(&key, &authority).unwrap();
    std::fs::write(folder.join("ca.pem"), authority.pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), served.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}
