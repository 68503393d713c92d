//! Schemas of the description. Each is proven to be one when the API is compiled, and becomes a
//! validator when a value is first held against it.

mod check;
mod constant;
mod extent;
mod in_place;
mod limit;
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

use super::{direction::Direction, secret::Described, shape::Shape};
use crate::{
    description::{Description, Finding},
    exchange::Tape,
};
use extent::extent;
use in_place::Endless;
use one_way::Branches;
pub use one_way::{Excluded, TooComplex};
use recent::Recent;
pub use recent::{Held, Validity};
pub(crate) use validator::pointer_of;
use view::Views;

/// The validators of requests that have no more schemas than this are kept for good.
const MAX_KEPT_EXTENT: usize = 500;

/// One schema object, for values that go one way.
pub struct Schema {
    views: Arc<Views>,
    /// Where the schema stands in the document, after `$ref`.
    pub pointer: String,
    /// Which way its values go.
    pub direction: Direction,
    /// That of a request, where it is small.
    validator: OnceLock<Result<Validator<Tape>, Finding>>,
    /// All others.
    recent: Arc<Recent>,
    branches: Arc<Branches>,
    extent: OnceLock<Result<usize, Finding>>,
    endless: Arc<Endless>,
    shape: OnceLock<Shape>,
    has_secrets: OnceLock<bool>,
}

impl Schema {
    /// What values are held against; made when it is first asked for.
    ///
    /// # Errors
    /// A schema that nothing can be held against, though nothing was found wrong with it before.
    pub fn validator(&self) -> Result<Held<'_>, Finding> {
        let make = || validator::of(&self.views, &self.pointer, self.direction);
        let measure = || extent(self.views.description(), &self.pointer, &self.endless);
        let extent = *self
            .extent
            .get_or_init(measure)
            .as_ref()
            .map_err(Clone::clone)?;
        if self.direction == Direction::Request && extent <= MAX_KEPT_EXTENT {
            let kept = self.validator.get_or_init(make).as_ref();
            return kept.map(Held::Kept).map_err(Clone::clone);
        }
        let key = (&*self.pointer, self.direction);
        self.recent.get(key, extent, make).map(Held::Lent)
    }

    /// Whether a value is valid. No value is where the schema cannot be held against any.
    pub fn allows(&self, value: &Value) -> bool {
        let is_valid = |validator: Held<'_>| validator.is_valid(Tape::from(value).root());
        self.validator().is_ok_and(is_valid)
    }

    /// The document that it stands in.
    pub(super) fn description(&self) -> &Description {
        self.views.description()
    }

    /// Which types its values have, for values that come as text.
    pub fn shape(&self) -> &Shape {
        let make = || Shape::of(self.views.description(), &self.pointer);
        self.shape.get_or_init(make)
    }

    /// Whether a secret may stand anywhere in its values, by what it says.
    pub fn has_secrets(&self) -> bool {
        let find = || Described::has_secrets(self);
        *self.has_secrets.get_or_init(find)
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
    endless: Arc<Endless>,
    known: HashMap<(String, Direction), Arc<Schema>>,
}

impl Schemas {
    pub(super) fn new(description: Arc<Description>) -> Self {
        Self {
            views: Arc::new(Views::new(Arc::clone(&description))),
            recent: Arc::default(),
            branches: Arc::default(),
            endless: Arc::new(Endless::of(&description)),
            description,
            known: HashMap::new(),
        }
    }

    /// The same schemas, none of them known yet.
    pub(super) fn forgotten(&self) -> Self {
        Self {
            views: Arc::clone(&self.views),
            recent: Arc::clone(&self.recent),
            branches: Arc::clone(&self.branches),
            description: Arc::clone(&self.description),
            endless: Arc::clone(&self.endless),
            known: HashMap::new(),
        }
    }

    /// What is wrong with the schemas: with each by itself, and with where they lead.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = check::check(&self.description);
        findings.extend(self.endless.findings().cloned());
        findings
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
            extent: OnceLock::new(),
            endless: Arc::clone(&self.endless),
            shape: OnceLock::new(),
            has_secrets: OnceLock::new(),
        });
        self.known.insert(key, Arc::clone(&schema));
        Ok(schema)
    }
}
