//! Faults in a description: data first, text second.

use std::{fmt, sync::Arc};

/// A place in a source document. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The document's name, as in [`super::Source::name`].
    pub file: Arc<str>,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Location {
    /// The location as `file:line:column`. Refusals are full of these, so it is not left to `format!`.
    pub(crate) fn text(&self) -> String {
        let (mut line, mut column) = (itoa::Buffer::new(), itoa::Buffer::new());
        let (line, column) = (line.format(self.line), column.format(self.column));
        [&*self.file, ":", line, ":", column].concat()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Whether a description can still be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Answers would be wrong: the description is not served.
    Error,
    /// Worth mending; answers stay right.
    Warning,
    /// Nothing to mend: a change that breaks nothing.
    Note,
}

impl Severity {
    /// The word for it: `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// The kinds of fault, each with a stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingCode {
    /// A file that cannot be read.
    Unreadable,
    /// The text is not YAML (and so not JSON either).
    Syntax,
    /// One key twice in a mapping: which of the two is meant, nobody can tell.
    DuplicateKey,
    /// Not an OpenAPI description, or a version that Mynah does not read.
    Version,
    /// A `$ref` that leads nowhere, or to what cannot stand there.
    ReferenceUnresolved,
    /// A `$ref` that leads to where Mynah may not read.
    ReferenceForbidden,
    /// A part of the description does not have the shape that OpenAPI gives it.
    Shape,
    /// A schema that does not compile.
    Schema,
    /// A documented example that breaks its own schema.
    ExampleInvalid,
    /// A documented example that does not fit the type generated from its schema.
    ExampleUntyped,
    /// A runtime expression that is none, so that what it stands for cannot be told.
    Expression,
    /// An action of an overlay whose target is nowhere.
    OverlayWithoutTarget,
    /// Nothing can be made from a schema: no finite valid value was found.
    NothingToAnswer,
    /// Something that OpenAPI allows and Mynah does not do yet.
    Unsupported,
}

impl FindingCode {
    /// The stable code, as shown in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::Version => "version",
            Self::ReferenceUnresolved => "reference-unresolved",
            Self::ReferenceForbidden => "reference-forbidden",
            Self::Shape => "shape",
            Self::Schema => "schema",
            Self::ExampleInvalid => "example-invalid",
            Self::ExampleUntyped => "example-untyped",
            Self::Expression => "expression",
            Self::OverlayWithoutTarget => "overlay-without-target",
            Self::NothingToAnswer => "nothing-to-answer",
            Self::Unsupported => "unsupported",
        }
    }
}

/// A fault in a description: which, where, and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of fault.
    pub code: FindingCode,
    /// Whether the description can still be served.
    pub severity: Severity,
    /// Where it stands.
    pub location: Location,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Finding {
    /// A fault that keeps the description from being served.
    pub fn error(code: FindingCode, location: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            location,
            message: message.into(),
        }
    }

    /// A fault that leaves the answers right.
    pub fn warning(code: FindingCode, location: Location, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, location, message)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = self.severity.as_str();
        let code = self.code.as_str();
        write!(f, "{}: {severity}[{code}]: {}", self.location, self.message)
    }
}

impl std::error::Error for Finding {}
