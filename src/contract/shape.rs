//! Which types a schema's values have: what a decoder needs to turn text into values.

use serde_json::{Map, Value};

use crate::{
    description::{Description, join},
    exchange::exact_number,
};

/// The types that values of a schema may have. Text is read as the first that it fits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// `null` is allowed.
    pub null: bool,
    /// A boolean is allowed.
    pub boolean: bool,
    /// A number or integer is allowed.
    pub number: bool,
    /// A string is allowed.
    pub string: bool,
    /// What a string is encoded as, that stands for bytes (`contentEncoding`).
    pub encoding: Option<String>,
    /// An array is allowed; the shape of its items.
    pub array: Option<Box<Shape>>,
    /// The shapes of the first items of an array, where they have their own.
    pub prefix: Option<Vec<Shape>>,
    /// An object is allowed; the shapes of its known properties.
    pub object: Option<Vec<(String, Shape)>>,
    /// The shape of an object's other properties, where the schema describes them.
    pub additional: Option<Box<Shape>>,
}

/// Text-borne values do not nest deeper in practice, and this ends schemas that contain themselves.
const MAX_DEPTH: usize = 8;

/// A shape is of no more schemas than this: where all lead to all, each level has ten or a hundred times as many.
const MAX_SCHEMAS: usize = 50_000;

/// What a shape is made of, and how much of it.
struct Growth<'d> {
    description: &'d Description,
    depth: usize,
    /// How many schemas may still be looked at.
    left: usize,
}

impl Shape {
    /// The shape of values that no schema describes.
    pub const UNKNOWN: Self = Self {
        null: false,
        boolean: false,
        number: false,
        string: false,
        encoding: None,
        array: None,
        prefix: None,
        object: None,
        additional: None,
    };

    /// The shape of the schema at a pointer: the union over all its branches.
    pub(super) fn of(description: &Description, pointer: &str) -> Self {
        let to = |depth| Self::to_depth(description, pointer, depth);
        // What is too wide for eight levels is known for as many as can be.
        let fewer = || (0..MAX_DEPTH).map_while(to).last();
        to(MAX_DEPTH).or_else(fewer).unwrap_or_default()
    }

    /// The shape down to a depth, where it is of no more than [`MAX_SCHEMAS`].
    fn to_depth(description: &Description, pointer: &str, depth: usize) -> Option<Self> {
        let mut growth = Growth {
            description,
            depth,
            left: MAX_SCHEMAS,
        };
        let mut shape = Self::default();
        shape.add(&mut growth, pointer, 0);
        (growth.left > 0).then_some(shape)
    }

    /// The shape that a value has.
    pub fn of_value(value: &Value) -> Self {
        let mut shape = Self::default();
        shape.add_type_of(value);
        match value {
            Value::Array(items) => {
                shape.array = Some(Box::new(
                    items.first().map(Self::of_value).unwrap_or_default(),
                ))
            }
            Value::Object(members) => {
                let of = |(name, member): (&String, &Value)| (name.clone(), Self::of_value(member));
                shape.object = Some(members.iter().map(of).collect());
            }
            _ => {}
        }
        shape
    }

    /// Text as a value: a number, boolean or `null` where the schema has such, else a string.
    ///
    /// ```
    /// use mynah::contract::Shape;
    ///
    /// let shape = Shape { number: true, ..Shape::default() };
    /// assert_eq!(shape.value_of("2"), 2);
    /// assert_eq!(shape.value_of("two"), "two"); // left for the validator to refuse
    /// ```
    pub fn value_of(&self, text: &str) -> Value {
        match text {
            "true" | "false" if self.boolean => return Value::Bool(text == "true"),
            "" | "null" if self.null && !self.string => return Value::Null,
            _ => {}
        }
        let starts_like_number =
            text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if self.number
            && starts_like_number
            && let Some(number) = exact_number(text)
        {
            return number;
        }
        Value::from(text)
    }

