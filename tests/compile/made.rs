//! Values made from schemas, where nothing is documented: valid, plausible, the same every time.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use mynah::{answer, contract::Seed};
use serde_json::Value;

use super::compile;

/// The body of the reply that is made from a schema, and whether the schema allows it.
fn made(schema: &str) -> (Value, bool) {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': \
         {{description: Ok, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\n\
         components: {{schemas: {{Node: {{type: object, required: [id], properties: {{id: {{type: integer}}, \
         child: {{$ref: '#/components/schemas/Node'}}, kids: {{type: array, items: \
         {{$ref: '#/components/schemas/Node'}}}}}}}}, Tree: {{type: object, required: [left, right], \
         properties: {{left: {{oneOf: [{{$ref: '#/components/schemas/Tree'}}, {{type: 'null'}}]}}, \
         right: {{type: array, items: {{$ref: '#/components/schemas/Tree'}}}}}}}}, Expression: {{oneOf: [\
         {{type: object, required: [not], properties: {{not: {{$ref: '#/components/schemas/Expression'}}}}, additionalProperties: false}}, \
         {{type: object, required: [and], properties: {{and: {{type: array, minItems: 2, items: \
         {{$ref: '#/components/schemas/Expression'}}}}}}, additionalProperties: false}}, {{type: string}}]}}, \
         Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}, \
         NiceCat: {{allOf: [{{$ref: '#/components/schemas/Cat'}}, {{required: [purr], properties: {{purr: {{type: boolean}}}}}}]}}, \
         HuntCat: {{allOf: [{{$ref: '#/components/schemas/Cat'}}, {{required: [mice], properties: {{mice: {{type: integer}}}}}}]}}, \
         Animal: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}, discriminator: \
         {{propertyName: kind, mapping: {{COW: '#/components/schemas/Cow'}}}}}}, \
         Cow: {{allOf: [{{$ref: '#/components/schemas/Animal'}}, {{properties: {{milk: {{type: integer}}}}}}]}}, \
         Hen: {{allOf: [{{$ref: '#/components/schemas/Animal'}}]}}}}}}\n"
    );
    let api = compile(&text).unwrap_or_else(|findings| panic!("{schema}: {findings:#?}"));
    let get = || {
        answer(
            &api,
            http::Request::get("/a").body("".into()).unwrap().into(),
        )
    };
    let body = get().reply.body.clone();
    assert_eq!(body, get().reply.body, "{schema}");
    let value = serde_json::from_slice(&body).unwrap();
    let content = &api.operations()[0].success().content[0];
    let allowed = content.schema.as_ref().unwrap().allows(&value);
    (value, allowed)
}

