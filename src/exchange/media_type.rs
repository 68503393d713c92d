//! Media types and their negotiation (RFC 9110 sections 8.3.1 and 12.5.1).

use std::{collections::HashSet, fmt};

/// A media type or media range, such as `application/json; charset=utf-8` or `image/*`.
///
/// Type, subtype and parameter names are lower-case; values keep their case, without quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    essence: String,
    slash: usize,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads a media type or range; `None` when the text is neither.
    ///
    /// ```
    /// use mynah::exchange::MediaType;
    ///
    /// let media_type = MediaType::parse("Application/JSON; Charset=\"utf-8\"").unwrap();
    /// assert_eq!(media_type.essence(), "application/json");
    /// assert_eq!(media_type.parameter("charset"), Some("utf-8"));
    /// assert!(MediaType::parse("undefined").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut pieces = split_unquoted(text, ';');
        let essence = pieces.next()?.trim().to_ascii_lowercase();
        let slash = essence.find('/')?;
        if !is_token(&essence[..slash]) || !is_token(&essence[slash + 1..]) {
            return None;
        }
        let mut parameters = Vec::new();
        for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=')?;
            if !is_token(name) {
                return None;
            }
            parameters.push((name.to_ascii_lowercase(), unquote(value)));
        }
        Some(Self {
            essence,
            slash,
            parameters,
        })
    }

    /// `application/json`.
    pub fn json() -> Self {
        Self::application("json")
    }

    /// `application/xml`.
    pub fn xml() -> Self {
        Self::application("xml")
    }

    fn application(subtype: &str) -> Self {
        Self {
            essence: format!("application/{subtype}"),
            slash: "application".len(),
            parameters: Vec::new(),
        }
    }

    /// The same with a parameter, in the place of one of the same name.
    #[must_use]
    pub fn with_parameter(&self, name: &str, value: &str) -> Self {
        let mut typed = self.clone();
        typed.parameters.retain(|(other, _)| other != name);
        typed.parameters.push((name.to_owned(), value.to_owned()));
        typed
    }

    /// Whether it is a type that content can have: no range, and no parameter twice.
    pub fn is_exact(&self) -> bool {
        let mut names = HashSet::new();
        let mut parameters = self.parameters.iter();
        !self.essence.contains('*') && parameters.all(|(name, _)| names.insert(name))
    }

    /// `type/subtype`, without parameters.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The type, such as `application`.
    pub fn kind(&self) -> &str {
        &self.essence[..self.slash]
    }

    /// The subtype, such as `problem+json`.
    pub fn subtype(&self) -> &str {
        &self.essence[self.slash + 1..]
    }

    /// The value of a parameter, by its lower-case name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| &**value)
    }

    /// Whether content of this type is JSON: `application/json` or a `+json` suffix (RFC 6839).
    pub fn is_json(&self) -> bool {
        let subtype = self.subtype();
        // `application/json+sarif` has its suffix on the wrong side, and is JSON all the same.
        subtype == "json" || subtype.ends_with("+json") || subtype.starts_with("json+")
    }

    /// Whether content of this type is XML: `application/xml`, `text/xml` or a `+xml` suffix (RFC
    /// 7303).
    pub fn is_xml(&self) -> bool {
        matches!(&*self.essence, "application/xml" | "text/xml") || self.subtype().ends_with("+xml")
    }

    /// Whether this range takes in `other`: `*/*`, `type/*`, or the same type; parameters that the
    /// range has must be equal in `other`, but for `charset` and `boundary`, which say how the
    /// content is written rather than what it is.
    pub fn includes(&self, other: &Self) -> bool {
        let essence = match (self.kind(), self.subtype()) {
            ("*", "*") => true,
            (kind, "*") => kind == other.kind(),
            _ => self.essence == other.essence,
        };
        essence
            && self
                .parameters
                .iter()
                .filter(|(name, _)| !matches!(&**name, "q" | "charset" | "boundary"))
                .all(|(name, value)| {
                    other
                        .parameter(name)
                        .is_some_and(|own| own.eq_ignore_ascii_case(value))
                })
    }

    /// Whether this is a type without parameters, written just so.
    pub fn is_exactly(&self, text: &str) -> bool {
        self.parameters.is_empty() && self.essence == text
    }

    /// How exactly a range names its types: more wins.
    pub(crate) fn specificity(&self) -> usize {
        let named = match (self.kind(), self.subtype()) {
            ("*", _) => 0,
            (_, "*") => 1,
            _ => 2,
        };
        named * 100
            + self
                .parameters
                .iter()
                .filter(|(name, _)| name != "q")
                .count()
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            if is_token(value) {
                write!(f, ";{name}={value}")?;
            } else {
                let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
                write!(f, ";{name}=\"{escaped}\"")?;
            }
        }
        Ok(())
    }
}

