//! Where references may lead, and where not: a reference that was read as a schema that says nothing
//! would let every request pass.

use mynah::answer;

use super::compile;

/// A description whose only body, in line 7, has this schema; `rest` is the rest of it.
fn with_schema(version: &str, schema: &str, rest: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      \
         requestBody: {{required: true, content: {{application/json:\n        {{schema: {schema}}}}}}}\n      \
         responses: {{'204': {{description: Ok}}}}\n{rest}"
    )
}

/// The status that a body gets.
fn status(text: &str, body: &str) -> u16 {
    let api = compile(text).unwrap_or_else(|findings| panic!("{text}{findings:#?}"));
    let request = http::Request::post("/a").header("content-type", "application/json");
    let request = request.body(body.to_owned().into()).unwrap();
    answer(&api, request.into()).reply.status.as_u16()
}

/// What is wrong with a description, as it is shown.
fn faults(text: &str) -> Vec<String> {
    let findings = compile(text).err().unwrap_or_default();
    findings.iter().map(ToString::to_string).collect()
}

/// Schemas that each lead to one that takes integers only.
#[test]
fn references_of_every_form_are_followed() {
    for (version, reference, rest) in [
        (
            "3.1.0",
            "#/components/schemas/Gr%C3%B6%C3%9Fe",
            "components: {schemas: {Größe: {type: integer}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/Größe",
            "components: {schemas: {Größe: {type: integer}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/a~1b~0c%25",
            "components: {schemas: {'a/b~c%': {type: integer}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/L/allOf/1",
            "components: {schemas: {L: {allOf: [{}, {type: integer}]}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/E/properties/",
            "components: {schemas: {E: {properties: {'': {type: integer}}}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/R/properties/a",
            "components: {schemas: {R: {$ref: '#/components/schemas/O'}, O: {properties: {a: {type: integer}}}}}",
        ),
        (
            "3.1.0",
            "#/components/responses/R/content/application~1json/schema",
            "components: {responses: {R: {description: R, content: {application/json: {schema: {type: integer}}}}}}",
        ),
        (
            "3.1.0",
            "api.yaml#/components/schemas/I",
            "components: {schemas: {I: {type: integer}}}",
        ),
        ("3.1.0", "#/x-schemas/I", "x-schemas: {I: {type: integer}}"),
        (
            "3.1.0",
            "#whole",
            "components: {schemas: {E: {example: {$anchor: whole}}, I: {$anchor: whole, type: integer}}}",
        ),
        (
            "3.1.0",
            "https://example.com/i",
            "components: {schemas: {E: {default: {$id: 'https://example.com/i'}}, I: {$id: 'https://example.com/i', type: integer}}}",
        ),
        (
            "3.1.0",
            "https://example.com/a#/$defs/i",
            "components: {schemas: {I: {$id: 'https://example.com/a', $defs: {i: {$ref: b}}}, J: {$id: 'https://example.com/b', type: integer}}}",
        ),
        (
            "3.1.0",
            "urn:uuid:deadbeef-1234-0000-0000-4321feebdaed",
            "components: {schemas: {I: {$id: 'urn:uuid:deadbeef-1234-0000-0000-4321feebdaed', type: integer}}}",
        ),
        // `$id` is no keyword of 3.0, so what is relative stays relative to the document.
        (
            "3.0.3",
            "#/components/schemas/I",
            "components: {schemas: {I: {$id: 'https://example.com/i', allOf: [{$ref: '#/components/schemas/J'}]}, J: {type: integer}}}",
        ),
        (
            "3.0.3",
            "#/components/schemas/R",
            "components: {schemas: {R: {$ref: '#/components/schemas/R/definitions/I', definitions: {I: {type: integer}}}}}",
        ),
        // What moves when it is raised takes its references along.
        (
            "3.0.3",
            "#/components/schemas/L/items/1",
            "components: {schemas: {L: {items: [{}, {type: integer}]}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/L/additionalItems",
            "components: {schemas: {L: {items: [{}], additionalItems: {type: integer}}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/L/dependencies/a",
            "components: {schemas: {L: {dependencies: {a: {type: integer}}}}}",
        ),
        (
            "3.1.0",
            "#/components/schemas/dependencies/properties/items",
            "components: {schemas: {dependencies: {properties: {items: {type: integer}}}}}",
        ),
    ] {
        let text = with_schema(version, &format!("{{$ref: '{reference}'}}"), rest);
        assert_eq!(status(&text, "1"), 204, "{reference}");
        assert_eq!(status(&text, "\"x\""), 422, "{reference}");
    }
}

