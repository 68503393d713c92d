//! One segment of a path template, such as `{name}.{extension}`.

use std::{cmp::Ordering, cmp::Reverse, fmt};

use crate::description::percent_decode;

/// A path template that is not one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    segment: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a path template: each `{{name}}` needs both braces, a name, and text before the next",
            self.segment
        )
    }
}

impl std::error::Error for TemplateError {}

/// One segment of a path template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Segment {
    Literal(String),
    Template(Template),
}

impl Segment {
    /// Reads a segment and adds its parameters' names.
    pub(super) fn parse(segment: &str, names: &mut Vec<String>) -> Result<Self, TemplateError> {
        let fault = || TemplateError {
            segment: segment.to_owned(),
        };
        let mut literals = Vec::new();
        let mut rest = segment;
        while let Some((literal, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(fault)?;
            let adjacent = literal.is_empty() && !literals.is_empty();
            if name.is_empty() || name.contains('{') || literal.contains('}') || adjacent {
                return Err(fault());
            }
            literals.push(literal.to_owned());
            names.push(name.to_owned());
            rest = after;
        }
        if rest.contains('}') {
            return Err(fault());
        }
        if literals.is_empty() {
            return Ok(Self::Literal(percent_decode(rest)));
        }
        Ok(Self::Template(Template {
            before: literals,
            last: rest.to_owned(),
        }))
    }
}

/// Literal texts with a parameter between each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// The literal text before each parameter.
    before: Vec<String>,
    /// The literal text after the last parameter.
    last: String,
}

impl Template {
    /// Whether a segment fits; what stands for each parameter is added to `captured`. No parameter
    /// is empty, and an earlier one takes as much as it can.
    pub(super) fn captures<'p>(&self, segment: &'p str, captured: &mut Vec<&'p str>) -> bool {
        let start = captured.len();
        let inner = segment.strip_suffix(&*self.last);
        let fits = inner.is_some_and(|inner| self.capture_backwards(inner, captured));
        if !fits {
            captured.truncate(start);
        }
        captured[start..].reverse();
        fits
    }

    /// From the last parameter to the first, each literal text where it stands last: that leaves the
    /// most for those before it, so that nothing has to be tried twice.
    fn capture_backwards<'p>(&self, inner: &'p str, captured: &mut Vec<&'p str>) -> bool {
        let mut rest = inner;
        for literal in self.before[1..].iter().rev() {
            let Some((last, _)) = rest.char_indices().next_back() else {
                return false;
            };
            let Some(at) = rest[..last].rfind(&**literal) else {
                return false;
            };
            captured.push(&rest[at + literal.len()..]);
            rest = &rest[..at];
        }
        let first = rest.strip_prefix(&*self.before[0]).unwrap_or("");
        captured.push(first);
        !first.is_empty()
    }

    fn literal_length(&self) -> usize {
        self.before.iter().map(String::len).sum::<usize>() + self.last.len()
    }
}

impl Ord for Template {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |template: &Self| Reverse(template.literal_length());
        key(self)
            .cmp(&key(other))
            .then_with(|| self.before.cmp(&other.before))
            .then_with(|| self.last.cmp(&other.last))
    }
}

impl PartialOrd for Template {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
