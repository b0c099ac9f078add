//! What a draft rests on, in words.

use frontdesk_protocol::entity::DraftSource;

/// What a source is, in a word or two.
#[must_use]
pub fn kind(source: &DraftSource) -> &str {
    match source.kind.as_str() {
        "canned_response" => "canned reply",
        "message" => "earlier answer",
        "business_context" => "the company",
        other => other,
    }
}
