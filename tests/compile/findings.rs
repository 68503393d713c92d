//! Faults are found when a description is compiled, with their places; none is left for a request to
//! slip through (prism #2442: a schema that does not compile accepted everything).

use super::compile;

/// A description with one operation whose body has this schema; it stands in line 9.
fn with_schema(schema: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody:\n        \
         content:\n          application/json:\n            schema: {schema}\n      \
         responses: {{'204': {{description: Ok}}}}\n"
    )
}

#[test]
fn a_schema_that_is_none_is_a_fault_with_its_place() {
    for (schema, want) in [
        (
            "{type: obj, required: [a]}",
            "9:28: error[schema]: \"obj\" is none of the types: array, boolean, integer, null, number, object, string",
        ),
        (
            "{type: string, pattern: '('}",
            "9:45: error[schema]: \"(\" is not a regular expression",
        ),
        (
            "{type: string, minLength: '3'}",
            "9:47: error[schema]: not a schema: \"3\" is not of type \"integer\"",
        ),
        (
            "{$ref: '#/components/schemas/Nope'}",
            "9:28: error[reference-unresolved]: `#/components/schemas/Nope` leads nowhere",
        ),
        (
            "{properties: {a: {$ref: '#/nope'}}}",
            "9:45: error[reference-unresolved]: `#/nope` leads nowhere",
        ),
        (
            "{allOf: [{type: objct}]}",
            "9:37: error[schema]: \"objct\" is none of the types: array, boolean, integer, null, number, object, string",
        ),
        (
            "{properties: {a: {type: integer, minimum: low}}}",
            "9:63: error[schema]: not a schema: \"low\" is not of type \"number\"",
        ),
        // A property may be called like a keyword that holds data.
        (
            "{properties: {default: {type: string, pattern: '('}}}",
            "9:68: error[schema]: \"(\" is not a regular expression",
        ),
        (
            "{required: a}",
            "9:32: error[schema]: not a schema: \"a\" is not of type \"array\"",
        ),
        (
            "{properties: {a: {$ref: 'other.yaml#/A'}}}",
            "9:45: error[reference-forbidden]: this description was not read from a file, so there is nothing beside it",
        ),
    ] {
        let findings = compile(&with_schema(schema)).expect_err(schema);
        let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(shown, [format!("api.yaml:{want}")], "{schema}");
    }
}

#[test]
fn a_named_schema_that_is_none_is_found_though_nothing_refers_to_it() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n\
                components: {schemas: {A: {type: obj}}}\n";
    let api = compile(text).unwrap();
    assert_eq!(
        api.warnings()[0].to_string(),
        "api.yaml:4:34: warning[schema]: \"obj\" is none of the types: \
         array, boolean, integer, null, number, object, string",
    );
}

