//! A file in the forms in which browsers take it.

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write};

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

/// A text with its compressed forms and a name for exactly this content.
#[derive(Debug)]
pub(crate) struct Compressed {
    plain: Bytes,
    gzip: Bytes,
    brotli: Bytes,
    hash: String,
}

/// Enough of a hash to tell versions of a file apart.
const HASH_BYTES: usize = 8;

impl Compressed {
    /// Compresses a text as far as it goes: it is done once and sent often.
    pub(crate) fn of(text: String) -> Self {
        let mut hash = String::new();
        for byte in Sha256::digest(&text).iter().take(HASH_BYTES) {
            write!(hash, "{byte:02x}").expect("writing to a string does not fail");
        }
        let (gzip, brotli) = (gzip(text.as_bytes()), brotli(text.as_bytes()));
        Self {
            gzip: gzip.expect("writing to memory does not fail").into(),
            brotli: brotli.expect("writing to memory does not fail").into(),
            plain: text.into(),
            hash,
        }
    }

    /// The name of the content.
    pub(crate) fn hash(&self) -> &str {
        &self.hash
    }

    /// The smallest form among those a client takes, by its `Accept-Encoding`.
    pub(crate) fn for_client(&self, accepts: &str) -> (Encoding, Bytes) {
        if is_accepted(accepts, "br") {
            (Encoding::Brotli, self.brotli.clone())
        } else if is_accepted(accepts, "gzip") {
            (Encoding::Gzip, self.gzip.clone())
        } else {
            (Encoding::Plain, self.plain.clone())
        }
    }
}

/// Whether a coding is named and not refused.
fn is_accepted(accepts: &str, coding: &str) -> bool {
    accepts.split(',').any(|entry| {
        let (name, quality) = entry.split_once(';').unwrap_or((entry, "q=1"));
        let refused = quality
            .trim()
            .strip_prefix("q=")
            .is_some_and(|number| number.parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &best)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::{Compressed, Encoding, is_accepted};
    use flate2::read::GzDecoder;
    use std::io::Read;

    #[test]
    fn every_form_is_the_same_text() {
        let text = "Hello, hello, hello. ".repeat(50);
        let file = Compressed::of(text.clone());
        let (encoding, body) = file.for_client("gzip, deflate, br;q=0.5");
        assert_eq!(encoding, Encoding::Brotli);
        let mut read = String::new();
        brotli::Decompressor::new(&*body, 4096)
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read, text);
        let (encoding, body) = file.for_client("gzip");
        assert_eq!(encoding, Encoding::Gzip);
        read.clear();
        GzDecoder::new(&*body).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        assert_eq!(file.for_client(""), (Encoding::Plain, text.into()));
        assert_eq!(file.hash().len(), 16);
    }

    #[test]
    fn what_a_client_refuses_is_not_sent() {
        assert!(is_accepted("deflate , BR", "br"));
        assert!(is_accepted("br;q=0.1", "br"));
        assert!(!is_accepted("br;q=0, gzip", "br"));
        assert!(!is_accepted("brotli", "br"));
        assert!(!is_accepted("", "gzip"));
    }
}
