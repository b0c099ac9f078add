//! Forms and queries as nested values: `user[email]=a`, `tag_ids[]=1`.

use serde_json::{Map, Value};

/// More parts of a name than any form has.
const DEEPEST: usize = 8;

/// Turns `a=1&b[c]=2&d[]=3` into `{"a": "1", "b": {"c": "2"}, "d": ["3"]}`. The last of equal
/// names wins.
pub(super) fn nest(encoded: &[u8]) -> Value {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(encoded).unwrap_or_default();
    let mut root = Map::new();
    for (name, text) in pairs {
        let (first, rest) = parts(&name);
        put(root.entry(first).or_insert(Value::Null), &rest, text);
    }
    Value::Object(root)
}

/// `user[name][]` is `user` and then `name` and then the empty part.
fn parts(name: &str) -> (String, Vec<&str>) {
    let Some((first, rest)) = name.split_once('[') else {
        return (name.to_owned(), Vec::new());
    };
    let rest = rest.strip_suffix(']').unwrap_or(rest);
    (first.to_owned(), rest.split("][").take(DEEPEST).collect())
}

fn put(place: &mut Value, path: &[&str], text: String) {
    let Some((first, rest)) = path.split_first() else {
        *place = Value::String(text);
        return;
    };
    if first.is_empty() {
        if !place.is_array() {
            *place = Value::Array(Vec::new());
        }
        if let Value::Array(items) = place {
            items.push(Value::Null);
            if let Some(last) = items.last_mut() {
                put(last, rest, text);
            }
        }
        return;
    }
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Value::Object(fields) = place {
        put(
            fields.entry((*first).to_owned()).or_insert(Value::Null),
            rest,
            text,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::nest;
    use serde_json::json;

    #[test]
    fn names_with_brackets_nest() {
        let value = nest(b"user[email]=a%40b.c&user[name]=A+B&tag_ids[]=1&tag_ids[]=2&x=1&x=2");
        assert_eq!(
            value,
            json!({ "user": { "email": "a@b.c", "name": "A B" }, "tag_ids": ["1", "2"], "x": "2" })
        );
    }

    #[test]
    fn odd_names_do_no_harm() {
        assert_eq!(nest(b"a[=1&]=2"), json!({ "a": ["1"], "]": "2" }));
        assert_eq!(nest(b"a=1&a[b]=2"), json!({ "a": { "b": "2" } }));
        assert_eq!(nest(b"%ff%fe"), json!({ "\u{fffd}\u{fffd}": "" }));
    }
}
