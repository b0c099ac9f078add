//! What a model for embeddings is told, and its answer.

use crate::vector::Vector;
use serde::Deserialize;

/// So much of a text is told, in characters: models read no more of a long one, and refuse a longer.
const LONGEST: usize = 6_000;

/// What a model is told of an entry.
#[must_use]
pub fn text_of(title: &str, body: &str) -> String {
    cut(&format!("{title}\n{body}"))
}

/// The beginning of a text, as far as it is told.
#[must_use]
pub fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// What a model says of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// In the order of the texts.
    pub vectors: Vec<Vector>,
    pub tokens: i64,
}

#[derive(Deserialize)]
struct Body {
    data: Vec<Item>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Item {
    /// Some services name none, and keep the order.
    #[serde(default)]
    index: Option<usize>,
    embedding: Vec<f32>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: i64,
}

/// Reads what a service says of so many texts; none where it does not say it of each.
#[must_use]
pub fn read(body: &[u8], texts: usize) -> Option<Embedded> {
    let mut body: Body = serde_json::from_slice(body).ok()?;
    if body.data.iter().all(|it| it.index.is_some()) {
        body.data.sort_by_key(|it| it.index);
        body.data.dedup_by_key(|it| it.index);
    }
    let vectors: Option<Vec<Vector>> = body
        .data
        .iter()
        .map(|it| Vector::of(&it.embedding))
        .collect();
    let vectors = vectors.filter(|it| it.len() == texts)?;
    let length = vectors.first().map_or(0, |it| it.bytes().len());
    let is_one_model = vectors.iter().all(|it| it.bytes().len() == length);
    is_one_model.then_some(Embedded {
        vectors,
        tokens: body.usage.map_or(0, |it| it.prompt_tokens.max(0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"{"object":"list","model":"m","data":[
        {"object":"embedding","index":1,"embedding":[0.0,1.0]},
        {"object":"embedding","index":0,"embedding":[1.0,0.0]}],
        "usage":{"prompt_tokens":9,"total_tokens":9}}"#;

    #[test]
    fn each_text_gets_its_own_in_any_order() {
        let read = read(TWO.as_bytes(), 2).unwrap();
        let wanted = [[1.0, 0.0], [0.0, 1.0]].map(|it| Vector::of(&it).unwrap());
        assert_eq!(read.vectors, wanted);
        assert_eq!(read.tokens, 9);
    }

    #[test]
    fn what_a_service_leaves_out_is_done_without() {
        let bare = r#"{"data":[{"embedding":[1,0]},{"embedding":[0,1]}]}"#;
        let read = read(bare.as_bytes(), 2).unwrap();
        assert_eq!((read.vectors.len(), read.tokens), (2, 0));
        assert_eq!(read.vectors[0], Vector::of(&[1.0, 0.0]).unwrap());
    }

    #[test]
    fn an_answer_that_is_not_of_each_text_is_none() {
        for wrong in [
            "",
            "<html>",
            r#"{"data":[]}"#,
            r#"{"data":[{"index":0,"embedding":[1,0]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1,0]},{"index":0,"embedding":[1,0]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":[1]}]}"#,
            r#"{"data":[{"index":0,"embedding":[1,0]},{"index":1,"embedding":"AAAA"}]}"#,
        ] {
            assert_eq!(read(wrong.as_bytes(), 2), None, "{wrong}");
        }
    }

    #[test]
    fn a_long_text_is_told_as_far_as_models_read() {
        let told = text_of("Refunds", &"ä".repeat(20_000));
        assert!(told.starts_with("Refunds\nä"));
        assert_eq!(told.chars().count(), LONGEST);
    }
}
