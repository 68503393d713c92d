//! A run as CI systems read it: the XML of Ant's JUnit task, in what its schema and those of Jenkins
//! all allow. So times have three digits, suites do not count what is skipped, and each has a property.
//!
//! A case has one `failure` at most, so that it names all of its problems. Warnings fail nothing and
//! stand in the suite's `system-out`.

use std::{collections::BTreeSet, io};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Case, Outcome, Problem, Run, Suite};
use crate::description::Severity;

/// One suite an API, one case an operation or a description.
pub(super) fn render(run: &Run) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = document(&mut writer, run);
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    text
}

type Xml = Writer<Vec<u8>>;

fn document(xml: &mut Xml, run: &Run) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .write_inner_content(|xml| {
            let mut suites = run.suites.iter().enumerate();
            suites.try_for_each(|(id, one)| suite(xml, run, id, one))
        })?;
    Ok(())
}

fn suite(xml: &mut Xml, run: &Run, id: usize, suite: &Suite) -> io::Result<()> {
    let cases = &suite.cases;
    let failed = cases.iter().filter(|case| !case.passes()).count();
    let seconds: f64 = cases.iter().map(seconds).sum();
    xml.create_element("testsuite")
        .with_attributes([
            ("package", "mynah"),
            ("id", &id.to_string()),
            ("name", &clean(&suite.name)),
            ("timestamp", &super::timestamp(run.at)),
            ("hostname", "localhost"),
            ("tests", &cases.len().to_string()),
            ("failures", &failed.to_string()),
            ("errors", "0"),
            ("time", &format!("{seconds:.3}")),
        ])
        .write_inner_content(|xml| {
            xml.create_element("properties")
                .write_inner_content(|xml| {
                    let version = [("name", "mynah"), ("value", env!("CARGO_PKG_VERSION"))];
                    let property = xml.create_element("property");
                    property.with_attributes(version).write_empty()?;
                    Ok(())
                })?;
            cases.iter().try_for_each(|case| one(xml, suite, case))?;
            let warnings = warnings(suite);
            let out = xml.create_element("system-out");
            out.write_text_content(BytesText::new(&clean(&warnings)))?;
            xml.create_element("system-err").write_empty()?;
            Ok(())
        })?;
    Ok(())
}

fn one(xml: &mut Xml, suite: &Suite, case: &Case) -> io::Result<()> {
    let element = xml.create_element("testcase").with_attributes([
        ("name", &*clean(&case.name)),
        ("classname", &clean(&suite.name)),
        ("time", &format!("{:.3}", seconds(case))),
    ]);
    let errors = of_severity(case, Severity::Error);
    match (&case.outcome, errors.as_slice()) {
        (Outcome::Skipped(why), _) => element.write_inner_content(|xml| {
            let skipped = xml.create_element("skipped");
            skipped.write_text_content(BytesText::new(&clean(why)))?;
            Ok(())
        })?,
        (Outcome::Tried(_), []) => element.write_empty()?,
        (Outcome::Tried(_), errors) => element.write_inner_content(|xml| failure(xml, errors))?,
    };
    Ok(())
}

fn failure(xml: &mut Xml, errors: &[&Problem]) -> io::Result<()> {
    let codes: BTreeSet<&str> = errors.iter().map(|it| &*it.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let message = match errors {
        [one] => one.to_string(),
        several => format!("{} problems; the first: {}", several.len(), several[0]),
    };
    let lines: Vec<String> = errors.iter().map(|it| line(it)).collect();
    xml.create_element("failure")
        .with_attributes([
            ("message", &*clean(&message)),
            ("type", &clean(&codes.join(" "))),
        ])
        .write_text_content(BytesText::new(&clean(&lines.join("\n"))))?;
    Ok(())
}

/// A problem with the line of the description first, where editors look for it.
fn line(problem: &Problem) -> String {
    let mut line = String::new();
    if let Some(location) = &problem.stated {
        line = format!("{location}: ");
    }
    line.push_str(&format!(
        "{}[{}]: {}{}",
        problem.severity.as_str(),
        problem.code,
        problem.sentence(),
        super::times(problem)
    ));
    if let Some(repeat) = &problem.repeat {
        line.push_str(&format!("\n  {repeat}"));
    }
    line
}

fn warnings(suite: &Suite) -> String {
    let cases = suite.cases.iter();
    let all = cases.flat_map(Case::problems);
    let warnings = all.filter(|it| it.severity != Severity::Error);
    let lines: Vec<String> = warnings.map(line).collect();
    lines.join("\n")
}

fn of_severity(case: &Case, severity: Severity) -> Vec<&Problem> {
    let problems = case.problems().iter();
    problems.filter(|it| it.severity == severity).collect()
}

fn seconds(case: &Case) -> f64 {
    case.took.as_secs_f64()
}

/// A text without the characters that XML 1.0 has no way to write (section 2.2).
fn clean(text: &str) -> String {
    let is_written = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.replace(|c: char| !is_written(c), "\u{fffd}")
}
