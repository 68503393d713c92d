//! The request that is shown for an operation keeps to the contract, in whatever style its parameters
//! are written and wherever its servers are.

use mynah::{Api, answer, contract::SampleBody, exchange::Request};

use super::compile;

const STYLES: &str = include_str!("styles.yaml");

#[test]
fn each_sample_is_answered_without_a_violation() {
    let api = compile(STYLES).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let mut targets = Vec::new();
    for operation in api.operations() {
        let sample = operation.sample();
        let mut request = http::Request::builder()
            .method(&*sample.method)
            .uri(&sample.target);
        for (name, value) in &sample.headers {
            request = request.header(name, value);
        }
        let request = request
            .body("".into())
            .unwrap_or_else(|error| panic!("{sample:?}: {error}"));
        let exchange = answer(&api, Request::from(request));
        assert_eq!(exchange.violations, [], "{sample:?}");
        assert_eq!(exchange.operation.as_deref(), Some(&**operation.label()));
        targets.push(sample.target.as_str());
    }
    assert_eq!(
        targets,
        [
            "/v1/path/1,2/.1.2/;matrix=1;matrix=2/R=1,G=a%2Cb%3Dc/example",
            "/v1/query?form=1&form=2&csv=1,2&spaces=1%202&pipes=1%7C2&tabs=1%092\
             &deep%5BR%5D=1&deep%5BG%5D=a%2Cb%3Dc&R=1&G=a%2Cb%3Dc&turn=R,1,G,a%2Cb%3Dc\
             &json=%7B%22R%22%3A1%2C%22G%22%3A%22a%2Cb%3Dc%22%7D&text=a%20b%26c",
            "/v1/bare",
            "/v1/whole?R=1&G=a%2Cb%3Dc",
            "/v2/fields?beta=true&key=key",
        ]
    );
}

/// The sample of each operation as its media type, its body and the violations.
fn bodies(api: &Api) -> Vec<(String, String, usize)> {
    let each = api.operations().iter().map(|operation| {
        let sample = operation.sample();
        let (media_type, body, shown) = match sample.body.as_ref().unwrap() {
            SampleBody::Text(text) => {
                let media_type = sample.headers.last().unwrap().1.clone();
                (media_type, text.clone(), text.clone())
            }
            SampleBody::Parts(parts) => {
                let part = |(name, text): &(String, String)| {
                    let field = format!("Content-Disposition: form-data; name={name}");
                    format!("--b\r\n{field}\r\n\r\n{text}\r\n")
                };
                let body: String = parts.iter().map(part).collect();
                let media_type = "multipart/form-data; boundary=b".to_owned();
                (media_type, format!("{body}--b--\r\n"), format!("{parts:?}"))
            }
        };
        let request = http::Request::builder()
            .method(&*sample.method)
            .uri(&sample.target)
            .header("Content-Type", &media_type)
            .body(body.into())
            .unwrap();
        let exchange = answer(api, Request::from(request));
        (media_type, shown, exchange.violations.len())
    });
    each.collect()
}

#[test]
fn each_sample_body_is_of_a_type_that_can_be_sent_and_keeps_to_the_contract() {
    let api = compile(
        r"
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /any: {post: {requestBody: {content: {'*/*': {schema: {type: object, properties: {id: {type: integer}}}}}}, responses: {'204': {description: Ok}}}}
  /texts: {post: {requestBody: {content: {'text/*': {schema: {type: string}}}}, responses: {'204': {description: Ok}}}}
  /flag: {post: {requestBody: {content: {text/plain: {schema: {type: boolean}}}}, responses: {'204': {description: Ok}}}}
  /parts:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                # Deeper than the names of brackets could be told apart.
                pet: {anyOf: [{$ref: '#/x-deep/0'}]}
                tags: {type: array, minItems: 2, items: {type: string}}
                deep: {type: object, properties: {id: {type: integer}}}
            encoding: {deep: {style: deepObject, explode: true}}
      responses: {'204': {description: Ok}}
x-deep:
  - allOf: [{properties: {a: {$ref: '#/x-deep/1'}}}]
  - allOf: [{properties: {b: {$ref: '#/x-deep/2'}}}]
  - allOf: [{properties: {c: {anyOf: [{type: integer}, {type: 'null'}]}}, required: [c]}]
",
    )
    .unwrap_or_else(|findings| panic!("{findings:#?}"));
    let want = [
        ("application/json", r#"{"id":1}"#),
        ("text/plain", "example"),
        ("text/plain", "false"),
        (
            "multipart/form-data; boundary=b",
            r#"[("pet", "{\"a\":{\"b\":{\"c\":1}}}"), ("tags", "example"), ("tags", "amber"), ("deep[id]", "1")]"#,
        ),
    ];
    let want = want.map(|(media_type, body)| (media_type.to_owned(), body.to_owned(), 0));
    assert_eq!(bodies(&api), want);
}
