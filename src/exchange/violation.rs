//! One way in which a request or a reply leaves the contract: where, which rule, and where that is written.

use std::{borrow::Cow, fmt, sync::Arc};

use crate::description::Location;

/// One way in which a request or a reply leaves the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where in the request, or in the reply.
    pub place: Place,
    /// Which rule, with its operands.
    pub rule: Rule,
    /// What is wrong, in a sentence that names what to change.
    pub message: String,
    /// Where the description states the rule; `None` when the rule is HTTP's own.
    pub stated: Option<Location>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.message, self.rule.code())?;
        match &self.stated {
            Some(location) => write!(f, " ({location})"),
            None => Ok(()),
        }
    }
}

/// Where in a request, or in a reply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The method.
    Method,
    /// The status of a reply.
    Status,
    /// The path as a whole.
    Path,
    /// A part of the path, by the name of its parameter.
    PathParameter(Arc<str>),
    /// A query parameter, by name.
    Query(Arc<str>),
    /// A header field, by name.
    Header(Arc<str>),
    /// A cookie, by name.
    Cookie(Arc<str>),
    /// The reply, which is the description's matter and not the client's.
    Reply,
    /// A part of the body, by JSON pointer; the empty pointer is the whole body.
    Body(String),
    /// A header field of a part of the body: the part's JSON pointer, and the field's name.
    PartHeader(Arc<str>, Arc<str>),
}

