//! Links of a reply: how what it says leads to another operation (OpenAPI 3.1.1, "Link Object").

use std::collections::HashMap;

use serde_json::Value;

use super::{
    expression::{Expression, ExpressionError, Template},
    path_item::{methods_of, path_item},
    reader::Reader,
};
use crate::description::{Finding, FindingCode, join, percent_decode};

/// A documented link of a reply.
#[derive(Debug)]
pub struct Link {
    /// The link's name, such as `userRepositories`.
    pub name: String,
    /// Where the operation stands that it leads to, as a JSON pointer.
    pub target: String,
    /// The parameters of that operation, by name, such as `id` or `path.id`.
    pub parameters: Vec<(String, LinkValue)>,
    /// The body of that operation's request.
    pub request_body: Option<LinkValue>,
}

/// A value that a link hands on.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkValue {
    /// The value of an expression, of whatever type it is.
    Expression(Expression),
    /// A text with expressions in it.
    Template(Template),
    /// A value that does not depend on the exchange.
    Constant(Value),
}

impl LinkValue {
    /// Reads a value: a text is an expression when it begins with `$`, and has expressions in it
    /// where it has `{$`.
    ///
    /// # Errors
    /// What looks like an expression is none.
    pub fn parse(value: &Value) -> Result<Self, ExpressionError> {
        Ok(match value {
            Value::String(text) if text.starts_with('$') => {
                Self::Expression(Expression::parse(text)?)
            }
            Value::String(text) if text.contains("{$") => Self::Template(Template::parse(text)?),
            constant => Self::Constant(constant.clone()),
        })
    }
}

/// The links of a reply. One that leads nowhere is a warning and left out: the reply stays right.
pub(super) fn read_all(reader: &mut Reader<'_>, reply: &str) -> Vec<Link> {
    let place = join(reply, "links");
    let mut links = Vec::new();
    for name in reader.keys(&place) {
        if name.starts_with("x-") {
            continue;
        }
        let what = format!("link `{name}` is left out");
        let pointer = join(&place, &name);
        links.extend(reader.aside(&what, |reader| read(reader, &name, &pointer)));
    }
    links
}

fn read(reader: &mut Reader<'_>, name: &str, pointer: &str) -> Result<Link, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let target = target(reader, &pointer)?;
    let place = join(&pointer, "parameters");
    let mut parameters = Vec::new();
    for parameter in reader.keys(&place) {
        let read = value(reader, &join(&place, &parameter))?;
        parameters.extend(read.map(|value| (parameter, value)));
    }
    Ok(Link {
        name: name.to_owned(),
        target,
        parameters,
        request_body: value(reader, &join(&pointer, "requestBody"))?,
    })
}

fn value(reader: &Reader<'_>, pointer: &str) -> Result<Option<LinkValue>, Finding> {
    let value = reader.description.at(pointer).map(LinkValue::parse);
    value
        .transpose()
        .map_err(|error| reader.fault(FindingCode::Expression, pointer, error.to_string()))
}

/// The operation that a link leads to.
fn target(reader: &mut Reader<'_>, pointer: &str) -> Result<String, Finding> {
    let text = |key: &str| reader.text(pointer, key).map(str::to_owned);
    match (text("operationId"), text("operationRef")) {
        (Some(id), None) => {
            let known = operation_ids(reader).get(&id).cloned();
            known.ok_or_else(|| {
                let message = format!("no operation has the `operationId` `{id}`");
                let place = join(pointer, "operationId");
                reader.fault(FindingCode::ReferenceUnresolved, &place, message)
            })
        }
        (None, Some(reference)) => by_pointer(reader, pointer, &reference),
        (Some(_), Some(_)) => {
            let message = "`operationId` and `operationRef` exclude each other: keep one";
            Err(reader.fault(FindingCode::Shape, pointer, message.to_owned()))
        }
        (None, None) => {
            let message = "it needs an `operationId` or an `operationRef`";
            Err(reader.fault(FindingCode::Shape, pointer, message.to_owned()))
        }
    }
}

/// The target of an `operationRef`, which is a pointer by now wherever it led somewhere.
fn by_pointer(reader: &mut Reader<'_>, pointer: &str, reference: &str) -> Result<String, Finding> {
    let place = join(pointer, "operationRef");
    let location = reader.description.locate(&place);
    let mut known = reader.description.findings().iter();
    if let Some(known) = known.find(|finding| finding.location == location) {
        return Err(known.clone());
    }
    let target = reference.strip_prefix('#').map(percent_decode);
    let is_operation = |target: &String| {
        let mut operations = methods_of(reader, path_item(target)).into_iter();
        operations.any(|(_, operation)| operation == *target)
    };
    target.filter(is_operation).ok_or_else(|| {
        let message = format!("`{reference}` leads to no operation");
        reader.fault(FindingCode::ReferenceUnresolved, &place, message)
    })
}

/// Each operation that has an `operationId`, by it; gathered when the first link is read.
fn operation_ids<'r>(reader: &'r mut Reader<'_>) -> &'r HashMap<String, String> {
    if reader.operation_ids.is_none() {
        let mut ids = HashMap::new();
        for path in reader.keys("/paths") {
            // One that leads nowhere is a finding of its own.
            let Ok(item) = reader.description.resolve(&join("/paths", &path)) else {
                continue;
            };
            for (_, pointer) in methods_of(reader, &item) {
                if let Some(id) = reader.text(&pointer, "operationId") {
                    ids.insert(id.to_owned(), pointer);
                }
            }
        }
        reader.operation_ids = Some(ids);
    }
    reader.operation_ids.get_or_insert_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_an_expression_only_where_it_looks_like_one() {
        for value in [
            json!(5),
            json!("text"),
            json!("{a}"),
            json!({"a": "$url"}),
            json!(null),
        ] {
            let read = LinkValue::parse(&value);
            assert_eq!(read, Ok(LinkValue::Constant(value)));
        }
        let read = |text: &str| LinkValue::parse(&json!(text));
        assert_eq!(read("$url"), Ok(LinkValue::Expression(Expression::Url)));
        assert!(matches!(read("a{$url}"), Ok(LinkValue::Template(_))));
        assert!(read("$5").is_err() && read("{$5}").is_err());
    }
}
