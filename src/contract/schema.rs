//! Schemas of the description, each compiled once to a validator.

use std::{collections::HashMap, sync::Arc};

use jsonschema::{
    Draft, PatternOptions, Registry, ValidationError, Validator, error::ValidationErrorKind,
};
use serde_json::{Value, json};

use super::{format, shape::Shape};
use crate::{
    description::{Description, Finding, FindingCode, fragment, join},
    exchange::Tape,
};

/// What the document is called inside the validators, so that each error names its keyword's place.
const DOCUMENT: &str = "urn:mynah:description";

/// The types of JSON Schema, as a message names them.
const TYPES: &str = "array, boolean, integer, null, number, object, string";

/// Keywords whose values are data, in which nothing is a schema.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// How far a pattern with look-around or back-references may search before it counts as no match.
const BACKTRACK_LIMIT: usize = 10_000;

/// One schema object, compiled.
#[derive(Debug)]
pub struct Schema {
    /// Where the schema stands in the document, after `$ref`.
    pub pointer: String,
    /// Which values are valid.
    pub validator: Validator<Tape>,
    /// Which types its values have, for values that come as text.
    pub shape: Shape,
}

impl Schema {
    /// Whether a value is valid.
    pub fn allows(&self, value: &Value) -> bool {
        self.validator.is_valid(Tape::from(value).root())
    }
}

/// Compiles schemas, each once however often it is referred to.
pub(super) struct Schemas<'d> {
    description: &'d Description,
    registry: Registry<'d>,
    compiled: HashMap<String, Arc<Schema>>,
}

impl<'d> Schemas<'d> {
    pub(super) fn new(description: &'d Description) -> Result<Self, Finding> {
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(DOCUMENT, description.root())
            .and_then(|registry| registry.prepare())
            .map_err(|error| {
                description.finding(FindingCode::ReferenceUnresolved, "", error.to_string())
            })?;
        Ok(Self {
            description,
            registry,
            compiled: HashMap::new(),
        })
    }

    /// The schema at a pointer.
    ///
    /// # Errors
    /// A schema that does not compile: nothing could be held against it, so nothing is served by it.
    pub(super) fn compile(&mut self, pointer: &str) -> Result<Arc<Schema>, Finding> {
        let pointer = self.description.resolve(pointer)?;
        if let Some(schema) = self.compiled.get(&pointer) {
            return Ok(schema.clone());
        }
        self.check_against_meta_schema(&pointer)?;
        self.check_references(&pointer)?;
        let validator = self.build(&pointer)?;
        let schema = Arc::new(Schema {
            shape: Shape::of(self.description, &pointer),
            validator,
            pointer: pointer.clone(),
        });
        self.compiled.insert(pointer, schema.clone());
        Ok(schema)
    }

    /// Holds a schema itself against the 2020-12 meta-schema: `type: obj` and `minLength: "3"` are
    /// faults with a place.
    pub(super) fn check_against_meta_schema(&self, pointer: &str) -> Result<(), Finding> {
        let Some(schema) = self.description.at(pointer) else {
            return Ok(());
        };
        jsonschema::draft202012::meta::validate(schema).map_err(|error| {
            let place = format!("{pointer}{}", error.instance_path());
            let message = match place.ends_with("/type") {
                true => format!("{} is none of the types: {TYPES}", error.instance()),
                false => format!("not a schema: {error}"),
            };
            self.description
                .finding(FindingCode::Schema, &place, message)
        })
    }

    /// Follows each `$ref` below a schema: the compiler of schemas does so too, but does not say
    /// where one stands that leads nowhere.
    fn check_references(&self, pointer: &str) -> Result<(), Finding> {
        match self.description.at(pointer) {
            Some(Value::Object(members)) => {
                if members.get("$ref").is_some_and(Value::is_string) {
                    self.description.resolve(pointer)?;
                }
                let schemas = members.keys().filter(|key| !DATA.contains(&key.as_str()));
                schemas
                    .map(|key| join(pointer, key))
                    .try_for_each(|at| self.check_references(&at))
            }
            Some(Value::Array(items)) => (0..items.len())
                .try_for_each(|index| self.check_references(&join(pointer, &index.to_string()))),
            _ => Ok(()),
        }
    }

    fn build(&self, pointer: &str) -> Result<Validator<Tape>, Finding> {
        let reference = format!("{DOCUMENT}{}", fragment(pointer));
        let options = jsonschema::options_for::<Tape>()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT));
        format::ALL
            .iter()
            .fold(options, |options, (name, is_valid)| {
                options.with_format(*name, *is_valid)
            })
            .build(&json!({ "$ref": reference }))
            .map_err(|error| {
                let place = self.place_of(&error, pointer);
                let message = match error.kind() {
                    ValidationErrorKind::Format { format } if format == "regex" => {
                        format!("{} is not a regular expression", error.instance())
                    }
                    _ => format!("this schema does not compile: {error}"),
                };
                self.description
                    .finding(FindingCode::Schema, &place, message)
            })
    }

    /// The nearest place that an error of compilation tells: it has a path from the document or from
    /// the schema, or none.
    fn place_of(&self, error: &ValidationError<'_>, pointer: &str) -> String {
        let path = error.schema_path().as_str();
        let candidates = [path.to_owned(), format!("{pointer}{path}")];
        let known = |place: &String| !path.is_empty() && self.description.at(place).is_some();
        let place = candidates.into_iter().find(known);
        place.unwrap_or_else(|| pointer.to_owned())
    }

    /// Each named schema, so that a broken one is found even where nothing refers to it.
    pub(super) fn check_components(&self) -> Vec<Finding> {
        let place = "/components/schemas";
        let named = self.description.at(place).and_then(Value::as_object);
        named
            .into_iter()
            .flat_map(|schemas| schemas.keys())
            .filter_map(|name| self.check_against_meta_schema(&join(place, name)).err())
            .collect()
    }
}

/// The pointer in a keyword's location, as the validators give it.
pub(crate) fn pointer_of(keyword_location: &str) -> Option<String> {
    let fragment = keyword_location.strip_prefix(DOCUMENT)?.strip_prefix('#')?;
    Some(crate::description::percent_decode(fragment))
}
