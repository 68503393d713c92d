//! A documented parameter (OpenAPI 3.1.1, "Parameter Object").

mod in_path;
mod read;
mod style;
mod write;

use std::sync::Arc;

use serde_json::Value;

use super::{direction::Direction, generate, schema::Schema, shape::Shape, xml::XmlSchema};
use crate::{
    description::{Description, tokens},
    exchange::Place,
};
pub(super) use in_path::fitted_to;
pub(super) use read::read_all;
pub use style::Style;
pub(super) use style::content_of;
pub(super) use write::{encode, write};

/// Where a parameter stands in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum In {
    /// A part of the path.
    Path,
    /// A part of the query.
    Query,
    /// The query as a whole (OpenAPI 3.2).
    Querystring,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

impl In {
    /// The word that descriptions have for it, as the value of `in`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Querystring => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
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
    /// Whether an empty text stands for no value, whatever the schema says.
    pub allow_empty: bool,
    /// Whether reserved characters stand for themselves, so that `+` is no space.
    pub allow_reserved: bool,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// How its values are written as XML, where they are.
    pub xml: Option<Arc<XmlSchema>>,
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

    /// Its documented example, or a value made from its schema.
    pub(super) fn shown(&self, description: &Description) -> Value {
        let schema = self.schema.as_deref();
        let made = || generate::value(description, schema?, Direction::Request);
        let shown = self.example.clone().or_else(made);
        shown.unwrap_or_else(|| Value::from("example"))
    }

    /// Where a violation of it is.
    pub fn violation_place(&self) -> Place {
        self.place_named(Arc::clone(&self.name))
    }

    fn place_named(&self, name: Arc<str>) -> Place {
        match self.place {
            In::Path => Place::PathParameter(name),
            In::Query | In::Querystring => Place::Query(name),
            In::Header => Place::Header(name),
            In::Cookie => Place::Cookie(name),
        }
    }

    /// Where a violation of a part of its value is: by the name that the part has in the request,
    /// as `filter[page]`. Items of a list have the list's name.
    pub fn violation_place_at(&self, pointer: &str) -> Place {
        let is_name = |token: &String| !token.bytes().all(|byte| byte.is_ascii_digit());
        let mut names = tokens(pointer).filter(is_name).peekable();
        if names.peek().is_none() {
            return self.violation_place();
        }
        let stands_alone = self.is_spread() || self.place == In::Querystring;
        let mut name = match stands_alone {
            true => names.next().unwrap_or_default(),
            false => self.name.to_string(),
        };
        names.for_each(|part| name.push_str(&format!("[{part}]")));
        self.place_named(name.into())
    }

    /// Whether the properties of its objects stand as parameters under their own names.
    pub fn is_spread(&self) -> bool {
        let is_spread = matches!(self.style, Style::Form | Style::Cookie) && self.explode;
        is_spread && self.shape().object.is_some()
    }

    /// Whether a name in the query is this parameter's by what is documented: its own name, a
    /// bracketed one below it, or that of a property of an object that is spread.
    pub fn claims(&self, name: &str) -> bool {
        match self.place {
            In::Query if self.is_spread() => self.shape().property(name).is_some(),
            In::Query if self.style == Style::DeepObject => name
                .strip_prefix(&*self.name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('[')),
            In::Query => *self.name == *name,
            In::Querystring => true,
            In::Path | In::Header | In::Cookie => false,
        }
    }
}
