//! Findings for programs.

use serde_json::{Value, json};

use super::count;
use crate::description::{Finding, Severity};

/// One object: the findings in their order, and how many there are of each severity.
pub(super) fn render(findings: &[Finding]) -> String {
    let all: Vec<Value> = findings.iter().map(one).collect();
    let report = json!({
        "findings": all,
        "errors": count(findings, Severity::Error),
        "warnings": count(findings, Severity::Warning),
    });
    format!("{report:#}\n")
}

fn one(finding: &Finding) -> Value {
    json!({
        "code": finding.code.as_str(),
        "severity": finding.severity.as_str(),
        "file": &*finding.location.file,
        "line": finding.location.line,
        "column": finding.location.column,
        "message": finding.message,
    })
}
