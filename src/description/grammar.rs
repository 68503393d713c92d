//! Which objects OpenAPI has, and what their fields hold: the one table by which a document is walked.
//!
//! Only fields that hold objects are here. What stands elsewhere (examples, defaults, extensions) is
//! data, in which a key named `$ref` or `schema` means nothing.

use super::{
    keyword::Holds::{self, List, Map, One},
    node::{Content, Entry, Node},
    pointer::push,
};

/// A kind of object (OpenAPI 3.2.0 section 4; Swagger 2.0, "Schema").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    OpenApi,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Callback,
    Example,
    Link,
    SecurityScheme,
    Schema,
    /// Swagger 2.0's root, and its objects of the same names.
    Swagger,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    SwaggerResponse,
}

impl Kind {
    /// Whether a reference may stand in the place of an object of this kind.
    pub(super) fn may_be_reference(self) -> bool {
        !matches!(
            self,
            Self::OpenApi | Self::Components | Self::Operation | Self::Swagger
        )
    }

    /// What one is called in a sentence.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OpenApi | Self::Swagger => "a description",
            Self::Components => "the components",
            Self::PathItem => "a path item",
            Self::SwaggerPathItem => "a path item of Swagger 2.0",
            Self::Operation => "an operation",
            Self::SwaggerOperation => "an operation of Swagger 2.0",
            Self::Parameter => "a parameter or header",
            Self::SwaggerParameter => "a parameter of Swagger 2.0",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::SwaggerResponse => "a response of Swagger 2.0",
            Self::Callback => "a callback",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::SecurityScheme => "a security scheme",
            Self::Schema => "a schema",
        }
    }

    /// Whether a field holds objects, and not data.
    pub(super) fn holds_objects_in(self, key: &str) -> bool {
        self.field(key).is_some()
    }

    /// What a field should be and is not, where it holds objects. Nothing is as good as no field.
    pub(super) fn misfit(self, field: &str, node: &Node) -> Option<&'static str> {
        let (holds, kind) = self.field(field)?;
        match (holds, &node.content) {
            (_, Content::Null) | (List, Content::Sequence(_)) | (Map, Content::Mapping(_)) => None,
            // What is one object tells of its own shape.
            (One, _) if kind != Self::Schema => None,
            (One, Content::Mapping(_) | Content::Bool(_)) => None,
            (One, _) => Some("a schema"),
            (List, _) => Some("a list"),
            (Map, _) => Some("an object"),
        }
    }

    /// The kind that an object of Swagger 2.0 is when it was raised.
    pub(super) fn raised(self) -> Self {
        match self {
            Self::Swagger => Self::OpenApi,
            Self::SwaggerPathItem => Self::PathItem,
            Self::SwaggerOperation => Self::Operation,
            Self::SwaggerParameter => Self::Parameter,
            Self::SwaggerResponse => Self::Response,
            other => other,
        }
    }

    pub(super) fn field(self, key: &str) -> Option<(Holds, Self)> {
        Some(match (self, key) {
            (_, key) if key.starts_with("x-") || key == "$ref" => return None,
            (Self::OpenApi, "paths" | "webhooks") => (Map, Self::PathItem),
            (Self::OpenApi, "components") => (One, Self::Components),
            // Where Swagger 2.0 has them: a raised document keeps them there.
            (Self::OpenApi, "definitions") => (Map, Self::Schema),
            (Self::OpenApi, "parameters") => (Map, Self::Parameter),
            (Self::OpenApi, "responses") => (Map, Self::Response),
            (Self::Response, "schema") => (One, Self::Schema),
            (Self::Components, section) => (Map, component(section)?),
            (Self::PathItem, "parameters") => (List, Self::Parameter),
            (Self::PathItem, "additionalOperations") => (Map, Self::Operation),
            (Self::PathItem, key) if is_method(key) => (One, Self::Operation),
            (Self::Operation, "parameters") => (List, Self::Parameter),
            (Self::Operation, "requestBody") => (One, Self::RequestBody),
            (Self::Operation, "responses") => (Map, Self::Response),
            (Self::Operation, "callbacks") => (Map, Self::Callback),
            (Self::Callback, _) => (One, Self::PathItem),
            (Self::Parameter | Self::MediaType, "schema") => (One, Self::Schema),
            (Self::Parameter, "content") => (Map, Self::MediaType),
            (Self::Parameter | Self::MediaType, "examples") => (Map, Self::Example),
            (Self::RequestBody | Self::Response, "content") => (Map, Self::MediaType),
            (Self::MediaType, "itemSchema") => (One, Self::Schema),
            (Self::MediaType | Self::Encoding, "encoding") => (Map, Self::Encoding),
            (Self::MediaType | Self::Encoding, "prefixEncoding") => (List, Self::Encoding),
            (Self::MediaType | Self::Encoding, "itemEncoding") => (One, Self::Encoding),
            (Self::Encoding | Self::Response, "headers") => (Map, Self::Parameter),
            (Self::Response, "links") => (Map, Self::Link),
            (Self::Schema, keyword) => (Holds::of(keyword)?, Self::Schema),
            (Self::Swagger, "paths") => (Map, Self::SwaggerPathItem),
            (Self::Swagger, "definitions") => (Map, Self::Schema),
            (Self::Swagger, "parameters") => (Map, Self::SwaggerParameter),
            (Self::Swagger, "responses") => (Map, Self::SwaggerResponse),
            (Self::SwaggerPathItem | Self::SwaggerOperation, "parameters") => {
                (List, Self::SwaggerParameter)
            }
            (Self::SwaggerPathItem, key) if is_method(key) => (One, Self::SwaggerOperation),
            (Self::SwaggerOperation, "responses") => (Map, Self::SwaggerResponse),
            (Self::SwaggerParameter | Self::SwaggerResponse, "schema") => (One, Self::Schema),
            _ => return None,
        })
    }
}

