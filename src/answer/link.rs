//! What a link of a reply hands on to the operation that it leads to.

use serde_json::Value;

use super::{
    read,
    route::{self, Route},
    values::{Moment, Values},
};
use crate::{
    contract::{Api, Link, LinkValue, Piece, Template},
    exchange::Exchange,
};

/// What a link hands on.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Handed {
    /// Parameters of the operation, by the names that the link has for them, such as `id` or `path.id`.
    pub(crate) parameters: Vec<(String, Value)>,
    /// The body of its request.
    pub(crate) body: Option<Value>,
}

/// The values of a link for one exchange.
///
/// # Errors
/// One that the exchange does not have, in a sentence.
pub(crate) fn handed_on(api: &Api, exchange: &Exchange, link: &Link) -> Result<Handed, String> {
    let Route::Operation(operation, captured) = route::find(api, &exchange.request) else {
        return Ok(Handed::default());
    };
    let decoded = read(
        api,
        operation,
        &captured,
        &exchange.request,
        &mut Vec::new(),
    );
    let moment = Moment {
        request: &exchange.request,
        captured: &captured,
        decoded: &decoded,
        reply: &exchange.reply,
    };
    let values = Values::of(&moment);
    let mut handed = Handed::default();
    for (name, given) in &link.parameters {
        handed
            .parameters
            .push((name.clone(), value(given, &values)?));
    }
    if let Some(given) = &link.request_body {
        handed.body = Some(value(given, &values)?);
    }
    Ok(handed)
}

fn value(given: &LinkValue, values: &Values<'_>) -> Result<Value, String> {
    match given {
        LinkValue::Constant(value) => Ok(value.clone()),
        LinkValue::Expression(expression) => values
            .value(expression)
            .ok_or_else(|| format!("`{expression}` has no value")),
        LinkValue::Template(template) => text(template, values).map(Value::from),
    }
}

fn text(template: &Template, values: &Values<'_>) -> Result<String, String> {
    let mut text = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Expression(expression) => text.push_str(&values.text(expression)?),
        }
    }
    Ok(text)
}