#[test]
fn a_reference_leads_to_an_object_of_its_kind_or_is_a_fault() {
    let needed = "a schema is needed here";
    for (reference, rest, want) in [
        ("#", "", format!("`#` is a description, and {needed}")),
        (
            "#/info",
            "",
            format!("`#/info` is no object of a description, and {needed}"),
        ),
        (
            "#/paths/~1a/post",
            "",
            format!("`#/paths/~1a/post` is an operation, and {needed}"),
        ),
        (
            "#/components/schemas",
            "components: {schemas: {type: {}}}",
            format!("`#/components/schemas` is no object of a description, and {needed}"),
        ),
        (
            "#/components/responses/R",
            "components: {responses: {R: {description: R}}}",
            format!("`#/components/responses/R` is a response, and {needed}"),
        ),
        (
            "#/components/schemas/E/example",
            "components: {schemas: {E: {example: {type: integer}}}}",
            format!("`#/components/schemas/E/example` is no object of a description, and {needed}"),
        ),
        (
            "#/components/schemas/E/properties",
            "components: {schemas: {E: {properties: {type: {}}}}}",
            format!("`#/components/schemas/E/properties` is no object of a description, and {needed}"),
        ),
        (
            "#/components/schemas/L/allOf/01",
            "components: {schemas: {L: {allOf: [{}, {}]}}}",
            "`#/components/schemas/L/allOf/01` leads nowhere".to_owned(),
        ),
        (
            "#/components/schemas/L/allOf/+1",
            "components: {schemas: {L: {allOf: [{}, {}]}}}",
            "`#/components/schemas/L/allOf/+1` leads nowhere".to_owned(),
        ),
        (
            "#twice",
            "components: {schemas: {A: {$anchor: twice}, B: {$anchor: twice}}}",
            "`#twice` could be api.yaml:9:27 or api.yaml:9:48: two have this name".to_owned(),
        ),
        (
            "https://example.com/twice",
            "components: {schemas: {A: {$id: 'https://example.com/twice'}, B: {$id: 'https://example.com/twice'}}}",
            "`https://example.com/twice` could be api.yaml:9:27 or api.yaml:9:66: two have this name"
                .to_owned(),
        ),
    ] {
        let text = with_schema("3.1.0", &format!("{{$ref: '{reference}'}}"), rest);
        let want = format!("api.yaml:7:25: error[reference-unresolved]: {want}");
        assert_eq!(faults(&text), [want]);
    }
}

#[test]
fn references_to_other_objects_are_held_to_their_kinds_too() {
    let head = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\n";
    let ok = "responses: {'204': {description: Ok}}";
    for (paths, components, want) in [
        (
            "{requestBody: {$ref: '#/components/responses/B'}, OK}",
            "{responses: {B: {description: B, content: {application/json: {}}}}}",
            "a response, and a request body is needed here",
        ),
        (
            "{requestBody: {$ref: '#/components/schemas/B'}, OK}",
            "{schemas: {B: {}}}",
            "a schema, and a request body is needed here",
        ),
        (
            "{parameters: [{$ref: '#/components/schemas/B'}], OK}",
            "{schemas: {B: {}}}",
            "a schema, and a parameter or header is needed here",
        ),
        (
            "{requestBody: {content: {application/json: {$ref: '#/components/mediaTypes/A'}}}, OK}",
            "{mediaTypes: {A: {$ref: '#/components/mediaTypes/B'}, B: {$ref: '#/components/mediaTypes/A'}}}",
            "this reference leads back to itself",
        ),
        (
            "{responses: {'200': {$ref: '#/components/responses/A'}}}",
            "{responses: {A: {$ref: '#/components/responses/A'}}}",
            "this reference leads back to itself",
        ),
        // What has another shape would be read as if it was not there.
        (
            "{parameters: {name: a, in: query, required: true}, OK}",
            "{}",
            "error[shape]: `parameters` is a list, and this is none",
        ),
        (
            "{requestBody: {content: [application/json]}, OK}",
            "{}",
            "error[shape]: `content` is an object, and this is none",
        ),
        (
            "{requestBody: {content: {application/json: integer}}, OK}",
            "{}",
            "error[shape]: a media type is an object, and this is none",
        ),
    ] {
        let operation = paths.replace("OK", ok);
        let text =
            format!("{head}paths: {{/a: {{post: {operation}}}}}\ncomponents: {components}\n");
        let found = faults(&text);
        assert!(
            found.iter().any(|finding| finding.contains(want)),
            "{paths}: {found:#?}"
        );
    }
}

