//! The body of a message, by its media type.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_TYPE};
use serde_json::Value;

use super::{
    charset::{Charset, octets},
    coding,
    fault::Fault,
    form, formats,
    multipart::{self, Parts},
    readings::{self, Readings},
    sequence, xml,
};
use crate::{
    contract::{Api, BodyForm, Content, Formats, Header, RequestBody, Shape},
    exchange::{MediaType, Place, Request, Rule, Tape, Violation},
};

/// A body, and what says how it is read.
pub(in crate::answer) struct Message<'m> {
    /// The header fields of the message.
    pub(in crate::answer) headers: &'m HeaderMap,
    /// The body as it came.
    pub(in crate::answer) body: &'m Bytes,
    /// How many bytes it may have without its content codings.
    pub(in crate::answer) limit: usize,
    /// How lists and objects of forms are written, where not as described.
    pub(in crate::answer) formats: Formats,
    /// Whether a body without bytes is as good as none, and one is needed.
    pub(in crate::answer) is_required: bool,
}

/// A body that was read.
pub(in crate::answer) struct Body<'a> {
    /// What is documented for it.
    pub(in crate::answer) content: &'a Content,
    /// Its value.
    pub(in crate::answer) tape: Tape,
    /// The described header fields of its parts.
    pub(in crate::answer) headers: Vec<(&'a Header, Place, Value)>,
}

/// Reads the body of a request and reports why it cannot be read, or that it is missing.
pub(super) fn read<'a>(
    api: &Api,
    described: &'a RequestBody,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Option<Body<'a>> {
    let message = Message {
        headers: &request.headers,
        body: &request.body,
        limit: request.body_limit(),
        formats: formats::of_form(api, request, violations),
        is_required: described.required,
    };
    let read = match request.body.is_empty() {
        true if !described.required => return None,
        true => Err(vec![missing()]),
        false => message.read_as(&described.content),
    };
    let faults = match read {
        Ok(body) => return Some(body),
        Err(faults) => faults,
    };
    let faults = faults.into_iter();
    violations.extend(faults.map(|fault| fault.violation(api, &described.pointer)));
    None
}

pub(in crate::answer) fn missing() -> Fault {
    Fault::whole(Rule::Required, "required, but empty".to_owned())
}

impl Message<'_> {
    /// Reads the body as the documented content that its `Content-Type` names.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(in crate::answer) fn read_as<'a>(
        &self,
        documented: &'a [Content],
    ) -> Result<Body<'a>, Vec<Fault>> {
        let field = self.content_type(documented).map_err(one)?;
        let (content, form) = Content::named(documented, field).ok_or_else(|| {
            let documented = listed(documented);
            one(unsupported(format!(
                "`{field}` is not documented; documented: {documented}"
            )))
        })?;
        let media_type = match content.media_type.is_exactly(field) {
            true => Some(Cow::Borrowed(&content.media_type)),
            false => MediaType::parse(field).map(Cow::Owned),
        };
        let media_type = media_type
            .filter(|it| it.is_exact())
            .ok_or_else(|| one(unsupported(format!("`{field}` is not one media type"))))?;
        let body = coding::decoded(self).map_err(one)?;
        if body.is_empty() && self.is_required {
            return Err(one(missing()));
        }
        if form == BodyForm::Multipart {
            let Parts { value, headers } =
                multipart::read(&body, &media_type, content, self.formats)?;
            return Ok(Body {
                content,
                tape: Tape::from(&value),
                headers,
            });
        }
        let tape = tape(&body, &media_type, form, content, self.formats).map_err(one)?;
        Ok(Body {
            content,
            tape,
            headers: Vec::new(),
        })
    }

    fn content_type(&self, documented: &[Content]) -> Result<&str, Fault> {
        let mut fields = self.headers.get_all(CONTENT_TYPE).iter();
        match (fields.next(), fields.next()) {
            (Some(field), None) => field
                .to_str()
                .map_err(|_| unsupported("the field is not visible ASCII".to_owned())),
            (Some(_), Some(_)) => Err(unsupported(
                "the field stands twice; it says one type".to_owned(),
            )),
            (None, _) => {
                let documented = listed(documented);
                Err(unsupported(format!(
                    "required for a body, but missing; documented: {documented}"
                )))
            }
        }
    }
}