#[test]
fn what_cannot_be_served_right_is_refused_with_its_place() {
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n";
    let ok = "responses: {'200': {description: Ok}}";
    for (paths, want) in [
        ("  /a: {get: {responses: {}}}\n", "error[nothing-to-answer]"),
        (
            "  /a: {get: {responses: {'20': {description: Ok}}}}\n",
            "error[shape]",
        ),
        (&*format!("  /{{a: {{get: {{{ok}}}}}\n"), "error[shape]"),
        (
            &*format!("  /a: {{get: {{security: [{{nope: []}}], {ok}}}}}\n"),
            "error[reference-unresolved]",
        ),
        (
            &*format!("  /a: {{get: {{parameters: [{{name: a, in: body}}], {ok}}}}}\n"),
            "error[shape]",
        ),
        (
            &*format!(
                "  /a: {{get: {{parameters: [{{name: a, in: query, style: simple, schema: {{}}}}], {ok}}}}}\n"
            ),
            "error[shape]",
        ),
        (
            &*format!(
                "  /a: {{post: {{requestBody: {{content: {{multipart/mixed: {{itemEncoding: \
                 {{encoding: {{}}}}}}}}}}, {ok}}}}}\n"
            ),
            "error[unsupported]",
        ),
        (
            &*format!(
                "  /a: {{post: {{requestBody: {{content: {{application/xml: {{schema: {{xml: \
                 {{nodeType: none}}}}}}}}}}, {ok}}}}}\n"
            ),
            "error[unsupported]",
        ),
        (
            &*format!(
                "  /a: {{post: {{requestBody: {{content: {{multipart/form-data: {{encoding: \
                 {{a: {{style: simple}}}}}}}}}}, {ok}}}}}\n"
            ),
            "error[shape]",
        ),
        (
            &*format!(
                "  /a: {{get: {{parameters: [{{name: a, in: query, content: {{multipart/mixed: {{}}}}}}], {ok}}}}}\n"
            ),
            "parts are lines between boundaries, and this is one text",
        ),
        (
            &*format!("  /a: {{post: {{requestBody: {{content: {{json: {{}}}}}}, {ok}}}}}\n"),
            "error[shape]",
        ),
    ] {
        let findings = compile(&format!("{head}{paths}")).expect_err(paths);
        let shown = findings[0].to_string();
        assert!(
            shown.starts_with("api.yaml:4:") && shown.contains(want),
            "{paths}{shown}"
        );
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_their_places() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  \
                /a: {get: {responses: {}}}\n  /b: {get: {responses: {nope: {}}}}\n  \
                /c: {get: {responses: {'200': {description: Ok, content: {application/json: {schema: \
                {type: obj}}}}}}}\n";
    let findings = compile(text).unwrap_err();
    let lines: Vec<usize> = findings
        .iter()
        .map(|finding| finding.location.line)
        .collect();
    assert_eq!(lines, [4, 5, 6]);
}

#[test]
fn a_wrong_example_is_a_warning_and_never_hides_the_others() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      \
                responses:\n        '200':\n          description: Ok\n          content:\n            \
                application/json:\n              schema: {type: object, properties: {a: {type: integer}}}\n\
                \x20             examples:\n                bad: {value: {a: x}}\n                \
                good: {value: {a: 1}}\n";
    let api = compile(text).unwrap();
    let warnings: Vec<String> = api.review().iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(
        warnings[0].starts_with("api.yaml:13:34: warning[example-invalid]"),
        "{warnings:?}"
    );
    let examples = &api.operations()[0].success().content[0].examples;
    assert_eq!(examples.len(), 2);
}

#[test]
fn a_schema_that_needs_itself_has_no_value_and_says_so() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      \
                responses: {'200': {description: Ok, content: {application/json: {schema: \
                {$ref: '#/components/schemas/A'}}}}}\ncomponents:\n  schemas:\n    \
                A: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}\n    \
                B: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}\n";
    let api = compile(text).unwrap();
    let found: Vec<String> = api.review().iter().map(ToString::to_string).collect();
    assert!(
        found[0].starts_with("api.yaml:9:8: warning[nothing-to-answer]"),
        "{found:?}"
    );
    let request = http::Request::get("/a").body("".into()).unwrap();
    let exchange = mynah::answer(&api, request.into());
    assert_eq!(exchange.reply.status, 501);
    assert_eq!(
        exchange.violations[0].to_string(),
        "reply: nothing valid can be made from its schema; give an example [nothing-to-answer] (api.yaml:9:8)",
    );
}

#[test]
fn leniently_only_what_a_fault_touches_is_not_answered() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  \
                /good: {get: {responses: {'204': {description: Ok}}}}\n  \
                /bad: {post: {requestBody: {$ref: '#/components/requestBodies/B'}, \
                responses: {'204': {description: Ok}}}}\ncomponents:\n  requestBodies:\n    \
                B: {content: {application/json: {schema: {properties: {a: {$ref: '#/components/schemas/A'}}}}}}\n  \
                schemas:\n    A: {type: obj}\n";
    let description = mynah::Description::load(mynah::Source::new("api.yaml", text)).unwrap();
    let api = mynah::Api::compile_leniently(description, Default::default(), &[]);
    let answer = |method: &str, path: &str| {
        let request = http::Request::builder().method(method).uri(path);
        mynah::answer(&api, request.body("".into()).unwrap().into())
    };
    assert_eq!(answer("GET", "/good").reply.status, 204);
    let refused = answer("POST", "/bad");
    assert_eq!(refused.reply.status, 501);
    assert_eq!(refused.violations[0].stated.as_ref().unwrap().line, 10);
    assert_eq!(api.warnings().len(), 1);
}