#[test]
fn what_references_lead_to_is_of_one_kind() {
    let text = with_schema(
        "3.1.0",
        "{$ref: '#/x-parts/A'}",
        "x-parts: {A: {type: integer}}\ncomponents: {examples: {E: {$ref: '#/x-parts/A'}}}",
    );
    let want = "api.yaml:9:14: error[shape]: references lead here to a schema and to an example, and it is one of them";
    assert_eq!(faults(&text), [want]);
}

#[test]
fn references_that_lead_to_nothing_but_each_other_are_faults() {
    let circle = "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}";
    for schema in [
        "{$ref: '#/components/schemas/A'}",
        "{properties: {a: {$ref: '#/components/schemas/A'}}}",
        "{allOf: [{$ref: '#/components/schemas/A', description: A}]}",
    ] {
        let found = faults(&with_schema("3.1.0", schema, circle));
        let all = found.iter().all(|it| it.contains("leads back to itself"));
        assert!(all && !found.is_empty(), "{schema}: {found:#?}");
    }
    for keywords in [
        "anyOf: [{type: integer}, {$ref: '#/components/schemas/A'}]",
        "allOf: [{anyOf: [{$ref: '#/components/schemas/B'}]}]",
        "not: {$ref: '#/components/schemas/A'}",
        "if: {$ref: '#/components/schemas/A'}, then: {type: integer}",
    ] {
        let rest = format!(
            "components: {{schemas: {{A: {{{keywords}}}, B: {{$ref: '#/components/schemas/A'}}}}}}"
        );
        let text = with_schema("3.1.0", "{$ref: '#/components/schemas/A'}", &rest);
        let found = faults(&text);
        assert_eq!(found.len(), 1, "{keywords}: {found:#?}");
        assert!(found[0].contains("leads back to itself"), "{found:#?}");
    }
    // A schema may contain itself.
    let tree = "components: {schemas: {T: {type: object, additionalProperties: {$ref: '#/components/schemas/T'}}}}";
    let text = with_schema("3.1.0", "{$ref: '#/components/schemas/T'}", tree);
    assert_eq!(status(&text, "{\"a\":{}}"), 204);
    assert_eq!(status(&text, "{\"a\":1}"), 422);
}

#[test]
fn a_path_item_and_what_it_refers_to_may_not_say_the_same() {
    let ok = "responses: {'204': {description: Ok}}";
    let parameters = "[{name: a, in: query, schema: {}}]";
    for (own, referred, want) in [
        (format!("get: {{{ok}}}"), format!("get: {{{ok}}}"), "`get`"),
        (
            format!("parameters: {parameters}"),
            format!("parameters: {parameters}, get: {{{ok}}}"),
            "`parameters`",
        ),
    ] {
        for version in ["3.0.3", "3.1.0"] {
            let text = format!(
                "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths:\n  \
                 /a: {{$ref: '#/x-items/A', {own}}}\nx-items: {{A: {{{referred}}}}}\n"
            );
            let found = faults(&text);
            assert!(
                found[0].contains("api.yaml:4:")
                    && found[0].contains("error[shape]")
                    && found[0]
                        .contains(&format!("{want} stands here and in what `$ref` leads to")),
                "{text}{found:#?}"
            );
        }
    }
}

#[test]
fn a_path_that_is_no_path_item_is_a_fault() {
    for (path, want) in [
        (
            "/a: {$ref: '#/nope'}",
            "4:14: error[reference-unresolved]: `#/nope` leads nowhere",
        ),
        (
            "/a: {$ref: '#/components/schemas/A'}",
            "4:14: error[reference-unresolved]: `#/components/schemas/A` is a schema, and a path item \
             is needed here",
        ),
        (
            "/a: {$ref: '#/paths/~1a'}",
            "4:7: error[reference-unresolved]: this reference leads back to itself",
        ),
        (
            "/a: nothing",
            "4:7: error[shape]: a path item is an object, and this is none",
        ),
    ] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  {path}\n\
             components: {{schemas: {{A: {{}}}}}}\n"
        );
        assert_eq!(faults(&text), [format!("api.yaml:{want}")]);
    }
}