/// What a client accepts: media ranges with their quality, as in an `Accept` field.
#[derive(Debug, Clone, Default)]
pub struct Accept(Vec<(MediaType, u16)>);

impl Accept {
    /// Reads an `Accept` field. What cannot be read in it is passed over.
    pub fn parse(field: &str) -> Self {
        let ranges = split_unquoted(field, ',').filter_map(|piece| {
            let range = MediaType::parse(piece)?;
            let quality = range.parameter("q").map_or(Some(1000), thousandths)?;
            Some((range, quality))
        });
        Self(ranges.collect())
    }

    /// The quality of a media type in thousandths, by the most specific range that takes it in;
    /// 0 when it is not acceptable. Without any range, everything is.
    ///
    /// A type without parameters leaves open which it has: where no range takes it in as it stands,
    /// one does that asks for parameters beyond it.
    pub fn quality(&self, media_type: &MediaType) -> u16 {
        if self.0.is_empty() {
            return 1000;
        }
        let most_specific = |takes_in: &dyn Fn(&MediaType) -> bool| {
            let fitting = self.0.iter().filter(|(range, _)| takes_in(range));
            fitting
                .max_by_key(|(range, _)| range.specificity())
                .map(|(_, quality)| *quality)
        };
        let is_open = media_type.parameters.is_empty();
        let beyond = |range: &MediaType| is_open && range.essence == media_type.essence;
        most_specific(&|range| range.includes(media_type))
            .or_else(|| most_specific(&beyond))
            .unwrap_or(0)
    }

    /// Whether one of the ranges is a media type itself, with the same parameters.
    pub(crate) fn names(&self, media_type: &MediaType) -> bool {
        let mut ranges = self.0.iter().map(|(range, _)| range);
        ranges.any(|range| range.includes(media_type) && media_type.includes(range))
    }
}

/// A `qvalue` (RFC 9110 section 12.4.2) in thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let quality: f32 = text.parse().ok()?;
    // Within 0 to 1 the product is a small whole number.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in 0..=1000"
    )]
    (0.0..=1.0)
        .contains(&quality)
        .then(|| (quality * 1000.0).round() as u16)
}

/// Splits at a separator that stands outside of quotes.
pub(crate) fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    text.split(move |character| {
        let splits = character == separator && !quoted;
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        splits
    })
}

/// A value without its quotes, if it has such.
pub(crate) fn unquote(value: &str) -> String {
    match value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
    {
        Some(quoted) => {
            let mut characters = quoted.chars();
            let next = || match characters.next()? {
                '\\' => characters.next().or(Some('\\')),
                plain => Some(plain),
            };
            std::iter::from_fn(next).collect()
        }
        None => value.to_owned(),
    }
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media_type(text: &str) -> MediaType {
        MediaType::parse(text).unwrap()
    }

    #[test]
    fn ranges_take_in_types() {
        for (range, other, want) in [
            ("*/*", "application/json", true),
            ("application/*", "application/json", true),
            ("text/*", "application/json", false),
            ("application/json", "application/json; charset=utf-8", true),
            ("application/json; charset=utf-8", "application/json", true),
            ("application/json; v=1", "application/json", false),
            ("application/json; v=1", "application/json;v=1", true),
        ] {
            assert_eq!(
                media_type(range).includes(&media_type(other)),
                want,
                "{range} {other}"
            );
        }
    }

    #[test]
    fn parameters_of_a_type_have_to_be_those_of_the_range() {
        let second = media_type("application/vnd.x+json;version=2");
        for (field, want) in [
            ("application/vnd.x+json", 1000),
            ("application/vnd.x+json;version=2", 1000),
            ("application/vnd.x+json; Version=\"2\"; q=0.5", 500),
            ("application/vnd.x+json;version=1", 0),
            ("application/vnd.x+json;version=1, */*;q=0.1", 100),
        ] {
            assert_eq!(Accept::parse(field).quality(&second), want, "{field}");
        }
    }

    #[test]
    fn what_is_no_media_type_is_not_read() {
        for text in [
            "",
            "json",
            "undefined",
            "a/b/c",
            "/json",
            "application/",
            "a b/c",
            "a/b;x",
        ] {
            assert_eq!(MediaType::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_most_specific_range_decides() {
        for (field, want) in [
            ("", 1000),
            ("*/*", 1000),
            ("text/html", 0),
            ("application/json;q=0", 0),
            ("*/*;q=0.1, application/json;q=0.5", 500),
            ("application/json;q=0, */*", 0),
            ("text/html, application/*;q=0.25", 250),
            ("nonsense, application/json", 1000),
            ("application/json;v=1", 1000),
            ("application/json;v=1, application/json;q=0", 0),
            ("application/json;v=1, */*;q=0.5", 500),
            ("application/json;q=2, */*;q=0.5", 500),
        ] {
            let quality = Accept::parse(field).quality(&media_type("application/json"));
            assert_eq!(quality, want, "{field}");
        }
    }
}
