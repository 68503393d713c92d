//! A value for a schema where nothing is documented: deterministic, valid, plausible for its name.
//!
//! The same document gives the same values on every machine: nothing here reads a clock or a random
//! source; what varies, varies with the place in the value.

mod number;
mod pattern;
mod plausible;
mod string;

use serde_json::{Map, Value};

use super::{direction::Direction, schema::Schema};
use crate::description::{Description, join};

/// A schema inside itself is followed this often; deeper, its optional parts are left out.
const MAX_REPEATS: usize = 1;

/// A valid value of a schema, with its documented examples and defaults where it has such; `None`
/// when none was found.
pub(super) fn value(
    description: &Description,
    schema: &Schema,
    direction: Direction,
) -> Option<Value> {
    let generator = Generator {
        description,
        direction,
    };
    let value = generator.value(&schema.pointer, &Path::root())?;
    schema.allows(&value).then_some(value)
}

/// The way from the root value to the one being made.
struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    /// The property's name, or the array's for its items.
    name: &'p str,
    /// The schema that the value is made from.
    schema: String,
    index: usize,
}

impl Path<'_> {
    fn root() -> Path<'static> {
        Path {
            parent: None,
            name: "",
            schema: String::new(),
            index: 0,
        }
    }

    fn ancestors(&self) -> impl Iterator<Item = &Path<'_>> {
        std::iter::successors(Some(self), |path| path.parent)
    }

    fn repeats(&self, schema: &str) -> usize {
        self.ancestors()
            .filter(|path| path.schema == schema)
            .count()
    }

    /// A number that differs from place to place and is the same on every machine (FNV-1a).
    fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for path in self.ancestors() {
            for byte in path.name.bytes().chain(path.index.to_le_bytes()) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }
}

struct Generator<'d> {
    description: &'d Description,
    direction: Direction,
}

