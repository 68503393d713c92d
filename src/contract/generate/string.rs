//! Strings of a format, a pattern and a length.

use serde_json::{Map, Value};

use super::{Path, bound, pattern, plausible};

/// A string for a schema; the caller validates it.
pub(super) fn string(schema: &Map<String, Value>, path: &Path<'_>) -> Option<String> {
    let format = schema.get("format").and_then(Value::as_str);
    let text = match (schema.get("pattern").and_then(Value::as_str), format) {
        (Some(pattern), _) => pattern::text(pattern)?,
        (None, Some(format)) => of_format(format, path).unwrap_or_else(|| by_name(path)),
        (None, None) => by_name(path),
    };
    Some(of_length(text, schema))
}

fn of_format(format: &str, path: &Path<'_>) -> Option<String> {
    let text = match format {
        "uuid" => return Some(uuid(path)),
        "ObjectId" => return Some(format!("{:024x}", wide(path) >> 32)),
        "date-time" => plausible::DATE_TIME,
        "date" => "2026-01-08",
        "time" => "23:08:28Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "ada@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => plausible::text(path.name)
            .filter(|text| text.starts_with("https:"))
            .unwrap_or("https://example.com/"),
        "uri-reference" | "iri-reference" => "/example",
        "uri-template" => "/example/{id}",
        "json-pointer" => "/example",
        "relative-json-pointer" => "0",
        "regex" => "^example$",
        "byte" => "ZXhhbXBsZQ==",
        "binary" => "example",
        "password" => "correct-horse-battery-staple",
        _ => return None,
    };
    Some(text.to_owned())
}

fn by_name(path: &Path<'_>) -> String {
    match plausible::text(path.name) {
        Some(text) => text.to_owned(),
        None if plausible::is_unique_id(path.name) => uuid(path),
        None => "example".to_owned(),
    }
}

/// A version 4 UUID (RFC 9562) that differs from place to place.
fn uuid(path: &Path<'_>) -> String {
    let bits = wide(path);
    let [a, b, c, d, e] = [
        bits >> 96,
        (bits >> 80) & 0xffff,
        (bits >> 64) & 0x0fff | 0x4000,
        (bits >> 48) & 0x3fff | 0x8000,
        bits & 0xffff_ffff_ffff,
    ];
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

fn wide(path: &Path<'_>) -> u128 {
    let hash = path.fingerprint();
    let spread = hash.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u128::from(hash) << 64 | u128::from(spread)
}

/// Repeats or cuts a text until its length is allowed. What has a pattern or a format breaks by it,
/// and is refused by the validation that follows.
fn of_length(text: String, schema: &Map<String, Value>) -> String {
    let least = bound(schema, "minLength").unwrap_or(0);
    let most = bound(schema, "maxLength").unwrap_or(u64::MAX);
    let length = text.chars().count() as u64;
    let wanted = length.max(least).min(most);
    if wanted == length {
        return text;
    }
    // A schema that asks for megabytes gets what is left of them: nothing valid, and no harm.
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX).min(1 << 20);
    let source = if text.is_empty() { "x" } else { &text };
    source.chars().cycle().take(wanted).collect()
}
