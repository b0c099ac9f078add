//! The suggester that needs no model: the text that fits best, as it is. It says that it is that, and
//! writes nothing of its own.

use super::Made;
use super::material::{Material, Text};
use frontdesk_ai::words;

/// The answer that fits best, unless it is the one that stands there.
pub(super) fn answer(question: &str, before: Option<&str>, material: &Material) -> Made {
    // As it is, a text for the company only is no reply.
    let is_other = |it: &&Text| !it.source.internal && Some(it.body.as_str()) != before;
    let why = match material.texts.iter().find(is_other) {
        Some(text) => {
            return Made::Text {
                body: text.body.clone(),
                sources: vec![text.source.clone()],
            };
        }
        None if words::stems(question).is_empty() => {
            "The customer's message has no words to look for."
        }
        None if before.is_none() => "No canned response, no knowledge and no earlier answer fits.",
        None => "No other canned response, knowledge or earlier answer fits.",
    };
    Made::Nothing {
        why: why.to_owned(),
    }
}
