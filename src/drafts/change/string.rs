//! Texts at their lengths, and beyond them; texts that no pattern and no format has.

use super::said::Said;

/// Longer texts are not made.
const MAX_LENGTH: usize = 10_000;

/// Texts that few patterns match.
const UNMATCHED: [&str; 5] = ["", "~", "mynah mynah", "0", "!\u{fc}\u{4e2d}"];

/// Formats, each with texts at its edges, and with texts that are near to it and none of it.
const FORMATS: [(&str, &[&str], &[&str]); 13] = [
    (
        "date-time",
        &["2024-02-29T23:59:59Z", "2024-01-01T00:00:00.123456+14:00"],
        &["2024-02-30T00:00:00Z", "2024-01-01 00:00", "mynah"],
    ),
    ("date", &["2024-02-29"], &["2023-02-29", "01.02.2024"]),
    ("time", &["23:59:59Z"], &["24:00:00Z", "noon"]),
    ("duration", &["P1DT12H"], &["1 day"]),
    ("email", &["a.b+c@example.com"], &["mynah", "a@"]),
    (
        "uuid",
        &["6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
        &["6ba7b810", "mynah"],
    ),
    (
        "uri",
        &["https://example.com/a?b=c#d"],
        &["mynah mynah", "//"],
    ),
    ("uri-reference", &["/a?b"], &["a b\\"]),
    ("hostname", &["a-1.example.com"], &["-a..b", "a_b c"]),
    ("ipv4", &["255.255.255.255"], &["256.0.0.1", "1.2.3"]),
    ("ipv6", &["::1"], &["1.2.3.4", ":::"]),
    ("byte", &["bXluYWg="], &["!!!"]),
    ("ObjectId", &["507f1f77bcf86cd799439011"], &["507f1f77"]),
];

/// Texts in the place of one.
pub(super) fn others(said: &Said<'_>, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for least in said.sizes("minLength", MAX_LENGTH) {
        all.push(of_length(text, least));
        all.extend(least.checked_sub(1).map(|less| of_length(text, less)));
    }
    for most in said.sizes("maxLength", MAX_LENGTH) {
        all.push(of_length(text, most));
        all.push(of_length(text, most + 1));
    }
    if said.texts("pattern").next().is_some() {
        all.extend(UNMATCHED.map(str::to_owned));
        all.push(format!("{text}~"));
    }
    for format in said.texts("format") {
        let known = FORMATS.iter().find(|(name, ..)| *name == format);
        let texts = known
            .into_iter()
            .flat_map(|(_, in_it, out)| in_it.iter().chain(*out));
        all.extend(texts.map(|text| (*text).to_owned()));
    }
    all
}

/// The text, cut to a length or filled up with its last character.
fn of_length(text: &str, length: usize) -> String {
    let last = text.chars().last().unwrap_or('a');
    text.chars()
        .chain(std::iter::repeat(last))
        .take(length)
        .collect()
}
