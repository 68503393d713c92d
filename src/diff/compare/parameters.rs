//! The parameters of an operation.

use std::collections::HashMap;

use super::{
    Comparison, Found, Site,
    content::single_content,
    documentation::documentation,
    paths::{Placed, field_of, names_in},
};
use crate::diff::{
    ChangeRule, Subject,
    pairing::{Paired, paired},
    text::named,
    tree::{Part, Tree},
};

/// What makes a parameter the same one: its place, and its name as it is compared.
type Key = (String, String);

impl<'d> Comparison<'_, 'd> {
    /// Compares the parameters of an operation with those of its path item.
    pub(super) fn parameters(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let old = parameters(self.old, old);
        let new = parameters(self.new, new);
        let mut pairs: Vec<Paired<Key, Part<'d>>> = paired(old, new);
        let moved = self.moved(site, &mut pairs);
        pairs.retain(|pair| pair.old.is_some() || pair.new.is_some());
        for pair in pairs {
            self.parameter(site, pair);
        }
        for (subject, found) in moved {
            self.add(site, subject, Some(site.requests), vec![found], None);
        }
    }

    /// Takes out the parameters that are sent in another place now.
    fn moved(&self, site: &Site, pairs: &mut [Paired<Key, Part<'d>>]) -> Vec<(Subject, Found)> {
        let mut added: HashMap<String, usize> = HashMap::new();
        for (index, pair) in pairs.iter().enumerate() {
            if let (None, Some(new)) = (&pair.old, &pair.new) {
                added.insert(name_of(new).to_ascii_lowercase(), index);
            }
        }
        let mut moved = Vec::new();
        for index in 0..pairs.len() {
            let (Some(old), None) = (&pairs[index].old, &pairs[index].new) else {
                continue;
            };
            let Some(to) = added.remove(&name_of(old).to_ascii_lowercase()) else {
                continue;
            };
            let (from_place, to_place) = (pairs[index].key.0.clone(), pairs[to].key.0.clone());
            let subject = Subject::Parameter(from_place.clone(), name_of(old).to_owned());
            let message =
                format!("this was a {from_place} parameter and is a {to_place} parameter");
            let (old, new) = (pairs[index].old.take(), pairs[to].new.take());
            let places = (old.as_ref(), new.as_ref());
            let found = Found::new(
                ChangeRule::ParameterMoved,
                Some(site.requests),
                places,
                message,
            );
            moved.push((subject, found));
        }
        moved
    }

    fn parameter(&mut self, site: &Site, pair: Paired<Key, Part<'d>>) {
        let direction = Some(site.requests);
        let Some(shown) = pair.old.as_ref().or(pair.new.as_ref()) else {
            return;
        };
        let subject = Subject::Parameter(pair.key.0.clone(), name_of(shown).to_owned());
        let places = (pair.old.as_ref(), pair.new.as_ref());
        let mut found = Vec::new();
        let mut tell = |rule, message: &str| {
            found.push(Found::new(rule, direction, places, message));
        };
        let mut schemas = None;
        match (&pair.old, &pair.new) {
            (None, Some(new)) if is_required(new) => tell(
                ChangeRule::RequiredParameterAdded,
                "the parameter is new, and every request needs it",
            ),
            (None, Some(_)) => tell(ChangeRule::ParameterAdded, "the parameter is new"),
            (Some(old), None) if is_required(old) => tell(
                ChangeRule::RequiredParameterRemoved,
                "the parameter is there no more; it was required",
            ),
            (Some(_), None) => tell(
                ChangeRule::ParameterRemoved,
                "the parameter is there no more",
            ),
            (Some(old), Some(new)) => {
                match (is_required(old), is_required(new)) {
                    (false, true) => tell(
                        ChangeRule::ParameterRequired,
                        "the parameter is required now",
                    ),
                    (true, false) => tell(
                        ChangeRule::ParameterOptional,
                        "the parameter is required no more",
                    ),
                    _ => {}
                }
                if let Some(message) = style_changed(self.old, self.new, old, new) {
                    tell(ChangeRule::ParameterStyleChanged, &message);
                }
                found.extend(documentation(old, new, direction));
                let (of_old, of_new) = (schema_of(old), schema_of(new));
                schemas = Some(self.schemas.pair(of_old, of_new, site.requests));
            }
            (None, None) => {}
        }
        self.add(site, subject, direction, found, schemas);
    }
}

