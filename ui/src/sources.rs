//! What a draft rests on, in words.

use crate::glyph::Glyphs;
use frontdesk_protocol::entity::{Draft, DraftSource};

/// What a source is, in a word or two.
#[must_use]
pub fn kind(source: &DraftSource) -> &str {
    match source.kind.as_str() {
        "knowledge" if source.internal => "for the company only",
        "canned_response" => "canned reply",
        "message" => "earlier answer",
        "business_context" => "the company",
        other => other,
    }
}

/// What an agent is asked about before the draft is sent: a line for each of its sources that is
/// for the company only.
#[must_use]
pub fn warnings(draft: &Draft, glyphs: Glyphs) -> Vec<String> {
    let internal = draft.internal_sources().into_iter();
    internal
        .map(|it| {
            let title = glyphs.quoted(&it.title);
            format!("It rests on {title}, which is for the company only.")
        })
        .collect()
}
