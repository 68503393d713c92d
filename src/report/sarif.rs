//! Findings for code scanning: the Static Analysis Results Interchange Format 2.1.0 (OASIS).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::rules;
use crate::description::Finding;

/// Where the format is described, as its own document says (section 3.13.3).
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands in a URI reference as it is; a `:` would make the text before it a scheme.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One run with all rules, whether broken or not, and one result a finding.
pub(super) fn render(findings: &[Finding]) -> String {
    let rules: Vec<Value> = rules().iter().map(rule).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Mynah",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns count characters, which is not the format's default.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(rule: &rules::Rule) -> Value {
    json!({
        "id": rule.code.as_str(),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
    })
}

fn result(finding: &Finding) -> Value {
    let location = &finding.location;
    let index = rules().iter().position(|rule| rule.code == finding.code);
    json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": index,
        "level": finding.severity.as_str(),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(&location.file)},
            "region": {"startLine": location.line, "startColumn": location.column},
        }}],
    })
}

/// A name as a URI reference (RFC 3986): a path relative to where Mynah was started, or absolute; the
/// URL of a document on another machine as it is.
fn uri(path: &str) -> String {
    if path.starts_with("http://") || path.starts_with("https://") {
        return path.to_owned();
    }
    let path = path.replace('\\', "/");
    let path = utf8_percent_encode(path.strip_prefix("./").unwrap_or(&path), KEPT).to_string();
    match path.starts_with('/') {
        true => format!("file://{path}"),
        false => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        for (path, want) in [
            ("specs/pets.yaml", "specs/pets.yaml"),
            ("./pets.yaml", "pets.yaml"),
            ("my pets.yaml", "my%20pets.yaml"),
            ("a:b.yaml", "a%3Ab.yaml"),
            ("/tmp/pets.yaml", "file:///tmp/pets.yaml"),
            ("a\\b.yaml", "a/b.yaml"),
            ("https://example.com/a%20b?c", "https://example.com/a%20b?c"),
        ] {
            assert_eq!(uri(path), want);
        }
    }
}
