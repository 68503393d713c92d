//! One violation as an object of the documented properties, such as `{field, message}`.

use serde_json::{Map, Value};

use super::{field, plain};
use crate::{
    contract::{Refused, Shape},
    description::tokens,
    exchange::{Place, Violation},
};

/// A violation in the properties of a shape that are named for it, over what an object has already.
pub(super) fn object(
    violation: &Violation,
    refused: &Refused<'_>,
    shape: &Shape,
    start: &Map<String, Value>,
) -> Option<Value> {
    let mut members = start.clone();
    for (name, shape) in shape.object.as_ref()? {
        if let Some(value) = member(name, shape, violation, refused) {
            members.insert(name.clone(), value);
        }
    }
    Some(Value::Object(members))
}

fn member(
    name: &str,
    shape: &Shape,
    violation: &Violation,
    refused: &Refused<'_>,
) -> Option<Value> {
    let name = plain(name);
    let status = refused.status;
    if let Some(items) = &shape.array {
        return match &*name {
            "loc" | "path" | "location" => Some(segments(violation, items)),
            "messages" | "errors" | "reasons" => {
                Some(Value::Array(vec![violation.message.as_str().into()]))
            }
            _ => None,
        };
    }
    if shape.object.is_some() {
        return (name == "source").then(|| source(violation, shape));
    }
    let text = match &*name {
        "status" | "statuscode" | "code" if shape.number => {
            return Some(status.as_u16().into());
        }
        "field" | "name" | "path" | "property" | "parameter" | "param" | "source" | "attribute"
        | "fieldname" => field(violation),
        "pointer" => match &violation.place {
            Place::Body(pointer) => pointer.clone(),
            _ => field(violation),
        },
        "message" | "detail" | "reason" | "msg" | "description" | "error" => {
            violation.message.clone()
        }
        "code" | "rule" | "type" | "keyword" => violation.rule.code().to_owned(),
        "status" | "statuscode" => status.as_str().to_owned(),
        "title" => status.canonical_reason()?.to_owned(),
        "in" | "location" => kind(&violation.place).to_owned(),
        _ => return None,
    };
    let takes_text = shape.string || shape.has_no_type();
    takes_text.then(|| text.into())
}

/// The way to the place, from the part of the request on: `["body", "items", 0, "name"]`.
fn segments(violation: &Violation, items: &Shape) -> Value {
    let segment = |token: String| match token.parse::<u64>() {
        Ok(index) if items.number => Value::from(index),
        _ => Value::from(token),
    };
    let way: Vec<Value> = match &violation.place {
        Place::Body(pointer) => tokens(pointer).map(segment).collect(),
        Place::Method | Place::Status | Place::Path | Place::Reply => Vec::new(),
        _ => vec![field(violation).into()],
    };
    let kind = Value::from(kind(&violation.place));
    [kind].into_iter().chain(way).collect()
}

/// The source of an error as JSON:API has it: a pointer, a parameter or a header field.
fn source(violation: &Violation, shape: &Shape) -> Value {
    let (name, value) = match &violation.place {
        Place::Body(pointer) => ("pointer", pointer.clone()),
        Place::Header(name) if shape.property("header").is_some() => ("header", name.to_string()),
        _ => ("parameter", field(violation)),
    };
    let is_described = shape.property(name).is_some() || shape.is_free_form();
    let member = is_described.then(|| (name.to_owned(), value.into()));
    Value::Object(member.into_iter().collect())
}

/// The part of a request that a place is in.
fn kind(place: &Place) -> &'static str {
    match place {
        Place::Method => "method",
        Place::Status => "status",
        Place::Path | Place::PathParameter(_) => "path",
        Place::Query(_) => "query",
        Place::Header(_) => "header",
        Place::Cookie(_) => "cookie",
        Place::Reply => "reply",
        Place::Body(_) | Place::PartHeader(..) => "body",
    }
}
