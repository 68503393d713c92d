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

/// What a schema that names an older draft says in it.
const SINCE_DRAFT_04: &[Row] = &[
    ("{$ref: '#/components/schemas/Small', minimum: 2}", "1", "4"),
    ("{minimum: 3, exclusiveMinimum: true}", "4", "3"),
    (
        "{properties: {a: {maximum: 3, exclusiveMaximum: true}}}",
        "{\"a\":2}",
        "{\"a\":3}",
    ),
    ("{items: [{type: integer}]}", "[1,\"a\"]", "[\"a\"]"),
    (
        "{items: [{}], additionalItems: {type: integer}}",
        "[\"a\",1]",
        "[1,\"a\"]",
    ),
    (
        "{properties: {a: {items: [{type: integer}], additionalItems: false}}}",
        "{\"a\":[1]}",
        "{\"a\":[1,2]}",
    ),
    ("{dependencies: {a: [b]}}", "{\"a\":1,\"b\":2}", "{\"a\":1}"),
    (
        "{dependencies: {a: {minProperties: 2}}}",
        "{\"a\":1,\"b\":2}",
        "{\"a\":1}",
    ),
    (
        "{definitions: {I: {$ID: '#integer', type: integer}}, $ID: 'https://example.com/d', allOf: [{$ref: '#integer'}]}",
        "1",
        "\"a\"",
    ),
    (
        "{$ID: 'https://example.com/d', allOf: [{$ref: '#/definitions/I'}], definitions: {I: {type: integer}}}",
        "1",
        "\"a\"",
    ),
];

/// What the drafts after it added. In an older one it says nothing.
const SINCE_DRAFT_06: &[Row] = &[
    ("{const: 3}", "3", "4"),
    ("{contains: {type: integer}}", "[1]", "[\"a\"]"),
    ("{propertyNames: {maxLength: 1}}", "{\"a\":1}", "{\"ab\":1}"),
];
const SINCE_DRAFT_07: &[Row] = &[
    ("{if: {minimum: 3}, then: {multipleOf: 2}}", "4", "5"),
    ("{if: {minimum: 3}, else: {multipleOf: 2}}", "2", "1"),
];
const SINCE_2019_09: &[Row] = &[
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
        "{contains: {type: integer}, minContains: 2}",
        "[1,2]",
        "[1]",
    ),
    (
        "{properties: {a: {}}, unevaluatedProperties: false}",
        "{\"a\":1}",
        "{\"b\":1}",
    ),
];
const SINCE_2020_12: &[Row] = &[("{prefixItems: [{type: integer}]}", "[1]", "[\"a\"]")];

/// Since 2019-09 what stands beside a reference counts.
const BESIDE: &[Row] = &[("{$ref: '#/components/schemas/Small', minimum: 2}", "2", "1")];

/// Several tables.
type Tables = &'static [&'static [Row]];