/// The parameters of an operation by place and name; its own go before those of its path item. Those of the
/// path are named by their position, since their names are not sent.
fn parameters<'d>(tree: &Tree<'d>, placed: &Placed<'d>) -> Vec<(Key, Part<'d>)> {
    let of_item = field_of(tree, &placed.item, "parameters");
    let own = placed.operation.get("parameters");
    let lists = of_item.into_iter().chain(own);
    let all = lists.flat_map(|list| list.items());
    let names = names_in(&placed.path);
    let mut keyed: Vec<(Key, Part<'d>)> = Vec::new();
    for parameter in all.map(|parameter| tree.resolved(parameter)) {
        let place = parameter.text("in").unwrap_or("query");
        let name = name_of(&parameter);
        let name = match place {
            "path" => match names.iter().position(|other| *other == name) {
                Some(position) => position.to_string(),
                None => name.to_owned(),
            },
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        keyed.push(((place.to_owned(), name), parameter));
    }
    keyed.retain(|((place, name), _)| place != "header" || !is_ignored(name));
    keyed
}

/// Header parameters that mean nothing (OpenAPI 3.1.1, "Parameter Object", `name`).
fn is_ignored(name: &str) -> bool {
    matches!(name, "accept" | "content-type" | "authorization")
}

fn name_of<'d>(parameter: &Part<'d>) -> &'d str {
    parameter.text("name").unwrap_or_default()
}

fn is_required(parameter: &Part<'_>) -> bool {
    parameter.flag("required") || parameter.text("in") == Some("path")
}

/// The schema of a parameter or header field, or of its content.
pub(super) fn schema_of<'d>(parameter: &Part<'d>) -> Option<Part<'d>> {
    let content = single_content(parameter).and_then(|(_, content)| content.get("schema"));
    parameter.get("schema").or(content)
}

/// How a parameter or header field is written otherwise than before, in a sentence.
pub(super) fn style_changed<'d>(
    old_tree: &Tree<'d>,
    new_tree: &Tree<'d>,
    old: &Part<'d>,
    new: &Part<'d>,
) -> Option<String> {
    let contents = [old, new].map(|part| single_content(part).map(|(name, _)| name));
    if contents[0] != contents[1] {
        let [was, is] =
            contents.map(|name| name.map_or("plain text".to_owned(), |name| named(&name)));
        return Some(format!("this was written as {was} and is written as {is}"));
    }
    if contents[0].is_some() {
        return None;
    }
    let (was, is) = (style_of(old), style_of(new));
    if was != is {
        return Some(format!("the style was `{was}` and is `{is}`"));
    }
    let explode = |part: &Part<'_>| {
        let said = part
            .value
            .get("explode")
            .and_then(serde_json::Value::as_bool);
        said.unwrap_or(matches!(was, "form" | "cookie"))
    };
    let is_one_value = is_scalar(old_tree, old) && is_scalar(new_tree, new);
    if explode(old) != explode(new) && !is_one_value {
        let (was, is) = (explode(old), explode(new));
        return Some(format!("`explode` was {was} and is {is}"));
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        if old.flag(key) != new.flag(key) {
            let (was, is) = (old.flag(key), new.flag(key));
            return Some(format!("`{key}` was {was} and is {is}"));
        }
    }
    None
}

fn style_of<'d>(part: &Part<'d>) -> &'d str {
    let by_place = match part.text("in") {
        Some("query" | "cookie") => "form",
        _ => "simple",
    };
    part.text("style").unwrap_or(by_place)
}

/// Whether a value is one text for sure, so that it does not matter how lists are written.
fn is_scalar<'d>(tree: &Tree<'d>, part: &Part<'d>) -> bool {
    let schema = schema_of(part).map(|schema| tree.resolved(schema));
    let kind = schema.and_then(|schema| schema.text("type"));
    kind.is_some_and(|kind| !matches!(kind, "array" | "object"))
}
