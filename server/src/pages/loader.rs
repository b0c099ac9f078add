//! The script that puts the chat on a site's pages.

use super::Compressed;
use super::combine::{Piece, classic, pieces};
use std::sync::LazyLock;

/// The media type of scripts.
pub(crate) const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const PIECES: &[Piece] = pieces!("loader":
    "../chat/color.js"
    "settings.js"
    "options.js"
    "styles.js"
    "look.js"
    "bubble.js"
    "frame.js"
    "main.js"
);

/// `/widget.js`.
pub(crate) static LOADER: LazyLock<Compressed> = LazyLock::new(|| Compressed::of(classic(PIECES)));
