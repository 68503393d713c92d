//! What is found of documented examples, and what is meant so and is not found.

use mynah::Finding;

use super::compile;

/// An operation with a header parameter `P`, a body, and replies 200 and 422; each is given as YAML.
fn description(parameter: &str, body: &str, headers: &str) -> String {
    format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      \
         parameters: [{{name: P, in: header, schema: {{type: integer}}, {parameter}}}]\n      \
         requestBody: {{content: {{application/json: {{schema: {{type: integer}}, examples: {body}}}}}}}\n      \
         responses:\n        \
         '200': {{description: Ok, headers: {headers}, content: {{application/json: {{examples: {{ok: {{value: 1}}}}}}}}}}\n        \
         '422': {{description: No, content: {{application/json: {{examples: {{wrong: {{value: 1}}}}}}}}}}\n"
    )
}

/// All that is found of a description: its line, its severity and code, and its message.
fn found(text: &str) -> Vec<String> {
    let findings = match compile(text) {
        Err(findings) => findings,
        Ok(api) => api.warnings().iter().cloned().chain(api.review()).collect(),
    };
    let line = |finding: &Finding| {
        let text = finding.to_string();
        let (_, rest) = text.split_once(": ").unwrap();
        format!("{}: {rest}", finding.location.line)
    };
    findings.iter().map(line).collect()
}

#[test]
fn each_example_that_says_nothing_right_is_found() {
    for (parameter, body, headers, want) in [
        ("", "{ok: {value: 1}}", "{X: {example: 1}}", &[][..]),
        (
            "",
            "{ok: {value: x}}",
            "{}",
            &[
                "7: warning[example-invalid]: this example breaks its own schema: \"x\" is not of type \"integer\"",
            ],
        ),
        // A request that is documented to be refused may break its schema.
        ("", "{wrong: {value: x}}", "{}", &[]),
        (
            "",
            "{none: {summary: s}}",
            "{}",
            &["7: warning[unsupported]: this example has no `value`, nor another form of one"],
        ),
        (
            "examples: {ok: {serializedValue: '1'}}",
            "{}",
            "{}",
            &[
                "6: warning[unsupported]: requests are compared with the value of a parameter; give its `dataValue` too",
            ],
        ),
        (
            "",
            "{}",
            "{X: {schema: {type: integer}, example: x}}",
            &[
                "9: warning[example-invalid]: this example breaks its own schema: \"x\" is not of type \"integer\"",
            ],
        ),
        (
            "",
            "{}",
            "{X: {schema: {type: integer}, example: '1'}, Y: {schema: {type: array}, example: 'a,b'}}",
            &[],
        ),
        (
            "",
            "{}",
            "{X: {example: \"a\\nb\"}}",
            &["9: warning[shape]: this value cannot stand in a header field"],
        ),
        (
            "",
            "{}",
            "{X: {required: true, schema: {type: string, const: \"a\\nb\"}}}",
            &[
                "9: error[nothing-to-answer]: no value can be made for this header field; give an example",
                "9: warning[shape]: this value cannot stand in a header field",
            ],
        ),
        (
            "",
            "{}",
            "{X y: {example: 1}}",
            &["9: error[shape]: `X y` cannot be the name of a header field"],
        ),
    ] {
        let found = found(&description(parameter, body, headers));
        assert_eq!(found, want, "{parameter} {body} {headers}");
    }
}

#[test]
fn an_operation_without_a_final_success_is_found() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {responses: {'101': {description: Switching}, '400': {description: Bad}}}}\n";
    assert_eq!(
        found(text),
        [
            "4: warning[nothing-to-answer]: the only success is an interim status, so requests get 501"
        ],
    );
}

#[test]
fn a_reply_that_shows_what_is_write_only_is_found() {
    let description = |way: &str, kind: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      {way} {{{kind}: \
             {{schema: {{type: array, items: {{properties: {{pw: {{writeOnly: true}}, id: {{readOnly: true}}}}}}}}, \
             example: [{{id: 1}}, {{pw: x}}]}}}}\n"
        )
    };
    let reply = description(
        "responses: {'200': {description: Ok, content:",
        "application/json",
    ) + "      }}\n";
    assert_eq!(
        found(&reply),
        ["6: warning[example-invalid]: this example shows what is `writeOnly`, and so in no reply"]
    );
    let request = description("requestBody: {content:", "application/json")
        + "      }\n      responses: {'204': {description: Ok}}\n";
    assert_eq!(found(&request), [""; 0]);
}

#[test]
fn what_only_clients_send_is_no_part_of_a_reply() {
    let schema = "{type: object, required: [id, pw], properties: {id: {type: integer}, pw: {type: string, writeOnly: true}}}";
    let text = |examples: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      responses:\n        \
             '200': {{description: Ok, content: {{application/json: {{schema: {schema}, {examples}}}}}}}\n"
        )
    };
    assert_eq!(found(&text("example: {id: 1}")), [""; 0]);
    assert_eq!(
        found(&text("example: {id: 1, pw: x}")),
        ["7: warning[example-invalid]: this example shows what is `writeOnly`, and so in no reply"],
    );
}

#[test]
fn the_first_example_is_the_same_whenever_a_description_is_read() {
    let names = ["zeta", "alpha", "m", "b", "ok", "42", "x", "y"];
    let examples: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: {{value: {name}}}"))
        .collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {{description: Ok, \
         content: {{text/plain: {{examples: {{{}}}}}}}}}}}}}}}}}\n",
        examples.join(", ")
    );
    for _ in 0..1000 {
        let api = compile(&text).unwrap();
        let request = http::Request::get("/a").body("".into()).unwrap();
        assert_eq!(mynah::answer(&api, request.into()).reply.body, "zeta");
    }
}