#[test]
fn values_are_valid_whatever_the_schema_asks_for() {
    let schemas = [
        "{type: string, pattern: '^[A-Z0-9]+$', minLength: 4}",
        "{type: string, minLength: 200}",
        "{type: string, maxLength: 2}",
        "{type: integer, format: int64, minimum: 9007199254740993}",
        "{type: number, multipleOf: 0.01, minimum: 0.015, maximum: 0.03}",
        "{type: array, uniqueItems: true, minItems: 1, items: {enum: [a, b]}}",
        "{type: array, minItems: 3, items: {type: integer}}",
        "{type: object, additionalProperties: false}",
        "{type: object, required: [a, b], additionalProperties: {type: integer}}",
        "{allOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {const: 2}}}]}",
        "{oneOf: [{type: object, required: [a], properties: {a: {const: x}}}, {type: object, required: [b], properties: {b: {type: integer}}, not: {required: [a]}}]}",
        "{$ref: '#/components/schemas/Node'}",
        "{type: [string, 'null'], format: date}",
        "{type: object, properties: {pw: {type: string, writeOnly: true}, id: {type: string, format: uuid, readOnly: true}}}",
        "true",
        // Bounds and steps.
        "{type: integer, exclusiveMinimum: 3, maximum: 6, multipleOf: 3}",
        "{type: number, multipleOf: 0.01, exclusiveMinimum: 0, exclusiveMaximum: 0.02}",
        "{type: number, exclusiveMinimum: 0.1, exclusiveMaximum: 0.2}",
        "{allOf: [{type: integer, multipleOf: 4}, {multipleOf: 6, minimum: 13}]}",
        "{allOf: [{type: number, minimum: 3}, {type: integer, maximum: 3}]}",
        // Texts.
        "{type: string, pattern: '^(?=.*[A-Z])(?=.*[0-9]).{8,20}$'}",
        "{type: string, pattern: '^[a-z]{2,}$', minLength: 5, maxLength: 5}",
        "{type: string, pattern: '^(a|bcdef)$', minLength: 3}",
        "{allOf: [{type: string, pattern: '^a'}, {pattern: 'z$'}, {minLength: 2, pattern: '^[az]+$'}]}",
        "{type: string, format: email, minLength: 30, maxLength: 40}",
        "{type: string, format: uri, maxLength: 12}",
        "{type: string, format: date-time, maxLength: 20}",
        "{type: string, format: byte, minLength: 40}",
        "{type: string, pattern: '^\\\\d+$', not: {const: '0'}}",
        // Arrays.
        "{type: array, uniqueItems: true, minItems: 3, items: {enum: [a, b, c]}}",
        "{type: array, uniqueItems: true, minItems: 50, items: {type: string}}",
        "{type: array, uniqueItems: true, minItems: 2, items: {type: boolean}}",
        "{type: array, uniqueItems: true, minItems: 20, items: {type: object, properties: {name: {type: string}}}}",
        "{type: array, minItems: 3, contains: {const: 5}, minContains: 2, items: {type: integer}}",
        "{type: array, items: {type: integer}, contains: {minimum: 9}, maxContains: 1, minItems: 2}",
        "{type: array, prefixItems: [{type: integer}, {const: x}], items: false, minItems: 2}",
        "{type: array, prefixItems: [{type: integer}], items: {type: boolean}, minItems: 3}",
        "{type: array, prefixItems: [{type: integer}], unevaluatedItems: false}",
        "{type: array, maxItems: 0, items: {type: integer}}",
        "{type: array, minItems: 2}",
        // Objects.
        "{type: object, minProperties: 3}",
        "{type: object, minProperties: 2, maxProperties: 2, properties: {a: {type: string}, b: {type: string}, c: {type: string}}}",
        "{type: object, maxProperties: 1, required: [b], properties: {a: {type: string}, b: {type: string}}}",
        "{type: object, minProperties: 2, propertyNames: {pattern: '^[A-Z]{3}$'}}",
        "{type: object, minProperties: 2, propertyNames: {enum: [x, y, z]}, additionalProperties: {type: integer}}",
        "{type: object, patternProperties: {'^x-': {type: integer}}, additionalProperties: false, minProperties: 2}",
        "{type: object, properties: {number: {type: integer}, holder: {type: string}}, dependentRequired: {number: [holder, street]}}",
        "{type: object, properties: {a: {type: string}}, dependentSchemas: {a: {required: [b], properties: {b: {const: 7}}}}}",
        "{allOf: [{type: object, properties: {a: {type: string}}, additionalProperties: false}, {properties: {a: {}, b: {}}}]}",
        "{type: object, allOf: [{properties: {a: {type: string}}}], properties: {b: {type: integer}}, unevaluatedProperties: false}",
        "{type: object, oneOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}, required: [b]}], unevaluatedProperties: false}",
        "{type: object, minProperties: 2, maxProperties: 4, propertyNames: {pattern: '^[a-z]+$', maxLength: 6}, patternProperties: {'^x': {type: integer}}, additionalProperties: {type: [string, 'null'], not: {const: ''}}}",
        // What leaves a choice.
        "{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
        "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, required: [c], properties: {c: {type: string}}}]}",
        "{oneOf: [{type: integer}, {type: number, multipleOf: 0.5}]}",
        "{oneOf: [{type: string}, {type: string, maxLength: 20}, {type: integer}, {type: number}]}",
        "{oneOf: [{multipleOf: 3}, {multipleOf: 5}], type: integer, minimum: 15}",
        "{type: object, properties: {a: {type: integer}, b: {type: integer}, c: {type: integer}}, not: {required: [a, c]}}",
        "{not: {type: string}}",
        "{not: {type: [string, integer, object]}}",
        "{type: string, not: {enum: [example, amber]}}",
        "{type: integer, not: {minimum: 0}}",
        "{type: object, properties: {kind: {enum: [a, b]}, x: {type: string}}, required: [kind], if: {properties: {kind: {const: a}}}, then: {required: [x], properties: {x: {const: q}}}, else: {properties: {x: false}}}",
        "{type: object, properties: {kind: {const: b}, x: {type: integer}}, required: [kind], if: {properties: {kind: {const: a}}}, then: {properties: {x: {const: 1}}}, else: {required: [x, y], properties: {y: {const: 2}}}}",
        "{type: object, properties: {v: {anyOf: [{type: string, format: uuid}, {type: 'null'}]}}, required: [v]}",
        "{allOf: [{enum: [a, b, c]}, {enum: [c, d, b]}, {not: {const: b}}]}",
        "{allOf: [{oneOf: [{required: [a], properties: {a: {const: 1}}}, {required: [b], properties: {b: {const: 2}}}]}, {anyOf: [{properties: {a: false}}, {required: [z]}]}], type: object}",
        "{anyOf: [false, {type: integer}]}",
        // Documented values that are not valid here.
        "{type: integer, example: none, default: 0, minimum: 5}",
        "{type: object, example: {a: 1}, required: [a, b], properties: {a: {type: integer}, b: {type: string}}}",
        "{type: array, items: {type: string, example: 5}, minItems: 1}",
        // Recursion with a finite end.
        "{$ref: '#/components/schemas/Tree'}",
        "{$ref: '#/components/schemas/Expression'}",
        "{type: array, minItems: 2, items: {$ref: '#/components/schemas/Tree'}}",
    ];
    let misfit = |schema: &&str| {
        let (value, allowed) = made(schema);
        (!allowed).then(|| format!("{schema}: {value}"))
    };
    let misfits: Vec<String> = schemas.iter().filter_map(misfit).collect();
    assert!(misfits.is_empty(), "{misfits:#?}");
}

