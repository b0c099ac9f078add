//! The certificate with which the server speaks TLS by itself.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted};
use std::path::{Path, PathBuf};

/// A certificate and its key; both, or neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tls {
    pub cert: TlsFile,
    pub key: TlsFile,
}

/// A file, if there is to be TLS.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TlsFile {
    #[default]
    Off,
    At(PathBuf),
}

impl TlsFile {
    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Off => None,
            Self::At(path) => Some(path),
        }
    }
}

impl Setting for TlsFile {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"off\" or the path of a PEM file";
        match raw.text(expected)? {
            "" => Err(raw.wrong(expected)),
            "off" => Ok(Self::Off),
            path => Ok(Self::At(PathBuf::from(path))),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Off => quoted("off"),
            Self::At(path) => quoted(path.display()),
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "tls.cert",
        tls.cert,
        "The certificate and those between it and its authority, as a PEM file, or \"off\". With it\nand tls.key the server speaks TLS by itself; both are read again when they change, and\non SIGHUP."
    ),
    key!(
        "tls.key",
        tls.key,
        "The certificate's private key, as a PEM file, or \"off\"."
    ),
];
