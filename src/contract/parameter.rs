//! A documented parameter (OpenAPI 3.1.1, "Parameter Object").

use std::sync::Arc;

use serde_json::Value;

use super::{direction::Direction, reader::Reader, schema::Schema, shape::Shape};
use crate::{
    description::{Finding, FindingCode, join},
    exchange::Place,
};

/// Where a parameter stands in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum In {
    /// A part of the path.
    Path,
    /// A part of the query.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// How a value is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;p=a;p=b`
    Matrix,
    /// `p=a&p=b`, or `p=a,b` when not exploded
    Form,
    /// `p=a b`
    SpaceDelimited,
    /// `p=a|b`
    PipeDelimited,
    /// `p[k]=v`
    DeepObject,
    /// One media type's text, here JSON: a `content` parameter.
    Json,
}

/// A documented parameter, compiled.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name, as documented.
    pub name: Arc<str>,
    /// Where it stands.
    pub place: In,
    /// How it is written.
    pub style: Style,
    /// Whether each item or property is written by itself.
    pub explode: bool,
    /// Whether a request without it leaves the contract.
    pub required: bool,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
    /// Its documented example, when it has one.
    pub example: Option<Value>,
}

impl Parameter {
    /// The shape of its values.
    pub fn shape(&self) -> &Shape {
        self.schema
            .as_ref()
            .map_or(&Shape::UNKNOWN, |schema| schema.shape())
    }

    /// Where a violation of it is.
    pub fn violation_place(&self) -> Place {
        let name = self.name.clone();
        match self.place {
            In::Path => Place::PathParameter(name),
            In::Query => Place::Query(name),
            In::Header => Place::Header(name),
            In::Cookie => Place::Cookie(name),
        }
    }
}

/// The parameters of an operation: its own, and those of its path item that it does not replace.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    operation: &str,
    path_item: &str,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for owner in [operation, path_item] {
        let list = join(owner, "parameters");
        for index in 0..reader.length(&list) {
            let parameter = read(reader, &join(&list, &index.to_string()));
            let Some(parameter) = reader.keep(parameter) else {
                continue;
            };
            let is_same =
                |other: &Parameter| other.name == parameter.name && other.place == parameter.place;
            if !is_ignored(&parameter) && !parameters.iter().any(is_same) {
                parameters.push(parameter);
            }
        }
    }
    parameters
}

/// Header parameters of these names mean nothing: other parts of the description say it.
fn is_ignored(parameter: &Parameter) -> bool {
    let names = ["accept", "content-type", "authorization"];
    parameter.place == In::Header
        && names
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

fn read(reader: &mut Reader<'_>, pointer: &str) -> Result<Parameter, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let name: Arc<str> = reader.required_text(&pointer, "name")?.into();
    let place = match reader.required_text(&pointer, "in")? {
        "path" => In::Path,
        "query" => In::Query,
        "header" => In::Header,
        "cookie" => In::Cookie,
        other => {
            let message = format!("`in` is path, query, header or cookie, not `{other}`");
            return Err(reader.fault(FindingCode::Shape, &join(&pointer, "in"), message));
        }
    };
    let (style, schema_at) = style_and_schema(reader, &pointer, place)?;
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.at(&schema_at, Direction::Request)?),
        None => None,
    };
    Ok(Parameter {
        required: place == In::Path || reader.flag(&pointer, "required").unwrap_or(false),
        explode: reader
            .flag(&pointer, "explode")
            .unwrap_or(style == Style::Form),
        example: documented_example(reader, &pointer),
        name,
        place,
        style,
        schema,
        pointer,
    })
}

fn style_and_schema(
    reader: &Reader<'_>,
    pointer: &str,
    place: In,
) -> Result<(Style, String), Finding> {
    let content = join(pointer, "content");
    if let Some(media_type) = reader.keys(&content).first() {
        let is_json = crate::exchange::MediaType::parse(media_type).is_some_and(|it| it.is_json());
        if !is_json {
            let message = format!("a parameter written as `{media_type}` is not read yet; JSON is");
            return Err(reader.fault(FindingCode::Unsupported, &content, message));
        }
        return Ok((Style::Json, join(&join(&content, media_type), "schema")));
    }
    let style = match (reader.text(pointer, "style"), place) {
        (None, In::Path | In::Header) => Style::Simple,
        (None, In::Query | In::Cookie) => Style::Form,
        (Some("simple"), In::Path | In::Header) => Style::Simple,
        (Some("label"), In::Path) => Style::Label,
        (Some("matrix"), In::Path) => Style::Matrix,
        (Some("form"), In::Query | In::Cookie) => Style::Form,
        (Some("spaceDelimited"), In::Query) => Style::SpaceDelimited,
        (Some("pipeDelimited"), In::Query) => Style::PipeDelimited,
        (Some("deepObject"), In::Query) => Style::DeepObject,
        (Some(other), _) => {
            let message = format!("`{other}` is no style of a parameter that stands here");
            return Err(reader.fault(FindingCode::Shape, &join(pointer, "style"), message));
        }
    };
    Ok((style, join(pointer, "schema")))
}

fn documented_example(reader: &Reader<'_>, pointer: &str) -> Option<Value> {
    let parameter = reader.description.at(pointer)?;
    let named = || {
        parameter
            .get("examples")?
            .as_object()?
            .values()
            .next()?
            .get("value")
    };
    parameter.get("example").or_else(named).cloned()
}