#[test]
fn values_are_what_their_names_and_formats_say() {
    for (schema, pointer, want) in [
        (
            "{type: object, properties: {status: {enum: [FAILURE, SUCCESS], example: SUCCESS}}}",
            "/status",
            "SUCCESS",
        ),
        (
            "{type: object, properties: {contact_email: {type: string}}}",
            "/contact_email",
            "ada@example.com",
        ),
        (
            "{type: object, properties: {createdAt: {type: string, format: date-time}}}",
            "/createdAt",
            "2026-01-08T23:08:28.975Z",
        ),
        (
            "{type: object, properties: {note: {type: [string, 'null']}}}",
            "/note",
            "example",
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/NiceCat'}, {$ref: '#/components/schemas/HuntCat'}], discriminator: {propertyName: kind, mapping: {NICE: '#/components/schemas/NiceCat', HUNT: HuntCat}}}",
            "/kind",
            "NICE",
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/HuntCat'}, {$ref: '#/components/schemas/NiceCat'}], discriminator: {propertyName: kind}}",
            "/kind",
            "HuntCat",
        ),
        ("{$ref: '#/components/schemas/Animal'}", "/kind", "COW"),
        ("{$ref: '#/components/schemas/Cow'}", "/kind", "COW"),
        ("{$ref: '#/components/schemas/Hen'}", "/kind", "Hen"),
        (
            "{type: object, properties: {closed_at: {type: [string, 'null']}, next: {type: [string, 'null']}}}",
            "/closed_at",
            "",
        ),
        (
            "{type: object, example: {a: x}, required: [a, b], properties: {a: {type: string}, b: {type: string, default: y}}}",
            "/a",
            "x",
        ),
        (
            "{type: object, properties: {a: {type: string, examples: [5, fine]}}}",
            "/a",
            "fine",
        ),
        (
            "{type: object, properties: {code: {type: string, pattern: '^[A-Z]{3}$'}}}",
            "/code",
            "AAA",
        ),
    ] {
        let (value, _) = made(schema);
        let found = value.pointer(pointer).unwrap();
        assert_eq!(found.as_str().unwrap_or(""), want, "{schema}");
    }
}

