//! The texts for names, as data.

pub(super) const WORDS: [&str; 8] = [
    "example", "amber", "birch", "cedar", "delta", "ember", "fern", "grove",
];

const FIRST_NAMES: [&str; 8] = [
    "Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Radia", "Tim",
];

const LAST_NAMES: [&str; 8] = [
    "Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Perlman", "Lee",
];

const FULL_NAMES: [&str; 8] = [
    "Ada Lovelace",
    "Grace Hopper",
    "Alan Turing",
    "Edsger Dijkstra",
    "Barbara Liskov",
    "Donald Knuth",
    "Radia Perlman",
    "Tim Lee",
];

const USER_NAMES: [&str; 8] = [
    "ada", "grace", "alan", "edsger", "barbara", "donald", "radia", "tim",
];

const EMAILS: [&str; 8] = [
    "ada@example.com",
    "grace@example.com",
    "alan@example.com",
    "edsger@example.com",
    "barbara@example.com",
    "donald@example.com",
    "radia@example.com",
    "tim@example.com",
];

/// What the names of properties end in that tell of a person.
pub(super) const OF_PERSONS: [(&str, [&str; 8]); 10] = [
    ("email", EMAILS),
    ("mail", EMAILS),
    ("firstname", FIRST_NAMES),
    ("givenname", FIRST_NAMES),
    ("lastname", LAST_NAMES),
    ("familyname", LAST_NAMES),
    ("surname", LAST_NAMES),
    ("fullname", FULL_NAMES),
    ("username", USER_NAMES),
    ("login", USER_NAMES),
];

/// Names (without separators, lower-case) and texts that suit them; the first that a name ends in.
pub(super) const TEXTS: &[(&str, &[&str])] = &[
    ("filename", &["example.txt", "amber.pdf", "birch.png"]),
    (
        "name",
        &[
            "Example", "Amber", "Birch", "Cedar", "Delta", "Ember", "Fern", "Grove",
        ],
    ),
    ("title", SENTENCES),
    ("subject", SENTENCES),
    ("summary", SENTENCES),
    ("body", GREETINGS),
    ("content", GREETINGS),
    ("message", GREETINGS),
    ("text", GREETINGS),
    (
        "description",
        &["An example.", "Another example.", "One more example."],
    ),
    (
        "comment",
        &["An example.", "Another example.", "One more example."],
    ),
    (
        "avatar",
        &[
            "https://example.com/avatar.png",
            "https://example.com/avatar-2.png",
        ],
    ),
    (
        "image",
        &[
            "https://example.com/image.png",
            "https://example.com/image-2.png",
        ],
    ),
    ("url", URLS),
    ("uri", URLS),
    ("link", URLS),
    ("phone", PHONES),
    ("phonenumber", PHONES),
    ("createdat", DATE_TIMES),
    ("updatedat", DATE_TIMES),
    ("at", DATE_TIMES),
    ("timestamp", DATE_TIMES),
    ("time", DATE_TIMES),
    ("date", &["2026-01-08", "2026-02-03", "2026-03-14"]),
    (
        "street",
        &["1 Example Street", "22 Station Road", "5 Canal Lane"],
    ),
    (
        "city",
        &["Amsterdam", "Lisbon", "Osaka", "Nairobi", "Toronto"],
    ),
    ("country", &["NL", "PT", "JP", "KE", "CA"]),
    ("currency", &["EUR", "JPY", "CAD"]),
    ("language", &["en", "nl", "pt", "ja"]),
    ("locale", &["en", "nl", "pt", "ja"]),
    (
        "timezone",
        &["Europe/Amsterdam", "Europe/Lisbon", "Asia/Tokyo"],
    ),
    ("version", &["1.0.0", "1.1.0", "2.0.0"]),
    ("status", &["active"]),
    ("code", &["example"]),
];

const SENTENCES: &[&str] = &["An example", "Another example", "One more example"];

const GREETINGS: &[&str] = &[
    "Hello, this is an example.",
    "Thanks, this is another example.",
    "Please see this example too.",
];

const URLS: &[&str] = &[
    "https://example.com/",
    "https://example.org/",
    "https://example.net/",
];

const PHONES: &[&str] = &["+15550100", "+15550101", "+15550102"];

const DATE_TIMES: &[&str] = &[
    "2026-01-08T23:08:28.975Z",
    "2026-02-03T08:15:00.120Z",
    "2026-03-14T15:09:26.535Z",
];

/// What has not happened to something new: a value that may be `null` is.
pub(super) const NOT_YET: [&str; 18] = [
    "archived",
    "blocked",
    "canceled",
    "cancelled",
    "closed",
    "completed",
    "deactivated",
    "deleted",
    "disabled",
    "ended",
    "error",
    "errors",
    "expired",
    "failed",
    "failure",
    "finished",
    "removed",
    "resolved",
];
