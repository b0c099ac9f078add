//! HTML of a mail: as text for the terminal, and without anything that acts for keeping.

use ammonia::Builder;
use html2text::config;
use std::collections::{HashMap, HashSet};

/// The most bytes of HTML that are rendered. Rendering costs more than reading, and what people
/// write is far below.
const LONGEST_HTML: usize = 512 * 1024;

/// Wider than any line a person writes: the screen wraps, not this.
const WIDTH: usize = 500;

/// Renders HTML as text, without what an inline style hides.
pub(super) fn as_text(markup: &str) -> String {
    let markup = shortened(markup);
    let rendered = config::plain_no_decorate()
        .no_table_borders()
        .allow_width_overflow()
        .use_doc_css()
        .string_from_read(markup.as_bytes(), WIDTH);
    match rendered {
        Ok(text) => text,
        // What cannot be laid out still has words.
        Err(_) => Builder::empty().clean(markup).to_string(),
    }
}

/// Keeps what formats words, and nothing that runs, asks for input or names a place to fetch
/// from: images only where they lie in the mail itself. Styles go as well, so what they hid is
/// seen in it; the text is what agents read.
pub(super) fn sanitised(markup: &str) -> String {
    let schemes = HashSet::from(["http", "https", "mailto", "tel", "cid"]);
    Builder::default()
        .url_schemes(schemes)
        .attribute_filter(|element, attribute, value| {
            let fetches = element == "img" && attribute == "src" && !value.starts_with("cid:");
            (!fetches).then_some(value.into())
        })
        .allowed_classes(HashMap::new())
        .clean(shortened(markup))
        .to_string()
}

fn shortened(markup: &str) -> &str {
    &markup[..markup.floor_char_boundary(LONGEST_HTML)]
}
