//! The API description, made from the table of routes.

mod errors;

pub(crate) use errors::ErrorBody;

use crate::http::route::{Access, Answer, Body, JSON, Route};
use crate::http::routes;
use axum::Json;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
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

fn describe() -> Value {
    let mut schemas = Schemas::new();
    let mut paths: Map<String, Value> = Map::new();
    let error = schemas.going_out.subschema_for::<ErrorBody>();
    for route in routes::all() {
        let operation = operation(&route, &mut schemas, error.as_value());
        let method = route.method.as_str().to_ascii_lowercase();
        for path in std::iter::once(route.path.to_owned()).chain(route.public_path()) {
            let place = paths.entry(path).or_insert_with(|| json!({}));
            if let Value::Object(place) = place {
                place.insert(method.clone(), operation.clone());
            }
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Frontdesk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The REST surface of frontdesk-server. Channels are described in docs/PROTOCOL.md.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas.definitions(),
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "header", "name": "Authorization" },
                "key": { "type": "http", "scheme": "bearer" },
            },
        },
    })
}

/// The schemas of what comes in and of what goes out: a field that may be left out of a request is
/// always there in an answer.
struct Schemas {
    coming_in: SchemaGenerator,
    going_out: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12()
            .with(|settings| settings.definitions_path = "/components/schemas".into());
        Self {
            going_out: settings.clone().for_serialize().into_generator(),
            coming_in: settings.into_generator(),
        }
    }

    fn definitions(mut self) -> Map<String, Value> {
        let mut all = self.coming_in.take_definitions(true);
        all.extend(self.going_out.take_definitions(true));
        all
    }
}

fn operation(route: &Route, schemas: &mut Schemas, error: &Value) -> Value {
    let mut responses = Map::new();
    for (status, text) in errors::ANY_ROUTE {
        let content = json!({ JSON: { "schema": error } });
        responses.insert(
            status.to_string(),
            json!({ "description": text, "content": content }),
        );
    }
    responses.extend(answers(route, &mut schemas.going_out));
    let mut operation = json!({ "summary": route.about, "responses": responses });
    let parameters = parameters(route, &mut schemas.coming_in);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if let Some(body) = &route.body {
        operation["requestBody"] = request_body(body, &mut schemas.coming_in);
    }
    if matches!(route.access, Access::Agent(_)) {
        operation["security"] = json!([{ "session": [] }, { "key": [] }]);
    }
    operation
}

/// What the route answers by status; one status may come in several forms.
fn answers(route: &Route, generator: &mut SchemaGenerator) -> Map<String, Value> {
    let mut answers: Map<String, Value> = Map::new();
    for answer in &route.answers {
        let mut described = response(answer, generator);
        let status = answer.status.to_string();
        let forms = answers.get_mut(&status).and_then(forms_of);
        match (forms, forms_of(&mut described)) {
            (Some(forms), Some(more)) => forms.append(more),
            _ => drop(answers.insert(status, described)),
        }
    }
    answers
}

/// The bodies of a described answer, by content type.
fn forms_of(described: &mut Value) -> Option<&mut Map<String, Value>> {
    described.get_mut("content")?.as_object_mut()
}

fn response(answer: &Answer, generator: &mut SchemaGenerator) -> Value {
    let description = match answer.status {
        ..300 => "Done.",
        _ => "Not done; the body says why.",
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
        let schema = path_schema(route.path, name);
        Some(json!({ "name": name, "in": "path", "required": true, "schema": schema }))
    });
    let mut found: Vec<Value> = in_path.collect();
    if let Some(query) = route.query {
        found.extend(query_parameters(query(generator).as_value(), generator));
    }
    found
}

/// Ids are UUIDs, except those of users.
fn path_schema(path: &str, name: &str) -> Value {
    let is_users = name == "user_id" || (name == "id" && path.contains("/users/"));
    match name {
        _ if is_users => json!({ "type": "integer", "format": "int64" }),
        _ if name == "id" || name.ends_with("_id") => json!({ "type": "string", "format": "uuid" }),
        _ => json!({ "type": "string" }),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The description has one place for both kinds of schemas.
    #[test]
    fn what_comes_in_and_what_goes_out_have_names_of_their_own() {
        let mut schemas = Schemas::new();
        for route in routes::all() {
            operation(&route, &mut schemas, &Value::Null);
        }
        let coming_in = schemas.coming_in.take_definitions(true);
        let going_out = schemas.going_out.take_definitions(true);
        for (name, schema) in coming_in {
            let other = going_out.get(&name).unwrap_or(&schema);
            assert_eq!(other, &schema, "{name} has two meanings");
        }
    }
}
