//! Findings as workflow commands, which GitHub Actions shows beside the lines of a change.

use std::fmt::Write;

use crate::description::Finding;

/// One line a finding: `::error file=pets.yaml,line=3,col=5,title=schema::…`.
pub(super) fn render(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let location = &finding.location;
        // Writing to a text does not fail.
        let _ = writeln!(
            text,
            "::{} file={},line={},col={},title={}::{}",
            finding.severity.as_str(),
            property(&location.file),
            location.line,
            location.column,
            property(finding.code.as_str()),
            data(&finding.message),
        );
    }
    text
}

/// What follows the second `::`, which is one line.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value before it, where two more characters have a meaning.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::{FindingCode, Location};

    #[test]
    fn what_has_a_meaning_is_escaped() {
        let location = Location {
            file: "a,b:c.yaml".into(),
            line: 3,
            column: 5,
        };
        let finding = Finding::warning(FindingCode::Schema, location, "100 %:\r\nno, it is not");
        assert_eq!(
            render(&[finding]),
            "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,title=schema::100 %25:%0D%0Ano, it is not\n"
        );
    }
}