/// What a section of `components` is made of.
fn component(section: &str) -> Option<Kind> {
    Some(match section {
        "schemas" => Kind::Schema,
        "responses" => Kind::Response,
        "parameters" | "headers" => Kind::Parameter,
        "examples" => Kind::Example,
        "requestBodies" => Kind::RequestBody,
        "securitySchemes" => Kind::SecurityScheme,
        "links" => Kind::Link,
        "callbacks" => Kind::Callback,
        "pathItems" => Kind::PathItem,
        "mediaTypes" => Kind::MediaType,
        _ => return None,
    })
}

/// Where schemas are that mean something only to those who refer to them.
pub(super) const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// Whether a field of a path item is an operation (OpenAPI 3.2.0, "Path Item Object").
pub(super) fn is_method(field: &str) -> bool {
    matches!(
        field,
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query"
    )
}

/// The way from an object to one that it holds: a field, and an index or a name where that holds several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'a> {
    pub field: &'a str,
    inner: Option<&'a str>,
}

impl<'a> Step<'a> {
    fn new(field: &'a str, inner: Option<&'a str>) -> Self {
        Self { field, inner }
    }

    /// Lengthens the pointer to the object.
    pub(super) fn add_to(self, pointer: &mut String) {
        push(pointer, self.field);
        if let Some(inner) = self.inner {
            push(pointer, inner);
        }
    }
}

/// Calls `visit` with each object that a node holds directly: its kind, and the way to it.
pub(super) fn objects<'n>(
    node: &'n Node,
    kind: Kind,
    mut visit: impl FnMut(Kind, Step<'_>, &'n Node),
) {
    for Entry { key: field, value } in node.entries() {
        match kind.field(field) {
            Some((One, kind)) if value.items().is_empty() => {
                visit(kind, Step::new(field, None), value)
            }
            // `items` of older drafts may be a list.
            Some((One | List, kind)) => {
                for (index, item) in value.items().iter().enumerate() {
                    visit(kind, Step::new(field, Some(&index.to_string())), item);
                }
            }
            Some((Map, kind)) => {
                for Entry { key, value } in value.entries() {
                    visit(kind, Step::new(field, Some(key)), value);
                }
            }
            None => {}
        }
    }
}

/// The same for changing them.
pub(super) fn objects_mut(node: &mut Node, kind: Kind, mut visit: impl FnMut(Kind, &mut Node)) {
    for entry in node.entries_mut() {
        match kind.field(&entry.key) {
            Some((One, kind)) if entry.value.items().is_empty() => visit(kind, &mut entry.value),
            Some((One | List, kind)) => {
                let items = entry.value.items_mut();
                items.iter_mut().for_each(|item| visit(kind, item));
            }
            Some((Map, kind)) => {
                let entries = entry.value.entries_mut();
                entries
                    .iter_mut()
                    .for_each(|inner| visit(kind, &mut inner.value));
            }
            None => {}
        }
    }
}
