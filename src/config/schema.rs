//! A JSON Schema of the configuration file, made from the keys themselves and from the comments
//! of the example, so that an editor says what the file's reader would say.

use super::keys::{KEYS, Key, words};
use frontdesk_protocol::kind::ViewSort;
use frontdesk_ui::model::kept::Column;
use serde_json::{Map, Value, json};

const EXAMPLE: &str = include_str!("../../config.example.toml");

/// The schema.
#[must_use]
pub fn schema() -> Value {
    let mut properties: Map<String, Value> = KEYS
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    properties.insert("keys".to_owned(), own_keys());
    properties.insert("macros".to_owned(), own_macros());
    properties.insert("commands".to_owned(), own_commands());
    properties.insert("views".to_owned(), own_views());
    let recorded = json!({
        "description": "Keys that were recorded, by their names.",
        "type": "object",
        "additionalProperties": { "type": "string" },
    });
    properties.insert("recorded".to_owned(), recorded);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of frontdesk",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn property(key: &Key) -> Value {
    let default = key.default();
    let mut property = json!({ "description": description(key), "default": default });
    let words = words(key);
    let kind = match &default {
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        _ => "string",
    };
    if kind == "string" && !words.is_empty() {
        property["enum"] = json!(words);
    } else if kind == "integer" && !words.is_empty() {
        property["anyOf"] = json!([{ "type": kind }, { "enum": words }]);
    } else {
        property["type"] = json!(kind);
    }
    property
}

/// What the example says above the key, and what a value must be.
fn description(key: &Key) -> String {
    let (mut comment, mut ended) = (Vec::new(), false);
    for line in EXAMPLE.lines() {
        if let Some(value) = line.strip_prefix("#:") {
            let name = value.split('=').next().unwrap_or_default();
            if name.trim() == key.name {
                break;
            }
        }
        match line.strip_prefix("# ") {
            Some(words) => {
                if std::mem::take(&mut ended) {
                    comment.clear();
                }
                comment.push(words);
            }
            None => ended = true,
        }
    }
    format!("{} It must be {}.", comment.join(" "), key.expected)
}

/// Tables of keys: an action's name binds, false unbinds.
fn own_keys() -> Value {
    json!({
        "description": "Keys of your own, in a table for each place. See docs/keys.md.",
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": { "anyOf": [{ "type": "string" }, { "const": false }] },
        },
    })
}

/// Macros, each in a table under its name.
fn own_macros() -> Value {
    json!({
        "description": "Macros of your own, in a table for each name.",
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "reply": { "type": "string" },
                "note": { "type": "string" },
                "do": { "type": "array", "items": { "type": "string" } },
            },
        },
    })
}

/// Commands, each in a table under its name.
fn own_commands() -> Value {
    json!({
        "description": "Commands of your own, in a table for each name.",
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "required": ["run"],
            "properties": {
                "run": { "type": "array", "items": { "type": "string" }, "minItems": 1 },
                "output": { "enum": ["toast", "pager"] },
                "about": { "type": "string" },
            },
        },
    })
}

/// Views, each in a table under its name.
fn own_views() -> Value {
    let sorts: Vec<&str> = ViewSort::ALL.iter().map(|it| it.as_str()).collect();
    let columns: Vec<&str> = Column::ALL.iter().map(|it| it.name()).collect();
    json!({
        "description": "Views of your own, in a table for each name.",
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "query": { "type": "string" },
                "sort": { "enum": sorts },
                "columns": { "type": "array", "items": { "enum": columns } },
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_described_and_its_default_fits() {
        let schema = schema();
        for key in KEYS {
            let it = &schema["properties"][key.name];
            let description = it["description"].as_str().unwrap();
            assert!(description.len() > key.expected.len() + 20, "{it}");
            let default = &it["default"];
            let fits = match (&it["type"], &it["enum"], &it["anyOf"]) {
                (Value::String(kind), ..) => match kind.as_str() {
                    "boolean" => default.is_boolean(),
                    "integer" => default.is_i64(),
                    _ => default.is_string(),
                },
                (_, Value::Array(words), _) => words.contains(default),
                (_, _, Value::Array(ways)) => ways[0]["type"] == "integer" && default.is_i64(),
                _ => false,
            };
            assert!(fits, "{}: {it}", key.name);
        }
    }

    #[test]
    fn choices_are_those_the_reader_takes() {
        let schema = schema();
        let words = |key: &str| schema["properties"][key]["enum"].clone();
        assert_eq!(words("color"), json!(["auto", "always", "never"]));
        assert_eq!(words("enter"), json!(["newline", "send"]));
        let which = &schema["properties"]["which_key_delay_ms"]["anyOf"];
        assert_eq!(which[1], json!({ "enum": ["never"] }));
    }
}