#[test]
fn what_is_only_written_is_never_answered() {
    let (value, _) = made(
        "{type: object, properties: {pw: {type: string, writeOnly: true}, a: {type: string}}}",
    );
    assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn object_ids_are_24_hexadecimal_digits_and_differ() {
    let (value, _) = made(
        "{type: object, properties: {projectId: {type: string, format: ObjectId}, teamId: {type: string, format: ObjectId}}}",
    );
    let id = |name: &str| value[name].as_str().unwrap().to_owned();
    for name in ["projectId", "teamId"] {
        assert!(
            id(name).len() == 24 && id(name).bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{value}"
        );
    }
    assert_ne!(id("projectId"), id("teamId"));
}

/// As [`made`], with the time that it took; `None` when nothing was made.
fn bounded(schema: &str) -> (Option<Value>, Duration) {
    let start = Instant::now();
    let (value, allowed) = made(schema);
    (allowed.then_some(value), start.elapsed())
}

#[test]
fn hostile_schemas_cost_little() {
    let deep =
        "{type: array, minItems: 1, items: ".repeat(60) + "{type: integer}" + &"}".repeat(60);
    let wide: Vec<String> = (0..40)
        .map(|index| format!("p{index}: {{$ref: '#/components/schemas/Node'}}"))
        .collect();
    let wide = format!("{{type: object, properties: {{{}}}}}", wide.join(", "));
    let branches: Vec<String> = (0..60)
        .map(|index| format!("{{properties: {{a: {{const: {index}}}}}}}"))
        .collect();
    let choices = format!("{{anyOf: [{}]}}", branches.join(", "));
    let choices = format!(
        "{{type: object, required: [a], allOf: [{}, {{properties: {{a: {{const: 59}}}}}}]}}",
        [choices.as_str(); 12].join(", ")
    );
    for (schema, is_made) in [
        (
            "{type: array, minItems: 1000000000, items: {type: integer}}",
            false,
        ),
        ("{type: object, minProperties: 1000000000}", false),
        ("{type: string, minLength: 1000000000}", false),
        ("{type: string, pattern: 'a{100000}'}", false),
        ("{type: string, pattern: '^((a?){50}){50}$'}", true),
        (
            "{type: array, minItems: 200, items: {type: array, minItems: 200, items: {type: array, minItems: 200}}}",
            false,
        ),
        (
            "{type: array, minItems: 5000, items: {type: integer}}",
            true,
        ),
        ("{not: {}}", false),
        (&deep, true),
        (&wide, true),
        (&choices, false),
    ] {
        let (value, took) = bounded(schema);
        assert_eq!(value.is_some(), is_made, "{schema}");
        assert!(took < Duration::from_secs(5), "{schema}: {took:?}");
    }
}

#[test]
fn media_types_of_files_give_files_with_and_without_a_schema() {
    for (media_type, schema, start) in [
        ("image/png", "", &b"\x89PNG\r\n\x1a\n"[..]),
        (
            "application/zip",
            "schema: {type: string, format: binary}",
            b"PK\x05\x06",
        ),
        (
            "application/octet-stream",
            "schema: {type: string, format: binary}",
            b"\0\x01",
        ),
        // A schema that says more is what counts.
        ("image/png", "schema: {type: string, const: x}", b"x"),
        ("text/csv", "schema: {type: string, maxLength: 3}", b"exa"),
    ] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': \
             {{description: Ok, content: {{{media_type}: {{{schema}}}}}}}}}}}}}}}\n"
        );
        let api = compile(&text).unwrap();
        let request = http::Request::get("/a").body("".into()).unwrap();
        let reply = answer(&api, request.into()).reply;
        assert_eq!(reply.headers["content-type"], media_type);
        assert!(
            reply.body.starts_with(start),
            "{media_type} {schema}: {:?}",
            reply.body
        );
    }
}

#[test]
fn a_seed_varies_a_value_and_gives_it_again() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: Ok, \
                content: {application/json: {schema: {type: object, properties: {email: {type: string}, city: {type: string}, \
                size: {type: integer}}}}}}}}}}\n";
    let api = compile(text).unwrap();
    let content = &api.operations()[0].success().content[0];
    let of = |number| content.made_for(&Seed::of("/a", &[], number));
    assert_eq!(of(0), None, "one for all requests");
    assert_eq!(of(7).unwrap().body, of(7).unwrap().body);
    let distinct: HashSet<_> = (1..20)
        .map(|number| of(number).unwrap().body.clone())
        .collect();
    assert!(distinct.len() > 15, "{distinct:?}");
}

#[test]
fn strings_of_every_format_are_valid_and_several_of_them_differ() {
    for format in [
        "date-time",
        "date",
        "time",
        "duration",
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "iri",
        "iri-reference",
        "uuid",
        "uri-template",
        "json-pointer",
        "relative-json-pointer",
        "regex",
        "byte",
        "binary",
        "base64url",
        "char",
        "commonmark",
        "decimal",
        "html",
        "http-date",
        "media-range",
        "password",
        "ObjectId",
        "unknown-to-all",
    ] {
        let one = format!("{{type: string, format: {format}}}");
        let (value, allowed) = made(&one);
        assert!(
            allowed && value.as_str().is_some_and(|text| !text.is_empty()),
            "{format}: {value}"
        );
        let two = format!("{{type: array, minItems: 2, uniqueItems: true, items: {one}}}");
        let is_single = [
            "uri-template",
            "regex",
            "html",
            "http-date",
            "media-range",
            "password",
            "base64url",
        ];
        let (value, allowed) = match is_single.contains(&format) {
            true => continue,
            false => made(&two),
        };
        assert!(allowed, "{format}: {value}");
    }
}

