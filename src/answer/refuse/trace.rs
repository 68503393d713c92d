//! All violations in one header field, whatever shape the body of the refusal has.

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, PercentEncode, utf8_percent_encode};

use crate::exchange::{Place, Violation};

/// `Mynah-Violations`: a list of rules (RFC 9651, "Lists"), each with `at` as its place and `stated`
/// as the place in the description.
pub(super) const VIOLATIONS: HeaderName = HeaderName::from_static("mynah-violations");

/// Clients and proxies take fields of some kilobytes only; beyond it the rest is counted.
const MAX_LENGTH: usize = 2048;

/// About what a violation takes.
const MEMBER_LENGTH: usize = 100;

/// What cannot stand in a string of a header field is percent-encoded.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'"').add(b'\\').add(b'%');

/// The field's value, as `format;at="body /contact_email";stated="specs/libredesk.yaml:103:19"`.
pub(super) fn value(violations: &[Violation]) -> HeaderValue {
    let mut text = String::with_capacity(MAX_LENGTH.min(MEMBER_LENGTH * violations.len()));
    for (index, violation) in violations.iter().enumerate() {
        let before = text.len();
        separate(&mut text);
        add(violation, &mut text);
        if text.len() > MAX_LENGTH {
            text.truncate(before);
            separate(&mut text);
            let count = violations.len() - index;
            text.push_str(&format!("more;count={count}"));
            break;
        }
    }
    // Everything in it was escaped to visible ASCII.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("more"))
}

fn separate(list: &mut String) {
    if !list.is_empty() {
        list.push_str(", ");
    }
}

fn add(violation: &Violation, list: &mut String) {
    list.extend(token(violation.rule.code()));
    list.push_str(";at=\"");
    add_place(&violation.place, list);
    list.push('"');
    if let Some(stated) = &violation.stated {
        list.push_str(";stated=\"");
        list.extend(escaped(&stated.text()));
        list.push('"');
    }
}

/// A keyword of a vocabulary that is not ours may have characters that no token has.
fn token(code: &str) -> impl Iterator<Item = char> {
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    let character = move |character| if allowed(character) { character } else { '_' };
    code.chars().map(character)
}

fn escaped(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ESCAPED)
}

fn add_place(place: &Place, list: &mut String) {
    let (kind, name) = match place {
        Place::Method => ("method", ""),
        Place::Status => ("status", ""),
        Place::Path => ("path", ""),
        Place::Reply => ("reply", ""),
        Place::PathParameter(name) => ("path ", &**name),
        Place::Query(name) => ("query ", &**name),
        Place::Header(name) => ("header ", &**name),
        Place::Cookie(name) => ("cookie ", &**name),
        Place::Body(pointer) if pointer.is_empty() => ("body", ""),
        Place::Body(pointer) => ("body ", &**pointer),
        Place::PartHeader(_, name) => ("header ", &**name),
    };
    list.push_str(kind);
    list.extend(escaped(name));
    if let Place::PartHeader(part, _) = place {
        list.push_str(" of body ");
        list.extend(escaped(part));
    }
}
