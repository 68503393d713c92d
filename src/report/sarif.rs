//! Problems for code scanning: the Static Analysis Results Interchange Format 2.1.0 (OASIS).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Case, Problem, Run, Sources, Suite, rules};
use crate::description::Location;

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

/// One run with all rules, whether broken or not, and one result a problem.
pub(super) fn render(run: &Run, sources: &Sources) -> String {
    let rules: Vec<Value> = rules::rules().iter().map(rule).collect();
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
            "results": results(run, sources),
        }],
    });
    format!("{log:#}\n")
}

fn results(run: &Run, sources: &Sources) -> Vec<Value> {
    let suites = run.suites.iter();
    let cases = suites.flat_map(|suite| suite.cases.iter().map(move |case| (suite, case)));
    let problems = cases.flat_map(|(suite, case)| {
        let problems = case.problems().iter();
        problems.map(move |problem| result(suite, case, problem, sources))
    });
    problems.collect()
}

fn rule(rule: &rules::Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.explanation},
        "properties": {"about": rule.about.as_str()},
    })
}

fn result(suite: &Suite, case: &Case, problem: &Problem, sources: &Sources) -> Value {
    let index = rules::index_of(&problem.code, problem.blame);
    let mut result = json!({
        "ruleId": problem.code,
        "level": problem.severity.as_str(),
        "message": {"text": problem.sentence()},
        "locations": [],
    });
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    if problem.times > 1 {
        result["occurrenceCount"] = problem.times.into();
    }
    let mut place = json!({});
    if let Some(location) = problem.stated.as_ref() {
        place["physicalLocation"] = physical(location, sources);
    }
    if case.exchanges > 0 {
        place["logicalLocations"] = json!([{
            "name": case.name,
            "fullyQualifiedName": format!("{}: {}", suite.name, case.name),
        }]);
        result["properties"] = json!({
            "blame": problem.blame.as_str(),
            "place": problem.place,
            "repeat": problem.repeat,
        });
    }
    result["locations"] = json!([place]);
    result
}

fn physical(location: &Location, sources: &Sources) -> Value {
    json!({
        "artifactLocation": {"uri": uri(&sources.name_in_repository(&location.file))},
        "region": {"startLine": location.line, "startColumn": location.column},
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
