//! Links of replies are read, and one that leads nowhere is found; the reply is given all the same.

use mynah::contract::{Expression, LinkValue, MessagePart};
use serde_json::json;

use super::compile;

/// A description whose reply has these links, in line 8.
fn with_links(links: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: one\n      \
         responses:\n        '200': {{description: Ok, links: {links}}}\n  /b/{{id}}:\n    \
         put: {{operationId: two, parameters: [{{name: id, in: path, required: true, schema: {{}}}}], responses: {{'204': {{description: Ok}}}}}}\n"
    )
}

#[test]
fn a_link_knows_its_operation_and_what_it_hands_on() {
    let text = with_links(
        "{next: {operationId: two, parameters: {path.id: $response.body#/id, fixed: 5}, requestBody: $url}, \
         same: {operationRef: '#/paths/~1b~1%7Bid%7D/put'}, shared: {$ref: '#/components/links/L'}}",
    ) + "components: {links: {L: {operationId: one}}}\n";
    let api = compile(&text).unwrap();
    assert_eq!(api.warnings(), []);
    let [next, same, shared] = &*api.operations()[0].success().links else {
        panic!("{:#?}", api.operations()[0].success().links);
    };
    let id = MessagePart::Body("/id".to_owned());
    assert_eq!(next.target, "/paths/~1b~1{id}/put");
    assert_eq!(
        next.parameters,
        [
            (
                "path.id".to_owned(),
                LinkValue::Expression(Expression::Response(id))
            ),
            ("fixed".to_owned(), LinkValue::Constant(json!(5))),
        ]
    );
    let url = LinkValue::Expression(Expression::Url);
    assert_eq!(next.request_body, Some(url));
    assert_eq!((&*same.name, &same.target), ("same", &next.target));
    assert_eq!(shared.target, "/paths/~1a/get");
}

#[test]
fn one_that_leads_nowhere_is_a_warning_with_its_place() {
    for (link, want) in [
        (
            "{operationId: three}",
            "59: warning[reference-unresolved]: link `l` is left out: no operation has the `operationId` `three`",
        ),
        (
            "{operationRef: '#/paths/~1c/get'}",
            "60: warning[reference-unresolved]: link `l` is left out: `#/paths/~1c/get` leads nowhere",
        ),
        (
            "{operationRef: '#/paths/~1a'}",
            "60: warning[reference-unresolved]: link `l` is left out: `#/paths/~1a` is a path item, and an operation \
             is needed here",
        ),
        (
            "{operationRef: 'other.yaml#/paths/~1a/get'}",
            "60: warning[reference-forbidden]: link `l` is left out: this description was not read from \
             a file, so there is nothing beside it",
        ),
        (
            "{operationId: two, operationRef: '#/paths/~1a/get'}",
            "45: warning[shape]: link `l` is left out: `operationId` and `operationRef` exclude each \
             other: keep one",
        ),
        (
            "{description: nothing}",
            "45: warning[shape]: link `l` is left out: it needs an `operationId` or an `operationRef`",
        ),
        (
            "{operationId: two, parameters: {id: $response.id}}",
            "81: warning[expression]: link `l` is left out: `$response.id` is no runtime expression: \
             `$response.` goes on with header.NAME, body or body#/POINTER",
        ),
        (
            "{$ref: '#/components/links/L'}",
            "52: warning[reference-unresolved]: link `l` is left out: `#/components/links/L` leads nowhere",
        ),
    ] {
        let api = compile(&with_links(&format!("{{l: {link}}}"))).unwrap();
        let shown: Vec<String> = api.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(shown, [format!("api.yaml:8:{want}")], "{link}");
        assert!(api.operations()[0].success().links.is_empty(), "{link}");
    }
}
