//! The page at the root: what runs here, for whoever comes by.

use super::Compressed;
use std::sync::LazyLock;

const DOCUMENT: &str = include_str!("../../widget/home.html");

/// The style, which the policy of the page names by its hash.
pub(crate) const STYLE: &str = include_str!("../../widget/home.css");

/// The document with its style inside: it is all there is to fetch.
pub(crate) static HOME: LazyLock<Compressed> =
    LazyLock::new(|| Compressed::of(DOCUMENT.replace("{{style}}", STYLE)));
