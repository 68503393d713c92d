//! Schemas of the description. Each is proven to be one when the API is compiled, and becomes a
//! validator when a value is first held against it.

mod check;
mod one_way;
mod recent;
mod validator;
mod view;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use jsonschema::Validator;
use serde_json::Value;

use super::{direction::Direction, shape::Shape};
use crate::{
    description::{Description, Finding},
    exchange::Tape,
};
pub(super) use check::check;
use one_way::Branches;
pub use one_way::Excluded;
pub use recent::Held;
use recent::Recent;
pub(crate) use validator::pointer_of;
use view::Views;

/// One schema object, for values that go one way.
pub struct Schema {
    views: Arc<Views>,
    /// Where the schema stands in the document, after `$ref`.
    pub pointer: String,
    /// Which way its values go.
    pub direction: Direction,
    /// That of requests.
    validator: OnceLock<Result<Validator<Tape>, Finding>>,
    /// Those of replies.
    recent: Arc<Recent>,
    branches: Arc<Branches>,
    shape: OnceLock<Shape>,
}

impl Schema {
    /// What values are held against; made when it is first asked for.
    ///
    /// # Errors
    /// A schema that nothing can be held against, though nothing was found wrong with it before.
    pub fn validator(&self) -> Result<Held<'_>, Finding> {
        let make = || validator::of(&self.views, &self.pointer, self.direction);
        match self.direction {
            Direction::Request => {
                let kept = self.validator.get_or_init(make).as_ref();
                kept.map(Held::Kept).map_err(Clone::clone)
            }
            Direction::Reply => self.recent.get(&self.pointer, make).map(Held::Lent),
        }
    }

    /// Whether a value is valid. No value is where the schema cannot be held against any.
    pub fn allows(&self, value: &Value) -> bool {
        let is_valid = |validator: Held<'_>| validator.is_valid(Tape::from(value).root());
        self.validator().is_ok_and(is_valid)
    }

    /// Which types its values have, for values that come as text.
    pub fn shape(&self) -> &Shape {
        let make = || Shape::of(self.views.description(), &self.pointer);
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
    views: Arc<Views>,
    recent: Arc<Recent>,
    branches: Arc<Branches>,
    known: HashMap<(String, Direction), Arc<Schema>>,
}

impl Schemas {
    pub(super) fn new(description: Arc<Description>) -> Self {
        Self {
            views: Arc::new(Views::new(Arc::clone(&description))),
            recent: Arc::default(),
            branches: Arc::default(),
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
        let pointer = self.description.resolve_schema(pointer)?;
        let key = (pointer, direction);
        if let Some(schema) = self.known.get(&key) {
            return Ok(Arc::clone(schema));
        }
        let schema = Arc::new(Schema {
            views: Arc::clone(&self.views),
            pointer: key.0.clone(),
            direction,
            validator: OnceLock::new(),
            recent: Arc::clone(&self.recent),
            branches: Arc::clone(&self.branches),
            shape: OnceLock::new(),
        });
        self.known.insert(key, Arc::clone(&schema));
        Ok(schema)
    }
}
