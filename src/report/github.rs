//! Problems as workflow commands, which GitHub Actions shows beside the lines of a change.

use super::{Case, Problem, Run, Sources, Suite};
use crate::description::Severity;

/// One line a problem: `::error file=pets.yaml,line=3,col=5,title=schema::…`.
pub(super) fn render(run: &Run, sources: &Sources) -> String {
    let mut text = String::new();
    for suite in &run.suites {
        for case in &suite.cases {
            let lines = case.problems().iter();
            lines.for_each(|problem| text.push_str(&line(suite, case, problem, sources)));
        }
    }
    text
}

fn line(suite: &Suite, case: &Case, problem: &Problem, sources: &Sources) -> String {
    let mut properties = String::new();
    if let Some(location) = &problem.stated {
        let file = property(&sources.name_in_repository(&location.file));
        let (line, column) = (location.line, location.column);
        properties = format!("file={file},line={line},col={column},");
    }
    let title = property(&problem.code);
    let severity = match problem.severity {
        Severity::Note => "notice",
        other => other.as_str(),
    };
    let message = data(&message(suite, case, problem));
    format!("::{severity} {properties}title={title}::{message}\n")
}

/// What is wrong; and for one that was found in exchanges, in which.
fn message(suite: &Suite, case: &Case, problem: &Problem) -> String {
    let sentence = problem.sentence();
    if case.exchanges == 0 {
        return sentence;
    }
    let times = super::times(problem);
    format!("{}, {}{times}: {sentence}", suite.name, case.name)
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
    use std::time::SystemTime;

    use super::*;
    use crate::description::{Finding, FindingCode, Location};

    #[test]
    fn what_has_a_meaning_is_escaped() {
        let location = Location {
            file: "a,b:c.yaml".into(),
            line: 3,
            column: 5,
        };
        let finding = Finding::warning(FindingCode::Schema, location, "100 %:\r\nno, it is not");
        let run = Run {
            at: SystemTime::UNIX_EPOCH,
            suites: vec![Suite::of_findings("x", &[finding])],
        };
        assert_eq!(
            render(&run, &Sources::default()),
            "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,title=schema::100 %25:%0D%0Ano, it is not\n"
        );
    }
}
