//! Google's own description of its calls, against which every call and every answer is held.

use serde_json::{Map, Value};
use std::sync::LazyLock;

static DESCRIBED: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("discovery.json")).unwrap());

/// A call that Google describes.
#[derive(Clone, Copy)]
pub(super) struct Described(&'static Value);

impl Described {
    /// The call with this verb and path; what it is not like, where it is none.
    pub(super) fn find(verb: &str, path: &str) -> Result<Self, String> {
        let path = path.trim_start_matches('/');
        let path = path.strip_prefix("upload/").unwrap_or(path);
        let methods = DESCRIBED["methods"].as_object().unwrap();
        let found = methods
            .values()
            .find(|it| it["httpMethod"] == verb && fits(it["path"].as_str().unwrap(), path));
        found
            .map(Self)
            .ok_or_else(|| format!("no such call: {verb} {path}"))
    }

    pub(super) fn id(self) -> &'static str {
        self.0["id"].as_str().unwrap()
    }

    /// Looks at a query.
    pub(super) fn query(self, query: &[(String, String)]) -> Result<(), String> {
        for (name, value) in query {
            if name == "uploadType" && value == "multipart" {
                continue;
            }
            let known = &self.0["parameters"][name];
            if known["location"] != "query" {
                return Err(format!("{}: no parameter {name}", self.id()));
            }
            let is_number = known["type"] == "integer" || known["format"] == "uint64";
            if is_number && value.parse::<u64>().is_err() {
                return Err(format!("{}: {name} is no number: {value}", self.id()));
            }
            let chosen = known["enum"].as_array();
            if chosen.is_some_and(|all| !all.iter().any(|it| it == value)) {
                return Err(format!("{}: {name} is not {value}", self.id()));
            }
        }
        Ok(())
    }

    /// Looks at what a call carries.
    pub(super) fn request(self, body: &Value) -> Result<(), String> {
        let wanted = self.0["request"]["$ref"].as_str();
        wanted.map_or(Ok(()), |name| of_schema(name, body, self.id()))
    }

    /// Looks at what a call is answered.
    pub(super) fn answer(self, body: &Value) -> Result<(), String> {
        of_schema(
            self.0["response"]["$ref"].as_str().unwrap(),
            body,
            self.id(),
        )
    }
}

/// Whether a path is one of a template with names in braces.
fn fits(template: &str, path: &str) -> bool {
    let (wanted, given) = (template.split('/'), path.split('/'));
    wanted.clone().count() == given.clone().count()
        && wanted
            .zip(given)
            .all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
}

fn of_schema(name: &str, value: &Value, place: &str) -> Result<(), String> {
    of_type(&DESCRIBED["schemas"][name], value, place)
}

fn of_type(schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        return of_schema(name, value, place);
    }
    let fault = || Err(format!("{place}: {value} is no {}", schema["type"]));
    match (schema["type"].as_str(), value) {
        (Some("object"), Value::Object(fields)) => of_fields(schema, fields, place),
        (Some("array"), Value::Array(all)) => all
            .iter()
            .try_for_each(|it| of_type(&schema["items"], it, place)),
        (Some("string"), Value::String(text)) => {
            let is_text = schema["format"] != "uint64" || text.parse::<u64>().is_ok();
            let is_bytes = schema["format"] != "byte" || !text.contains(['+', '/']);
            if is_text && is_bytes { Ok(()) } else { fault() }
        }
        (Some("integer"), Value::Number(_)) | (Some("boolean"), Value::Bool(_)) => Ok(()),
        _ => fault(),
    }
}

fn of_fields(schema: &Value, fields: &Map<String, Value>, place: &str) -> Result<(), String> {
    for (name, value) in fields {
        let place = format!("{place}.{name}");
        let known = schema["properties"].get(name);
        let known = known.ok_or_else(|| format!("{place} is not described"))?;
        of_type(known, value, &place)?;
    }
    Ok(())
}

#[test]
fn what_google_does_not_describe_is_refused() {
    let send = Described::find("POST", "/gmail/v1/users/me/messages/send").unwrap();
    let body = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(
        send.request(&body(r#"{"raw": "a-_=", "threadId": "t"}"#)),
        Ok(())
    );
    assert!(send.request(&body(r#"{"raw": "a+/="}"#)).is_err());
    assert!(send.request(&body(r#"{"body": "x"}"#)).is_err());
    assert!(Described::find("GET", "/gmail/v1/users/me/messages/send/x").is_err());
    let history = Described::find("GET", "/gmail/v1/users/me/history").unwrap();
    let asked = |name: &str, value: &str| history.query(&[(name.to_owned(), value.to_owned())]);
    assert_eq!(asked("startHistoryId", "7"), Ok(()));
    assert!(asked("startHistoryId", "x").is_err());
    assert!(asked("historyTypes", "messagesAdded").is_err());
    assert!(asked("since", "7").is_err());
}
