use std::time::SystemTime;

use super::*;
use crate::{Description, Source, answer, journal::Shown};

const USERS: &str = r#"
openapi: 3.1.0
info: {title: Users, version: '1'}
security: [{key: []}, {asked: []}, {jar: []}, {token: []}, {}]
paths:
  /users/{id}/{reset_token}:
    post:
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: reset_token, in: path, required: true, schema: {type: string}}
      - {name: pin, in: query, schema: {type: string, format: password}}
      - {name: max_tokens, in: query, schema: {type: integer}}
      - {name: user, in: query, explode: false, schema: {type: object, properties: {name: {type: string}, pin: {format: password}}}}
      - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {name: {type: string}, pin: {format: password}}}}
      - {name: X-Pin, in: header, schema: {type: string, format: password}}
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/User'}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/User'}}
          application/x-ndjson: {itemSchema: {$ref: '#/components/schemas/User'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/User'}}
          application/xml: {schema: {$ref: '#/components/schemas/User'}}
          text/plain: {schema: {type: string}}
      responses:
        '200':
          description: A session
          headers:
            Set-Cookie: {schema: {type: string}, example: 'sid=hush; Path=/; HttpOnly'}
            Location: {schema: {type: string}, example: '/next?a=b&token=hush#access_token=hush&c=d'}
            X-Auth-Token: {schema: {type: string}, example: hush}
          content: {application/json: {schema: {properties: {key: {format: password}}}, example: {key: hush, id: 1.50}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    asked: {type: apiKey, in: query, name: k}
    jar: {type: apiKey, in: cookie, name: sid}
    token: {type: http, scheme: bearer}
  schemas:
    User:
      type: object
      properties:
        name: {type: string}
        pin: {type: string, format: password}
        hint: {type: string, writeOnly: true}
        photo: {type: string, format: binary, writeOnly: true}
        friends: {type: array, items: {$ref: '#/components/schemas/User'}}
"#;

fn api() -> Arc<Api> {
    let description = Description::load(Source::new("users.yaml", USERS)).unwrap();
    Arc::new(Api::compile(description).unwrap())
}

fn record(api: Option<&Api>, request: http::Request<bytes::Bytes>) -> Record {
    let answering = self::api();
    let exchange = answer(&answering, request.into());
    let name = api.map(|api| Arc::clone(api.name()));
    Record::new(name, SystemTime::now(), exchange)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn targets() {
    let api = api();
    for (target, want) in [
        ("/users/1/hush", "/users/1/***"),
        ("/users/1/a%2Fb?x=y", "/users/1/***?x=y"),
        (
            "/users/1/hush?k=hush&pin=hush&x=y",
            "/users/1/***?k=***&pin=***&x=y",
        ),
        (
            "/users/1/hush?max_tokens=5&next_token=hush",
            "/users/1/***?max_tokens=5&next_token=***",
        ),
        ("/users/1/hush?p%69n=hush&k", "/users/1/***?p%69n=***&k"),
        (
            "/users/1/hush?user=name,ada,pin,hush",
            "/users/1/***?user=***",
        ),
        (
            "/users/1/hush?filter[name]=ada&filter[pin]=hush",
            "/users/1/***?filter[name]=ada&filter[pin]=***",
        ),
        (
            "/none?k=hush&password=hush&x=y",
            "/none?k=***&password=***&x=y",
        ),
        ("http://u:hush@h/none?x=y", "http://***@h/none?x=y"),
    ] {
        let record = record(
            Some(&api),
            http::Request::post(target).body("".into()).unwrap(),
        );
        let apis = [Arc::clone(&api)];
        assert_eq!(Shown::without_secrets(&record, &apis).target, want);
        assert_eq!(Shown::whole(&record).target, target);
    }
}

#[test]
fn fields_of_requests() {
    let api = api();
    for (name, value, want) in [
        ("authorization", "Bearer hush", "Bearer ***"),
        ("authorization", "hush", "***"),
        ("proxy-authorization", "Basic aHVzaDpodXNo", "Basic ***"),
        ("cookie", "sid=hush; theme=dark", "sid=***; theme=***"),
        ("x-key", "hush", "***"),
        ("x-pin", "hush", "***"),
        ("x-api-key", "hush", "***"),
        ("idempotency-key", "shown", "shown"),
        (
            "referer",
            "http://u:hush@h/?password=hush&a=b",
            "http://***@h/?password=***&a=b",
        ),
        ("accept", "*/*", "*/*"),
    ] {
        let request = http::Request::post("/users/1/hush").header(name, value);
        // Where the API is not known, all of them count.
        for own in [Some(&*api), None] {
            let record = record(own, request_of(&request));
            let apis = [Arc::clone(&api)];
            let shown = Shown::without_secrets(&record, &apis);
            assert_eq!(text(&shown.request.headers[0].1), want, "{name}");
        }
    }
}

fn request_of(builder: &http::request::Builder) -> http::Request<bytes::Bytes> {
    let mut request = http::Request::new(bytes::Bytes::new());
    *request.method_mut() = builder.method_ref().unwrap().clone();
    *request.uri_mut() = builder.uri_ref().unwrap().clone();
    *request.headers_mut() = builder.headers_ref().unwrap().clone();
    request
}

#[test]
fn replies() {
    let api = api();
    let request = http::Request::post("/users/1/hush")
        .body("".into())
        .unwrap();
    let record = record(Some(&api), request);
    let apis = [Arc::clone(&api)];
    let shown = Shown::without_secrets(&record, &apis);
    let fields = shown.reply.headers.iter();
    let mut fields: Vec<_> = fields
        .map(|(name, value)| format!("{name}: {}", text(value)))
        .collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "content-type: application/json",
            "location: /next?a=b&token=***#access_token=***&c=d",
            "set-cookie: sid=***; Path=/; HttpOnly",
            "x-auth-token: ***",
        ]
    );
    assert_eq!(text(&shown.reply.body), r#"{"key":"***","id":1.50}"#);
    // In memory everything is as it was.
    assert_eq!(record.exchange.reply.body, r#"{"key":"hush","id":1.50}"#);
}

#[test]
fn bodies() {
    let api = api();
    for (media_type, body, want) in [
        ("application/json", r#"{"name":"a"}"#, r#"{"name":"a"}"#),
        // Everything else stays as it was written.
        (
            "application/json; charset=utf-8",
            r#" { "pin" :"hush" , "n":[1.50, {"password":"hu\"sh"}], "hint":"hush","token":5} "#,
            r#" { "pin" :"***" , "n":[1.50, {"password":"***"}], "hint":"***","token":5} "#,
        ),
        (
            "application/json",
            r#"{"p\u0069n":{"a":["hush",{}]},"friends":[{"friends":[{"pin":1234,"photo":"shown"}]}]}"#,
            r#"{"p\u0069n":"***","friends":[{"friends":[{"pin":"***","photo":"shown"}]}]}"#,
        ),
        (
            "application/json",
            r#"{"pin":null,"tokens":["hush"],"friends":[]}"#,
            r#"{"pin":null,"tokens":["***"],"friends":[]}"#,
        ),
        // What cannot be read is not shown where it may have a secret in it.
        ("application/json", r#"{"pin":"hush"#, "***"),
        (
            "application/x-www-form-urlencoded",
            "name=a&pin=hush&friends[0][pin]=hush&friends[0][name]=b&new_password=hush",
            "name=a&pin=***&friends[0][pin]=***&friends[0][name]=b&new_password=***",
        ),
        (
            "application/x-ndjson",
            "{\"pin\":\"hush\"}\n{\"name\":\"a\"}\n",
            "{\"pin\":\"***\"}\n{\"name\":\"a\"}\n",
        ),
        ("application/x-ndjson", "{\"pin\":\"hush\"}\n{", "***"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\ncontent-disposition: form-data; name=pin\r\n\r\nhush\r\n--x--",
            "***",
        ),
        ("application/xml", "<User><pin>hush</pin></User>", "***"),
        ("text/plain", "my password and I", "my password and I"),
        // Documented nowhere.
        (
            "application/vnd.other+json",
            r#"{"access_token":"hush","id":1}"#,
            r#"{"access_token":"***","id":1}"#,
        ),
        ("application/xml+other", "a", "a"),
        ("nonsense", r#"{"secret":"hush"}"#, r#"{"secret":"***"}"#),
        ("nonsense", "secret: hush", "***"),
    ] {
        let request = http::Request::post("/users/1/x").header("content-type", media_type);
        let record = record(
            Some(&api),
            request.body(body.as_bytes().to_vec().into()).unwrap(),
        );
        let apis = [Arc::clone(&api)];
        let shown = Shown::without_secrets(&record, &apis);
        assert_eq!(text(&shown.request.body), want, "{media_type}");
    }
}

#[test]
fn what_is_no_more_described_is_not_shown() {
    let api = api();
    let request = http::Request::post("/users/1/hush?a=b").header("content-type", "text/plain");
    let mut record = record(Some(&api), request.body("hush".into()).unwrap());
    record.exchange.operation = Some("POST /people".into());
    let apis = [Arc::clone(&api)];
    let shown = Shown::without_secrets(&record, &apis);
    assert_eq!(shown.target, "/users/1/hush?a=***");
    assert_eq!(
        (&*shown.request.body, &*shown.reply.body),
        (&b"***"[..], &b"***"[..])
    );
}

#[cfg(feature = "codings")]
#[test]
fn coded_bodies() {
    use std::io::Write;
    let api = api();
    let gzip = |text: &str| {
        let mut coder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
        coder.write_all(text.as_bytes()).unwrap();
        coder.finish().unwrap()
    };
    let clean = gzip(r#"{"name":"a"}"#);
    let secret = gzip(r#"{"pin":"hush"}"#);
    for (coding, body, want) in [
        ("gzip", &clean, &*clean),
        ("gzip", &secret, b"***"),
        ("unknown", &secret, b"***"),
        ("gzip", &b"no gzip".to_vec(), b"***"),
    ] {
        let request = http::Request::post("/users/1/x")
            .header("content-type", "application/json")
            .header("content-encoding", coding);
        let record = record(Some(&api), request.body(body.clone().into()).unwrap());
        let apis = [Arc::clone(&api)];
        let shown = Shown::without_secrets(&record, &apis);
        assert_eq!(&*shown.request.body, want, "{coding}");
    }
}
