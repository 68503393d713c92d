//! Which objects OpenAPI has, and what their fields hold: the one table by which a document is walked.
//!
//! Only fields that hold objects are here. What stands elsewhere (examples, defaults, extensions) is
//! data, in which a key named `$ref` or `schema` means nothing.

use super::{
    keyword::Holds::{self, List, Map, One},
    node::Node,
    pointer::tokens,
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
            Self::PathItem | Self::SwaggerPathItem => "a path item",
            Self::Operation | Self::SwaggerOperation => "an operation",
            Self::Parameter | Self::SwaggerParameter => "a parameter or header",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response | Self::SwaggerResponse => "a response",
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

    fn field(self, key: &str) -> Option<(Holds, Self)> {
        Some(match (self, key) {
            (_, key) if key.starts_with("x-") => return None,
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

/// What a place in a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// An object of a kind.
    Object(Kind),
    /// Data, or a list or map of objects.
    Data,
    /// Nobody knows: an extension, or a field that OpenAPI does not have.
    Unknown,
}

/// What a pointer into a document leads to, by the kind of its root.
pub(super) fn position(root: Kind, pointer: &str) -> Position {
    let mut kind = root;
    let mut tokens = tokens(pointer);
    while let Some(field) = tokens.next() {
        match kind.field(&field) {
            Some((One, inner)) => kind = inner,
            Some((List | Map, inner)) if tokens.next().is_some() => kind = inner,
            Some(_) => return Position::Data,
            None if is_data(&field) => return Position::Data,
            None => return Position::Unknown,
        }
    }
    Position::Object(kind)
}

/// Whether a field that holds no objects is known to hold data.
fn is_data(field: &str) -> bool {
    const DATA: [&str; 20] = [
        "const",
        "contact",
        "default",
        "dependentRequired",
        "description",
        "discriminator",
        "enum",
        "example",
        "examples",
        "externalDocs",
        "info",
        "license",
        "mapping",
        "required",
        "security",
        "servers",
        "tags",
        "type",
        "value",
        "xml",
    ];
    DATA.contains(&field)
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

/// Calls `visit` with each object that a node holds directly: its kind, and the tokens that lead to it.
pub(super) fn objects<'n>(
    node: &'n Node,
    kind: Kind,
    mut visit: impl FnMut(Kind, [&str; 2], &'n Node),
) {
    for entry in node.entries() {
        match kind.field(&entry.key) {
            Some((One, kind)) if entry.value.items().is_empty() => {
                visit(kind, [&entry.key, ""], &entry.value);
            }
            // `items` of older drafts may be a list.
            Some((One | List, kind)) => {
                for (index, item) in entry.value.items().iter().enumerate() {
                    visit(kind, [&entry.key, &index.to_string()], item);
                }
            }
            Some((Map, kind)) => {
                for inner in entry.value.entries() {
                    visit(kind, [&entry.key, &inner.key], &inner.value);
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
