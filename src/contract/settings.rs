//! What whoever serves an API chose for it, beside its description and its manner.

use std::{fmt, str::FromStr};

/// What whoever serves an API chose for it. The default is what the description documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// What becomes of that which is not described.
    pub strictness: Strictness,
    /// What becomes of `readOnly` properties that a client sends.
    pub read_only: ReadOnly,
    /// How lists and objects are written in the query, where not as described.
    pub query: Formats,
    /// How lists and objects are written in forms, where not as described.
    pub form: Formats,
    /// Whether a reply is made for each request that does not ask for another by `Prefer`, as if it
    /// had asked for `dynamic=true`.
    pub dynamic: bool,
    /// What made values depend on beside the description and the request: another seed, other values.
    pub seed: Option<u64>,
    /// Whether documented examples are left aside where a reply can be made from the schema.
    pub ignore_examples: bool,
    /// Whether a documented reply that breaks its own schema is answered with 500 instead.
    pub checks_replies: bool,
    /// Whether each reply tells why it was chosen, and not only those to requests that ask
    /// (`Mynah-Choice: ?1`).
    pub tells_choice: bool,
}

/// What becomes of query parameters and bodies that are not described.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strictness {
    /// They are let pass, as most servers do.
    #[default]
    Lenient,
    /// They are violations.
    Strict,
}

/// What becomes of `readOnly` properties that a client sends. They are never required of it.
///
/// What such a property is sent for, an API may ignore or treat as an error (JSON Schema 2020-12
/// validation, section 9.4; OpenAPI 3.1.1, "Validating readOnly and writeOnly").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReadOnly {
    /// They are let pass, and have to fit their schemas. Many clients send back what they were given,
    /// and to take it apart is a burden that OpenAPI does not put on them.
    #[default]
    Ignore,
    /// They are dropped before anything looks at them, whatever they are.
    Strip,
    /// They are violations.
    Reject,
}

impl ReadOnly {
    /// The names of all, as a command line has them.
    pub const NAMES: [&str; 3] = ["ignore", "strip", "reject"];
}

impl FromStr for ReadOnly {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "ignore" => Ok(Self::Ignore),
            "strip" => Ok(Self::Strip),
            "reject" => Ok(Self::Reject),
            _ => Err(format!("not one of {}", Self::NAMES.join(", "))),
        }
    }
}

/// How clients write lists and objects, whatever `style` says: `None` is as described.
///
/// Generated clients have one way for a whole API, which OpenAPI cannot always say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Formats {
    /// Lists.
    pub array: Option<ArrayFormat>,
    /// Objects.
    pub object: Option<ObjectFormat>,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrayFormat {
    /// `a[]=1&a[]=2`, and with numbers in the brackets
    Brackets,
    /// `a=1,2`
    Comma,
    /// `a=1&a=2`
    Repeat,
    /// `a=1 2`
    Space,
    /// `a=1|2`
    Pipe,
}

/// How an object is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectFormat {
    /// `a[k]=v`
    Brackets,
    /// `a.k=v`
    Dots,
    /// `k=v`
    Flat,
    /// `a=k,v`
    FlatComma,
}

impl ArrayFormat {
    /// Every format with its name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("brackets", Self::Brackets),
        ("comma", Self::Comma),
        ("repeat", Self::Repeat),
        ("space", Self::Space),
        ("pipe", Self::Pipe),
    ];
}

impl ObjectFormat {
    /// Every format with its name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("brackets", Self::Brackets),
        ("dots", Self::Dots),
        ("flat", Self::Flat),
        ("flat-comma", Self::FlatComma),
    ];
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat {
    given: String,
    known: String,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no format; there are: {}",
            self.given, self.known
        )
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for ArrayFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        by_name(&Self::ALL, name)
    }
}

impl FromStr for ObjectFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        by_name(&Self::ALL, name)
    }
}

fn by_name<T: Copy>(all: &[(&str, T)], name: &str) -> Result<T, UnknownFormat> {
    let found = all.iter().find(|(other, _)| *other == name);
    found.map(|(_, format)| *format).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        UnknownFormat {
            given: name.to_owned(),
            known: known.join(", "),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read() {
        for name in ReadOnly::NAMES {
            assert!(name.parse::<ReadOnly>().is_ok(), "{name}");
        }
        assert!("drop".parse::<ReadOnly>().is_err());
    }

    #[test]
    fn formats_have_names_and_others_are_told_them() {
        assert_eq!("pipe".parse(), Ok(ArrayFormat::Pipe));
        assert_eq!("flat-comma".parse(), Ok(ObjectFormat::FlatComma));
        let error = "csv".parse::<ArrayFormat>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`csv` is no format; there are: brackets, comma, repeat, space, pipe"
        );
    }
}