#[test]
fn objects_have_no_members_that_are_not_described() {
    for (schema, want) in [
        ("{type: object}", &[][..]),
        ("{type: object, additionalProperties: true}", &[]),
        ("{type: object, properties: {a: {type: string}}}", &["a"]),
        (
            "{type: object, properties: {a: {}, b: {}}, additionalProperties: {type: integer}}",
            &["a", "b"],
        ),
        (
            "{allOf: [{type: object, properties: {a: {}}}, {required: [c]}]}",
            &["a", "c"],
        ),
    ] {
        let (value, allowed) = made(schema);
        let names: Vec<&String> = value.as_object().unwrap().keys().collect();
        assert!(allowed && names == want, "{schema}: {value}");
    }
}

/// A description of a body and a reply in JSON, XML and forms, whose schema leads to another, and so on;
/// each has the next one in the place of `NEXT`.
fn chain(length: usize, link: &str) -> String {
    let first = "{schema: {$ref: '#/components/schemas/S0'}}";
    let types = [
        "application/json",
        "application/xml",
        "application/x-www-form-urlencoded",
    ];
    let content = types.map(|name| format!("{name}: {first}")).join(", ");
    let mut text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {{content: {{{content}}}}}, \
         responses: {{'200': {{description: Ok, content: {{{content}}}}}}}}}}}}}\ncomponents:\n  schemas:\n"
    );
    for index in 0..length {
        let next = format!("{{$ref: '#/components/schemas/S{}'}}", index + 1);
        text.push_str(&format!("    S{index}: {}\n", link.replace("NEXT", &next)));
    }
    text + &format!("    S{length}: {{type: integer}}\n")
}

#[test]
fn long_chains_of_schemas_overflow_no_stack_and_take_little_time() {
    for link in [
        "{type: object, required: [p], properties: {p: NEXT}}",
        "{type: object, properties: {p: NEXT}}",
        "{type: array, minItems: 1, items: NEXT}",
        "{type: array, minItems: 1, prefixItems: [NEXT]}",
        "{type: array, contains: NEXT}",
        "{type: object, minProperties: 1, additionalProperties: NEXT}",
        "{type: object, minProperties: 1, patternProperties: {'^a': NEXT}, additionalProperties: false}",
    ] {
        let begun = Instant::now();
        let api =
            compile(&chain(1000, link)).unwrap_or_else(|findings| panic!("{link}: {findings:?}"));
        for (media_type, body) in [
            ("application/json", "7"),
            ("application/xml", "<S0>x</S0>"),
            ("application/x-www-form-urlencoded", "p=x"),
        ] {
            let request = http::Request::post("/a").header("content-type", media_type);
            let status = answer(&api, request.body(body.into()).unwrap().into())
                .reply
                .status;
            assert!(
                !status.is_server_error() || status == 501,
                "{link} {media_type}: {status}"
            );
        }
        let status = answer(
            &api,
            http::Request::post("/a").body("".into()).unwrap().into(),
        )
        .reply
        .status;
        assert!(status == 200 || status == 501, "{link}: {status}");
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{link}: {:?}",
            begun.elapsed()
        );
    }
    for link in [
        "{allOf: [NEXT]}",
        "{allOf: [NEXT, NEXT]}",
        "{anyOf: [NEXT, {const: 1}]}",
        "{oneOf: [NEXT, {const: 1}]}",
        "{not: NEXT}",
        "{if: NEXT, then: NEXT, else: NEXT}",
        "{dependentSchemas: {a: NEXT}}",
        "{allOf: [NEXT], unevaluatedProperties: false}",
        "NEXT",
    ] {
        let begun = Instant::now();
        let findings = compile(&chain(1000, link)).expect_err(link);
        assert!(
            findings.iter().all(|finding| finding.location.line > 2),
            "{findings:?}"
        );
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{link}: {:?}",
            begun.elapsed()
        );
    }
}
