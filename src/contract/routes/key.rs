//! A key of `paths`: a path template, and what some documents write behind it.

use super::template::{Segment, TemplateError};
use crate::description::percent_decode;

/// A key of `paths`, such as `/a/{id}`, and as found in the wild `/a?beta=true` and `/a#upload`.
#[derive(Debug, Clone)]
pub(in crate::contract) struct PathKey {
    pub(super) segments: Vec<Segment>,
    /// The names of the parameters, in their order.
    pub names: Vec<String>,
    /// The pairs that the query has to have; no value where any will do.
    pub(super) pairs: Vec<(String, Option<String>)>,
}

impl PathKey {
    /// Takes a key apart.
    ///
    /// # Errors
    /// A template that is not one: braces that do not match, or parameters without text between.
    pub(in crate::contract) fn parse(key: &str) -> Result<Self, TemplateError> {
        // A fragment is never sent (RFC 9110 section 7.1), and so tells nothing apart.
        let key = key.split('#').next().unwrap_or(key);
        let (path, query) = key.split_once('?').unwrap_or((key, ""));
        let mut names = Vec::new();
        let segments = segments(path)
            .map(|segment| Segment::parse(segment, &mut names))
            .collect::<Result<_, _>>()?;
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Ok(Self {
            segments,
            names,
            pairs: pairs.map(pair).collect(),
        })
    }

    /// The path, where it has no parameters and is written in one way only.
    pub(super) fn literal(&self) -> Option<String> {
        let mut path = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Literal(text) if !text.contains(['/', '%']) => {
                    path.push('/');
                    path.push_str(text);
                }
                _ => return None,
            }
        }
        Some(path)
    }

    /// Whether the other path is this one's templated counterpart, which is matched after it: the
    /// same, but for parameters in the place of literal segments.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let mut pairs = self.segments.iter().zip(&other.segments);
        self.segments != other.segments
            && self.segments.len() == other.segments.len()
            && pairs.all(|pair| match pair {
                (Segment::Literal(_), Segment::Template(_)) => true,
                (one, other) => one == other,
            })
    }

    /// Whether a query has all pairs of the key.
    pub(super) fn admits(&self, query: Option<&str>) -> bool {
        let given = || query.unwrap_or("").split('&').map(pair);
        let is_given = |(name, value): &(String, Option<String>)| {
            given().any(|(other, text)| other == *name && (value.is_none() || text == *value))
        };
        self.pairs.iter().all(is_given)
    }
}

/// The segments of a path; a slash at its end makes an empty last one.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// A pair of a query; a value such as `{id}` stands for any.
fn pair(text: &str) -> (String, Option<String>) {
    let decoded = |text: &str| percent_decode(&text.replace('+', " "));
    match text.split_once('=') {
        Some((name, value)) if !value.starts_with('{') => (decoded(name), Some(decoded(value))),
        Some((name, _)) => (decoded(name), None),
        None => (decoded(text), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_admits_queries_that_have_its_pairs() {
        for (key, query, want) in [
            ("/a", None, true),
            ("/a", Some("x=1"), true),
            ("/a?beta=true", Some("beta=true"), true),
            ("/a?beta=true", Some("x=1&b%65ta=true"), true),
            ("/a?beta=true", Some("beta=false"), false),
            ("/a?beta=true", None, false),
            ("/a?acl", Some("acl"), true),
            ("/a?acl", Some("acl="), true),
            ("/a?id={id}", Some("id=7"), true),
            ("/a?id={id}", Some("x=7"), false),
            ("/a#upload", None, true),
        ] {
            let key_read = PathKey::parse(key).unwrap();
            assert_eq!(key_read.admits(query), want, "{key} {query:?}");
        }
    }

    #[test]
    fn a_path_comes_before_its_templated_counterparts() {
        for (key, other, want) in [
            ("/a/mine", "/a/{id}", true),
            ("/a/{id}", "/a/mine", false),
            ("/a/mine", "/{b}/{id}", true),
            ("/a/{id}/x", "/a/{name}/{y}", true),
            ("/a/{id}", "/{a}/x", false),
            ("/a/{id}", "/a/{name}", false),
            ("/a/{id}.{kind}", "/a/{id}", false),
            ("/a/mine", "/a/{id}/x", false),
        ] {
            let read = |key| PathKey::parse(key).unwrap();
            assert_eq!(read(key).is_before(&read(other)), want, "{key} {other}");
        }
    }

    #[test]
    fn a_path_without_parameters_is_one_text() {
        for (key, want) in [
            ("/a/b?x=1", Some("/a/b")),
            ("/", Some("/")),
            ("/a/", Some("/a/")),
            ("/caf%C3%A9", Some("/caf\u{e9}")),
            ("/a%2Fb", None),
            ("/100%25", None),
            ("/a/{id}", None),
        ] {
            let read = PathKey::parse(key).unwrap();
            assert_eq!(read.literal().as_deref(), want, "{key}");
        }
    }

    #[test]
    fn a_broken_template_is_an_error() {
        for path in ["/{", "/a}", "/{a}{b}", "/{}", "/{a{b}}"] {
            assert!(PathKey::parse(path).is_err(), "{path}");
        }
    }
}
