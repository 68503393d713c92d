//! What a pointer into a document leads to, as far as OpenAPI says it.

use super::{
    grammar::Kind,
    keyword::Holds::{List, Map, One},
    pointer::tokens,
};

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
