//! Parameters that stand as pairs of name and value: in the query and in cookies.

use serde_json::{Map, Value};

use super::{
    Fault,
    escape::{Unescape, form_decoded},
    text::from_text,
};
use crate::{
    answer::decode::{
        fields::{Fields, Leaf},
        pairs,
    },
    contract::{Encodings, Parameter, Shape, Style},
};

/// A query parameter from the whole query.
pub(super) fn query(
    parameter: &Parameter,
    shape: &Shape,
    query: &str,
) -> Result<Option<Value>, Fault> {
    match (parameter.style, &shape.object) {
        (Style::DeepObject, _) => deep_object(parameter, shape, query),
        (Style::Form, Some(properties)) if parameter.explode => exploded_object(properties, query),
        _ => {
            let is_named =
                |name: &str| form_decoded(name).is_ok_and(|name| *name == *parameter.name);
            let values: Vec<&str> = pairs::split(query)
                .filter(|(name, _)| is_named(name))
                .map(|(_, value)| value)
                .collect();
            from_pairs(parameter, shape, &values, form_decoded)
        }
    }
}

/// `p[k]=v`, nested as deep as the brackets go.
fn deep_object(parameter: &Parameter, shape: &Shape, query: &str) -> Result<Option<Value>, Fault> {
    let mut fields = Fields::default();
    for (name, value) in pairs::split(query) {
        let name = form_decoded(name)?;
        if let Some(rest) = name.strip_prefix(&*parameter.name)
            && rest.starts_with('[')
        {
            fields
                .add(
                    &name,
                    Leaf::Text(form_decoded(value)?.into_owned()),
                    &Shape::default(),
                )
                .map_err(|fault| fault.message.into_string())?;
        }
    }
    let outer = Shape {
        object: Some(vec![(parameter.name.to_string(), shape.clone())]),
        ..Shape::default()
    };
    let value = fields.into_value(&outer, &Encodings::default());
    Ok(match value.map_err(|fault| fault.message.into_string())? {
        Value::Object(mut members) => members.remove(&*parameter.name),
        _ => None,
    })
}

/// `k=v&k2=v2`: the properties stand in the query under their own names.
fn exploded_object(properties: &[(String, Shape)], query: &str) -> Result<Option<Value>, Fault> {
    let mut members = Map::new();
    for (name, value) in pairs::split(query) {
        let name = form_decoded(name)?;
        if let Some((name, shape)) = properties.iter().find(|(property, _)| *property == *name) {
            members.insert(name.clone(), shape.value_of(&form_decoded(value)?));
        }
    }
    Ok((!members.is_empty()).then_some(Value::Object(members)))
}

/// A parameter from the values that stand under its name.
pub(super) fn from_pairs(
    parameter: &Parameter,
    shape: &Shape,
    values: &[&str],
    unescape: Unescape,
) -> Result<Option<Value>, Fault> {
    match (values, &shape.array) {
        ([], _) => Ok(None),
        ([one], None) => from_text(parameter, shape, one, unescape).map(Some),
        ([one], Some(_)) if !parameter.explode || parameter.style == Style::Json => {
            from_text(parameter, shape, one, unescape).map(Some)
        }
        ([one], Some(_)) if shape.string => Ok(Some(shape.value_of(&unescape(one)?))),
        // Several values where the schema has one: left for the validator to refuse.
        (many, items) => {
            let items = items.as_deref().unwrap_or(shape);
            let read = |value: &&str| Ok(items.value_of(&unescape(value)?));
            many.iter()
                .map(read)
                .collect::<Result<Vec<_>, Fault>>()
                .map(|all| Some(all.into()))
        }
    }
}
