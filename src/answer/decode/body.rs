//! The body of a request, by its media type.

use http::header::CONTENT_TYPE;
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
    contract::{Api, BodyForm, Formats, ReceivedHeader, RequestBody, RequestContent},
    exchange::{MediaType, Place, Request, Rule, Tape, Violation},
};

/// A body that was read.
pub(super) struct Body<'a> {
    /// What is documented for it.
    pub(super) content: &'a RequestContent,
    /// Its value.
    pub(super) tape: Tape,
    /// The described header fields of its parts.
    pub(super) headers: Vec<(&'a ReceivedHeader, Place, Value)>,
}

/// Reads the body and reports why it cannot be read, or that it is missing.
pub(super) fn read<'a>(
    api: &Api,
    described: &'a RequestBody,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Option<Body<'a>> {
    let formats = formats::of_form(api, request, violations);
    let read = match request.body.is_empty() {
        true if !described.required => return None,
        true => Err(vec![missing()]),
        false => content_of(described, request, formats),
    };
    let faults = match read {
        Ok(body) => return Some(body),
        Err(faults) => faults,
    };
    violations.extend(faults.into_iter().map(|fault| Violation {
        stated: Some(api.locate(fault.stated.as_deref().unwrap_or(&described.pointer))),
        place: fault.place,
        rule: fault.rule,
        message: fault.message.into(),
    }));
    None
}

fn missing() -> Fault {
    Fault::whole(Rule::Required, "required, but empty".to_owned())
}

fn content_of<'a>(
    described: &'a RequestBody,
    request: &Request,
    formats: Formats,
) -> Result<Body<'a>, Vec<Fault>> {
    let field = content_type(described, request).map_err(one)?;
    let (content, form) = described.content_for(field).ok_or_else(|| {
        let documented = documented(described);
        one(unsupported(format!(
            "`{field}` is not documented; documented: {documented}"
        )))
    })?;
    let media_type = MediaType::parse(field)
        .filter(MediaType::is_exact)
        .ok_or_else(|| one(unsupported(format!("`{field}` is not one media type"))))?;
    let body = coding::decoded(request).map_err(one)?;
    if body.is_empty() && described.required {
        return Err(one(missing()));
    }
    if form == BodyForm::Multipart {
        let Parts { value, headers } = multipart::read(&body, &media_type, content, formats)?;
        return Ok(Body {
            content,
            tape: Tape::from(&value),
            headers,
        });
    }
    let tape = tape(&body, &media_type, form, content, formats).map_err(one)?;
    Ok(Body {
        content,
        tape,
        headers: Vec::new(),
    })
}

fn one(fault: Fault) -> Vec<Fault> {
    vec![fault]
}

/// A body that is one whole as a value.
fn tape(
    body: &[u8],
    media_type: &MediaType,
    form: BodyForm,
    content: &RequestContent,
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
        BodyForm::Text => Tape::from(&text(&charset.text(body)?, content)),
        BodyForm::Binary | BodyForm::Multipart => Tape::from(&Value::from(octets(body))),
    })
}

/// JSON in which no name stands twice: what reads it would see one of the two values, and nobody can tell
/// which (RFC 8259 section 4).
fn unambiguous(tape: Tape) -> Result<Tape, Fault> {
    match tape.root().repeated() {
        Some(name) => Err(Fault::syntax(format!(
            "`{name}` stands twice in one object, and only one of the two would count"
        ))),
        None => Ok(tape),
    }
}

/// Text that is the value: a string, unless the schema has none.
fn text(text: &str, content: &RequestContent) -> Value {
    let mut others = Vec::new();
    let value = readings::of_text(text, content.shape(), "", &mut others);
    Readings::new(value, others).settled(content.schema.as_deref())
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

fn content_type<'r>(described: &RequestBody, request: &'r Request) -> Result<&'r str, Fault> {
    let mut fields = request.headers.get_all(CONTENT_TYPE).iter();
    match (fields.next(), fields.next()) {
        (Some(field), None) => field
            .to_str()
            .map_err(|_| unsupported("the field is not visible ASCII".to_owned())),
        (Some(_), Some(_)) => Err(unsupported(
            "the field stands twice; it says one type".to_owned(),
        )),
        (None, _) => {
            let message = format!(
                "required for a body, but missing; documented: {}",
                documented(described)
            );
            Err(unsupported(message))
        }
    }
}

fn unsupported(message: String) -> Fault {
    Fault::unsupported("Content-Type", message)
}

fn documented(described: &RequestBody) -> String {
    let types: Vec<String> = described
        .content
        .iter()
        .map(|content| content.media_type.to_string())
        .collect();
    types.join(", ")
}
