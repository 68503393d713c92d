//! The value of one field.

use serde_json::{Map, Value};

use super::{Described, Fault, Other};
use crate::{
    answer::decode::{json, readings},
    contract::{FieldEncoding, Shape},
    exchange::is_number,
};

/// What one field was given.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::answer::decode) enum Leaf {
    /// Text, whose type the schema knows.
    Text(String),
    /// The pieces of a text that was separated.
    List(Vec<String>),
    /// A value that said itself what it is, such as a part that is JSON.
    Value(Value),
}

impl Leaf {
    /// The value of a field that stands for itself.
    ///
    /// # Errors
    /// Content that is not written as described.
    pub(in crate::answer::decode) fn alone(
        self,
        pointer: &str,
        shape: &Shape,
        encoding: Option<&FieldEncoding>,
    ) -> Result<Value, Fault> {
        let described = Described {
            pointer: pointer.to_owned(),
            shape,
            encoding,
        };
        self.into_value(&described, &mut Vec::new())
    }

    pub(super) fn into_value(
        self,
        described: &Described<'_>,
        others: &mut Vec<Other>,
    ) -> Result<Value, Fault> {
        let shape = described.shape;
        let takes_object = shape.object.is_some() && !shape.string;
        match self {
            Self::Value(value) => Ok(value),
            Self::List(pieces) if takes_object => object(&pieces, described),
            Self::List(pieces) => Ok(shape.value_of(&pieces.join(","))),
            Self::Text(text) if described.encoding.is_some_and(FieldEncoding::is_json) => {
                of_json(&text, described)
            }
            Self::Text(text) if takes_object && is_free(described.encoding) => {
                if shape.null && text.is_empty() {
                    return Ok(Value::Null);
                }
                // An object in a field is JSON (OpenAPI 3.1.1, "Encoding Object", `contentType`);
                // what is none is left for the validator to refuse.
                Ok(json::value(text.as_bytes()).unwrap_or_else(|_| Value::from(text)))
            }
            Self::Text(text) => Ok(readings::of_text(&text, shape, &described.pointer, others)),
        }
    }
}

/// Whether nothing is documented on how a field is written.
fn is_free(encoding: Option<&FieldEncoding>) -> bool {
    encoding.is_none_or(|encoding| encoding.style.is_none() && encoding.content_types.is_empty())
}

/// JSON text in a field. Where the schema has a string only, it may be one that holds JSON text.
pub(super) fn of_json(text: &str, described: &Described<'_>) -> Result<Value, Fault> {
    let shape = described.shape;
    let takes_string = shape.string && shape.object.is_none() && shape.array.is_none();
    match json::value(text.as_bytes()) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) if takes_string && !is_number(&value) => {
            Ok(Value::from(text))
        }
        Ok(value) => Ok(value),
        Err(error) => {
            let message = format!("not JSON: {error}");
            Err(Fault::syntax_at(described.pointer.clone(), message))
        }
    }
}

/// `R,100,G,200`: names and values in turn.
fn object(pieces: &[String], described: &Described<'_>) -> Result<Value, Fault> {
    let mut members = Map::new();
    for pair in pieces.chunks(2) {
        let [name, value] = pair else {
            let message = "not a list of names and values in turn".to_owned();
            return Err(Fault::syntax_at(described.pointer.clone(), message));
        };
        let shape: &Shape = described.shape.member(name);
        members.insert(name.clone(), shape.value_of(value));
    }
    Ok(Value::Object(members))
}
