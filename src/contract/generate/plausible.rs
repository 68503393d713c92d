//! What a field of a name most likely holds.

/// Names (without separators, lower-case) and a text that suits them; the first that a name ends in.
const TEXTS: &[(&str, &str)] = &[
    ("email", "ada@example.com"),
    ("mail", "ada@example.com"),
    ("firstname", "Ada"),
    ("lastname", "Lovelace"),
    ("username", "ada"),
    ("filename", "example.txt"),
    ("name", "Example"),
    ("title", "An example"),
    ("subject", "An example"),
    ("summary", "An example"),
    ("body", "Hello, this is an example."),
    ("content", "Hello, this is an example."),
    ("message", "Hello, this is an example."),
    ("text", "Hello, this is an example."),
    ("description", "An example."),
    ("comment", "An example."),
    ("avatar", "https://example.com/avatar.png"),
    ("image", "https://example.com/image.png"),
    ("url", "https://example.com/"),
    ("uri", "https://example.com/"),
    ("link", "https://example.com/"),
    ("phone", "+15550100"),
    ("phonenumber", "+15550100"),
    ("createdat", DATE_TIME),
    ("updatedat", DATE_TIME),
    ("at", DATE_TIME),
    ("timestamp", DATE_TIME),
    ("time", DATE_TIME),
    ("date", "2026-01-08"),
    ("street", "1 Example Street"),
    ("city", "Amsterdam"),
    ("country", "NL"),
    ("currency", "EUR"),
    ("language", "en"),
    ("locale", "en"),
    ("timezone", "Europe/Amsterdam"),
    ("version", "1.0.0"),
    ("status", "active"),
    ("code", "example"),
];

pub(super) const DATE_TIME: &str = "2026-01-08T23:08:28.975Z";

/// A text for a name; `None` when the name says nothing.
pub(super) fn text(name: &str) -> Option<&'static str> {
    let words = words(name);
    let whole: String = words.concat();
    TEXTS
        .iter()
        .filter(|(ending, _)| whole.ends_with(ending))
        // `flat` ends in `at` but is no date: a short ending has to be a word of its own.
        .find(|(ending, _)| ending.len() > 4 || words.last().is_some_and(|last| last == ending))
        .map(|(_, text)| *text)
}

/// Whether a name is that of an identifier, and of which kind.
pub(super) fn is_unique_id(name: &str) -> bool {
    words(name)
        .last()
        .is_some_and(|last| matches!(&**last, "uid" | "uuid" | "guid" | "id"))
}

/// What a flag of a name most likely says of something new.
pub(super) fn boolean(name: &str) -> bool {
    words(name)
        .last()
        .is_some_and(|last| matches!(&**last, "enabled" | "active" | "success" | "ok" | "valid"))
}

/// `createdAt`, `created_at` and `created-at` are all `["created", "at"]`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut after_lower = false;
    for character in name.chars() {
        let starts_word = character.is_uppercase() && after_lower;
        if !character.is_alphanumeric() || starts_word {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        after_lower = character.is_lowercase() || character.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_they_hold() {
        for (name, want) in [
            ("contact_email", Some("ada@example.com")),
            ("firstName", Some("Ada")),
            ("createdAt", Some(DATE_TIME)),
            ("last_seen_at", Some(DATE_TIME)),
            ("flat", None),
            ("candidate", None),
            ("birth-date", Some("2026-01-08")),
            ("username", Some("ada")),
            ("x", None),
        ] {
            assert_eq!(text(name), want, "{name}");
        }
        assert!(is_unique_id("conversationUid") && is_unique_id("id") && !is_unique_id("paid"));
    }
}
