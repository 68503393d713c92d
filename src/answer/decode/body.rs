//! The body of a request, by its media type.

use std::sync::Arc;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde_json::Value;

use super::{form, formats, multipart};
use crate::{
    contract::{Api, BodyForm, Formats, RequestBody, RequestContent},
    exchange::{MediaType, Place, Request, Rule, Tape, Violation},
};

/// What is wrong with a body as a whole, or with a part of it.
type Fault = (Place, Rule, String);

/// Reads the body and reports why it cannot be read, or that it is missing.
pub(super) fn read<'a>(
    api: &Api,
    described: &'a RequestBody,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Option<(&'a RequestContent, Tape)> {
    let formats = formats::of_form(api, request, violations);
    let read = match request.body.is_empty() {
        true if !described.required => return None,
        true => Err(whole(Rule::Required, "required, but empty".to_owned())),
        false => content_of(described, request, formats),
    };
    read.map_err(|(place, rule, message)| {
        let stated = Some(api.locate(&described.pointer));
        violations.push(Violation {
            place,
            rule,
            message,
            stated,
        });
    })
    .ok()
}

fn whole(rule: Rule, message: String) -> Fault {
    (Place::Body(String::new()), rule, message)
}

fn content_of<'a>(
    described: &'a RequestBody,
    request: &Request,
    formats: Formats,
) -> Result<(&'a RequestContent, Tape), Fault> {
    let field = content_type(described, request)?;
    let (content, form) = described.content_for(field).ok_or_else(|| {
        unsupported(format!(
            "`{field}` is not documented; documented: {}",
            documented(described)
        ))
    })?;
    check_coding(field, form, request)?;
    let tape = match form {
        BodyForm::Json => Tape::parse(&request.body)
            .map_err(|error| whole(Rule::Syntax, format!("not JSON: {error}")))?,
        BodyForm::UrlEncoded => {
            Tape::from(&form::read(&request.body, content, formats).map_err(syntax)?)
        }
        BodyForm::Multipart => Tape::from(
            &multipart::read(&request.body, field, content, formats)
                .map_err(|error| (error.place, error.rule, error.message))?,
        ),
        BodyForm::Text => std::str::from_utf8(&request.body)
            .map(|text| Tape::from(&Value::from(text)))
            .map_err(|error| syntax(format!("byte {} is not UTF-8", error.valid_up_to() + 1)))?,
        BodyForm::Binary => Tape::from(&Value::from(String::from_utf8_lossy(&request.body))),
    };
    Ok((content, tape))
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

/// Refuses codings that the text would have to be decoded from first.
fn check_coding(content_type: &str, form: BodyForm, request: &Request) -> Result<(), Fault> {
    let coding = request.headers.get(CONTENT_ENCODING);
    if let Some(coding) =
        coding.filter(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        let message = format!("{coding:?} is not decoded; send the body as it is");
        return Err((
            Place::Header("Content-Encoding".into()),
            Rule::UnsupportedMediaType,
            message,
        ));
    }
    let is_text = matches!(form, BodyForm::Json | BodyForm::UrlEncoded | BodyForm::Text);
    if !is_text || !content_type.contains(';') {
        return Ok(());
    }
    let media_type = MediaType::parse(content_type);
    match media_type.as_ref().and_then(|it| it.parameter("charset")) {
        Some(charset)
            if !["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|it| charset.eq_ignore_ascii_case(it)) =>
        {
            Err(unsupported(format!(
                "charset `{charset}` is not read; utf-8 is"
            )))
        }
        _ => Ok(()),
    }
}

fn unsupported(message: String) -> Fault {
    (
        Place::Header(Arc::from("Content-Type")),
        Rule::UnsupportedMediaType,
        message,
    )
}

fn syntax(message: String) -> Fault {
    whole(Rule::Syntax, message)
}

fn documented(described: &RequestBody) -> String {
    let types: Vec<String> = described
        .content
        .iter()
        .map(|content| content.media_type.to_string())
        .collect();
    types.join(", ")
}
