//! YAML as JSON: keys such as `200` are texts there, and numbers too large for an integer are floats.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, json};

/// Reads a document.
pub fn read(text: &str) -> Result<Value, serde_yaml_ng::Error> {
    Ok(serde_yaml_ng::from_str::<Node>(text)?.0)
}

struct Node(Value);

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Node)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(json!(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(json!(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(json!(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        Ok(json!(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        Ok(json!(value as f64))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(json!(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(json!(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Node(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((Node(key), Node(value))) = entries.next_entry()? {
            let key = match key {
                Value::String(key) => key,
                key => key.to_string(),
            };
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