fn one(fault: Fault) -> Vec<Fault> {
    vec![fault]
}

/// A body that is one whole as a value.
fn tape(
    body: &[u8],
    media_type: &MediaType,
    form: BodyForm,
    content: &Content,
    formats: Formats,
) -> Result<Tape, Fault> {
    let charset = Charset::of(Some(media_type))?;
    if matches!(
        form,
        BodyForm::Json | BodyForm::JsonLines | BodyForm::JsonSequence | BodyForm::EventStream
    ) {
        check_utf8(charset, media_type)?;
    }
    Ok(match form {
        BodyForm::Json => {
            check_no_mark(body)?;
            unambiguous(
                Tape::parse(body).map_err(|error| Fault::syntax(format!("not JSON: {error}")))?,
            )?
        }
        BodyForm::JsonLines => {
            check_no_mark(body)?;
            unambiguous(sequence::json_lines(body)?)?
        }
        BodyForm::JsonSequence => unambiguous(sequence::json_sequence(body)?)?,
        BodyForm::EventStream => Tape::from(&sequence::events(&charset.text(body)?, content)?),
        BodyForm::Xml => Tape::from(&xml::read(body, media_type, content.xml())?),
        BodyForm::UrlEncoded => Tape::from(&form::read(body, charset, content, formats)?),
        BodyForm::Text => typed(&charset.text(body)?, content)?,
        BodyForm::Binary | BodyForm::Multipart if is_bytes(content.shape()) => {
            Tape::from(&Value::from(octets(body)))
        }
        BodyForm::Binary | BodyForm::Multipart => typed(&charset.text(body)?, content)?,
    })
}

/// JSON in which no name stands twice: what reads it would see one of the two values, and nobody can tell
/// which (RFC 8259 section 4).
fn unambiguous(tape: Tape) -> Result<Tape, Fault> {
    match tape.repeated() {
        Some(name) => Err(Fault::syntax(format!(
            "`{name}` stands twice in one object, and only one of the two would count"
        ))),
        None => Ok(tape),
    }
}

/// Whether bytes may be what a schema is about, as far as it says.
fn is_bytes(shape: &Shape) -> bool {
    shape.string || shape.has_no_type()
}

/// The whole body as one text: where its schema has no strings, the value that is written there.
fn typed(text: &str, content: &Content) -> Result<Tape, Fault> {
    let shape = content.shape();
    let is_json = !shape.string && (shape.object.is_some() || shape.array.is_some());
    if let Some(Ok(tape)) = is_json.then(|| Tape::parse(text.as_bytes())) {
        return unambiguous(tape);
    }
    // What is no such value is left for the validator to refuse.
    let mut others = Vec::new();
    let value = readings::of_text(text, shape, "", &mut others);
    let read = Readings::new(value, others);
    Ok(Tape::from(&read.settled(content.schema.as_deref())))
}

/// JSON text must not begin with a byte order mark (RFC 8259 section 8.1).
fn check_no_mark(body: &[u8]) -> Result<(), Fault> {
    match body.starts_with(b"\xEF\xBB\xBF") {
        true => Err(Fault::syntax(
            "not JSON: it begins with a byte order mark (EF BB BF); send it without".to_owned(),
        )),
        false => Ok(()),
    }
}

/// JSON and what is made of it has no other encoding (RFC 8259 section 8.1).
fn check_utf8(charset: Charset, media_type: &MediaType) -> Result<(), Fault> {
    match charset {
        Charset::Utf8 | Charset::Ascii => Ok(()),
        other => Err(unsupported(format!(
            "{} is always UTF-8, and never {}",
            media_type.essence(),
            other.name()
        ))),
    }
}

fn unsupported(message: String) -> Fault {
    Fault::unsupported("Content-Type", message)
}

fn listed(documented: &[Content]) -> String {
    let types = documented
        .iter()
        .map(|content| content.media_type.to_string());
    types.collect::<Vec<_>>().join(", ")
}
