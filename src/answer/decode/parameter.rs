//! Parameters in path, query, header and cookies, by their style (OpenAPI 3.1.1, "Style Values").

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{
    Captured, Decoded,
    fields::{Fields, Leaf},
    pairs,
};
use crate::{
    contract::{Api, In, Operation, Parameter, Shape, Style},
    exchange::{Request, Rule, Violation},
};

/// Why a parameter cannot be read, in words.
type Fault = String;

/// Reads every described parameter that is there, and reports those that are missing or unreadable.
pub(super) fn read_all<'a>(
    api: &Api,
    operation: &'a Operation,
    captured: &Captured<'_>,
    request: &Request,
    decoded: &mut Decoded<'a>,
    violations: &mut Vec<Violation>,
) {
    for parameter in &operation.parameters {
        let (rule, message) = match read(parameter, captured, request) {
            Ok(Some(value)) if parameter.credential && is_blank(&value) => (
                Rule::CredentialMalformed,
                "the credential is empty".to_owned(),
            ),
            Ok(Some(value)) => {
                let cell = decoded.values.push(&value);
                decoded.parameters.push((parameter, cell));
                continue;
            }
            Ok(None) if parameter.required => missing(parameter),
            Ok(None) => continue,
            Err(fault) if parameter.credential => (Rule::CredentialMalformed, fault),
            Err(fault) => (Rule::Syntax, fault),
        };
        violations.push(Violation {
            place: parameter.violation_place(),
            rule,
            message,
            stated: Some(api.locate(&parameter.pointer)),
        });
    }
}

fn missing(parameter: &Parameter) -> (Rule, String) {
    match parameter.credential {
        true => (
            Rule::CredentialMissing,
            "the credential is missing".to_owned(),
        ),
        false => (Rule::Required, "required, but missing".to_owned()),
    }
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn read(
    parameter: &Parameter,
    captured: &Captured<'_>,
    request: &Request,
) -> Result<Option<Value>, Fault> {
    let undescribed = Shape::default();
    let shape = parameter
        .schema
        .as_ref()
        .map_or(&undescribed, |schema| &schema.shape);
    let name = &*parameter.name;
    match parameter.place {
        In::Path => {
            let text = captured
                .iter()
                .find(|(other, _)| *other == name)
                .map(|(_, text)| *text);
            text.map(|text| from_text(parameter, shape, text, percent_decoded))
                .transpose()
        }
        In::Header => header(parameter, shape, request),
        In::Cookie => {
            let values: Vec<&str> = pairs::cookies(request)
                .filter(|(other, _)| *other == name)
                .map(|(_, value)| value)
                .collect();
            from_pairs(parameter, shape, &values, percent_decoded)
        }
        In::Query => query(parameter, shape, request.query().unwrap_or("")),
    }
}

/// How text was escaped where it stood.
type Unescape = fn(&str) -> Result<Cow<'_, str>, Fault>;

fn percent_decoded(text: &str) -> Result<Cow<'_, str>, Fault> {
    percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| format!("the bytes of `{text}` are not UTF-8"))
}

fn form_decoded(text: &str) -> Result<Cow<'_, str>, Fault> {
    pairs::decode(text).ok_or_else(|| format!("the bytes of `{text}` are not UTF-8"))
}

fn as_it_stands(text: &str) -> Result<Cow<'_, str>, Fault> {
    Ok(Cow::Borrowed(text))
}

fn header(parameter: &Parameter, shape: &Shape, request: &Request) -> Result<Option<Value>, Fault> {
    let mut values = Vec::new();
    for value in request.headers.get_all(&*parameter.name) {
        let text = std::str::from_utf8(value.as_bytes());
        values.push(text.map_err(|_| "the value is not UTF-8".to_owned())?);
    }
    if values.is_empty() {
        return Ok(None);
    }
    // Fields of one name are one list (RFC 9110 section 5.3).
    let joined = values.join(",");
    from_text(parameter, shape, &joined, as_it_stands).map(Some)
}

fn query(parameter: &Parameter, shape: &Shape, query: &str) -> Result<Option<Value>, Fault> {
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
            fields.add(
                &name,
                Leaf::Text(form_decoded(value)?.into_owned()),
                &Shape::default(),
            )?;
        }
    }
    let outer = Shape {
        object: Some(vec![(parameter.name.to_string(), shape.clone())]),
        ..Shape::default()
    };
    Ok(match fields.into_value(&outer, &[]) {
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
fn from_pairs(
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
            let read = |value: &&str| Ok(items.value_of(&*unescape(value)?));
            many.iter()
                .map(read)
                .collect::<Result<Vec<_>, Fault>>()
                .map(|all| Some(all.into()))
        }
    }
}

