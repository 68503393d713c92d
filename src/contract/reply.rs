//! Documented replies, each prepared as bytes once.

use std::{fmt, sync::Arc};

use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use super::{
    compile::Reader,
    generate::{self, Direction},
    schema::Schema,
};
use crate::{
    description::{Finding, FindingCode, join},
    exchange::{MediaType, Reply, ReplySource},
};

/// The key of a documented reply. Codes come before ranges, and these before `default`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusKey {
    /// One status, such as `200`.
    Code(u16),
    /// A range, such as `4XX`, by its hundreds.
    Range(u16),
    /// Any status that is not documented by itself.
    Default,
}

impl StatusKey {
    fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            b"default" => Some(Self::Default),
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
                Some(Self::Range(u16::from(digit - b'0')))
            }
            [b'1'..=b'9', _, _] => text.parse().ok().map(Self::Code),
            _ => None,
        }
    }

    /// The status that a reply under this key has when none is asked for.
    pub fn status(self) -> StatusCode {
        let code = match self {
            Self::Code(code) => code,
            Self::Range(hundreds) => hundreds * 100,
            Self::Default => 200,
        };
        StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
    }
}

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundreds) => write!(f, "{hundreds}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One documented reply.
#[derive(Debug)]
pub struct DocumentedReply {
    /// Its status, or range of them.
    pub key: StatusKey,
    /// One for each documented media type, in the document's order; none when it has no content.
    pub content: Vec<ReplyContent>,
    /// The reply without content, with the documented header fields.
    pub bare: Arc<Reply>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

/// A documented reply as one media type.
#[derive(Debug)]
pub struct ReplyContent {
    /// The documented media type.
    pub media_type: MediaType,
    /// The same, as text to name it by.
    pub label: Arc<str>,
    /// Which values it may have.
    pub schema: Option<Arc<Schema>>,
    /// The documented examples in the document's order; one made from the schema when there is none.
    pub examples: Vec<Example>,
}

/// One body of a documented reply.
#[derive(Debug)]
pub struct Example {
    /// Its name, when it has one.
    pub name: Option<Arc<str>>,
    /// Where it comes from.
    pub source: ReplySource,
    /// The whole reply, ready to be sent.
    pub reply: Arc<Reply>,
}

/// All documented replies of an operation, in ascending order of their keys.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    operation: &str,
) -> Result<Vec<DocumentedReply>, Finding> {
    let place = join(operation, "responses");
    let mut replies = Vec::new();
    for key in reader.keys(&place) {
        let pointer = join(&place, &key);
        if key.starts_with("x-") {
            continue;
        }
        let Some(key) = StatusKey::parse(&key) else {
            let message = format!("`{key}` is no status: 200, 2XX and default are");
            return Err(reader.fault(FindingCode::Shape, &pointer, message));
        };
        replies.push(read(reader, key, &pointer)?);
    }
    if replies.is_empty() {
        let message = "no response is documented, so there is nothing to answer".to_owned();
        return Err(reader.fault(FindingCode::NothingToAnswer, operation, message));
    }
    replies.sort_by_key(|reply| reply.key);
    Ok(replies)
}

fn read(
    reader: &mut Reader<'_>,
    key: StatusKey,
    pointer: &str,
) -> Result<DocumentedReply, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let mut bare = Reply::empty(key.status());
    for (name, value) in headers(reader, &pointer) {
        bare.headers.append(name, value);
    }
    let place = join(&pointer, "content");
    let mut content = Vec::new();
    for media_type in reader.keys(&place) {
        let read = read_content(reader, &media_type, &join(&place, &media_type), &bare);
        content.extend(reader.keep(read));
    }
    Ok(DocumentedReply {
        key,
        content,
        bare: Arc::new(bare),
        pointer,
    })
}

fn read_content(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
    bare: &Reply,
) -> Result<ReplyContent, Finding> {
    let Some(mut media_type) = MediaType::parse(name) else {
        let message = format!("`{name}` is not a media type");
        return Err(reader.fault(FindingCode::Shape, pointer, message));
    };
    if media_type.essence().contains('*') {
        // A range cannot be sent; JSON is what a schema can always be written as.
        media_type = MediaType::json();
    }
    let schema_at = join(pointer, "schema");
    let schema = match reader.description.at(&schema_at) {
        Some(_) => Some(reader.schemas.compile(&schema_at)?),
        None => None,
    };
    let mut content = ReplyContent {
        label: media_type.to_string().into(),
        media_type,
        schema,
        examples: Vec::new(),
    };
    for (name, place) in example_places(reader, pointer)? {
        let Some(body) = body_text(reader, &content.media_type, &place) else {
            let message = format!(
                "this example cannot be written as {} yet",
                content.media_type
            );
            return Err(reader.fault(FindingCode::Unsupported, &place, message));
        };
        check_example(reader, &place, pointer, content.schema.as_deref());
        let source = ReplySource::Example(name.clone());
        content.push(name, source, body, bare);
    }
    if content.examples.is_empty()
        && let Some(body) = made_body(reader, pointer, &content)?
    {
        content.push(None, ReplySource::Schema, body, bare);
    }
    Ok(content)
}

impl ReplyContent {
    fn push(&mut self, name: Option<Arc<str>>, source: ReplySource, body: String, bare: &Reply) {
        let mut reply = Reply::with_content(bare.status, &self.label, body);
        reply.headers.extend(bare.headers.clone());
        self.examples.push(Example {
            name,
            source,
            reply: Arc::new(reply),
        });
    }
}

