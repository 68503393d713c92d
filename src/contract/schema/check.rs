//! Whether the schemas of a description are schemas: the proof that each can become a validator.

use std::collections::HashSet;

use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::{Value, json};

use crate::description::{Description, Finding, FindingCode, Severity, join, subschemas};

/// The types of JSON Schema, as a message names them.
const TYPES: &str = "array, boolean, integer, null, number, object, string";

/// Every fault of every schema of a description, whether something refers to it or not.
pub(super) fn check(description: &Description) -> Vec<Finding> {
    let mut check = Check {
        description,
        patterns: HashSet::new(),
        findings: Vec::new(),
    };
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
        let Value::Object(members) = schema else {
            return;
        };
        if let Some(Value::String(pattern)) = members.get("pattern") {
            self.pattern(pattern, &join(pointer, "pattern"));
        }
        if let Some(Value::Object(schemas)) = members.get("patternProperties") {
            let at = join(pointer, "patternProperties");
            for pattern in schemas.keys() {
                self.pattern(pattern, &join(&at, pattern));
            }
        }
        subschemas(members, |keyword, index, schema| {
            let at = join(pointer, keyword);
            match index {
                Some(index) => self.patterns_in(schema, &join(&at, index)),
                None => self.patterns_in(schema, &at),
            }
        });
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
