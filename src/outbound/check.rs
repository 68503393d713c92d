//! What a receiver answered, held against what the description says that it may answer.

use std::sync::Arc;

use http::{StatusCode, header::CONTENT_TYPE};
use serde_json::Value;

use crate::{
    Api, Reply, Violation,
    answer::{header_value, validate},
    contract::{BodyForm, ExpectedContent, ExpectedReply, Outgoing, ReceivedHeader},
    description::join,
    exchange::{MediaType, Place, Rule, Tape},
};

/// Every way in which an answer leaves what is documented for a request that the API sent.
pub fn check(api: &Api, request: &Outgoing, answer: &Reply) -> Vec<Violation> {
    let mut violations = Vec::new();
    match request.reply(answer.status.as_u16()) {
        Some(expected) => {
            for header in &expected.headers {
                check_header(api, header, answer, &mut violations);
            }
            check_body(api, expected, answer, &mut violations);
        }
        // Nothing at all is documented: anything will do (OpenAPI 3.1.1, "Operation Object").
        None if request.replies.is_empty() => {}
        None => violations.push(undocumented(api, request, answer.status)),
    }
    violations
}

fn undocumented(api: &Api, request: &Outgoing, status: StatusCode) -> Violation {
    let keys: Vec<String> = request
        .replies
        .iter()
        .map(|reply| reply.key.to_string())
        .collect();
    let message = format!(
        "{} is not documented; there are: {}",
        status.as_u16(),
        keys.join(", ")
    );
    let stated = join(&request.pointer, "responses");
    violation(api, Place::Status, Rule::Status, message, &stated)
}

fn check_header(
    api: &Api,
    expected: &ReceivedHeader,
    answer: &Reply,
    violations: &mut Vec<Violation>,
) {
    let place = Place::Header(Arc::clone(&expected.name));
    let mut add = |rule, message: &str| {
        let message = message.to_owned();
        violations.push(violation(
            api,
            place.clone(),
            rule,
            message,
            &expected.pointer,
        ));
    };
    let mut texts = Vec::new();
    for value in answer.headers.get_all(&*expected.name) {
        match value.to_str() {
            Ok(text) => texts.push(text),
            Err(_) => return add(Rule::Syntax, "the value is not visible ASCII"),
        }
    }
    match (&texts[..], &expected.schema) {
        ([], _) if expected.required => add(Rule::Required, validate::MISSING),
        ([], _) | (_, None) => {}
        (texts, Some(schema)) => match header_value(expected, &texts.join(",")) {
            Ok(value) => {
                let value = Tape::from(&value);
                let place = |_: String| place.clone();
                validate::check(api, schema, value.root(), &place, violations);
            }
            Err(message) => add(Rule::Syntax, &message),
        },
    }
}

fn check_body(
    api: &Api,
    expected: &ExpectedReply,
    answer: &Reply,
    violations: &mut Vec<Violation>,
) {
    if expected.content.is_empty() || answer.status == StatusCode::NO_CONTENT {
        return;
    }
    let whole = Place::Body(String::new());
    if answer.body.is_empty() {
        let message = "required, but empty".to_owned();
        violations.push(violation(
            api,
            whole,
            Rule::Required,
            message,
            &expected.pointer,
        ));
        return;
    }
    let (content, form) = match content_of(expected, answer) {
        Ok(found) => found,
        Err(message) => {
            let place = Place::Header("Content-Type".into());
            let rule = Rule::UnsupportedMediaType;
            violations.push(violation(api, place, rule, message, &expected.pointer));
            return;
        }
    };
    let Some(schema) = &content.schema else {
        return;
    };
    let read = match form {
        Some(BodyForm::Json) => {
            Tape::parse(&answer.body).map_err(|error| format!("not JSON: {error}"))
        }
        Some(BodyForm::Text) => std::str::from_utf8(&answer.body)
            .map(|text| Tape::from(&Value::from(text)))
            .map_err(|_| "the bytes are not UTF-8".to_owned()),
        // That these are not held against their schema is a finding of the description.
        _ => return,
    };
    match read {
        Ok(body) => validate::check(api, schema, body.root(), &Place::Body, violations),
        Err(message) => {
            violations.push(violation(
                api,
                whole,
                Rule::Syntax,
                message,
                &content.pointer,
            ));
        }
    }
}

/// The documented content that the answer's `Content-Type` names, and how to read it.
fn content_of<'e>(
    expected: &'e ExpectedReply,
    answer: &Reply,
) -> Result<(&'e ExpectedContent, Option<BodyForm>), String> {
    let types = expected.content.iter().map(|it| it.media_type.to_string());
    let documented = types.collect::<Vec<_>>().join(", ");
    let field = answer.headers.get(CONTENT_TYPE);
    let Some(field) = field.and_then(|field| field.to_str().ok()) else {
        return Err(format!(
            "required for a body, but missing; documented: {documented}"
        ));
    };
    let given = MediaType::parse(field);
    let fitting = given.as_ref().and_then(|given| {
        let fitting = expected.content.iter();
        let fitting = fitting.filter(|content| content.media_type.includes(given));
        fitting.max_by_key(|content| content.media_type.specificity())
    });
    fitting
        .map(|content| (content, given.as_ref().map(BodyForm::of)))
        .ok_or_else(|| format!("`{field}` is not documented; documented: {documented}"))
}

fn violation(api: &Api, place: Place, rule: Rule, message: String, pointer: &str) -> Violation {
    Violation {
        place,
        rule,
        message,
        stated: Some(api.locate(pointer)),
    }
}
