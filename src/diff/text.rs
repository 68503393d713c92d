//! How values and lists are told in sentences.

use serde_json::Value;

/// More of a value than this is no help in a sentence.
const MAX_VALUE: usize = 60;

/// More items of a list are counted only.
const MAX_ITEMS: usize = 8;

/// A value as JSON, between backticks.
pub(super) fn shown(value: &Value) -> String {
    named(&value.to_string())
}

/// A name or a text between backticks, on one line and not too long.
pub(super) fn named(text: &str) -> String {
    let text = text.replace(|c: char| c == '`' || c.is_control(), " ");
    match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// `a`, `b` and 3 more.
pub(super) fn listed(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let list = items[..items.len().min(MAX_ITEMS)].join(", ");
    match items.len().checked_sub(MAX_ITEMS) {
        None | Some(0) => list,
        Some(more) => format!("{list} and {more} more"),
    }
}

/// A value in one form: members in the order of their names, numbers in their shortest form, so that equal
/// values have equal texts.
pub(super) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in members {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Number(number) if number.is_f64() => {
            let written = number.to_string();
            text.push_str(written.strip_suffix(".0").unwrap_or(&written));
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_texts() {
        let read = |text| canonical(&serde_json::from_str::<Value>(text).unwrap());
        for (one, other, equal) in [
            (r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1.0}"#, true),
            ("[1,2]", "[2,1]", false),
            ("1", "\"1\"", false),
            ("9007199254740993", "9007199254740992", false),
            ("0.5", "0.50", true),
        ] {
            assert_eq!(read(one) == read(other), equal, "{one} {other}");
        }
    }

    #[test]
    fn long_lists_and_values_are_cut() {
        assert_eq!(
            listed((0..10).map(|n| n.to_string())),
            "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"
        );
        assert_eq!(listed([]), "");
        assert_eq!(named(&"ä".repeat(61)), format!("`{}…`", "ä".repeat(60)));
    }
}
