//! Whether the schemas of a description are schemas: the proof that each can become a validator.

use std::collections::HashSet;

use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::{Value, json};

use crate::description::{Description, Finding, FindingCode, Severity, join};

/// The types of JSON Schema, as a message names them.
const TYPES: &str = "array, boolean, integer, null, number, object, string";

/// Keywords whose values are data, in which nothing is a schema.
const DATA: [&str; 6] = [
    "const", "default", "enum", "example", "examples", "required",
];

/// The dialects that schemas may name, by how their URIs begin: what the older ones say is raised, and
/// OpenAPI's own is JSON Schema 2020-12 with annotations.
const DIALECTS: [&str; 6] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-0",
    "https://json-schema.org/draft-0",
    "http://json-schema.org/schema",
    "https://spec.openapis.org/oas/3.",
];

/// Every fault of every schema of a description, whether something refers to it or not.
pub(super) fn check(description: &Description) -> Vec<Finding> {
    let mut check = Check {
        description,
        patterns: HashSet::new(),
        findings: Vec::new(),
    };
    if let Some(Value::String(dialect)) = description.at("/jsonSchemaDialect") {
        check.dialect(dialect, "/jsonSchemaDialect");
    }
    for pointer in description.schemas() {
        if let Some(schema) = description.at(pointer) {
            check.against_meta_schema(schema, pointer);
            check.patterns_in(schema, pointer);
        }
    }
    check.findings
}

/// Whether a fault leaves what is valid as it is: annotations, keywords that no longer mean anything,
/// and names that stand twice in a list.
fn is_harmless(error: &ValidationError<'_>) -> bool {
    const SAYS_NOTHING: [&str; 10] = [
        "title",
        "description",
        "$comment",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "examples",
        "$recursiveAnchor",
        "$recursiveRef",
    ];
    let path = error.instance_path().as_str();
    let keyword = path
        .rsplit('/')
        .find(|token| token.parse::<usize>().is_err());
    matches!(error.kind(), ValidationErrorKind::UniqueItems)
        || keyword.is_some_and(|keyword| SAYS_NOTHING.contains(&keyword))
}

struct Check<'d> {
    description: &'d Description,
    /// The patterns found to be ones.
    patterns: HashSet<&'d str>,
    findings: Vec<Finding>,
}

impl<'d> Check<'d> {
    /// `type: obj` and `minLength: "3"` are faults with a place.
    fn against_meta_schema(&mut self, schema: &Value, pointer: &str) {
        if jsonschema::draft202012::meta::is_valid(schema) {
            return;
        }
        for error in jsonschema::draft202012::meta::validator().iter_errors(schema) {
            let place = format!("{pointer}{}", error.instance_path());
            let message = match place.ends_with("/type") {
                true => format!("{} is none of the types: {TYPES}", error.instance()),
                false => format!("not a schema: {error}"),
            };
            let mut finding = self
                .description
                .finding(FindingCode::Schema, &place, message);
            if is_harmless(&error) {
                finding.severity = Severity::Warning;
            }
            self.findings.push(finding);
        }
    }

    /// The meta-schema says of a pattern that it is a string only.
    fn patterns_in(&mut self, schema: &'d Value, pointer: &str) {
        match schema {
            Value::Object(members) => {
                for (key, value) in members {
                    let at = join(pointer, key);
                    match (key.as_str(), value) {
                        ("$schema", Value::String(dialect)) => self.dialect(dialect, &at),
                        ("pattern", Value::String(pattern)) => self.pattern(pattern, &at),
                        ("patternProperties", Value::Object(schemas)) => {
                            for (pattern, schema) in schemas {
                                self.pattern(pattern, &join(&at, pattern));
                                self.patterns_in(schema, &join(&at, pattern));
                            }
                        }
                        (key, _) if DATA.contains(&key) || key.starts_with("x-") => {}
                        _ => self.patterns_in(value, &at),
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.patterns_in(item, &join(pointer, &index.to_string()));
                }
            }
            _ => {}
        }
    }

    fn dialect(&mut self, dialect: &str, pointer: &str) {
        if DIALECTS.iter().any(|known| dialect.starts_with(known)) {
            return;
        }
        let message = format!("the dialect `{dialect}` is not known; JSON Schema 2020-12 is");
        let finding = self
            .description
            .finding(FindingCode::Unsupported, pointer, message);
        self.findings.push(finding);
    }

    fn pattern(&mut self, pattern: &'d str, pointer: &str) {
        if self.patterns.contains(pattern) {
            return;
        }
        match jsonschema::validator_for(&json!({ "pattern": pattern })) {
            Ok(_) => drop(self.patterns.insert(pattern)),
            Err(_) => self.report(pointer, format!("{pattern:?} is not a regular expression")),
        }
    }

    fn report(&mut self, pointer: &str, message: String) {
        let finding = self
            .description
            .finding(FindingCode::Schema, pointer, message);
        self.findings.push(finding);
    }
}
