//! The suggester that needs no model: the text that fits best, as it is. It says that it is that, and
//! writes nothing of its own.

use super::Made;
use super::material::Material;
use frontdesk_ai::words;

/// The answer that fits best.
pub(super) fn answer(question: &str, material: &Material) -> Made {
    let why = match material.texts.first() {
        Some(text) => {
            return Made::Text {
                body: text.body.clone(),
                sources: vec![text.source.clone()],
            };
        }
        None if words::stems(question).is_empty() => {
            "The customer's message has no words to look for."
        }
        None => "No canned response and no earlier answer fits.",
    };
    Made::Nothing {
        why: why.to_owned(),
    }
}
