//! Parameters that stand as pairs of name and value: in the query and in cookies.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    Fault,
    reading::{Reading, values},
};
use crate::{
    answer::decode::{
        fields::{Fields, Leaf},
        pairs::Pairs,
    },
    contract::{Encodings, Shape, Style},
};

/// Whether a name belongs to another parameter.
pub(super) type IsOther<'f> = &'f dyn Fn(&str) -> bool;

impl Reading<'_> {
    /// A parameter from all pairs.
    pub(super) fn named(
        &self,
        pairs: &Pairs<'_>,
        is_other: IsOther<'_>,
    ) -> Result<Option<Value>, Fault> {
        let texts: Vec<&str> = pairs.named(&self.parameter.name).collect();
        if self.parameter.style == Style::DeepObject {
            return match (self.bracketed(pairs)?, &texts[..]) {
                (None, texts) => self.under_its_name(texts),
                (found, []) => Ok(found),
                (Some(_), _) => Err("given both as a value and with fields below it".to_owned()),
            };
        }
        if self.parameter.is_spread() && (texts.is_empty() || !self.shape.has_scalar()) {
            return self.spread(pairs, is_other);
        }
        self.under_its_name(&texts)
    }

    /// A cookie. The quotes around a value are not part of it (RFC 6265 section 4.1.1), and pairs
    /// with `&` between are what style `form` makes of several.
    pub(super) fn cookie(&self, cookies: &Pairs<'_>) -> Result<Option<Value>, Fault> {
        let is_joined = self.parameter.style == Style::Form
            && self.parameter.explode
            && (self.shape.array.is_some() || self.shape.object.is_some());
        let cookies = match (is_joined, self.parameter.style.is_content()) {
            (_, true) => return self.named(cookies, &|_| true),
            (true, _) => cookies.unquoted().taken_apart(),
            (false, _) => cookies.unquoted(),
        };
        // A browser sends what it has for the host: properties are only those that are described.
        self.named(&cookies, &|_| true)
    }

    /// A parameter from the texts that stand under its name.
    fn under_its_name(&self, texts: &[&str]) -> Result<Option<Value>, Fault> {
        let is_list = self.shape.array.is_some() && self.parameter.explode;
        match texts {
            [] => Ok(None),
            [one] if !is_list => self.text(one).map(Some),
            [one] if self.shape.has_scalar() => self
                .first_allowed(&[&|| self.several(texts), &|| self.scalar(one)])
                .map(Some),
            many if is_list || !self.is_list() => self.several(many).map(Some),
            many => Err(format!(
                "stands there {} times, and is written in one text",
                many.len()
            )),
        }
    }

    /// `p[k]=v`, nested as deep as the brackets go.
    fn bracketed(&self, pairs: &Pairs<'_>) -> Result<Option<Value>, Fault> {
        let own_name = &*self.parameter.name;
        let mut fields = Fields::default();
        for (name, text) in pairs.all() {
            let is_own = name
                .strip_prefix(own_name)
                .is_some_and(|rest| rest.starts_with('['));
            if is_own {
                let leaf = Leaf::Text((self.unescape)(text)?.into_owned());
                fields.add(name, leaf, &Shape::UNKNOWN)?;
            }
        }
        let outer = Shape {
            object: Some(vec![(own_name.to_owned(), self.shape.clone())]),
            ..Shape::default()
        };
        let Value::Object(mut members) = fields.into_value(&outer, &Encodings::default())? else {
            return Ok(None);
        };
        let value = members.remove(own_name);
        match members.keys().next() {
            Some(name) => Err(format!("the brackets of `{name}` do not match")),
            None => Ok(value),
        }
    }

    /// `k=v&k2=v2`: the properties stand under their own names.
    fn spread(&self, pairs: &Pairs<'_>, is_other: IsOther<'_>) -> Result<Option<Value>, Fault> {
        let is_free_form = self.shape.is_free_form();
        let own = pairs.all().filter(|(name, _)| {
            self.shape.property(name).is_some() || (is_free_form && !is_other(name))
        });
        let mut members = Map::new();
        for (name, texts) in grouped(own) {
            let shape = self.shape.member(name);
            let value = match &texts[..] {
                [one] if shape.array.is_none() || shape.string => {
                    shape.value_of(&(self.unescape)(one)?)
                }
                many => values(shape, many, self.unescape)?,
            };
            members.insert(name.to_owned(), value);
        }
        Ok((!members.is_empty()).then_some(Value::Object(members)))
    }
}

/// The texts of each name, the names in the order in which they come first.
fn grouped<'n, 'r>(
    pairs: impl Iterator<Item = (&'n str, &'r str)>,
) -> Vec<(&'n str, Vec<&'r str>)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, text) in pairs {
        let at = *places.entry(name).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, texts)) => texts.push(text),
            None => groups.push((name, vec![text])),
        }
    }
    groups
}
