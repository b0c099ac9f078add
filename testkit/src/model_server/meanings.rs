//! What the stand-in says texts mean: words that mean the same are one part of a direction, so that a test
//! can foresee which texts are near each other.

use super::whole;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// What it answers to whoever asks what texts mean.
#[derive(Debug, Clone)]
pub enum Means {
    /// Each of these is a part: a text has it by one of its words.
    Alike(Vec<Vec<String>>),
    /// A status and a body.
    Refuses(u16, String),
    /// Nothing for ever.
    Stalls,
}

impl Means {
    /// These groups of words mean the same each.
    #[must_use]
    pub fn alike(groups: &[&[&str]]) -> Self {
        let group = |words: &&[&str]| words.iter().map(|it| it.to_lowercase()).collect();
        Self::Alike(groups.iter().map(group).collect())
    }
}

pub(super) async fn answer(
    stream: &mut TcpStream,
    means: Means,
    asked: &Value,
) -> std::io::Result<()> {
    let (status, body) = match means {
        Means::Alike(groups) => (200, embeddings(asked, &groups).to_string()),
        Means::Refuses(status, body) => (status, body),
        Means::Stalls => std::future::pending().await,
    };
    let json = [("content-type", "application/json".to_owned())];
    whole(stream, status, &json, &body).await
}

fn embeddings(asked: &Value, groups: &[Vec<String>]) -> Value {
    let texts: Vec<&str> = match &asked["input"] {
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let data = texts.iter().enumerate().map(|(index, text)| {
        json!({ "object": "embedding", "index": index, "embedding": direction(text, groups) })
    });
    json!({
        "object": "list", "model": asked["model"], "data": data.collect::<Vec<_>>(),
        "usage": { "prompt_tokens": 7 * texts.len(), "total_tokens": 7 * texts.len() },
    })
}

/// A part for each group, and one that is what has none of them.
fn direction(text: &str, groups: &[Vec<String>]) -> Vec<f32> {
    let text = text.to_lowercase();
    let has = |words: &Vec<String>| words.iter().any(|it| text.contains(it));
    let mut parts: Vec<f32> = groups
        .iter()
        .map(|it| f32::from(u8::from(has(it))))
        .collect();
    let is_none = parts.iter().all(|it| *it == 0.0);
    parts.push(f32::from(u8::from(is_none)));
    parts
}