/// How a lenient API answers a body under the schema of [`with_schema`].
fn answered_leniently(text: &str, body: &'static str) -> u16 {
    let description = mynah::Description::load(mynah::Source::new("api.yaml", text)).unwrap();
    let api = mynah::Api::compile_leniently(description, Default::default(), &[]);
    let request = http::Request::post("/a").header("content-type", "application/json");
    let exchange = mynah::answer(&api, request.body(body.into()).unwrap().into());
    exchange.reply.status.as_u16()
}

#[test]
fn leniently_nothing_passes_a_schema_that_is_none() {
    for schema in [
        "{type: obj, required: [a]}",
        "{type: string, pattern: '('}",
        "{$ref: '#/components/schemas/Nope'}",
        "{type: string, minLength: '3'}",
        "{properties: {a: {items: {type: objct}}}}",
        "{allOf: [{$ref: '#/nope'}, {}]}",
        "{not: {pattern: '['}}",
        "{patternProperties: {'(': {}}}",
    ] {
        let text = with_schema(schema);
        for body in ["{}", "[]", "\"text\"", "1", "null"] {
            assert_eq!(answered_leniently(&text, body), 501, "{schema} {body}");
        }
    }
    assert_eq!(
        answered_leniently(&with_schema("{type: object}"), "{}"),
        204
    );
}

/// Two schemas, in lines 13 and 14, of which the first is the body's.
fn with_schemas(first: &str, second: &str) -> String {
    let named = |schema: &str| schema.replace('@', "$ref: '#/components/schemas/");
    with_schema("{$ref: '#/components/schemas/A'}")
        + &format!(
            "components:\n  schemas:\n    A: {}\n    B: {}\n",
            named(first),
            named(second)
        )
}

#[test]
fn schemas_that_one_value_leads_through_without_end_are_refused() {
    let circle = "error[schema]: this leads back to itself for one and the same value: what is valid then is \
                  undefined (JSON Schema core, section 9.4.1)";
    let ok = "{type: object, properties: {b: {@B'}}}";
    for (first, second, place) in [
        (
            "{allOf: [{@B'}]}",
            "{anyOf: [{@A'}, {type: integer}]}",
            "13:8",
        ),
        (ok, "{not: {@B'}}", "14:8"),
        (ok, "{if: {type: object}, then: {@B'}}", "14:8"),
    ] {
        let text = with_schemas(first, second);
        let findings = compile(&text).expect_err(first);
        let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [format!("api.yaml:{place}: {circle}")],
            "{first} {second}"
        );
        assert_eq!(answered_leniently(&text, "{\"b\":1}"), 501);
    }
    // With a property or an item in between, the value comes to an end.
    for second in [
        "{type: array, items: {@A'}}",
        "{type: object, properties: {a: {@B'}}}",
    ] {
        assert!(compile(&with_schemas(ok, second)).is_ok(), "{second}");
    }
}

/// The warnings of a description with these paths, without the file's name.
fn warnings(paths: &str) -> Vec<String> {
    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}");
    let api = compile(&text).unwrap_or_else(|findings| panic!("{paths}{findings:#?}"));
    let warnings = api.warnings().iter();
    warnings
        .map(|it| it.to_string().replace("api.yaml:", ""))
        .collect()
}