/// A parameter from one text. Delimiters count before escapes are undone: an escaped one is data.
fn from_text(
    parameter: &Parameter,
    shape: &Shape,
    text: &str,
    unescape: Unescape,
) -> Result<Value, Fault> {
    if parameter.style == Style::Json {
        let json = unescape(text)?;
        return serde_json::from_str(&json).map_err(|error| format!("not JSON: {error}"));
    }
    let text = unprefixed(parameter, shape, text)?;
    if let Some(items) = &shape.array
        && !(shape.string && parameter.place != In::Path)
    {
        let read = |item: &str| Ok(items.value_of(&*unescape(trimmed(parameter, item))?));
        let items = split(parameter, text).into_iter().map(read);
        return items.collect::<Result<Vec<_>, Fault>>().map(Value::Array);
    }
    match &shape.object {
        Some(_) if !shape.string => object(parameter, shape, text, unescape),
        _ => Ok(shape.value_of(&*unescape(text)?)),
    }
}

/// The text without what its style puts before it: `.` or `;name=`.
fn unprefixed<'t>(parameter: &Parameter, shape: &Shape, text: &'t str) -> Result<&'t str, Fault> {
    let name = &parameter.name;
    match parameter.style {
        Style::Label => text
            .strip_prefix('.')
            .ok_or_else(|| format!("`{text}` does not begin with a `.`, as style label has it")),
        Style::Matrix if parameter.explode && shape.object.is_some() => text
            .strip_prefix(';')
            .ok_or_else(|| format!("`{text}` does not begin with a `;`, as style matrix has it")),
        Style::Matrix => text
            .strip_prefix(&format!(";{name}"))
            .map(|rest| rest.strip_prefix('=').unwrap_or(rest))
            .ok_or_else(|| format!("`{text}` is not `;{name}=…`, as style matrix has it")),
        _ => Ok(text),
    }
}

/// The items of a text, still escaped. An empty text has none.
fn split<'t>(parameter: &Parameter, text: &'t str) -> Vec<&'t str> {
    if text.is_empty() {
        return Vec::new();
    }
    match (parameter.style, parameter.explode) {
        (Style::Label, true) => text.split('.').collect(),
        (Style::Matrix, true) => {
            let again = format!(";{}=", parameter.name);
            text.split(&*again).collect()
        }
        (Style::SpaceDelimited, _) => text
            .split("%20")
            .flat_map(|part| part.split(['+', ' ']))
            .collect(),
        (Style::PipeDelimited, _) => text
            .split('|')
            .flat_map(|part| part.split("%7C"))
            .flat_map(|part| part.split("%7c"))
            .collect(),
        _ => text.split(',').collect(),
    }
}

/// In a header list, space around an item is not part of it (RFC 9110 section 5.6.1).
fn trimmed<'t>(parameter: &Parameter, item: &'t str) -> &'t str {
    match parameter.place {
        In::Header => item.trim(),
        _ => item,
    }
}

/// `k,v,k2,v2`, or `k=v` pairs when exploded.
fn object(
    parameter: &Parameter,
    shape: &Shape,
    text: &str,
    unescape: Unescape,
) -> Result<Value, Fault> {
    let pieces: Vec<&str> = match (parameter.style, parameter.explode) {
        (Style::Matrix, true) => text.split(';').collect(),
        _ => split(parameter, text),
    };
    let pieces = pieces.into_iter().map(|piece| trimmed(parameter, piece));
    let mut members = Map::new();
    let undescribed = Shape::default();
    let mut add = |name: &str, value: &str| {
        let name = unescape(name)?;
        let shape = shape.property(&name).unwrap_or(&undescribed);
        let value = shape.value_of(&*unescape(value)?);
        members.insert(name.into_owned(), value);
        Ok::<_, Fault>(())
    };
    if parameter.explode {
        for piece in pieces {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            add(name, value)?;
        }
        return Ok(Value::Object(members));
    }
    let pieces: Vec<&str> = pieces.collect();
    for pair in pieces.chunks(2) {
        let [name, value] = pair else {
            return Err(format!(
                "`{text}` is not a list of names and values in turn"
            ));
        };
        add(name, value)?;
    }
    Ok(Value::Object(members))
}
