//! Parameters that stand as one text, by their style (OpenAPI 3.1.1, "Style Values").

use serde_json::{Map, Value};

use super::{
    Fault,
    reading::{Reading, values},
};
use crate::contract::{In, Style};

impl Reading<'_> {
    /// The value of one text. Delimiters count before escapes are undone: an escaped one is data.
    pub(super) fn text(&self, text: &str) -> Result<Value, Fault> {
        if self.parameter.style.is_content() {
            return self.content(text);
        }
        let list = || self.list(text);
        let object = || self.object(text);
        let scalar = || self.scalar(self.one(text)?);
        let mut ways: Vec<&dyn Fn() -> Result<Value, Fault>> = Vec::new();
        // The faults of the last way are told: `null` alone is nothing to tell of.
        let is_plain = self.shape.string || self.shape.number || self.shape.boolean;
        if self.shape.null && !is_plain {
            ways.push(&scalar);
        }
        if self.shape.array.is_some() {
            ways.push(&list);
        }
        if self.shape.object.is_some() {
            ways.push(&object);
        }
        if self.shape.has_scalar() && (is_plain || !self.shape.null) {
            ways.push(&scalar);
        }
        self.first_allowed(&ways)
    }

    /// The text without what its style puts before it: `.`, or `;name=`.
    fn one<'t>(&self, text: &'t str) -> Result<&'t str, Fault> {
        let name = &*self.parameter.name;
        match self.parameter.style {
            Style::Label => text.strip_prefix('.').ok_or_else(|| {
                format!("`{text}` does not begin with a `.`, as style label has it")
            }),
            Style::Matrix => text
                .strip_prefix(';')
                .and_then(|pair| pair.strip_prefix(name))
                .and_then(|rest| match rest {
                    "" => Some(""),
                    rest => rest.strip_prefix('='),
                })
                .ok_or_else(|| format!("`{text}` is not `;{name}=…`, as style matrix has it")),
            _ => Ok(text),
        }
    }

    fn list(&self, text: &str) -> Result<Value, Fault> {
        let items = match (self.parameter.style, self.parameter.explode) {
            (Style::Matrix, true) => self.repeated(text)?,
            _ => self.split(self.one(text)?),
        };
        values(self.shape, &items, self.unescape)
    }

    /// The items of `;name=a;name=b`; those of `;name` are none.
    fn repeated<'t>(&self, text: &'t str) -> Result<Vec<&'t str>, Fault> {
        let name = &*self.parameter.name;
        if text.strip_prefix(';') == Some(name) {
            return Ok(Vec::new());
        }
        matrix_pairs(text)?
            .into_iter()
            .map(|(other, value)| match other == name {
                true => Ok(value),
                false => Err(format!("`;{other}=` stands where only `;{name}=` may")),
            })
            .collect()
    }

    /// The pieces of a text, still escaped. An empty text has none.
    fn split<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if text.is_empty() {
            return Vec::new();
        }
        let pieces: Vec<&str> = match (self.parameter.style, self.parameter.explode) {
            (Style::Label, true) => text.split('.').collect(),
            (Style::SpaceDelimited, _) => at_any(text, &["%20", "+", " "]),
            (Style::PipeDelimited, _) => at_any(text, &["|", "%7C", "%7c"]),
            (Style::TabDelimited, _) => at_any(text, &["%09", "\t"]),
            _ => text.split(',').collect(),
        };
        match self.parameter.place {
            // Space around an item of a header's list is not part of it (RFC 9110 section 5.6.1).
            In::Header => pieces.into_iter().map(str::trim).collect(),
            _ => pieces,
        }
    }

    /// `k,v,k2,v2`, or `k=v` pairs when exploded.
    fn object(&self, text: &str) -> Result<Value, Fault> {
        let pairs = match (self.parameter.style, self.parameter.explode) {
            (Style::Matrix, true) => matrix_pairs(text)?,
            (_, true) => self
                .split(self.one(text)?)
                .into_iter()
                .map(|piece| {
                    let pair = piece.split_once('=');
                    pair.ok_or_else(|| {
                        format!("`{piece}` is not a name and a value with `=` between")
                    })
                })
                .collect::<Result<_, _>>()?,
            (_, false) => in_turn(&self.split(self.one(text)?))?,
        };
        let mut members = Map::new();
        for (name, value) in pairs {
            let name = (self.unescape)(name)?;
            let value = self.shape.member(&name).value_of(&(self.unescape)(value)?);
            if members.insert(name.to_string(), value).is_some() {
                return Err(format!("`{name}` stands in it twice"));
            }
        }
        Ok(Value::Object(members))
    }
}

/// `;k=v;k2=v2`, and `;k` for an empty value (RFC 6570 section 3.2.7).
fn matrix_pairs(text: &str) -> Result<Vec<(&str, &str)>, Fault> {
    let pairs = text
        .strip_prefix(';')
        .ok_or_else(|| format!("`{text}` does not begin with a `;`, as style matrix has it"))?;
    let pair = |piece| str::split_once(piece, '=').unwrap_or((piece, ""));
    Ok(pairs.split(';').map(pair).collect())
}

fn in_turn<'t>(pieces: &[&'t str]) -> Result<Vec<(&'t str, &'t str)>, Fault> {
    let pair = |pieces: &[&'t str]| match pieces {
        [name, value] => Ok((*name, *value)),
        rest => Err(format!(
            "it is not a list of names and values in turn: `{}` has no value",
            rest.join(",")
        )),
    };
    pieces.chunks(2).map(pair).collect()
}

/// The pieces between any of several delimiters.
fn at_any<'t>(text: &'t str, delimiters: &[&str]) -> Vec<&'t str> {
    delimiters.iter().fold(vec![text], |pieces, delimiter| {
        let each = pieces.into_iter();
        each.flat_map(|piece| piece.split(*delimiter)).collect()
    })
}
