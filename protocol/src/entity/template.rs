//! Texts that a provider has approved for writing to customers who have not written lately.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Such a text, with places to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReplyTemplate {
    /// The provider's name for it.
    pub id: String,
    /// What people call it.
    pub name: String,
    pub language: Option<String>,
    /// The text, with places such as `{{1}}`. A reply that is this text filled in goes out as this template.
    pub text: String,
    pub places: Vec<TemplatePlace>,
    /// Whether the provider lets it be used: `approved`, `waiting` or `refused`.
    pub approval: TemplateApproval,
    /// Why it cannot be sent, such as `it is not approved yet`; nothing where it can.
    #[serde(default)]
    pub why_not: Option<String>,
}

/// A place of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TemplatePlace {
    pub name: String,
    /// What may stand there.
    pub example: Option<String>,
}

/// Whether a template may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateApproval {
    Approved,
    /// Nobody has decided yet, or nobody was asked.
    Waiting,
    Refused,
    /// Something that this version does not know.
    #[serde(other)]
    Unknown,
}

impl ReplyTemplate {
    /// Why it cannot be sent, where it cannot. Servers that say no reason say whether it is approved.
    #[must_use]
    pub fn barred(&self) -> Option<&str> {
        let by_approval = match self.approval {
            TemplateApproval::Approved => None,
            TemplateApproval::Refused => Some("it was rejected"),
            TemplateApproval::Waiting | TemplateApproval::Unknown => Some("it is not approved yet"),
        };
        self.why_not.as_deref().or(by_approval)
    }

    /// The text with what stands in its places. A place for which nothing is given stays as it is.
    #[must_use]
    pub fn filled(&self, values: &[(String, String)]) -> String {
        let mut text = String::new();
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((place, end)) = after.split_once("}}") else {
                break;
            };
            text.push_str(before);
            match values.iter().find(|(name, _)| name == place.trim()) {
                Some((_, value)) => text.push_str(value),
                None => {
                    text.push_str("{{");
                    text.push_str(place);
                    text.push_str("}}");
                }
            }
            rest = end;
        }
        text + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_in_and_the_others_stay() {
        let it = ReplyTemplate {
            id: "HX1".to_owned(),
            name: "late".to_owned(),
            language: None,
            text: "Hello {{1}}, {{ 2 }} is late, {{1}}. {{3".to_owned(),
            places: Vec::new(),
            approval: TemplateApproval::Approved,
            why_not: None,
        };
        let values = [("1".to_owned(), "{{2}}".to_owned())];
        assert_eq!(
            it.filled(&values),
            "Hello {{2}}, {{ 2 }} is late, {{2}}. {{3"
        );
    }
}
