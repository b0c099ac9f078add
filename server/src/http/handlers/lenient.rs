//! What browser clients mean by what they send.

use crate::http::input::Double;
use frontdesk_domain::InboxId;
use frontdesk_domain::decide::Field;
use frontdesk_domain::text::clean_line;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

/// The most characters of a short field; PostgreSQL cannot index very long ones.
pub(super) const LONGEST: usize = 255;

/// Sites send their own ids as texts or as numbers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum TextOrNumber {
    Text(String),
    Number(serde_json::Number),
}

impl TextOrNumber {
    /// The text, which a number is too.
    pub(super) fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// An inbox that may be left out; browser clients say `undefined` when they have none.
pub(super) fn lenient_id<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<InboxId>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.filter(|text| !says_nothing(text))
        .map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

/// Whether a text is JavaScript's way to say nothing.
pub(super) fn says_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "null" | "undefined")
}

/// What a page knows by itself is no reason to refuse its visitor: it is cut.
pub(super) fn cut(value: Double<String>) -> Field<String> {
    match line(value) {
        Field::Set(text) => Field::Set(text.chars().take(LONGEST).collect()),
        other => other,
    }
}

/// A text on one line; an empty one is none.
pub(super) fn line(value: Double<String>) -> Field<String> {
    filled(value, |text| {
        let text = clean_line(&text).text;
        (!text.is_empty()).then_some(text)
    })
}

/// A field whose value may turn out to be none.
pub(super) fn filled<T, U>(value: Double<T>, keep: impl Fn(T) -> Option<U>) -> Field<U> {
    match value.0 {
        None => Field::Keep,
        Some(inner) => inner.and_then(keep).map_or(Field::Clear, Field::Set),
    }
}