#[test]
fn what_paths_and_parameters_leave_open_is_a_warning() {
    let ok = "responses: {'204': {description: Ok}}";
    for (paths, want) in [
        (
            format!("  /a/{{id}}: {{get: {{{ok}}}}}\n"),
            "4:18: warning[shape]: no path parameter `id` is described: any text is accepted",
        ),
        (
            format!(
                "  /a: {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{}}}}], {ok}}}}}\n"
            ),
            "4:27: warning[shape]: the path has no `{id}`: no request has this parameter",
        ),
        (
            format!("  /a#x: {{get: {{{ok}}}}}\n  /a#y: {{get: {{{ok}}}}}\n"),
            "5:15: warning[shape]: no path tells this from `GET /a#x` (what follows `#` is not sent): a request that keeps to both is the first's",
        ),
        (
            format!("  /a: {{get: {{parameters: [{{name: q, in: query}}], {ok}}}}}\n"),
            "4:27: warning[shape]: neither `schema` nor `content` says which values this has: any is accepted",
        ),
        (
            format!(
                "  /a: {{get: {{parameters: [{{name: q, in: query, schema: {{}}}}, {{name: q, in: query, schema: {{}}}}], {ok}}}}}\n"
            ),
            "4:61: warning[shape]: `q` stands in this list twice; the first counts",
        ),
        (
            format!("  /a: {{servers: [{{url: 'https://x/{{v}}'}}], get: {{{ok}}}}}\n"),
            "4:18: warning[shape]: `https://x/{v}` has a variable without a `default` in `variables`: its base path is not known",
        ),
        (
            format!("  a: {{get: {{{ok}}}}}\n"),
            "4:6: warning[shape]: a path begins with `/`: this is served as `/a`",
        ),
        (
            format!(
                "  /a: {{get: {{security: [{{tls: []}}], {ok}}}}}\ncomponents: {{securitySchemes: {{tls: {{type: mutualTLS}}}}}}\n"
            ),
            "5:44: warning[unsupported]: client certificates are not seen here: requests are accepted without",
        ),
        (
            format!(
                "  /a: {{get: {{security: [{{one: [], two: []}}], {ok}}}}}\ncomponents: {{securitySchemes: {{one: {{type: http, scheme: basic}}, two: {{type: oauth2, flows: {{}}}}}}}}\n"
            ),
            "4:25: warning[shape]: `one` and `two` are needed together, and both stand in `Authorization`: no request has both. For one or the other, each is an item of the list",
        ),
    ] {
        assert_eq!(warnings(&paths), [want], "{paths}");
    }
}

#[test]
fn a_key_that_no_header_field_can_have_is_refused() {
    let text = "
openapi: 3.1.0
info: {title: T, version: '1'}
security: [{key: []}]
paths: {/a: {get: {responses: {'200': {description: Ok}}}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X Key}}}
";
    let findings = compile(text).unwrap_err();
    assert_eq!(
        findings[0].to_string(),
        "api.yaml:6:70: error[shape]: no header field can have this name: `X Key`"
    );
}

#[test]
fn a_path_whose_item_cannot_be_followed_is_never_left_out() {
    for (item, want) in [
        (
            "'#/nowhere'",
            "4:14: error[reference-unresolved]: `#/nowhere` leads nowhere",
        ),
        (
            "other.yaml",
            "4:14: error[reference-forbidden]: this description was not read from a file, so there is \
             nothing beside it",
        ),
    ] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{$ref: {item}}}\n"
        );
        let findings = compile(&text).expect_err(item);
        assert_eq!(findings[0].to_string(), format!("api.yaml:{want}"));
        assert_eq!(findings.len(), 1);
    }
}

#[test]
fn a_change_that_an_overlay_cannot_make_is_an_error() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    for (action, want) in [
        (
            "{target: '$[', remove: true}",
            "3:20: error[shape]: `$[` is not a JSONPath (RFC 9535): at position 1, parser error",
        ),
        (
            "{target: $.info}",
            "3:11: error[shape]: an action has an `update`, a `copy` or `remove: true`",
        ),
        (
            "{target: $.nowhere, remove: true}",
            "3:20: warning[overlay-without-target]: `$.nowhere` is nowhere in the description, so this \
             action changes nothing",
        ),
    ] {
        let overlay =
            format!("overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions: [{action}]\n");
        let overlay = mynah::Source::new("o.yaml", overlay);
        let source = mynah::Source::new("api.yaml", text);
        let compiled = mynah::Description::load_with(source, &[overlay])
            .map_err(|finding| vec![finding])
            .and_then(mynah::Api::compile);
        let findings = compiled.map_or_else(|found| found, |api| api.warnings().to_vec());
        assert_eq!(findings[0].to_string(), format!("o.yaml:{want}"));
        assert_eq!(findings.len(), 1);
    }
}
