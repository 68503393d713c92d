//! Who is let in.

use crate::{Api, Description, Source, answer, exchange::Cause};

const SCHEMES: &str = "
    A: {type: apiKey, in: header, name: X-A}
    B: {type: apiKey, in: query, name: b}
    C: {type: apiKey, in: cookie, name: c}
    basic: {type: http, scheme: Basic}
    bearer: {type: http, scheme: bearer}
    digest: {type: http, scheme: Digest}
    hoba: {type: http, scheme: HOBA}
    oauth: {type: oauth2, flows: {}}
    oidc: {type: openIdConnect, openIdConnectUrl: 'https://x.example'}
    tls: {type: mutualTLS}
    odd: {type: handshake}
";

/// An API with one operation that has these requirements, and the document others.
fn api(own: &str, documents: &str) -> Api {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{documents}\npaths:\n  /a: {{get: {{{own}responses: \
         {{'204': {{description: Ok}}}}}}}}\ncomponents:\n  securitySchemes:{}",
        SCHEMES.trim_end()
    );
    Description::load(Source::new("t.yaml", &*text))
        .map_err(|finding| vec![finding])
        .and_then(Api::compile)
        .unwrap_or_else(|findings| panic!("{text}{findings:#?}"))
}

/// Whether a request with these credentials, out of `A`, `B` and `C`, is let in.
fn lets_in(api: &Api, credentials: &str) -> bool {
    let query = if credentials.contains('B') {
        "?b=1"
    } else {
        ""
    };
    let mut request = http::Request::get(format!("/a{query}"));
    if credentials.contains('A') {
        request = request.header("X-A", "1");
    }
    if credentials.contains('C') {
        request = request.header("Cookie", "c=1");
    }
    let exchange = answer(api, request.body("".into()).unwrap().into());
    let is_credential = |cause: Cause| cause == Cause::Credentials;
    let mut causes = exchange.violations.iter().map(|it| it.rule.cause());
    !causes.any(is_credential)
}

#[test]
fn all_of_one_alternative_are_needed_and_any_alternative_will_do() {
    let subsets = ["", "A", "B", "C", "AB", "AC", "BC", "ABC"];
    for (own, documents, allowed) in [
        (
            "security: [{A: [], B: []}, {C: []}, {}], ",
            "",
            &subsets[..],
        ),
        (
            "security: [{A: [], B: []}, {C: []}], ",
            "",
            &["C", "AB", "AC", "BC", "ABC"],
        ),
        ("security: [{A: [], B: []}], ", "", &["AB", "ABC"]),
        (
            "security: [{A: []}, {B: []}], ",
            "",
            &["A", "B", "AB", "AC", "BC", "ABC"],
        ),
        ("security: [{A: [], B: [], C: []}], ", "", &["ABC"]),
        ("security: [{}], ", "", &subsets),
        ("security: [], ", "", &subsets),
        ("", "", &subsets),
        ("", "security: [{A: []}]", &["A", "AB", "AC", "ABC"]),
        ("", "security: [{A: []}, {}]", &subsets),
        ("security: [], ", "security: [{A: []}]", &subsets),
        (
            "security: [{B: []}], ",
            "security: [{A: []}]",
            &["B", "AB", "BC", "ABC"],
        ),
        ("security: [{tls: []}], ", "", &subsets),
        (
            "security: [{tls: [], A: []}], ",
            "",
            &["A", "AB", "AC", "ABC"],
        ),
        ("security: [{odd: []}], ", "", &subsets),
        (
            "security: [{'#/components/securitySchemes/A': []}], ",
            "",
            &["A", "AB", "AC", "ABC"],
        ),
    ] {
        let api = api(own, documents);
        let found: Vec<&str> = subsets.into_iter().filter(|it| lets_in(&api, it)).collect();
        assert_eq!(found, allowed, "{own}{documents}");
    }
}

#[test]
fn each_scheme_has_its_form() {
    for (scheme, field, want) in [
        ("basic", "Basic dXNlcjpwYTpzcw==", ""),
        ("basic", "bAsIc dXNlcjpwYTpzcw", ""),
        ("basic", "Basic dXNlcg==", "credential-malformed"),
        ("basic", "Basic %", "credential-malformed"),
        ("basic", "Bearer x", "credential-malformed"),
        ("basic", "", "credential-missing"),
        ("bearer", "bearer x.y-z", ""),
        ("bearer", "Bearer", "credential-malformed"),
        ("bearer", "Bearer x y", "credential-malformed"),
        ("bearer", "x", "credential-malformed"),
        ("oauth", "Bearer x", ""),
        ("oauth", "Basic dXNlcjpwYTpzcw==", "credential-malformed"),
        ("oidc", "Bearer x", ""),
        ("oidc", "", "credential-missing"),
        ("digest", "Digest username=\"a\", realm=\"b\"", ""),
        ("digest", "digest x", ""),
        ("digest", "Digest", "credential-malformed"),
        ("digest", "Basic dXNlcjpwYTpzcw==", "credential-malformed"),
        ("hoba", "HOBA result=\"x\"", ""),
        ("hoba", "", "credential-missing"),
    ] {
        let api = api(&format!("security: [{{{scheme}: []}}], "), "");
        let mut request = http::Request::get("/a");
        if !field.is_empty() {
            request = request.header("Authorization", field);
        }
        let exchange = answer(&api, request.body("".into()).unwrap().into());
        let codes: Vec<&str> = exchange
            .violations
            .iter()
            .map(|it| it.rule.code())
            .collect();
        assert_eq!(codes.join(" "), want, "{scheme}: {field}");
    }
}

#[test]
fn keys_stand_under_their_exact_names() {
    for (scheme, request, want) in [
        ("A", http::Request::get("/a").header("x-a", "1"), true),
        ("A", http::Request::get("/a").header("X-A", ""), false),
        ("A", http::Request::get("/a?X-A=1"), false),
        ("B", http::Request::get("/a?b=1"), true),
        ("B", http::Request::get("/a?%62=1"), true),
        ("B", http::Request::get("/a?B=1"), false),
        ("B", http::Request::get("/a?ab=1"), false),
        ("B", http::Request::get("/a?b="), false),
        (
            "C",
            http::Request::get("/a").header("Cookie", "x=1; c=2"),
            true,
        ),
        (
            "C",
            http::Request::get("/a").header("Cookie", "c=\"2\""),
            true,
        ),
        (
            "C",
            http::Request::get("/a").header("Cookie", "c=\"\""),
            false,
        ),
        (
            "C",
            http::Request::get("/a").header("Cookie", "xc=1"),
            false,
        ),
        ("C", http::Request::get("/a").header("Cookie", "C=1"), false),
        ("C", http::Request::get("/a?c=1"), false),
    ] {
        let api = api(&format!("security: [{{{scheme}: []}}], "), "");
        let shown = format!("{scheme} {request:?}");
        let exchange = answer(&api, request.body("".into()).unwrap().into());
        assert_eq!(exchange.violations.is_empty(), want, "{shown}");
    }
}
