//! The answer of an OpenAI-compatible service, as its pieces come in.

use serde::Deserialize;

/// What has come so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    pub text: String,
    pub finish: Option<String>,
    pub tokens_in: i64,
    pub tokens_out: i64,
    done: bool,
}

/// Why an answer is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The service said so in the middle.
    Told(String),
    /// A piece that is no JSON of the kind.
    Malformed,
    /// It ended before its end.
    Cut,
    /// The model reached its limit of tokens.
    Length,
    /// The service's filter held it back.
    Filtered,
}

impl Fault {
    /// The words for agents and the ledger.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Told(why) => format!("The model's service stopped: {why}"),
            Self::Malformed => "The model's service sent something that cannot be read.".to_owned(),
            Self::Cut => "The model's answer broke off.".to_owned(),
            Self::Length => "The model's answer was cut at its limit of tokens.".to_owned(),
            Self::Filtered => "The model's service held the answer back.".to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Told>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Option<Delta>,
    #[serde(default)]
    message: Option<Delta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: i64,
    #[serde(default)]
    completion_tokens: i64,
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    message: Option<String>,
}

/// So much of a service's own words is kept.
const WORDS: usize = 200;

impl Completion {
    /// Takes the data of an event, or a whole answer of a service that does not stream.
    ///
    /// # Errors
    /// When it tells of a fault or is none of the kind.
    pub fn take(&mut self, data: &str) -> Result<(), Fault> {
        if data.trim() == "[DONE]" {
            self.done = true;
            return Ok(());
        }
        let chunk: Chunk = serde_json::from_str(data).map_err(|_| Fault::Malformed)?;
        if let Some(told) = chunk.error {
            let words = told.message.unwrap_or_default();
            return Err(Fault::Told(words.chars().take(WORDS).collect()));
        }
        // Some services send the sums with every piece: the last one counts.
        if let Some(usage) = chunk.usage {
            self.tokens_in = usage.prompt_tokens.max(0);
            self.tokens_out = usage.completion_tokens.max(0);
        }
        if let Some(choice) = chunk.choices.into_iter().next() {
            let said = choice.delta.or(choice.message).and_then(|it| it.content);
            self.text.push_str(&said.unwrap_or_default());
            self.finish = choice.finish_reason.or(self.finish.take());
        }
        Ok(())
    }

    /// The whole answer, once nothing more comes.
    ///
    /// # Errors
    /// When it is not whole.
    pub fn finish(self) -> Result<Self, Fault> {
        match self.finish.as_deref() {
            Some("length") => Err(Fault::Length),
            Some("content_filter") => Err(Fault::Filtered),
            Some(_) => Ok(self),
            None if self.done => Ok(self),
            None => Err(Fault::Cut),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(events: &[&str]) -> Result<Completion, Fault> {
        let mut completion = Completion::default();
        for event in events {
            completion.take(event)?;
        }
        completion.finish()
    }

    #[test]
    fn pieces_become_an_answer_with_its_tokens() {
        let whole = of(&[
            r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
            r#"{"choices":[{"index":0,"delta":{"content":"Hel"}}]}"#,
            r#"{"choices":[{"index":0,"delta":{"content":null}}]}"#,
            r#"{"choices":[{"index":0,"delta":{"content":"lo"}}]}"#,
            r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
            r#"{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}"#,
            "[DONE]",
        ])
        .unwrap();
        assert_eq!(whole.text, "Hello");
        assert_eq!((whole.tokens_in, whole.tokens_out), (12, 3));
        let at_once = r#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#;
        assert_eq!(of(&[at_once]).unwrap().text, "Hi");
    }

    #[test]
    fn half_an_answer_is_none() {
        let piece = r#"{"choices":[{"delta":{"content":"Hel"}}]}"#;
        let ended =
            |how: &str| format!(r#"{{"choices":[{{"delta":{{}},"finish_reason":"{how}"}}]}}"#);
        assert_eq!(of(&[piece]), Err(Fault::Cut));
        assert!(of(&[piece, "[DONE]"]).is_ok());
        assert_eq!(of(&[piece, &ended("length")]), Err(Fault::Length));
        assert_eq!(of(&[piece, &ended("content_filter")]), Err(Fault::Filtered));
        assert_eq!(of(&[piece, "{\"choices\":"]), Err(Fault::Malformed));
        let told = r#"{"error":{"message":"overloaded"}}"#;
        assert_eq!(
            of(&[piece, told]),
            Err(Fault::Told("overloaded".to_owned()))
        );
    }
}
