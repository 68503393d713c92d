//! Rows that are the same for every operation: what HTTP itself can get wrong.

use super::row::{Break::*, Row, row};

/// Methods, media types, codings and what the client accepts and prefers.
pub fn protocol(method_says: &'static str) -> Vec<Row> {
    let method = |name| row(Method(name), 405, "unknown-method", "method", method_says);
    let mut rows = ["GET", "PUT", "PATCH", "DELETE", "QUERY"]
        .map(method)
        .to_vec();
    let content_type = |value| {
        let at = "header Content-Type";
        row(
            Header("Content-Type", value),
            415,
            "unsupported-media-type",
            at,
            value,
        )
    };
    rows.extend(
        [
            "text/plain",
            "application/xml",
            "application/jsonp",
            "json",
            "text/json",
        ]
        .map(content_type),
    );
    rows.push(row(
        NoHeader("Content-Type"),
        415,
        "unsupported-media-type",
        "header Content-Type",
        "required for a body, but missing",
    ));
    rows.push(row(
        Header("Content-Encoding", "compress"),
        415,
        "unsupported-media-type",
        "header Content-Encoding",
        "compress",
    ));
    let accept = |value| {
        row(
            Header("Accept", value),
            406,
            "not-acceptable",
            "header Accept",
            "application/json",
        )
    };
    rows.extend(["text/html", "application/xml;q=1, application/json;q=0"].map(accept));
    let prefer = |value, says| {
        row(
            Header("Prefer", value),
            400,
            "prefer-unknown",
            "header Prefer",
            says,
        )
    };
    rows.push(prefer("code=418", "code=418"));
    rows.push(prefer("example=nobody", "example=nobody"));
    rows.push(prefer("dynamic=maybe", "dynamic=maybe"));
    rows
}

/// Bodies that are no JSON.
pub fn not_json(status: u16, says: &'static str) -> Vec<Row> {
    let bodies = [
        "{",
        "{\"a\":",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":1} {}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":1 // no comment\n}",
        "[1",
        "nul",
        "a=1&b=2",
        "<a>1</a>",
        " ",
    ];
    bodies
        .iter()
        .map(|body| row(Body(body), status, "syntax", "body", says))
        .collect()
}
