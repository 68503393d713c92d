//! What a field of a name most likely holds.

mod texts;

use super::place::Place;
use texts::{NOT_YET, OF_PERSONS, TEXTS, WORDS};

/// Which of several plausible texts is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick {
    /// Which one of those for the place itself.
    pub number: usize,
    /// Which person, the same for all that is said of one.
    person: usize,
    /// What the whole value varies with; 0 for nothing.
    pub spin: u64,
    /// How many were tried before.
    pub variant: usize,
}

impl Pick {
    /// The first of all, but for later items of an array and where the whole value varies.
    pub(super) fn of(place: &Place<'_>, spin: u64) -> Self {
        let spread = |place: &Place<'_>| match spin {
            0 => place.ordinal(),
            spin => usize::try_from(place.fingerprint(spin) % 997).unwrap_or(0),
        };
        Self {
            number: spread(place),
            person: place.around.map_or(0, |around| spread(around.place)),
            spin,
            variant: 0,
        }
    }

    /// The one after so many others.
    pub(super) fn plus(self, variant: usize) -> Self {
        Self {
            number: self.number + variant,
            person: self.person + variant,
            variant,
            ..self
        }
    }

    /// A text that differs from those of other variants, also when the texts there are run out.
    pub(super) fn told_apart(self, text: &str) -> String {
        let serial = if self.spin == 0 {
            self.number
        } else {
            self.variant
        };
        match serial {
            0..8 => text.to_owned(),
            serial => format!("{text}-{serial}"),
        }
    }
}

/// A word where a name says nothing.
pub(super) fn word(pick: Pick) -> &'static str {
    WORDS[pick.number % WORDS.len()]
}

/// A text for a name; `None` when the name says nothing.
pub(super) fn text(name: &str, pick: Pick) -> Option<&'static str> {
    let words = words(name);
    let whole: String = words.concat();
    // `flat` ends in `at` but is no date: a short ending has to be a word of its own.
    let fits = |ending: &str| {
        let is_word = || words.last().is_some_and(|last| last == ending);
        whole.ends_with(ending) && (ending.len() > 4 || is_word())
    };
    let of_person = OF_PERSONS.iter().find(|(ending, _)| fits(ending));
    if let Some((_, texts)) = of_person {
        return Some(texts[pick.person % texts.len()]);
    }
    let (_, texts) = TEXTS.iter().find(|(ending, _)| fits(ending))?;
    Some(texts[pick.number % texts.len()])
}

/// Whether a name is that of an identifier, and of which kind.
pub(super) fn is_unique_id(name: &str) -> bool {
    words(name)
        .last()
        .is_some_and(|last| matches!(&**last, "uid" | "uuid" | "guid" | "id"))
}

/// Whether a name is of something that has most likely not happened.
pub(super) fn is_not_yet(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // A next page that is always there would be read for ever.
    let is_next_page = matches!(
        words[..],
        ["next"]
            | [
                "next",
                "page" | "cursor" | "token" | "link" | "url" | "uri" | "href" | "offset",
                ..
            ]
    );
    is_next_page || words.iter().any(|word| NOT_YET.contains(word))
}

/// What a flag most likely says of something new; where the whole value varies, either.
pub(super) fn boolean(place: &Place<'_>, spin: u64) -> bool {
    let says_yes = |last: &str| matches!(last, "enabled" | "active" | "success" | "ok" | "valid");
    match spin {
        0 => {
            words(place.name).last().is_some_and(|last| says_yes(last))
                != (place.ordinal() % 2 == 1)
        }
        spin => place.fingerprint(spin).is_multiple_of(2),
    }
}

/// `createdAt`, `created_at` and `created-at` are all `["created", "at"]`.
pub(super) fn words(name: &str) -> Vec<String> {
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
        let first = Pick::of(&Place::root("", 0), 0);
        for (name, want) in [
            ("contact_email", Some("ada@example.com")),
            ("firstName", Some("Ada")),
            ("createdAt", Some("2026-01-08T23:08:28.975Z")),
            ("last_seen_at", Some("2026-01-08T23:08:28.975Z")),
            ("flat", None),
            ("candidate", None),
            ("birth-date", Some("2026-01-08")),
            ("username", Some("ada")),
            ("x", None),
        ] {
            assert_eq!(text(name, first), want, "{name}");
        }
        assert!(is_unique_id("conversationUid") && is_unique_id("id") && !is_unique_id("paid"));
    }
}
