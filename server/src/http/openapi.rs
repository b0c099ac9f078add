//! The API description, made from the table of routes.

use crate::http::route::{Access, Answer, Body, JSON, Route};
use crate::http::routes;
use axum::Json;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(describe);

/// The whole description.
#[must_use]
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// `GET /api/openapi.json`.
pub(crate) async fn serve() -> Json<&'static Value> {
    Json(document())
}

/// What an error looks like: the shapes existing clients know.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what `http/error.rs` writes by hand")]
enum ErrorBody {
    Said { error: Said },
    Detail { errors: Detail },
}

#[derive(Serialize, JsonSchema)]
struct Said {
    /// The status again; only on "Not authenticated" it is `code` instead.
    status: Option<u16>,
    code: Option<u16>,
    message: String,
    /// Problems by field.
    errors: Option<std::collections::BTreeMap<String, Vec<String>>>,
    received: Option<Vec<String>>,
    /// `resync` where only a new snapshot helps.
    reason: Option<String>,
    newest_seq: Option<i64>,
    newer_message_ids: Option<Vec<String>>,
}

#[derive(Serialize, JsonSchema)]
struct Detail {
    detail: String,
}

/// What any route may answer when it does not do what it was asked.
const ERRORS: &[(u16, &str)] = &[
    (400, "The request cannot be read."),
    (401, "Not signed in, or the role does not allow it."),
    (403, "Refused."),
    (404, "It does not exist, or not for this caller."),
    (405, "The address does not take this method."),
    (
        409,
        "Something new was written since, or it is done already.",
    ),
    (410, "What was asked for is no longer kept."),
    (413, "The request is too large."),
    (415, "Neither JSON nor a form."),
    (422, "A field is wrong."),
    (503, "The database does not answer. Nothing was changed."),
    (507, "The disk is full. Nothing was changed."),
];

fn describe() -> Value {
    let mut generator = SchemaSettings::openapi3().into_generator();
    let mut paths: Map<String, Value> = Map::new();
    let error = generator.subschema_for::<ErrorBody>();
    for route in routes::all() {
        let operation = operation(&route, &mut generator, error.as_value());
        let method = route.method.as_str().to_ascii_lowercase();
        for path in std::iter::once(route.path.to_owned()).chain(route.public_path()) {
            let place = paths.entry(path).or_insert_with(|| json!({}));
            if let Value::Object(place) = place {
                place.insert(method.clone(), operation.clone());
            }
        }
    }
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Frontdesk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The REST surface of frontdesk-server. Channels are described in docs/PROTOCOL.md.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "header", "name": "Authorization" },
                "key": { "type": "http", "scheme": "bearer" },
            },
        },
    })
}

fn operation(route: &Route, generator: &mut SchemaGenerator, error: &Value) -> Value {
    let mut responses = Map::new();
    for (status, text) in ERRORS {
        let content = json!({ JSON: { "schema": error } });
        responses.insert(
            status.to_string(),
            json!({ "description": text, "content": content }),
        );
    }
    responses.extend(answers(route, generator));
    let mut operation = json!({ "summary": route.about, "responses": responses });
    let parameters = parameters(route, generator);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if let Some(body) = &route.body {
        operation["requestBody"] = request_body(body, generator);
    }
    if matches!(route.access, Access::Agent(_)) {
        operation["security"] = json!([{ "session": [] }, { "key": [] }]);
    }
    operation
}

/// What the route answers by status; one status may come in several forms.
fn answers(route: &Route, generator: &mut SchemaGenerator) -> Map<String, Value> {
    let mut answers = Map::new();
    for answer in &route.answers {
        let mut described = response(answer, generator);
        let form = described["content"].take();
        let known = answers
            .entry(answer.status.to_string())
            .or_insert(described);
        match (&mut known["content"], form) {
            (Value::Object(forms), Value::Object(form)) => forms.extend(form),
            (none, form @ Value::Object(_)) => *none = form,
            (_, _) => {}
        }
    }
    answers
}

fn response(answer: &Answer, generator: &mut SchemaGenerator) -> Value {
    let description = if answer.status < 300 {
        "Done."
    } else {
        "See the text."
    };
    match (answer.schema, answer.media) {
        (Some(schema), media) => {
            let schema = schema(generator);
            json!({ "description": description, "content": { media: { "schema": schema } } })
        }
        (None, "") => json!({ "description": description }),
        (None, media) => {
            let any = json!({ "schema": { "type": "string", "format": "binary" } });
            json!({ "description": description, "content": { media: any } })
        }
    }
}

fn request_body(body: &Body, generator: &mut SchemaGenerator) -> Value {
    let inner = (body.schema)(generator);
    let schema = match body.key {
        None => json!(inner),
        Some(key) => {
            json!({ "type": "object", "required": [key], "properties": { key: inner } })
        }
    };
    json!({ "required": true, "content": { body.media: { "schema": schema } } })
}

fn parameters(route: &Route, generator: &mut SchemaGenerator) -> Vec<Value> {
    let in_path = route.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some(
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }),
        )
    });
    let mut found: Vec<Value> = in_path.collect();
    if let Some(query) = route.query {
        found.extend(query_parameters(query(generator).as_value(), generator));
    }
    found
}

/// Each property of a query's schema is a parameter of its own.
fn query_parameters(schema: &Value, generator: &SchemaGenerator) -> Vec<Value> {
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next());
    let whole = name
        .and_then(|name| generator.definitions().get(name))
        .unwrap_or(schema);
    let required: Vec<&str> = whole["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let Some(properties) = whole["properties"].as_object() else {
        return Vec::new();
    };
    properties
        .iter()
        .map(|(name, schema)| {
            json!({
                "name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": schema,
            })
        })
        .collect()
}
