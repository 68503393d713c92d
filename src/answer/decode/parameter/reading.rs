//! One parameter as it is to be read: its shape, and how its text is escaped and split.

use serde_json::Value;

use super::{
    Fault,
    escape::{self, Unescape},
};
use crate::contract::{In, Parameter, Shape, Style};

/// One parameter as it is to be read.
pub(super) struct Reading<'a> {
    pub parameter: &'a Parameter,
    pub shape: &'a Shape,
    /// How its text is escaped where it stands.
    pub unescape: Unescape,
}

impl<'a> Reading<'a> {
    pub(super) fn of(parameter: &'a Parameter) -> Self {
        let unescape: Unescape = match (parameter.place, parameter.style) {
            (In::Header, _) | (_, Style::Cookie) => escape::as_it_stands,
            (In::Query, _) if !parameter.allow_reserved => escape::form_decoded,
            _ => escape::percent_decoded,
        };
        Self {
            parameter,
            shape: parameter.shape(),
            unescape,
        }
    }

    /// Whether one text holds several values.
    pub(super) fn is_list(&self) -> bool {
        let is_structured = self.shape.array.is_some() || self.shape.object.is_some();
        is_structured || self.parameter.style.is_content()
    }

    /// The first of several ways to read a text that the schema allows, else the last that gives a
    /// value at all, whose faults are then told.
    pub(super) fn first_allowed(
        &self,
        ways: &[&dyn Fn() -> Result<Value, Fault>],
    ) -> Result<Value, Fault> {
        if let [only] = ways {
            return only();
        }
        let mut read = Err(String::new());
        for way in ways {
            match way() {
                Ok(value) if self.allows(&value) => return Ok(value),
                Err(_) if read.is_ok() => {}
                other => read = other,
            }
        }
        read
    }

    /// A text that is one value: of the type that it looks like, else a string where that is what the
    /// schema allows, as `1` is for `enum: ['1', '2']` beside numbers.
    pub(super) fn scalar(&self, text: &str) -> Result<Value, Fault> {
        let text = (self.unescape)(text)?;
        let value = self.shape.value_of(&text);
        if value.is_string() || !self.shape.string || self.allows(&value) {
            return Ok(value);
        }
        let string = Value::from(text.as_ref());
        Ok(if self.allows(&string) { string } else { value })
    }

    /// Each text as a value. Where the schema has one value only, several are left for the validator
    /// to refuse.
    pub(super) fn several(&self, texts: &[&str]) -> Result<Value, Fault> {
        values(self.shape, texts, self.unescape)
    }

    /// Whether the schema has a value.
    pub(super) fn allows(&self, value: &Value) -> bool {
        let schema = self.parameter.schema.as_ref();
        schema.is_none_or(|schema| schema.allows(value))
    }
}

/// Each text as a value of the shape's items, or of the shape itself.
pub(super) fn values(shape: &Shape, texts: &[&str], unescape: Unescape) -> Result<Value, Fault> {
    let items = shape.array.as_deref().unwrap_or(shape);
    let read = |text: &&str| item(items, text, unescape);
    let values: Result<Vec<Value>, Fault> = texts.iter().map(read).collect();
    values.map(Value::Array)
}

/// The text of one item. One that can only be a list itself is written between commas (Swagger 2.0,
/// "Items Object", `collectionFormat`); OpenAPI 3 says nothing of such.
pub(super) fn item(shape: &Shape, text: &str, unescape: Unescape) -> Result<Value, Fault> {
    match &shape.array {
        Some(_) if !shape.has_scalar() && shape.object.is_none() => {
            let texts: Vec<&str> = text.split(',').collect();
            values(shape, &texts, unescape)
        }
        _ => Ok(shape.value_of(&unescape(text)?)),
    }
}
