//! Whether a call is as Telegram describes its methods.

use serde_json::{Map, Value};

/// What is not as the method is described.
pub(super) fn faults(method: &str, said: &Value) -> Vec<String> {
    let described: Value = serde_json::from_str(include_str!("../telegram_methods.json")).unwrap();
    let none = Map::new();
    let said = said.as_object().unwrap_or(&none);
    match &described["methods"][method] {
        Value::Null => vec![format!("{method} is no method")],
        fields => compared(&described, method, fields, said),
    }
}

fn compared(
    described: &Value,
    what: &str,
    fields: &Value,
    said: &Map<String, Value>,
) -> Vec<String> {
    let fields = fields.as_array().unwrap();
    let mut faults = Vec::new();
    for field in fields {
        let name = field["name"].as_str().unwrap();
        if field["required"] == true && !said.contains_key(name) {
            faults.push(format!("{what} needs {name}"));
        }
    }
    for (name, value) in said {
        let Some(field) = fields.iter().find(|it| it["name"] == name.as_str()) else {
            // The bytes of a file may go in a part that another field names.
            if !Value::from(said.clone())
                .to_string()
                .contains(&format!("attach://{name}"))
            {
                faults.push(format!("{what} takes no {name}"));
            }
            continue;
        };
        let types = field["types"].as_array().unwrap();
        let is_one = |kind: &Value| fits(described, kind.as_str().unwrap(), value);
        if !types.iter().any(is_one) {
            faults.push(format!("{what} takes no {name} of {value}"));
        }
    }
    faults
}

fn fits(described: &Value, kind: &str, value: &Value) -> bool {
    if let Some(of) = kind.strip_prefix("Array of ") {
        // In a form a list is JSON in a field.
        let read = value.as_str().and_then(|it| serde_json::from_str(it).ok());
        let list = read.unwrap_or_else(|| value.clone());
        let each = |list: &Vec<Value>| list.iter().all(|it| fits(described, of, it));
        return list.as_array().is_some_and(each);
    }
    match kind {
        "Integer" => value.is_i64() || value.as_str().is_some_and(|it| it.parse::<i64>().is_ok()),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        // The stand-in keeps a file as its name and its words.
        "InputFile" => value.as_array().is_some_and(|it| it.len() == 2),
        of => match (&described["types"][of], value.as_object()) {
            (Value::Null, _) | (_, None) => false,
            (fields, Some(said)) => compared(described, of, fields, said).is_empty(),
        },
    }
}

#[test]
fn what_telegram_does_not_describe_is_a_fault() {
    use serde_json::json;
    let said = |method: &str, said: Value| faults(method, &said).len();
    let hello = json!({ "chat_id": -7, "text": "Hello" });
    assert_eq!(said("sendMessage", hello.clone()), 0);
    assert_eq!(said("sendMassage", hello), 1);
    assert_eq!(said("sendMessage", json!({ "chat_id": 7, "text": 1 })), 1);
    assert_eq!(said("sendMessage", json!({ "chat_id": 7 })), 1);
    assert_eq!(said("getFile", json!({ "file_id": "a", "text": "b" })), 1);
    let media =
        |media: Value| json!({ "chat_id": "7", "media": media.to_string(), "file0": ["a", "b"] });
    let file = json!([{ "type": "document", "media": "attach://file0" }]);
    assert_eq!(said("sendMediaGroup", media(file)), 0);
    let nameless = json!([{ "media": "attach://file0" }]);
    assert_eq!(said("sendMediaGroup", media(nameless)), 1);
}