/// The name and the place of each documented example of a media type object.
fn example_places(
    reader: &mut Reader<'_>,
    pointer: &str,
) -> Result<Vec<(Option<Arc<str>>, String)>, Finding> {
    let mut places = Vec::new();
    let named = join(pointer, "examples");
    for name in reader.keys(&named) {
        let place = reader.description.resolve(&join(&named, &name))?;
        let value = join(&place, "value");
        if reader.description.at(&value).is_some() {
            places.push((Some(name.into()), value));
        } else {
            let message =
                "this example has no `value`; one kept elsewhere is not read yet".to_owned();
            reader.warn(FindingCode::Unsupported, &place, message);
        }
    }
    let single = join(pointer, "example");
    if reader.description.at(&single).is_some() {
        places.push((None, single));
    }
    Ok(places)
}

/// An example as it is sent: JSON in the document's own digits and order, other text as it stands.
fn body_text(reader: &Reader<'_>, media_type: &MediaType, place: &str) -> Option<String> {
    let value = reader.description.at(place)?;
    match value {
        Value::String(text) if !media_type.is_json() => Some(text.clone()),
        _ if media_type.is_json() => reader.description.json_text(place),
        _ => None,
    }
}

fn made_body(
    reader: &mut Reader<'_>,
    pointer: &str,
    content: &ReplyContent,
) -> Result<Option<String>, Finding> {
    let Some(schema) = content.schema.as_deref() else {
        return Ok(None);
    };
    let made = generate::value(reader.description, schema, Direction::Reply);
    match made {
        Some(value) if content.media_type.is_json() => Ok(Some(value.to_string())),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => {
            let message = format!(
                "a reply of {} cannot be made from a schema yet",
                content.media_type
            );
            Err(reader.fault(FindingCode::Unsupported, pointer, message))
        }
        None => {
            let message = "nothing valid can be made from this schema; give an example".to_owned();
            Err(reader.fault(FindingCode::NothingToAnswer, &schema.pointer, message))
        }
    }
}

/// Holds a documented example against its schema and its generated type.
fn check_example(reader: &mut Reader<'_>, place: &str, content: &str, schema: Option<&Schema>) {
    let Some(value) = reader.description.at(place) else {
        return;
    };
    if let Some(schema) = schema {
        let tape = crate::exchange::Tape::from(value);
        let faults: Vec<_> = schema
            .validator
            .iter_errors(tape.root())
            .map(|error| {
                (
                    format!("{place}{}", error.instance_path()),
                    error.to_string(),
                )
            })
            .collect();
        for (at, fault) in faults {
            let message = format!("this example breaks its own schema: {fault}");
            reader.warn(FindingCode::ExampleInvalid, &at, message);
        }
    }
    let models = reader.models.iter();
    let Some(model) = models.clone().find(|model| model.pointer == content) else {
        return;
    };
    let json = reader.description.json_text(place).unwrap_or_default();
    if let Err(error) = (model.fits)(json.as_bytes()) {
        let message = format!(
            "this example does not fit the generated type `{}`: {error}",
            model.type_name
        );
        reader.warn(FindingCode::ExampleUntyped, place, message);
    }
}

/// The first documented example of a request's media type, checked as those of replies are, or a
/// value made from its schema.
pub(super) fn request_sample(
    reader: &mut Reader<'_>,
    pointer: &str,
    schema: Option<&Schema>,
) -> Option<Value> {
    let places = example_places(reader, pointer);
    let places = reader.keep(places)?;
    for (_, place) in &places {
        check_example(reader, place, pointer, schema);
    }
    match places.first() {
        Some((_, place)) => reader.description.at(place).cloned(),
        None => generate::value(reader.description, schema?, Direction::Request),
    }
}

/// Header fields that the server writes itself, from what it really sends.
const OWN_HEADERS: [&str; 6] = [
    "content-type",
    "content-length",
    "content-encoding",
    "transfer-encoding",
    "connection",
    "date",
];

/// The documented header fields that have a documented value, or have to be there.
fn headers(reader: &mut Reader<'_>, reply: &str) -> Vec<(HeaderName, HeaderValue)> {
    let place = join(reply, "headers");
    let mut fields = Vec::new();
    for name in reader.keys(&place) {
        if OWN_HEADERS.contains(&&*name.to_ascii_lowercase()) {
            continue;
        }
        let field = header(reader, &name, &join(&place, &name));
        fields.extend(reader.keep(field).flatten());
    }
    fields
}

fn header(
    reader: &mut Reader<'_>,
    name: &str,
    pointer: &str,
) -> Result<Option<(HeaderName, HeaderValue)>, Finding> {
    let pointer = reader.description.resolve(pointer)?;
    let not_a_header = |reader: &Reader<'_>, what: &str| {
        reader.fault(
            FindingCode::Shape,
            &pointer,
            format!("`{what}` cannot stand in a header field"),
        )
    };
    let field = HeaderName::from_bytes(name.as_bytes()).map_err(|_| not_a_header(reader, name))?;
    let schema_at = join(&pointer, "schema");
    let documented = [
        join(&pointer, "example"),
        join(&schema_at, "example"),
        join(&schema_at, "default"),
    ];
    let mut value = documented
        .iter()
        .find_map(|place| reader.description.at(place))
        .cloned();
    let required = reader.flag(&pointer, "required").unwrap_or(false);
    if value.is_none() && required && reader.description.at(&schema_at).is_some() {
        let schema = reader.schemas.compile(&schema_at)?;
        value = generate::value(reader.description, &schema, Direction::Reply);
    }
    let text = match value {
        None => return Ok(None),
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
    };
    let value = HeaderValue::from_str(&text).map_err(|_| not_a_header(reader, &text))?;
    Ok(Some((field, value)))
}
