use serde_json::json;

use super::*;
use crate::Source;

fn changed(schema: &str, value: &Value) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: {schema}}}}}\n"
    );
    let description = Description::load(Source::new("t.yaml", &*text)).unwrap();
    let changes = changes(&description, "/components/schemas/S", value);
    let shown = changes.iter().map(|change| match &change.to {
        To::Value(to) => format!("{}={to}", change.at),
        To::Nothing => format!("{}-", change.at),
    });
    shown.collect()
}

#[test]
fn a_value_is_changed_to_its_edges_and_over_them() {
    for (schema, value, wanted) in [
        (
            "{type: integer, minimum: 3}",
            json!(5),
            &["=3", "=2", "=0.5", "=null", "=\"mynah\""][..],
        ),
        (
            "{type: number, exclusiveMaximum: 1}",
            json!(0),
            &["=1", "=0.99", "=1.01"],
        ),
        ("{type: integer, multipleOf: 4}", json!(8), &["=10", "=9"]),
        (
            "{type: integer, format: int32}",
            json!(1),
            &["=2147483647", "=2147483648"],
        ),
        (
            "{type: string, minLength: 2, maxLength: 3}",
            json!("ab"),
            &["=\"a\"", "=\"abb\"", "=\"abbb\""],
        ),
        (
            "{type: string, pattern: ^a}",
            json!("a"),
            &["=\"\"", "=\"~\""],
        ),
        (
            "{type: string, format: uuid}",
            json!("x"),
            &["=\"6ba7b810\""],
        ),
        ("{enum: [a, b]}", json!("a"), &["=\"b\"", "=\"a-mynah\""]),
        ("{type: [string, 'null']}", json!("a"), &["=null", "=0.5"]),
        (
            "{type: array, minItems: 2, maxItems: 3}",
            json!([1, 2]),
            &["=[]", "=[1]", "=[1,2,3]", "=[1,2,3,4]"],
        ),
        (
            "{type: array, uniqueItems: true}",
            json!(["a"]),
            &["=[\"a\",\"a\"]"],
        ),
        (
            "{type: array, items: {maximum: 3}}",
            json!([1, 2]),
            &["/0=3", "/0=3.01"],
        ),
        (
            "{type: object, additionalProperties: false}",
            json!({"a/b": 1}),
            &["/a~1b-", "/mynahUnknown=\"mynah\""],
        ),
        (
            "{properties: {a: {allOf: [{minimum: 1}, {$ref: '#/components/schemas/S/properties/b'}]}, b: {maximum: 9}}}",
            json!({"a": 5}),
            &["/a-", "/a=1", "/a=0.99", "/a=9", "/a=9.01"],
        ),
        (
            "{oneOf: [{properties: {k: {const: x}}}, {properties: {k: {const: y}}}]}",
            json!({"k": "x"}),
            &["/k=\"y\"", "/k=\"x-mynah\""],
        ),
    ] {
        let changed = changed(schema, &value);
        for want in wanted {
            assert!(
                changed.contains(&(*want).to_owned()),
                "{schema}: {want} is none of {changed:?}"
            );
        }
        assert!(
            !changed.contains(&format!("={value}")),
            "{schema}: {changed:?}"
        );
    }
}

#[test]
fn a_schema_inside_itself_ends() {
    let schema = "{type: object, properties: {a: {$ref: '#/components/schemas/S'}}}";
    let mut value = json!({});
    for _ in 0..50 {
        value = json!({ "a": value });
    }
    assert!(changed(schema, &value).len() < MAX_CHANGES);
}

#[test]
fn a_change_is_made_at_its_place_only() {
    let value = json!({"a": [{"b": 1}], "c": 2});
    for (at, to, want) in [
        (
            "/a/0/b",
            To::Value(json!(3)),
            Some(json!({"a": [{"b": 3}], "c": 2})),
        ),
        ("/a/0/b", To::Nothing, Some(json!({"a": [{}], "c": 2}))),
        ("/a/0", To::Value(json!(3)), Some(json!({"a": [3], "c": 2}))),
        ("/c", To::Nothing, Some(json!({"a": [{"b": 1}]}))),
        ("", To::Value(json!(3)), Some(json!(3))),
        ("", To::Nothing, None),
        ("/a/0", To::Nothing, None),
        ("/x", To::Nothing, None),
        ("/a/7", To::Value(json!(3)), None),
    ] {
        let change = Change {
            at: at.to_owned(),
            to,
        };
        assert_eq!(change.apply(&value), want, "{change:?}");
    }
}
