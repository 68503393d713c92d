//! What the property that tells branches apart has to hold (OpenAPI 3.1.1, "Discriminator Object").

use serde_json::Value;

use super::{
    conjunction::{Conjunction, Object, address, referred},
    plan::Branch,
};
use crate::description::{Description, percent_decode};

/// The value that stands for a branch of a schema with a discriminator: its key in the mapping, else
/// the name of its schema.
pub(super) fn value_of<'d>(
    description: &'d Description,
    schema: &'d Object,
    branch: &'d Value,
) -> Option<(&'d str, Value)> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let target = referred(description, branch.as_object()?)?;
    let key = mapping(description, discriminator)
        .find(|(_, mapped)| std::ptr::eq(*mapped, target))
        .map(|(key, _)| key);
    let name = || branch.get("$ref")?.as_str()?.rsplit('/').next();
    Some((property, Value::from(key.or_else(name)?)))
}

/// The branches of a schema whose discriminator maps to schemas that extend it by `allOf`; none where
/// its branches stand in `oneOf` or `anyOf`.
pub(super) fn mapped<'d>(
    description: &'d Description,
    schema: &'d Object,
    all: &Conjunction<'d>,
) -> Option<Vec<Branch<'d>>> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    if schema.contains_key("oneOf") || schema.contains_key("anyOf") {
        return None;
    }
    let branch = |(index, (key, target)): (usize, (&'d str, &'d Value))| Branch {
        index,
        adds: Some(target),
        hint: Some((property, Value::from(key))),
        ..Branch::default()
    };
    let is_meant = |target: &Value| {
        let object = target.as_object();
        object.is_some_and(|object| all.has(object) && !std::ptr::eq(object, schema))
    };
    let mut branches: Vec<_> = mapping(description, discriminator).enumerate().collect();
    if branches.iter().any(|(_, (_, target))| is_meant(target)) {
        branches.retain(|(_, (_, target))| is_meant(target));
    } else if !all.roots.contains(&address(schema)) {
        // Another schema extends it, which the mapping does not name.
        return None;
    }
    let mut branches: Vec<_> = branches.into_iter().map(branch).collect();
    branches.push(Branch {
        index: branches.len(),
        ..Branch::default()
    });
    Some(branches)
}

/// The name of the schema itself, for a schema that extends one with a discriminator.
pub(super) fn own_name<'d>(
    description: &'d Description,
    all: &Conjunction<'d>,
) -> Option<(&'d str, Value)> {
    let property = all
        .all("discriminator")
        .find_map(|discriminator| discriminator.get("propertyName")?.as_str())?;
    let schemas = description.at("/components/schemas")?.as_object()?;
    let name = all.schemas.iter().find_map(|schema| {
        let is_it = |(_, other): &(&String, &Value)| {
            other
                .as_object()
                .is_some_and(|other| std::ptr::eq(other, *schema))
        };
        schemas.iter().find(is_it)
    });
    Some((property, Value::from(name?.0.as_str())))
}

/// The keys of a mapping, and what they lead to.
fn mapping<'d>(
    description: &'d Description,
    discriminator: &'d Value,
) -> impl Iterator<Item = (&'d str, &'d Value)> {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    mapping.into_iter().flatten().filter_map(|(key, target)| {
        let reference = target.as_str()?.strip_prefix('#')?;
        Some((key.as_str(), description.at(&percent_decode(reference))?))
    })
}
