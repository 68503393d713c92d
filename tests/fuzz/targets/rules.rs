//! Bodies of which is known what they break.

use std::{collections::BTreeSet, sync::LazyLock};

use bytes::Bytes;
use http::{Request, header::CONTENT_TYPE};
use mynah::{Api, exchange::Place};

use super::{answered, compiled};

const DESCRIPTION: &str = "
openapi: 3.1.0
info: {title: Rules, version: '1'}
paths:
  /orders:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [id, kind]
              additionalProperties: false
              properties:
                id: {type: integer, minimum: 1, maximum: 100}
                kind: {type: string, enum: [a, b]}
                name: {type: string, minLength: 2, maxLength: 3}
                code: {type: string, pattern: '^[a-z]+$'}
                tags: {type: array, items: {type: string}, minItems: 1, maxItems: 2, uniqueItems: true}
                price: {type: number, exclusiveMinimum: 0, multipleOf: 0.1}
                flag: {type: boolean}
                mail: {type: [string, 'null'], format: email}
                inner: {type: object, required: [x], properties: {x: {type: [integer, 'null']}}, additionalProperties: false}
      responses: {'204': {description: Done}}
";

static API: LazyLock<Api> =
    LazyLock::new(|| compiled(DESCRIPTION.as_bytes()).expect("it is right"));

/// A value of a member, as JSON, and the rules that it breaks, each after its place. No value is one that is not there.
type Value = (
    Option<&'static str>,
    &'static [(&'static str, &'static str)],
);

const MEMBERS: [(&str, &[Value]); 10] = [
    (
        "id",
        &[
            (Some("1"), &[]),
            (Some("1e2"), &[]),
            (Some("7.0"), &[]),
            (None, &[("/id", "required")]),
            (Some("0"), &[("/id", "minimum")]),
            (Some("100.5"), &[("/id", "type"), ("/id", "maximum")]),
            (Some("18446744073709551616"), &[("/id", "maximum")]),
            (Some("\"1\""), &[("/id", "type")]),
            (Some("null"), &[("/id", "type")]),
        ],
    ),
    (
        "kind",
        &[
            (Some("\"a\""), &[]),
            (Some("\"\\u0062\""), &[]),
            (Some("\"c\""), &[("/kind", "enum")]),
            (Some("\"A\""), &[("/kind", "enum")]),
            (Some("1"), &[("/kind", "type")]),
            (None, &[("/kind", "required")]),
        ],
    ),
    (
        "name",
        &[
            (None, &[]),
            (Some("\"äöü\""), &[]),
            (Some("\"\\ud83d\\ude00\\ud83d\\ude00\""), &[]),
            (Some("\"a\""), &[("/name", "minLength")]),
            (Some("\"abcd\""), &[("/name", "maxLength")]),
            (Some("[\"ab\"]"), &[("/name", "type")]),
        ],
    ),
    (
        "code",
        &[
            (None, &[]),
            (Some("\"abc\""), &[]),
            (Some("\"\""), &[("/code", "pattern")]),
            (Some("\"a b\""), &[("/code", "pattern")]),
            (Some("\"abc\\n\""), &[("/code", "pattern")]),
        ],
    ),
    (
        "tags",
        &[
            (None, &[]),
            (Some("[\"a\",\"b\"]"), &[]),
            (Some("[]"), &[("/tags", "minItems")]),
            (Some("[\"a\",\"b\",\"c\"]"), &[("/tags", "maxItems")]),
            (Some("[\"a\",\"a\"]"), &[("/tags", "uniqueItems")]),
            (Some("[\"a\",1]"), &[("/tags/1", "type")]),
            (Some("{\"0\":\"a\"}"), &[("/tags", "type")]),
        ],
    ),
    (
        "price",
        &[
            (None, &[]),
            (Some("0.1"), &[]),
            (Some("1000000000000.1"), &[]),
            (Some("0"), &[("/price", "exclusiveMinimum")]),
            (Some("0.15"), &[("/price", "multipleOf")]),
            (
                Some("-0.25"),
                &[("/price", "exclusiveMinimum"), ("/price", "multipleOf")],
            ),
            (Some("true"), &[("/price", "type")]),
        ],
    ),
    (
        "flag",
        &[
            (None, &[]),
            (Some("true"), &[]),
            (Some("0"), &[("/flag", "type")]),
            (Some("\"true\""), &[("/flag", "type")]),
        ],
    ),
    (
        "mail",
        &[
            (None, &[]),
            (Some("null"), &[]),
            (Some("\"a@b.co\""), &[]),
            (Some("\"a@\""), &[("/mail", "format")]),
            (Some("5"), &[("/mail", "type")]),
        ],
    ),
    (
        "inner",
        &[
            (None, &[]),
            (Some("{\"x\":1}"), &[]),
            (Some("{\"x\":null}"), &[]),
            (Some("{}"), &[("/inner/x", "required")]),
            (Some("{\"x\":\"1\"}"), &[("/inner/x", "type")]),
            (
                Some("{\"x\":1,\"y\":1,\"a/b\":1}"),
                &[
                    ("/inner/y", "additionalProperties"),
                    ("/inner/a~1b", "additionalProperties"),
                ],
            ),
            (Some("[]"), &[("/inner", "type")]),
        ],
    ),
    (
        "more",
        &[
            (None, &[]),
            (Some("null"), &[("/more", "additionalProperties")]),
        ],
    ),
];

/// A body breaks the rules that its members break, at their places, and no other: each byte chooses a value of a member.
pub fn rules(data: &[u8]) {
    let mut written = Vec::new();
    let mut broken = BTreeSet::new();
    for (index, (name, values)) in MEMBERS.iter().enumerate() {
        let choice = data.get(index).copied().unwrap_or_default();
        let (value, breaks) = values[usize::from(choice) % values.len()];
        broken.extend(breaks);
        written.extend(value.map(|value| format!("\"{name}\":{value}")));
    }
    // Members have no order.
    let first = data.get(MEMBERS.len()).copied().unwrap_or_default();
    let count = written.len().max(1);
    written.rotate_left(usize::from(first) % count);
    let body = format!("{{{}}}", written.join(","));

    let request = Request::post("/orders").header(CONTENT_TYPE, "application/json");
    let request = request.body(Bytes::from(body.clone())).expect("it is one");
    let exchange = answered(&API, &request);
    let told = exchange.violations.iter().map(|it| match &it.place {
        Place::Body(pointer) => (&**pointer, it.rule.code()),
        other => panic!("{other}: {it}"),
    });
    assert_eq!(told.collect::<BTreeSet<_>>(), broken, "{body}");
}
