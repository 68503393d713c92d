//! Which rules a schema is written by: OpenAPI's own before 3.1, then a draft of JSON Schema.

use super::node::Node;

/// The rules of a schema, the oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    /// The Schema Object of Swagger 2.0 and OpenAPI 3.0, which knows no `$schema` and no `$id`.
    OpenApi30,
    /// JSON Schema draft-04; draft-05 differs in words only.
    Draft04,
    Draft06,
    Draft07,
    Draft201909,
    Draft202012,
}

impl Draft {
    /// The URI of 2020-12.
    pub(super) const NEWEST: &str = "https://json-schema.org/draft/2020-12/schema";

    /// The draft of a URI, as `$schema` and `jsonSchemaDialect` have it; `None` where it is not known.
    pub(super) fn named(uri: &str) -> Option<Self> {
        let (_, name) = uri.trim_end_matches(['#', '/']).split_once("://")?;
        Some(match name {
            "json-schema.org/draft-04/schema" | "json-schema.org/draft-05/schema" => Self::Draft04,
            "json-schema.org/draft-06/schema" => Self::Draft06,
            "json-schema.org/draft-07/schema" => Self::Draft07,
            "json-schema.org/draft/2019-09/schema" => Self::Draft201909,
            "json-schema.org/draft/2020-12/schema" | "json-schema.org/schema" => Self::Draft202012,
            // OpenAPI's own dialects add annotations only.
            name if name.starts_with("spec.openapis.org/oas/3.0/") => Self::OpenApi30,
            name if name.starts_with("spec.openapis.org/oas/3.") => Self::Draft202012,
            _ => return None,
        })
    }

    /// The draft of a schema: the one that it names, else the one of what is around it. One that is
    /// not known is a finding elsewhere.
    pub(super) fn of(self, schema: &Node) -> Self {
        if self == Self::OpenApi30 {
            return self;
        }
        let named = schema.text_of("$schema").and_then(Self::named);
        named.unwrap_or(self)
    }

    /// Whether all that stands beside a `$ref` is ignored.
    pub(super) fn has_references_alone(self) -> bool {
        self <= Self::Draft07
    }

    /// What a schema calls itself: a URI, or up to draft-07 its anchor by a fragment. A schema that is
    /// a reference alone has no name.
    pub(super) fn identifier(self, schema: &Node) -> Option<&str> {
        if self.has_references_alone() && schema.text_of("$ref").is_some() {
            return None;
        }
        match self {
            Self::OpenApi30 => None,
            Self::Draft04 => schema.text_of("id"),
            _ => schema.text_of("$id"),
        }
    }

    /// The anchors of a schema, each with whether dynamic references can lead to it.
    pub(super) fn anchors(self, schema: &Node) -> impl Iterator<Item = (&str, bool)> {
        let fragment = || {
            self.identifier(schema)?
                .split_once('#')
                .map(|(_, name)| name)
        };
        let (plain, dynamic) = match self {
            Self::OpenApi30 => (None, None),
            Self::Draft04 | Self::Draft06 | Self::Draft07 => (fragment(), None),
            Self::Draft201909 => (schema.text_of("$anchor"), None),
            Self::Draft202012 => (schema.text_of("$anchor"), schema.text_of("$dynamicAnchor")),
        };
        let plain = plain.filter(|name| !name.is_empty());
        plain
            .map(|name| (name, false))
            .into_iter()
            .chain(dynamic.map(|name| (name, true)))
    }

    /// Whether a schema says that recursive references may lead to it (2019-09, section 8.2.4.2).
    pub(super) fn has_recursive_anchor(self, schema: &Node) -> bool {
        self == Self::Draft201909 && schema.flag_of("$recursiveAnchor")
    }

    /// The first draft that has a keyword; `None` where all have it, or none.
    pub(super) fn since(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "const" | "contains" | "propertyNames" => Self::Draft06,
            "if" | "then" | "else" => Self::Draft07,
            "dependentRequired"
            | "dependentSchemas"
            | "minContains"
            | "maxContains"
            | "unevaluatedItems"
            | "unevaluatedProperties" => Self::Draft201909,
            "prefixItems" | "$dynamicRef" => Self::Draft202012,
            _ => return None,
        })
    }

    /// What the drafts are called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::Draft04 => "draft-04",
            Self::Draft06 => "draft-06",
            Self::Draft07 => "draft-07",
            Self::Draft201909 => "2019-09",
            Self::Draft202012 => "2020-12",
        }
    }
}
