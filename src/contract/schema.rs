//! Schemas of the description. Each is proven to be one when the API is compiled, and becomes a
//! validator when a value is first held against it.

mod check;
mod validator;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use jsonschema::Validator;
use serde_json::Value;

use super::{direction::Direction, generate, shape::Shape};
use crate::{
    description::{Description, Finding},
    exchange::Tape,
};
pub(super) use check::check;
pub(crate) use validator::pointer_of;

/// One schema object, for values that go one way.
pub struct Schema {
    description: Arc<Description>,
    /// Where the schema stands in the document, after `$ref`.
    pub pointer: String,
    /// Which way its values go.
    pub direction: Direction,
    validator: OnceLock<Result<Validator<Tape>, Finding>>,
    shape: OnceLock<Shape>,
}

impl Schema {
    /// What values are held against; made when it is first asked for.
    ///
    /// # Errors
    /// A schema that nothing can be held against, though nothing was found wrong with it before.
    pub fn validator(&self) -> Result<&Validator<Tape>, &Finding> {
        let make = || validator::of(&self.description, &self.pointer);
        self.validator.get_or_init(make).as_ref()
    }

    /// Whether a value is valid. No value is where the schema cannot be held against any.
    pub fn allows(&self, value: &Value) -> bool {
        let is_valid = |validator: &Validator<Tape>| validator.is_valid(Tape::from(value).root());
        self.validator().is_ok_and(is_valid)
    }

    /// A valid value: a documented one, else one made up. `None` when none was found.
    pub fn made(&self) -> Option<Value> {
        generate::value(&self.description, self, self.direction)
    }

    /// Which types its values have, for values that come as text.
    pub fn shape(&self) -> &Shape {
        let make = || Shape::of(&self.description, &self.pointer);
        self.shape.get_or_init(make)
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Schema({} {:?})", self.pointer, self.direction)
    }
}

/// The schemas of a description, each once however often it is referred to.
pub(super) struct Schemas {
    description: Arc<Description>,
    known: HashMap<(String, Direction), Arc<Schema>>,
}

impl Schemas {
    pub(super) fn new(description: Arc<Description>) -> Self {
        Self {
            description,
            known: HashMap::new(),
        }
    }

    /// The schema at a pointer.
    ///
    /// # Errors
    /// A reference there that leads nowhere.
    pub(super) fn at(
        &mut self,
        pointer: &str,
        direction: Direction,
    ) -> Result<Arc<Schema>, Finding> {
        let pointer = self.description.resolve(pointer)?;
        let key = (pointer, direction);
        if let Some(schema) = self.known.get(&key) {
            return Ok(Arc::clone(schema));
        }
        let schema = Arc::new(Schema {
            description: Arc::clone(&self.description),
            pointer: key.0.clone(),
            direction,
            validator: OnceLock::new(),
            shape: OnceLock::new(),
        });
        self.known.insert(key, Arc::clone(&schema));
        Ok(schema)
    }
}