/// The drafts by their URIs, with the tables that count in each.
const DRAFTS: [(&str, Tables, Tables); 5] = [
    (
        "http://json-schema.org/draft-04/schema#",
        &[SINCE_DRAFT_04],
        &[SINCE_DRAFT_06, SINCE_DRAFT_07, SINCE_2019_09, SINCE_2020_12],
    ),
    (
        "http://json-schema.org/draft-06/schema#",
        &[SINCE_DRAFT_04, SINCE_DRAFT_06],
        &[SINCE_DRAFT_07, SINCE_2019_09, SINCE_2020_12],
    ),
    (
        "http://json-schema.org/draft-07/schema#",
        &[SINCE_DRAFT_04, SINCE_DRAFT_06, SINCE_DRAFT_07],
        &[SINCE_2019_09, SINCE_2020_12],
    ),
    (
        "https://json-schema.org/draft/2019-09/schema",
        &[BESIDE, SINCE_DRAFT_06, SINCE_DRAFT_07, SINCE_2019_09],
        &[SINCE_2020_12],
    ),
    (
        "https://json-schema.org/draft/2020-12/schema",
        &[
            BESIDE,
            SINCE_DRAFT_06,
            SINCE_DRAFT_07,
            SINCE_2019_09,
            SINCE_2020_12,
        ],
        &[],
    ),
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

/// The status that a body gets.
fn status(text: &str, body: &str) -> u16 {
    let api = compile(text).unwrap_or_else(|findings| panic!("{text}{findings:#?}"));
    let request = http::Request::post("/a").header("content-type", "application/json");
    let request = request.body(body.to_owned().into()).unwrap();
    answer(&api, request.into()).reply.status.as_u16()
}

#[test]
fn a_schema_is_read_by_the_draft_that_it_names() {
    let mut wrong = Vec::new();
    for (uri, counting, silent) in DRAFTS {
        let counting = counting.iter().copied().flatten().map(|row| (row, 422));
        let silent = silent.iter().copied().flatten().map(|row| (row, 204));
        for ((schema, good, bad), want) in counting.chain(silent) {
            let identifier = if uri.contains("-04") { "id" } else { "$id" };
            let schema = schema.replace("$ID", identifier);
            let own = schema.replacen('{', &format!("{{$schema: '{uri}', "), 1);
            let inside = format!("{{allOf: [{own}]}}");
            let of_document = format!(
                "jsonSchemaDialect: '{uri}'\n{}",
                description("3.1.0", &schema)
            );
            for text in [
                description("3.1.0", &own),
                description("3.1.0", &inside),
                of_document,
            ] {
                for (body, want) in [(good, 204), (bad, want)] {
                    let status = status(&text, body);
                    if status != want {
                        wrong.push(format!("{text}{body}: {status}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
fn a_draft_is_that_of_a_schema_wherever_it_is_come_to() {
    // By a pointer into it, from one of another draft, and where another draft is inside.
    let old = "http://json-schema.org/draft-07/schema#";
    let new = "https://json-schema.org/draft/2020-12/schema";
    let list = "items: [{type: integer}]";
    let components = format!(
        "Old: {{$schema: '{old}', properties: {{a: {{{list}}}, b: {{$schema: '{new}', prefixItems: [{{type: integer}}]}}}}}}"
    );
    let text = |schema: &str| {
        description("3.1.0", schema).replacen(
            "schemas: {",
            &format!("schemas: {{{components}, "),
            1,
        )
    };
    for (schema, good, bad) in [
        (
            "{$ref: '#/components/schemas/Old/properties/a'}",
            "[1]",
            "[\"a\"]",
        ),
        (
            "{$ref: '#/components/schemas/Old/properties/b'}",
            "[1]",
            "[\"a\"]",
        ),
        (
            "{$ref: '#/components/schemas/Old'}",
            "{\"a\":[1]}",
            "{\"a\":[\"a\"]}",
        ),
        (
            "{$ref: '#/components/schemas/Old'}",
            "{\"b\":[1]}",
            "{\"b\":[\"a\"]}",
        ),
    ] {
        assert_eq!(status(&text(schema), good), 204, "{schema} {good}");
        assert_eq!(status(&text(schema), bad), 422, "{schema} {bad}");
    }
}

#[test]
fn what_a_draft_does_not_have_yet_is_told() {
    let schema = "{$schema: 'http://json-schema.org/draft-04/schema#', const: 3}";
    let api = compile(&description("3.1.0", schema)).unwrap();
    let warnings: Vec<String> = api.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(
        warnings[0].contains("warning[shape]: `const` says nothing in draft-04"),
        "{warnings:#?}"
    );
}

#[test]
fn references_beside_each_other_all_count() {
    let text = description(
        "3.1.0",
        "{$ref: '#/components/schemas/Even', $dynamicRef: '#small'}",
    );
    let text = text.replacen("schemas: {", "schemas: {Even: {multipleOf: 2}, ", 1);
    assert_eq!(status(&text, "2"), 204);
    assert_eq!(status(&text, "1"), 422);
    assert_eq!(status(&text, "4"), 422);
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
    // Its `required` is a flag.
    let oldest =
        "{$schema: 'http://json-schema.org/draft-03/schema#', properties: {a: {required: true}}}";
    assert!(compile(&description("3.1.0", oldest)).is_err());
    let of_document = description("3.1.0", "{}");
    let of_document = format!("jsonSchemaDialect: 'https://example.com/mine'\n{of_document}");
    assert!(compile(&of_document).is_err());
}
