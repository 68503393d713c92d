//! Reading the parameters of an operation.

use std::sync::Arc;

use serde_json::Value;

use super::{In, Parameter, style::Writing};
use crate::{
    contract::{direction::Direction, reader::Reader, xml::XmlSchema},
    description::{Finding, FindingCode, join},
};

/// The parameters of an operation: its own, and those of its path item that it does not replace.
pub(in crate::contract) fn read_all(
    reader: &mut Reader<'_>,
    operation: &str,
    path_item: &str,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for owner in [operation, path_item] {
        let list = join(owner, "parameters");
        let inherited = parameters.len();
        for index in 0..reader.length(&list) {
            let at = join(&list, &index.to_string());
            let parameter = read(reader, &at);
            let Some(parameter) = reader.keep(parameter) else {
                continue;
            };
            if is_ignored(&parameter) {
                continue;
            }
            match parameters
                .iter()
                .position(|other| is_same(other, &parameter))
            {
                None => parameters.push(parameter),
                Some(first) if first >= inherited => {
                    let message = format!(
                        "`{}` stands in this list twice; the first counts",
                        parameter.name
                    );
                    reader.warn(FindingCode::Shape, &at, message);
                }
                Some(_) => {}
            }
        }
    }
    check_querystring(reader, &parameters);
    parameters
}

/// A parameter is known by place and name; names of header fields have no case.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let same_name = match one.place {
        In::Header => one.name.eq_ignore_ascii_case(&other.name),
        _ => one.name == other.name,
    };
    same_name && one.place == other.place
}

/// Header parameters of these names mean nothing: other parts of the description say it.
fn is_ignored(parameter: &Parameter) -> bool {
    let names = ["accept", "content-type", "authorization"];
    parameter.place == In::Header
        && names
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// A whole query is one parameter, and then no other has a part of it (OpenAPI 3.2, "Parameter
/// Locations").
fn check_querystring(reader: &mut Reader<'_>, parameters: &[Parameter]) {
    let mut in_query = parameters
        .iter()
        .filter(|it| matches!(it.place, In::Query | In::Querystring));
    let Some(whole) = in_query.clone().find(|it| it.place == In::Querystring) else {
        return;
    };
    if let Some(other) = in_query.find(|it| it.name != whole.name) {
        let message = format!(
            "`{}` is the whole query, of which no part is left for `{}`",
            whole.name, other.name
        );
        let fault = reader.fault(FindingCode::Shape, &whole.pointer, message);
        reader.keep::<()>(Err(fault));
    }
}

fn read(reader: &mut Reader<'_>, pointer: &str) -> Result<Parameter, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let name: Arc<str> = reader.required_text(&pointer, "name")?.into();
    let place = match reader.required_text(&pointer, "in")? {
        "path" => In::Path,
        "query" => In::Query,
        "querystring" => In::Querystring,
        "header" => In::Header,
        "cookie" => In::Cookie,
        other => {
            let message =
                format!("`in` is path, query, querystring, header or cookie, not `{other}`");
            return Err(reader.fault(FindingCode::Shape, &join(&pointer, "in"), message));
        }
    };
    let Writing {
        style,
        explode,
        schema_at,
    } = Writing::read(reader, &pointer, place)?;
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Request)?),
        None => None,
    };
    let flag = |name| reader.flag(&pointer, name).unwrap_or(false);
    Ok(Parameter {
        required: place == In::Path || flag("required"),
        allow_empty: place == In::Query && flag("allowEmptyValue"),
        allow_reserved: flag("allowReserved"),
        example: documented_example(reader, &pointer, &schema_at),
        xml: XmlSchema::of_content(reader, style, &schema_at)?,
        name,
        place,
        style,
        explode,
        schema,
        pointer,
    })
}

/// The example of a parameter, or of the media type that it is written as.
fn documented_example(reader: &Reader<'_>, pointer: &str, schema_at: &str) -> Option<Value> {
    let content = schema_at.strip_suffix("/schema").unwrap_or(pointer);
    [pointer, content]
        .into_iter()
        .find_map(|owner| example_of(reader, owner))
}

fn example_of(reader: &Reader<'_>, owner: &str) -> Option<Value> {
    let example = reader.description.at(&join(owner, "example"));
    let named = || {
        let examples = join(owner, "examples");
        let first = reader.keys(&examples).into_iter().next()?;
        let place = reader.description.resolve(&join(&examples, &first)).ok()?;
        ["value", "dataValue"]
            .iter()
            .find_map(|key| reader.description.at(&join(&place, key)))
    };
    example.or_else(named).cloned()
}
