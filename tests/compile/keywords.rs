//! The keywords of JSON Schema reach the validators from every dialect of OpenAPI that has them.

use mynah::answer;

use super::compile;

/// A keyword in a schema, a value that keeps to it and one that breaks it.
type Row = (&'static str, &'static str, &'static str);

/// What Swagger 2.0 and all that came after have.
const SINCE_20: &[Row] = &[
    ("{type: integer}", "1", "1.5"),
    ("{type: number}", "1.5", "\"1\""),
    ("{type: string}", "\"a\"", "1"),
    ("{type: boolean}", "true", "0"),
    ("{enum: [a, 1]}", "1", "2"),
    ("{type: integer, maximum: 3}", "3", "4"),
    ("{type: integer, minimum: 3}", "3", "2"),
    ("{type: number, multipleOf: 0.5}", "1.5", "1.2"),
    ("{type: string, maxLength: 2}", "\"ab\"", "\"abc\""),
    ("{type: string, minLength: 2}", "\"ab\"", "\"a\""),
    ("{type: string, pattern: '^a+$'}", "\"aa\"", "\"ab\""),
    (
        "{type: string, format: date}",
        "\"2026-01-08\"",
        "\"8 January\"",
    ),
    (
        "{type: string, format: date-time}",
        "\"2026-01-08T01:02:03Z\"",
        "\"2026-01-08\"",
    ),
    ("{type: string, format: byte}", "\"YQ==\"", "\"?\""),
    ("{type: integer, format: int32}", "2147483647", "2147483648"),
    (
        "{type: integer, format: int64}",
        "9223372036854775807",
        "9223372036854775808",
    ),
    ("{type: array, items: {type: integer}}", "[1]", "[\"a\"]"),
    ("{type: array, items: {}, maxItems: 1}", "[1]", "[1,2]"),
    ("{type: array, items: {}, minItems: 2}", "[1,2]", "[1]"),
    (
        "{type: array, items: {}, uniqueItems: true}",
        "[1,2]",
        "[1,1]",
    ),
    ("{type: object, required: [a]}", "{\"a\":1}", "{}"),
    (
        "{properties: {a: {type: integer}}}",
        "{\"a\":1}",
        "{\"a\":\"b\"}",
    ),
    (
        "{type: object, maxProperties: 1}",
        "{\"a\":1}",
        "{\"a\":1,\"b\":2}",
    ),
    ("{type: object, minProperties: 1}", "{\"a\":1}", "{}"),
    (
        "{type: object, additionalProperties: false}",
        "{}",
        "{\"a\":1}",
    ),
    (
        "{type: object, additionalProperties: {type: integer}}",
        "{\"a\":1}",
        "{\"a\":\"b\"}",
    ),
    ("{allOf: [{type: integer}, {maximum: 3}]}", "3", "4"),
];

/// What OpenAPI 3.0 added.
const SINCE_30: &[Row] = &[
    (
        "{anyOf: [{type: integer}, {type: boolean}]}",
        "true",
        "\"a\"",
    ),
    (
        "{oneOf: [{type: integer}, {type: number, maximum: 1}]}",
        "2",
        "1",
    ),
    ("{not: {type: integer}}", "\"a\"", "1"),
];

/// What 2.0 and 3.0 write in their own way.
const UNTIL_30: &[Row] = &[
    (
        "{type: integer, minimum: 3, exclusiveMinimum: true}",
        "4",
        "3",
    ),
    (
        "{type: integer, maximum: 3, exclusiveMaximum: true}",
        "2",
        "3",
    ),
];

/// `nullable` is 3.0's alone.
const ONLY_30: &[Row] = &[
    ("{type: integer, nullable: true}", "null", "\"a\""),
    // `nullable` adds to the type, and an enumeration still has to list what it allows.
    (
        "{type: string, nullable: true, enum: [a, null]}",
        "null",
        "\"b\"",
    ),
    ("{type: string, nullable: true, enum: [a]}", "\"a\"", "null"),
];

/// What JSON Schema 2020-12 has beyond them.
const SINCE_31: &[Row] = &[
    ("{type: [integer, 'null']}", "null", "\"a\""),
    ("{const: 3}", "3", "4"),
    ("{type: integer, exclusiveMinimum: 3}", "4", "3"),
    ("{type: integer, exclusiveMaximum: 3}", "2", "3"),
    (
        "{prefixItems: [{type: integer}], items: false}",
        "[1]",
        "[1,2]",
    ),
    ("{contains: {type: integer}}", "[\"a\",1]", "[\"a\"]"),
    (
        "{contains: {type: integer}, minContains: 2}",
        "[1,2]",
        "[1]",
    ),
    (
        "{contains: {type: integer}, maxContains: 1}",
        "[1]",
        "[1,2]",
    ),
    (
        "{prefixItems: [true], unevaluatedItems: false}",
        "[1]",
        "[1,2]",
    ),
    (
        "{patternProperties: {'^a': {type: integer}}}",
        "{\"a\":1}",
        "{\"ab\":\"c\"}",
    ),
    ("{propertyNames: {maxLength: 1}}", "{\"a\":1}", "{\"ab\":1}"),
    (
        "{dependentRequired: {a: [b]}}",
        "{\"a\":1,\"b\":2}",
        "{\"a\":1}",
    ),
    (
        "{dependentSchemas: {a: {minProperties: 2}}}",
        "{\"a\":1,\"b\":2}",
        "{\"a\":1}",
    ),
    (
        "{allOf: [{properties: {a: {}}}], unevaluatedProperties: false}",
        "{\"a\":1}",
        "{\"b\":1}",
    ),
    ("{if: {minimum: 3}, then: {multipleOf: 2}}", "4", "5"),
    ("{if: {minimum: 3}, else: {multipleOf: 2}}", "2", "1"),
    ("{$ref: '#/components/schemas/Small', minimum: 2}", "2", "1"),
    ("{$dynamicRef: '#small'}", "3", "4"),
    ("false", "", "1"),
];

/// The formats of JSON Schema 2020-12 and of OpenAPI, each with a value of it and one that is none.
const FORMATS: &[(&str, &str, &str)] = &[
    (
        "date-time",
        "2026-01-08T23:08:28.975+02:00",
        "2026-01-08T23:08",
    ),
    ("date", "2024-02-29", "2023-02-29"),
    ("time", "23:08:28Z", "25:00:00Z"),
    ("duration", "P3DT4H", "3 days"),
    ("email", "ada@example.com", "ada@"),
    ("idn-email", "ä@example.com", "ä"),
    ("hostname", "api.example.com", "-a-"),
    ("idn-hostname", "bücher.example", "a b"),
    ("ipv4", "192.0.2.1", "192.0.2.256"),
    ("ipv6", "2001:db8::1", "2001:db8:::1"),
    ("uri", "https://example.com/a?b", "/a"),
    ("uri-reference", "../a?b", "a b"),
    ("iri", "https://example.com/ä", "ä b"),
    ("iri-reference", "/ä", "\\\\"),
    ("uri-template", "/a/{id}", "/a/{id"),
    ("json-pointer", "/a/b~1c", "a"),
    ("relative-json-pointer", "1/a", "/a"),
    ("regex", "^a+$", "("),
    ("uuid", "04576ba9-2309-4f3b-82b4-2771fe737085", "04576ba9"),
];

/// A description of a version with an operation whose body has this schema.
fn description(version: &str, schema: &str) -> String {
    let body = format!("schema: {schema}");
    let (head, operation) = match version {
        "2.0" => (
            "swagger: '2.0'".to_owned(),
            format!("parameters: [{{name: body, in: body, required: true, {body}}}]"),
        ),
        version => (
            format!(
                "openapi: {version}\ncomponents: {{schemas: {{Small: {{$dynamicAnchor: small, maximum: 3}}}}}}"
            ),
            format!("requestBody: {{required: true, content: {{application/json: {{{body}}}}}}}"),
        ),
    };
    format!(
        "{head}\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{{operation}, responses: {{'204': {{description: Ok}}}}}}}}}}\n"
    )
}

#[test]
fn every_keyword_of_every_dialect_is_applied() {
    let all: [(&str, &[&[Row]]); 4] = [
        ("2.0", &[SINCE_20, UNTIL_30]),
        ("3.0.4", &[SINCE_20, SINCE_30, UNTIL_30, ONLY_30]),
        ("3.1.1", &[SINCE_20, SINCE_30, SINCE_31]),
        ("3.2.0", &[SINCE_20, SINCE_30, SINCE_31]),
    ];
    let mut wrong = Vec::new();
    for (version, tables) in all {
        for (schema, good, bad) in tables.iter().copied().flatten() {
            let api = compile(&description(version, schema))
                .unwrap_or_else(|findings| panic!("{version} {schema}: {findings:#?}"));
            for (body, want) in [(good, 204), (bad, 422)] {
                let request = http::Request::post("/a").header("content-type", "application/json");
                let request = request.body((*body).into()).unwrap();
                let status = answer(&api, request.into()).reply.status.as_u16();
                if !body.is_empty() && status != want {
                    wrong.push(format!("{version} {schema} {body}: {status}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The status that a body under a schema gets.
fn status(text: &str, body: &str) -> u16 {
    let api = compile(text).unwrap_or_else(|findings| panic!("{text}: {findings:#?}"));
    let request = http::Request::post("/a").header("content-type", "application/json");
    let request = request.body(body.to_owned().into()).unwrap();
    answer(&api, request.into()).reply.status.as_u16()
}

#[test]
fn every_format_is_applied() {
    let mut wrong = Vec::new();
    for (format, good, bad) in FORMATS {
        let text = description("3.1.0", &format!("{{type: string, format: {format}}}"));
        for (value, want) in [(good, 204), (bad, 422)] {
            let found = status(&text, &format!("\"{value}\""));
            if found != want {
                wrong.push(format!("{format} {value}: {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_keywords_of_older_dialects_are_applied_where_they_are_named() {
    let draft_7 = "'http://json-schema.org/draft-07/schema#'";
    for (schema, good, bad) in [
        (
            "items: [{type: integer}], additionalItems: false",
            "[1]",
            "[1,2]",
        ),
        ("items: [{type: integer}]", "[1]", "[\"a\"]"),
        ("dependencies: {a: [b]}", "{\"a\":1,\"b\":1}", "{\"a\":1}"),
        (
            "dependencies: {a: {required: [b]}}",
            "{\"b\":1}",
            "{\"a\":1}",
        ),
        (
            "definitions: {d: {}}, properties: {a: {const: 1}}",
            "{\"a\":1}",
            "{\"a\":2}",
        ),
    ] {
        let of_schema = description("3.1.0", &format!("{{$schema: {draft_7}, {schema}}}"));
        let of_document = description("3.1.0", &format!("{{{schema}}}"));
        let of_document =
            of_document.replace("\ninfo", &format!("\njsonSchemaDialect: {draft_7}\ninfo"));
        for text in [of_schema, of_document] {
            assert_eq!(
                (status(&text, good), status(&text, bad)),
                (204, 422),
                "{text}"
            );
        }
    }
}

#[test]
fn a_dialect_that_is_not_known_is_a_fault() {
    let unknown = "{$schema: 'https://example.com/mine', type: integer}";
    let findings = compile(&description("3.1.0", unknown)).unwrap_err();
    assert!(
        findings[0]
            .to_string()
            .contains("error[unsupported]: the dialect `https://example.com/mine` is not known"),
        "{findings:?}"
    );
    let of_document = description("3.1.0", "{type: integer}").replace(
        "\ninfo",
        "\njsonSchemaDialect: 'https://example.com/mine'\ninfo",
    );
    let findings = compile(&of_document).unwrap_err();
    assert!(
        findings[0].to_string().starts_with("api.yaml:3:")
            && findings[0]
                .to_string()
                .contains("error[unsupported]: the dialect"),
        "{findings:?}"
    );
    let known = "{$schema: 'http://json-schema.org/draft-07/schema#', type: integer}";
    assert!(compile(&description("3.1.0", known)).is_ok());
}