impl Place {
    /// The place in words, as in ``body `/name` ``.
    pub(crate) fn text(&self) -> String {
        let texts: &[&str] = match self {
            Self::Method => &["method"],
            Self::Status => &["status"],
            Self::Path => &["path"],
            Self::Reply => &["reply"],
            Self::PathParameter(name) => &["path parameter `", name, "`"],
            Self::Query(name) => &["query `", name, "`"],
            Self::Header(name) => &["header `", name, "`"],
            Self::Cookie(name) => &["cookie `", name, "`"],
            Self::Body(pointer) if pointer.is_empty() => &["body"],
            Self::Body(pointer) => &["body `", pointer, "`"],
            Self::PartHeader(part, name) => &["header `", name, "` of body `", part, "`"],
        };
        texts.concat()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// A rule that a request can break. [`Rule::code`] is its stable name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// No such path in the description.
    UnknownPath,
    /// The path is known, the method is not.
    UnknownMethod,
    /// A schema of the description that nothing can be held against.
    Undecidable,
    /// A reply of the description that nothing valid can be made for.
    NothingToAnswer,
    /// An operation whose description has faults.
    Faulty,
    /// No credential of any scheme that would do.
    CredentialMissing,
    /// A credential that does not have its scheme's form.
    CredentialMalformed,
    /// The request's `Content-Type` is not a documented one.
    UnsupportedMediaType,
    /// The body is longer than the limit once its content codings are undone.
    TooLarge,
    /// Holding a value against its schema takes more steps than a value of its size may.
    TooComplex,
    /// The body was not complete in the time that there is for it.
    TooSlow,
    /// None of the documented media types is acceptable to the client.
    NotAcceptable,
    /// `Prefer` asks for a reply that is not documented, or another header field of Mynah's own for
    /// what there is not.
    PreferUnknown,
    /// A query parameter or a body that is not described, where only what is may be.
    Undeclared,
    /// A property that the server alone sets (`readOnly`), where sending one is a violation.
    ReadOnly,
    /// A required body, parameter or property is not there.
    Required,
    /// The body or a parameter cannot be parsed as what it is said to be.
    Syntax,
    /// A value of another JSON type; what is expected, as `integer` or `string or null`.
    Type(String),
    /// A string that is not of its `format`.
    Format(String),
    /// A string that does not match its `pattern`.
    Pattern(String),
    /// A value that is not one of an `enum` or not the `const`; those allowed, as JSON.
    Enum(Vec<String>),
    /// A value beyond a bound; the keyword and the bound.
    Bound(Cow<'static, str>, String),
    /// A status that is not documented, of a reply that is not Mynah's own.
    Status,
    /// No reply came from the server that a request was forwarded to.
    Unanswered,
    /// Content where HTTP has none, in a reply that is not Mynah's own.
    NoContent,
    /// Any other JSON Schema keyword.
    Keyword(Cow<'static, str>),
}

impl Rule {
    /// The stable code of the rule, such as `required` or `minLength`.
    pub fn code(&self) -> &str {
        match self {
            Self::UnknownPath => "unknown-path",
            Self::UnknownMethod => "unknown-method",
            Self::Undecidable => "undecidable",
            Self::NothingToAnswer => "nothing-to-answer",
            Self::Faulty => "faulty",
            Self::CredentialMissing => "credential-missing",
            Self::CredentialMalformed => "credential-malformed",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::TooLarge => "too-large",
            Self::TooComplex => "too-complex",
            Self::TooSlow => "too-slow",
            Self::NotAcceptable => "not-acceptable",
            Self::PreferUnknown => "prefer-unknown",
            Self::Undeclared => "undeclared",
            Self::ReadOnly => "readOnly",
            Self::Required => "required",
            Self::Syntax => "syntax",
            Self::Type(_) => "type",
            Self::Format(_) => "format",
            Self::Pattern(_) => "pattern",
            Self::Enum(_) => "enum",
            Self::Status => "status",
            Self::Unanswered => "unanswered",
            Self::NoContent => "no-content",
            Self::Bound(keyword, _) | Self::Keyword(keyword) => keyword,
        }
    }

    /// The rule of a code, as far as a code says: operands are not known, and every keyword of a schema
    /// is [`Rule::Keyword`]. Code and cause are those of the rule that had the code.
    pub fn of_code(code: &str) -> Self {
        let rules = [
            Self::UnknownPath,
            Self::UnknownMethod,
            Self::Undecidable,
            Self::NothingToAnswer,
            Self::Faulty,
            Self::CredentialMissing,
            Self::CredentialMalformed,
            Self::UnsupportedMediaType,
            Self::TooLarge,
            Self::TooComplex,
            Self::TooSlow,
            Self::NotAcceptable,
            Self::PreferUnknown,
            Self::Undeclared,
            Self::ReadOnly,
            Self::Required,
            Self::Syntax,
            Self::Status,
            Self::Unanswered,
            Self::NoContent,
        ];
        let mut rules = rules.into_iter();
        let known = rules.find(|rule| rule.code() == code);
        known.unwrap_or_else(|| Self::Keyword(Cow::Owned(code.to_owned())))
    }

    /// The kind of refusal that this rule calls for.
    pub fn cause(&self) -> Cause {
        match self {
            Self::UnknownPath => Cause::Path,
            Self::UnknownMethod => Cause::Method,
            Self::Undecidable | Self::NothingToAnswer | Self::Faulty => Cause::Description,
            Self::CredentialMissing | Self::CredentialMalformed => Cause::Credentials,
            Self::PreferUnknown => Cause::Preference,
            Self::UnsupportedMediaType => Cause::MediaType,
            Self::TooLarge | Self::TooComplex | Self::TooSlow => Cause::Size,
            Self::Syntax => Cause::Syntax,
            Self::NotAcceptable => Cause::NotAcceptable,
            _ => Cause::Content,
        }
    }
}

/// Why a request is refused, gravest first: the order is the precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// No such path.
    Path,
    /// No such method on the path.
    Method,
    /// The description has a fault, so that no answer is known to be right.
    Description,
    /// Credentials missing or malformed.
    Credentials,
    /// `Prefer` asks for what is not documented.
    Preference,
    /// A media type that the operation does not take.
    MediaType,
    /// Content that is longer than what is borne, or takes longer.
    Size,
    /// Content that cannot be parsed.
    Syntax,
    /// Content that breaks its schema, or something required that is missing.
    Content,
    /// No documented media type is acceptable.
    NotAcceptable,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "unknown path",
            Self::Method => "unknown method",
            Self::Description => "a fault in the description",
            Self::Credentials => "credentials",
            Self::Preference => "preference",
            Self::MediaType => "media type",
            Self::Size => "size",
            Self::Syntax => "syntax",
            Self::Content => "content",
            Self::NotAcceptable => "not acceptable",
        })
    }
}
