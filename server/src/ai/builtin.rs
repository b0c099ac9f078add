//! The suggester that needs no model: the text that fits best, as it is. It says that it is that, and
//! writes nothing of its own.

use super::Made;
use super::material::{Material, Text};
use frontdesk_ai::words;

/// The answer that fits best, unless it is the one that stands there or is longer than the channel takes.
pub(super) fn answer(
    question: &str,
    before: Option<&str>,
    longest: Option<usize>,
    material: &Material,
) -> Made {
    // As it is, a text for the company only is no reply.
    let is_other = |it: &&Text| !it.source.internal && Some(it.body.as_str()) != before;
    let (others, longest) = (
        material.texts.iter().filter(is_other),
        longest.unwrap_or(usize::MAX),
    );
    let (fitting, too_long): (Vec<&Text>, Vec<&Text>) =
        others.partition(|it| it.body.encode_utf16().count() <= longest);
    let why = match fitting.first() {
        Some(text) => {
            return Made::Text {
                body: text.body.clone(),
                sources: vec![text.source.clone()],
            };
        }
        None if !too_long.is_empty() => "What fits is longer than the channel takes.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_protocol::entity::DraftSource;

    fn text(n: u32, body: &str) -> Text {
        let source = DraftSource {
            n,
            kind: "canned_response".to_owned(),
            id: n.to_string(),
            conversation_id: None,
            title: "Refunds".to_owned(),
            internal: false,
        };
        Text {
            about: "Refunds".to_owned(),
            body: body.to_owned(),
            source,
            asker: None,
        }
    }

    fn made(longest: Option<usize>) -> Made {
        let material = Material {
            talks: Vec::new(),
            texts: vec![
                text(1, "Refunds take five working days."),
                text(2, "Five days."),
            ],
            company: Vec::new(),
            instructions: None,
            name: None,
        };
        answer("When is my refund?", None, longest, &material)
    }

    #[test]
    fn a_text_is_as_long_as_its_channel_takes() {
        for (longest, body) in [
            (None, "Refunds take five working days."),
            (Some(10), "Five days."),
        ] {
            let Made::Text { body: said, .. } = made(longest) else {
                panic!("nothing for {longest:?}");
            };
            assert_eq!(said, body);
        }
        let Made::Nothing { why } = made(Some(9)) else {
            panic!("there is a text");
        };
        assert_eq!(why, "What fits is longer than the channel takes.");
    }
}
