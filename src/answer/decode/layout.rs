//! Fields whose lists and objects are written in formats of the client's own.

use super::fault::Fault;
use super::fields::{self, Fields, Leaf, MAX_DEPTH};
use crate::contract::{ArrayFormat, Content, Formats, ObjectFormat, Shape, is_secret_name};

/// Adds a field of a body: one that is a property of an object which stands property by property belongs
/// to that.
///
/// # Errors
/// As [`add`].
pub(super) fn add_to_body(
    content: &Content,
    formats: Formats,
    fields: &mut Fields,
    name: &str,
    leaf: Leaf,
) -> Result<(), Fault> {
    let shape = content.shape();
    let owner = match shape.property(name) {
        Some(_) => None,
        None => content.encodings.exploded_owner(name, shape),
    };
    match owner {
        Some(owner) => fields
            .add_at(&[&owner.name, name], leaf)
            .map_err(|()| Fault::syntax(format!("`{}` is given in two ways", owner.name))),
        None => add(formats, fields, name, leaf, shape),
    }
}

/// Adds a field of an object of this shape, by the formats; without any, as [`Fields::add`] does.
///
/// # Errors
/// A field that is a value and holds fields at once, or a list that is none.
pub(super) fn add(
    formats: Formats,
    fields: &mut Fields,
    name: &str,
    leaf: Leaf,
    shape: &Shape,
) -> Result<(), Fault> {
    let Leaf::Text(text) = &leaf else {
        return fields.add(name, leaf, shape);
    };
    if formats == Formats::default() {
        return fields.add(name, leaf, shape);
    }
    let path = path(formats, name, shape);
    for (path, text) in leaves(formats, path, text, shape).map_err(Fault::syntax)? {
        fields
            .add_at(&path, Leaf::Text(text))
            .map_err(|()| super::fields::given_twice(name))?;
    }
    Ok(())
}

/// The names on the way to a field.
fn path<'n>(formats: Formats, name: &'n str, shape: &'n Shape) -> Vec<&'n str> {
    if shape.property(name).is_some() {
        return vec![name];
    }
    let path = match formats.object {
        Some(ObjectFormat::Dots) => name.split('.').flat_map(fields::path).collect(),
        _ => fields::path(name),
    };
    if path.len() > MAX_DEPTH {
        return vec![name];
    }
    match formats.object {
        Some(ObjectFormat::Flat) if shape.property(path[0]).is_none() => below_owner(path, shape),
        _ => path,
    }
}

/// The way to a property that stands under its own name, not its object's.
fn below_owner<'n>(path: Vec<&'n str>, shape: &'n Shape) -> Vec<&'n str> {
    let mut objects = shape.object.iter().flatten();
    let owner = objects.find(|(_, inner)| inner.property(path[0]).is_some());
    match owner {
        Some((owner, _)) => [owner.as_str()].into_iter().chain(path).collect(),
        None => path,
    }
}

type Leaves<'n> = Vec<(Vec<&'n str>, String)>;

/// The text of a field, taken apart at its separators.
fn leaves<'n>(
    formats: Formats,
    path: Vec<&'n str>,
    text: &'n str,
    shape: &Shape,
) -> Result<Leaves<'n>, String> {
    let target = path.iter().fold(shape, |shape, name| step(shape, name));
    let separator = match formats.array {
        Some(ArrayFormat::Comma) => Some(','),
        Some(ArrayFormat::Space) => Some(' '),
        Some(ArrayFormat::Pipe) => Some('|'),
        Some(ArrayFormat::Brackets | ArrayFormat::Repeat) | None => None,
    };
    let is_flat = formats.object == Some(ObjectFormat::FlatComma);
    match separator {
        Some(separator) if target.array.is_some() => {
            let items = text.split(separator);
            Ok(items.map(|item| (path.clone(), item.to_owned())).collect())
        }
        _ if is_flat && target.object.is_some() && !target.has_scalar() => in_turn(&path, text),
        _ => Ok(vec![(path, text.to_owned())]),
    }
}

/// `k,v,k2,v2` below a path.
fn in_turn<'n>(path: &[&'n str], text: &'n str) -> Result<Leaves<'n>, String> {
    let pieces: Vec<&str> = text.split(',').collect();
    let leaf = |pair: &[&'n str]| match pair {
        [name, value] => Ok(([path, &[*name]].concat(), (*value).to_owned())),
        _ if path.iter().any(|name| is_secret_name(name)) => {
            Err("not a list of names and values in turn".to_owned())
        }
        _ => Err(format!(
            "`{text}` is not a list of names and values in turn"
        )),
    };
    pieces.chunks(2).map(leaf).collect()
}

/// The shape of a member, or of an item: `[]` and `[0]` name one.
fn step<'s>(shape: &'s Shape, name: &str) -> &'s Shape {
    let is_item = name.bytes().all(|byte| byte.is_ascii_digit());
    match &shape.array {
        Some(items) if is_item => items,
        _ => shape.member(name),
    }
}
