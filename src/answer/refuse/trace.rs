//! All violations in one header field, whatever shape the body of the refusal has.

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::exchange::{Place, Violation};

/// `Mynah-Violations`: a list of rules (RFC 9651, "Lists"), each with `at` as its place and `stated`
/// as the place in the description.
pub(super) const VIOLATIONS: HeaderName = HeaderName::from_static("mynah-violations");

/// Clients and proxies take fields of some kilobytes only; beyond it the rest is counted.
const MAX_LENGTH: usize = 2048;

/// What cannot stand in a string of a header field is percent-encoded.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'"').add(b'\\').add(b'%');

/// The field's value, as `format;at="body /contact_email";stated="specs/libredesk.yaml:103:19"`.
pub(super) fn value(violations: &[Violation]) -> HeaderValue {
    let mut text = String::new();
    for (index, violation) in violations.iter().enumerate() {
        let member = member(violation);
        if text.len() + member.len() > MAX_LENGTH {
            let rest = violations.len() - index;
            text.push_str(&format!("{}more;count={rest}", separator(&text)));
            break;
        }
        text.push_str(separator(&text));
        text.push_str(&member);
    }
    // Everything in it was escaped to visible ASCII.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("more"))
}

fn separator(text: &str) -> &'static str {
    if text.is_empty() { "" } else { ", " }
}

fn member(violation: &Violation) -> String {
    let rule = token(violation.rule.code());
    let mut member = format!("{rule};at=\"{}\"", escaped(&place(&violation.place)));
    if let Some(stated) = &violation.stated {
        member.push_str(&format!(";stated=\"{}\"", escaped(&stated.to_string())));
    }
    member
}

/// A keyword of a vocabulary that is not ours may have characters that no token has.
fn token(code: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    code.chars()
        .map(|character| if allowed(character) { character } else { '_' })
        .collect()
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

fn place(place: &Place) -> String {
    match place {
        Place::Method => "method".to_owned(),
        Place::Status => "status".to_owned(),
        Place::Path => "path".to_owned(),
        Place::Reply => "reply".to_owned(),
        Place::PathParameter(name) => format!("path {name}"),
        Place::Query(name) => format!("query {name}"),
        Place::Header(name) => format!("header {name}"),
        Place::Cookie(name) => format!("cookie {name}"),
        Place::Body(pointer) if pointer.is_empty() => "body".to_owned(),
        Place::Body(pointer) => format!("body {pointer}"),
        Place::PartHeader(part, name) => format!("header {name} of body {part}"),
    }
}
