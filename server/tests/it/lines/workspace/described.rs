//! Whether a call is as Slack describes its methods.

use super::Shared;
use axum::http::{HeaderMap, Method, header};
use serde_json::{Map, Value};

/// The arguments of a call: of its query, and of a body of JSON or of a form.
pub(super) fn args(query: &str, headers: &HeaderMap, body: &[u8]) -> Map<String, Value> {
    let form = |text: &[u8]| {
        let pairs = url::form_urlencoded::parse(text);
        pairs
            .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
            .collect::<Map<_, _>>()
    };
    let mut args = form(query.as_bytes());
    let kind = headers
        .get(header::CONTENT_TYPE)
        .map(|it| it.to_str().unwrap());
    match kind {
        Some(kind) if kind.starts_with("application/json") => {
            args.extend(serde_json::from_slice::<Map<String, Value>>(body).unwrap());
        }
        _ => args.extend(form(body)),
    }
    args
}

impl Shared {
    /// Compares a call with the description of its method.
    pub(super) fn compare(&self, method: &str, verb: &Method, args: &Map<String, Value>) {
        let described = &self.methods[method];
        let mut faults = self.faults.lock();
        if described.is_null() {
            return faults.push(format!("{method} is no method"));
        }
        if verb == Method::GET && described["http_method"] != "GET" {
            faults.push(format!("{method} is posted"));
        }
        for required in described["required"].as_array().unwrap() {
            let name = required.as_str().unwrap();
            if name != "token" && !args.contains_key(name) {
                faults.push(format!("{method} needs {name}"));
            }
        }
        for (name, value) in args {
            let wanted = &described["args"][name]["type"];
            let fits = match (wanted.as_str(), value) {
                (Some("boolean"), Value::String(text)) => matches!(text.as_str(), "true" | "false"),
                (Some("number" | "integer"), Value::String(text)) => text.parse::<u64>().is_ok(),
                (Some("boolean"), value) => value.is_boolean(),
                (Some("number" | "integer"), value) => value.is_number(),
                (Some("string"), value) => value.is_string(),
                _ => true,
            };
            if described["args"].get(name).is_none() || !fits {
                faults.push(format!("{method} takes no {name} of {value}"));
            }
        }
    }
}