    /// The shape of a property, when it is a known one.
    pub fn property(&self, name: &str) -> Option<&Self> {
        let properties = self.object.as_ref()?;
        properties
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, shape)| shape)
    }

    /// The shape of a member of an object, known by its name or described with all others.
    pub fn member(&self, name: &str) -> &Self {
        self.property(name)
            .or(self.additional.as_deref())
            .unwrap_or(&Self::UNKNOWN)
    }

    /// Whether the schema names no property, or describes others beside those that it names.
    pub fn is_free_form(&self) -> bool {
        self.additional.is_some() || self.object.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a text that is one value fits: a string, number, boolean or `null`, or no type at all.
    pub fn has_scalar(&self) -> bool {
        self.has_no_type() || self.null || self.boolean || self.number || self.string
    }

    /// Whether no type is known of its values.
    pub fn has_no_type(&self) -> bool {
        let has_scalar = self.null || self.boolean || self.number || self.string;
        !has_scalar && self.array.is_none() && self.object.is_none()
    }

    /// The shape of the item at an index.
    pub fn item(&self, index: usize) -> &Self {
        let first = self.prefix.as_ref().and_then(|prefix| prefix.get(index));
        first.or(self.array.as_deref()).unwrap_or(&Self::UNKNOWN)
    }

    fn add(&mut self, growth: &mut Growth<'_>, pointer: &str, depth: usize) {
        if depth > growth.depth || growth.left == 0 {
            return;
        }
        growth.left -= 1;
        let description = growth.description;
        let Ok(pointer) = description.resolve_schema(pointer) else {
            return;
        };
        let Some(Value::Object(schema)) = description.at(&pointer) else {
            return;
        };
        if schema.contains_key("$ref")
            && let Ok(target) = description.resolve(&pointer)
        {
            self.add(growth, &target, depth + 1);
        }
        self.add_types(schema);
        if let Some(Value::String(encoding)) = schema.get("contentEncoding") {
            self.encoding = Some(encoding.to_ascii_lowercase());
        }
        if schema.contains_key("items") {
            let items = self.array.get_or_insert_default();
            items.add(growth, &join(&pointer, "items"), depth + 1);
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            let place = join(&pointer, "properties");
            for name in properties.keys() {
                self.add_property(name)
                    .add(growth, &join(&place, name), depth + 1);
            }
        }
        self.add_prefix(growth, &pointer, schema, depth);
        self.add_additional(growth, &pointer, depth);
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let branches = schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            let place = join(&pointer, keyword);
            for index in 0..branches {
                self.add(growth, &join(&place, &index.to_string()), depth + 1);
            }
        }
    }

    /// The types that a schema object names itself, without its branches.
    pub(super) fn add_types(&mut self, schema: &Map<String, Value>) {
        match schema.get("type") {
            Some(Value::String(name)) => self.add_type(name),
            Some(Value::Array(names)) => {
                names
                    .iter()
                    .filter_map(Value::as_str)
                    .for_each(|name| self.add_type(name));
            }
            _ => {}
        }
        for value in schema
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.add_type_of(value);
        }
        if let Some(value) = schema.get("const") {
            self.add_type_of(value);
        }
    }

    /// The first items of an array, where they are described by themselves.
    fn add_prefix(
        &mut self,
        growth: &mut Growth<'_>,
        pointer: &str,
        schema: &Map<String, Value>,
        depth: usize,
    ) {
        if let Some(Value::Array(items)) = schema.get("prefixItems") {
            self.array.get_or_insert_default();
            let place = join(pointer, "prefixItems");
            let prefix = self.prefix.get_or_insert_default();
            prefix.resize_with(prefix.len().max(items.len()), Self::default);
            for (index, item) in prefix.iter_mut().enumerate() {
                item.add(growth, &join(&place, &index.to_string()), depth + 1);
            }
        }
    }

    /// `additionalProperties` and `patternProperties` that allow something.
    fn add_additional(&mut self, growth: &mut Growth<'_>, schema: &str, depth: usize) {
        let description = growth.description;
        let place = join(schema, "additionalProperties");
        if matches!(
            description.at(&place),
            Some(Value::Bool(true) | Value::Object(_))
        ) {
            self.object.get_or_insert_default();
            let shape = self.additional.get_or_insert_default();
            shape.add(growth, &place, depth + 1);
        }
        let place = join(schema, "patternProperties");
        if let Some(Value::Object(patterns)) = description.at(&place) {
            self.object.get_or_insert_default();
            for pattern in patterns.keys() {
                let shape = self.additional.get_or_insert_default();
                shape.add(growth, &join(&place, pattern), depth + 1);
            }
        }
    }

    fn add_property(&mut self, name: &str) -> &mut Self {
        let properties = self.object.get_or_insert_default();
        let known = properties.iter().position(|(other, _)| other == name);
        let at = known.unwrap_or_else(|| {
            properties.push((name.to_owned(), Self::default()));
            properties.len() - 1
        });
        &mut properties[at].1
    }

    fn add_type(&mut self, name: &str) {
        match name {
            "null" => self.null = true,
            "boolean" => self.boolean = true,
            "number" | "integer" => self.number = true,
            "string" => self.string = true,
            "array" => drop(self.array.get_or_insert_default()),
            "object" => drop(self.object.get_or_insert_default()),
            _ => {}
        }
    }

    fn add_type_of(&mut self, value: &Value) {
        self.add_type(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        });
    }
}
