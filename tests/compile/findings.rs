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
        (
            "{required: a}",
            "9:32: error[schema]: not a schema: \"a\" is not of type \"array\"",
        ),
        (
            "{properties: {a: {$ref: 'other.yaml#/A'}}}",
            "9:45: error[reference-unresolved]: `other.yaml#/A` leaves the document, which Mynah does not follow yet",
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
    let findings = compile(text).unwrap_err();
    assert_eq!(findings[0].location.to_string(), "api.yaml:4:34");
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
                "  /a: {{get: {{parameters: [{{name: a, in: query, style: simple}}], {ok}}}}}\n"
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
            &*format!("  /a: {{post: {{requestBody: {{content: {{json: {{}}}}}}, {ok}}}}}\n"),
            "error[shape]",
        ),
        (
            "  /a: {get: {responses: {'200': {description: Ok, content: {application/json: {schema: \
             {type: integer, minimum: 2, maximum: 1}}}}}}}\n",
            "error[nothing-to-answer]",
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
                /a: {get: {responses: {}}}\n  /b: {get: {responses: {nope: {}}}}\n\
                components: {schemas: {A: {type: obj}}}\n";
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
    let warnings: Vec<String> = api.warnings().iter().map(ToString::to_string).collect();
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
    let findings = compile(text).unwrap_err();
    assert!(
        findings[0].to_string().contains("error[nothing-to-answer]"),
        "{findings:?}"
    );
}
