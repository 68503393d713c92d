//! All violations in one header field, whatever shape the body of the refusal has.

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{
    description::Location,
    exchange::{Place, Violation},
};

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
    add_token(violation.rule.code(), list);
    list.push_str(";at=\"");
    add_place(&violation.place, list);
    list.push('"');
    if let Some(Location { file, line, column }) = &violation.stated {
        list.push_str(";stated=\"");
        add_escaped(file, list);
        for number in [line, column] {
            list.push(':');
            list.push_str(&number.to_string());
        }
        list.push('"');
    }
}

/// A keyword of a vocabulary that is not ours may have characters that no token has.
fn add_token(code: &str, list: &mut String) {
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    match code.chars().all(allowed) {
        true => list.push_str(code),
        false => list.push_str(&code.replace(|character| !allowed(character), "_")),
    }
}

fn add_escaped(text: &str, list: &mut String) {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'%');
    // A loop that looks at all bytes, whatever it finds, takes many of them at once.
    let bytes = text.bytes();
    match bytes.fold(true, |plain, byte| plain & is_plain(byte)) {
        true => list.push_str(text),
        false => list.extend(utf8_percent_encode(text, ESCAPED)),
    }
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
    add_escaped(name, list);
    if let Place::PartHeader(part, _) = place {
        list.push_str(" of body ");
        add_escaped(part, list);
    }
}