#[test]
fn parameters_of_swagger_are_found_by_their_index_also_where_a_body_leaves_the_list() {
    let text = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /b:\n    post:\n      parameters:\n        \
                - {name: body, in: body, required: true, schema: {type: integer}}\n        \
                - {name: q, in: query, required: true, type: integer}\n      \
                responses: {'204': {description: Ok}}\n  /a:\n    post:\n      parameters:\n        \
                - {$ref: '#/paths/~1b/post/parameters/REFERRED'}\n      \
                responses: {'204': {description: Ok}}\n";
    let answered = |index: &str, query: &str, body: &'static str| {
        let api = compile(&text.replace("REFERRED", index)).unwrap();
        let request = http::Request::post(format!("/a{query}"));
        let request = request.header("content-type", "application/json");
        let exchange = answer(&api, request.body(body.into()).unwrap().into());
        exchange.reply.status.as_u16()
    };
    assert_eq!(answered("0", "", "1"), 204);
    assert_eq!(answered("0", "", "\"x\""), 422);
    assert_eq!(answered("1", "?q=1", ""), 204);
    assert_eq!(answered("1", "?q=x", ""), 422);
    let schema = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  \
                  /b: {post: {parameters: [{name: b, in: body, schema: {type: integer}}], responses: {'204': {description: Ok}}}}\n  \
                  /a: {post: {parameters: [{name: b, in: body, required: true, schema: {$ref: '#/paths/~1b/post/parameters/0/schema'}}], responses: {'204': {description: Ok}}}}\n";
    assert_eq!(status(schema, "1"), 204);
    assert_eq!(status(schema, "\"x\""), 422);
}

/// A list of something, which its `$dynamicRef` in line 9 says.
const LIST: &str = "components: {schemas: {List: {$id: list, items: {$dynamicRef: '#t'}, $defs: {t: {$dynamicAnchor: t}}}, ";

#[test]
fn dynamic_references_that_cannot_be_followed_are_faults() {
    for (schemas, want) in [
        (
            "A: {$id: a, $ref: list, $defs: {b: {$dynamicAnchor: t}, c: {$dynamicAnchor: t}}}",
            "two schemas of one resource have `$dynamicAnchor: t`",
        ),
        (
            "A: {$id: a, properties: {b: {$ref: b}}, $defs: {b: {$dynamicAnchor: t}}}, \
             B: {$id: b, properties: {l: {$ref: list}}, discriminator: {propertyName: l}}",
            "list them in `oneOf`",
        ),
        (
            "A: {$id: a, properties: {b: {$dynamicRef: '#nope'}}}",
            "`#nope` leads nowhere",
        ),
    ] {
        let text = with_schema("3.1.0", "{$ref: a}", &format!("{LIST}{schemas}}}}}\n"));
        let found = faults(&text);
        assert!(
            !found.is_empty() && found.iter().all(|finding| finding.contains(want)),
            "{schemas}: {found:#?}"
        );
    }
}

#[test]
fn dynamic_references_of_too_many_scopes_are_refused_in_time() {
    // Each of two resources on each level has an anchor of its own, so the scopes double.
    let levels = 16;
    let mut schemas = String::new();
    for level in 0..levels {
        for side in ["a", "b"] {
            let next = match level + 1 == levels {
                true => "{$ref: last}".to_owned(),
                false => format!("{{$ref: r{0}a}}, {{$ref: r{0}b}}", level + 1),
            };
            schemas.push_str(&format!(
                "R{level}{side}: {{$id: r{level}{side}, anyOf: [{next}], $defs: {{t: {{$dynamicAnchor: t{level}}}}}}}, "
            ));
        }
    }
    let all: Vec<String> = (0..levels)
        .map(|level| format!("{{$dynamicRef: '#t{level}'}}"))
        .collect();
    let anchors: Vec<String> = (0..levels)
        .map(|level| format!("t{level}: {{$dynamicAnchor: t{level}}}"))
        .collect();
    let rest = format!(
        "components: {{schemas: {{{schemas}Last: {{$id: last, allOf: [{}], $defs: {{{}}}}}}}}}\n",
        all.join(", "),
        anchors.join(", ")
    );
    let found = faults(&with_schema("3.1.0", "{$ref: r0a}", &rest));
    let want = "error[unsupported]: dynamic references make more than 2000 schemas";
    let told = found.iter().filter(|it| it.contains(want)).count();
    assert_eq!(told, levels, "{found:#?}");
}
