//! The exact text of a JSON object as the platform writes it: compact, keys sorted, `id` first.
//!
//! Written by hand because the order must not depend on how serde_json was compiled.

use serde_json::Value;

/// Writes the value.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    append(&mut out, value);
    out
}

fn append(out: &mut String, value: &Value) {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| (key.as_str() != "id", key.as_str()));
            append_all(out, ('{', '}'), entries, |out, (key, value)| {
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                append(out, value);
            });
        }
        Value::Array(items) => append_all(out, ('[', ']'), items, append),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn append_all<T>(
    out: &mut String,
    (open, close): (char, char),
    items: impl IntoIterator<Item = T>,
    mut one: impl FnMut(&mut String, T),
) {
    out.push(open);
    for (position, item) in items.into_iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        one(out, item);
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_with_id_first_and_text_is_left_as_it_is() {
        let value = json!({"b": [1, {"z": null, "id": 2}], "a": "é\n\"/", "id": true, "aa": {}});
        assert_eq!(write(&value), r#"{"id":true,"a":"é\n\"/","aa":{},"b":[1,{"id":2,"z":null}]}"#);
    }
}
