//! Values that are written as forms.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{Request, header::CONTENT_TYPE};
use mynah::{
    Api,
    contract::{TypedReply, TypedRequest},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{answered, compiled};

const DESCRIPTION: &str = "
openapi: 3.1.0
info: {title: Forms, version: '1'}
paths:
  /forms:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Form'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}
      responses: {'200': {description: The form, content: {application/json: {}}}}
components:
  schemas:
    Form:
      type: object
      required: [text]
      properties: {text: {type: string}, list: {type: array, items: {type: string}}, length: {type: integer}}
      additionalProperties: false
";

/// What a form was read as.
#[derive(Deserialize)]
#[serde(transparent)]
struct Form(Value);

impl TypedRequest for Form {
    type Reply = Value;
    const API: &'static str = "forms";
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/forms";
    const STATUS: u16 = 200;
}

static API: LazyLock<Api> = LazyLock::new(|| {
    let api = compiled(DESCRIPTION.as_bytes()).expect("it is right");
    api.with_stub(TypedReply::new(|form: Form| form.0))
});

/// What no part may have in it.
const BOUNDARY: &str = "a boundary of the mynah";

/// A form is read as the value that it was written from: a text, which is the first line, and a list of the others.
pub fn form(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if text.contains(BOUNDARY) {
        return;
    }
    let mut lines = text.split('\n');
    let text = lines.next().unwrap_or_default();
    let list: Vec<&str> = lines.collect();
    let length = data.len().to_string();
    let mut value = json!({ "text": text });
    if !list.is_empty() {
        value["list"] = json!(list);
    }
    value["length"] = data.len().into();

    let list = list.iter().map(|item| ("list", *item));
    let fields: Vec<_> = [("text", text)]
        .into_iter()
        .chain(list)
        .chain([("length", &*length)])
        .collect();
    reads(
        "application/x-www-form-urlencoded",
        urlencoded(&fields),
        &value,
    );
    let multipart = format!("multipart/form-data; boundary=\"{BOUNDARY}\"");
    reads(&multipart, parts(&fields), &value);
}

fn reads(media_type: &str, body: String, value: &Value) {
    let request = Request::post("/forms").header(CONTENT_TYPE, media_type);
    let request = request.body(Bytes::from(body.clone())).expect("it is one");
    let exchange = answered(&API, &request);
    assert_eq!(exchange.violations, [], "{body}");
    let read: Value = serde_json::from_slice(&exchange.reply.body).expect("it is JSON");
    assert_eq!(read, *value, "{body}");
}

fn urlencoded(fields: &[(&str, &str)]) -> String {
    let field = |(name, value): &(&str, &str)| {
        let value = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
        format!("{name}={}", value.replace("%20", "+"))
    };
    fields.iter().map(field).collect::<Vec<_>>().join("&")
}

fn parts(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let parts: String = fields.iter().map(part).collect();
    format!("{parts}--{BOUNDARY}--\r\n")
}