impl Generator<'_> {
    fn value(&self, pointer: &str, path: &Path<'_>) -> Option<Value> {
        let pointer = self.description.resolve(pointer).ok()?;
        if path.repeats(&pointer) > MAX_REPEATS {
            return None;
        }
        let path = &Path {
            parent: path.parent,
            schema: pointer.clone(),
            ..*path
        };
        let schema = match self.description.at(&pointer)? {
            Value::Object(schema) => schema,
            Value::Bool(true) => return Some(Value::Object(Map::new())),
            _ => return None,
        };
        if let Some(documented) = documented(schema) {
            return Some(documented.clone());
        }
        let made = self.of_type(&pointer, schema, path);
        self.with_branches(&pointer, schema, path, made)
    }

    fn of_type(
        &self,
        pointer: &str,
        schema: &Map<String, Value>,
        path: &Path<'_>,
    ) -> Option<Value> {
        match type_of(schema) {
            Some("null") => Some(Value::Null),
            Some("boolean") => Some(Value::Bool(plausible::boolean(path.name))),
            Some("integer") => number::integer(schema).map(Value::from),
            Some("number") => number::number(schema),
            Some("string") => string::string(schema, path).map(Value::from),
            Some("array") => self.array(pointer, schema, path),
            Some("object") => self.object(pointer, schema, path),
            _ => None,
        }
    }

    /// Adds what `allOf`, `oneOf` and `anyOf` ask for to what the schema itself made.
    fn with_branches(
        &self,
        pointer: &str,
        schema: &Map<String, Value>,
        path: &Path<'_>,
        mut made: Option<Value>,
    ) -> Option<Value> {
        let count = |keyword: &str| {
            schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len)
        };
        let branch = |keyword: &str, index: usize| {
            self.value(&join(&join(pointer, keyword), &index.to_string()), path)
        };
        let typed = made.is_some();
        for index in 0..count("allOf") {
            made = merge(made, branch("allOf", index));
        }
        for keyword in ["oneOf", "anyOf"] {
            let found = (0..count(keyword)).find_map(|index| branch(keyword, index));
            made = merge(made, found);
        }
        let says_nothing = !typed && made.is_none() && type_of(schema).is_none();
        if says_nothing
            && ["allOf", "oneOf", "anyOf"]
                .iter()
                .all(|keyword| count(keyword) == 0)
        {
            return Some(Value::from(plausible::text(path.name).unwrap_or("example")));
        }
        made
    }

    fn array(&self, pointer: &str, schema: &Map<String, Value>, path: &Path<'_>) -> Option<Value> {
        let least = bound(schema, "minItems").unwrap_or(0);
        let most = bound(schema, "maxItems").unwrap_or(u64::MAX);
        let wanted = least.max(1).min(most);
        let items = join(pointer, "items");
        let mut made = Vec::new();
        for index in 0..usize::try_from(wanted).ok()?.min(1000) {
            if self.description.at(&items).is_none() {
                break;
            }
            let at = Path {
                parent: Some(path),
                name: path.name,
                schema: String::new(),
                index,
            };
            match self.value(&items, &at) {
                Some(item) => made.push(item),
                None => break,
            }
        }
        (made.len() as u64 >= least).then_some(Value::Array(made))
    }

    fn object(&self, pointer: &str, schema: &Map<String, Value>, path: &Path<'_>) -> Option<Value> {
        let mut made = Map::new();
        let required = required_names(schema);
        let properties = schema.get("properties").and_then(Value::as_object);
        let place = join(pointer, "properties");
        for (name, property) in properties.into_iter().flatten() {
            let says = |keyword: &str| property.get(keyword) == Some(&Value::Bool(true));
            let is_required = required.contains(&name.as_str());
            // A client that is written today does not send what is deprecated.
            let is_dated =
                self.direction == Direction::Request && says("deprecated") && !is_required;
            if says(self.direction.excluded_by()) || is_dated {
                continue;
            }
            let at = Path {
                parent: Some(path),
                name,
                schema: String::new(),
                index: 0,
            };
            match self.value(&join(&place, name), &at) {
                Some(value) => drop(made.insert(name.clone(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        let undescribed = required
            .iter()
            .filter(|name| properties.is_none_or(|all| !all.contains_key(**name)));
        for name in undescribed {
            let at = Path {
                parent: Some(path),
                name,
                schema: String::new(),
                index: 0,
            };
            let additional = join(pointer, "additionalProperties");
            let value = self
                .value(&additional, &at)
                .unwrap_or_else(|| Value::from("example"));
            made.insert((*name).to_owned(), value);
        }
        Some(Value::Object(made))
    }
}

/// What the document itself gives as a value of a schema.
fn documented(schema: &Map<String, Value>) -> Option<&Value> {
    let first_of = |keyword: &str| schema.get(keyword)?.as_array()?.first();
    schema
        .get("example")
        .or_else(|| first_of("examples"))
        .or_else(|| schema.get("const"))
        .or_else(|| schema.get("default"))
        .or_else(|| first_of("enum"))
}

/// The type to make: `null` where it is allowed, since nothing says that there is a value.
fn type_of(schema: &Map<String, Value>) -> Option<&str> {
    let implied = || match schema {
        _ if schema.contains_key("properties") => Some("object"),
        _ if schema.contains_key("required") => Some("object"),
        _ if schema.contains_key("items") => Some("array"),
        _ if schema.contains_key("pattern") => Some("string"),
        _ => None,
    };
    match schema.get("type") {
        Some(Value::String(name)) => Some(name),
        Some(Value::Array(names)) => {
            let mut names = names.iter().filter_map(Value::as_str);
            names
                .clone()
                .find(|name| *name == "null")
                .or_else(|| names.next())
        }
        _ => implied(),
    }
}

fn required_names(schema: &Map<String, Value>) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn bound(schema: &Map<String, Value>, keyword: &str) -> Option<u64> {
    schema.get(keyword)?.as_u64()
}

/// One value that is both: of two objects, the members of both.
fn merge(one: Option<Value>, other: Option<Value>) -> Option<Value> {
    match (one, other) {
        (Some(Value::Object(mut one)), Some(Value::Object(other))) => {
            for (name, value) in other {
                one.entry(name).or_insert(value);
            }
            Some(Value::Object(one))
        }
        (one, other) => one.or(other),
    }
}
