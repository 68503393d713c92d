//! Which version of OpenAPI a document is written in.

use super::{
    draft::Draft,
    grammar::Kind,
    node::{Content, Node},
};

/// A family of versions whose documents are read alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Swagger 2.0.
    Swagger20,
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1 and 3.2, whose schemas are JSON Schema 2020-12.
    OpenApi31,
}

impl Dialect {
    /// The dialect that a document names; `None` when it is a part of another and names none.
    ///
    /// # Errors
    /// The member that names a version which is not read, and a sentence on it.
    pub(super) fn of(tree: &Node) -> Option<Result<Self, (&'static str, String)>> {
        if let Some(version) = tree.member("swagger") {
            return Some(match version_of(version).as_str() {
                "2.0" | "2" => Ok(Self::Swagger20),
                other => Err(("/swagger", format!("Swagger {other} is not read; 2.0 is"))),
            });
        }
        let version = version_of(tree.member("openapi")?);
        Some(match version.split('.').take(2).collect::<Vec<_>>()[..] {
            ["3", "0"] => Ok(Self::OpenApi30),
            ["3", "1" | "2"] => Ok(Self::OpenApi31),
            _ => Err((
                "/openapi",
                format!("OpenAPI {version} is not read; 3.0, 3.1 and 3.2 are"),
            )),
        })
    }

    /// The rules of the schemas in a document that name none themselves (OpenAPI 3.1.1,
    /// `jsonSchemaDialect`). A dialect that is not known is a finding elsewhere.
    pub(super) fn draft(self, tree: &Node) -> Draft {
        match self {
            Self::Swagger20 | Self::OpenApi30 => Draft::OpenApi30,
            Self::OpenApi31 => tree
                .text_of("jsonSchemaDialect")
                .and_then(Draft::named)
                .unwrap_or(Draft::Draft202012),
        }
    }

    /// The kind of a document's root.
    pub(super) fn root(self) -> Kind {
        match self {
            Self::Swagger20 => Kind::Swagger,
            Self::OpenApi30 | Self::OpenApi31 => Kind::OpenApi,
        }
    }
}

fn version_of(node: &Node) -> String {
    match &node.content {
        Content::String(text) | Content::Number(text) => text.clone(),
        _ => String::new(),
    }
}
