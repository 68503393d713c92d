//! What goes the other way: members of objects that are `readOnly` in a request, or `writeOnly` in a
//! reply (OpenAPI 3.1.1, "Schema Object"; JSON Schema 2020-12 validation, section 9.4).
//!
//! Both keywords are annotations: one counts where the schema that has it applies to the value. So
//! schemas are followed as a validator follows them. Whether a branch applies is asked of the value
//! without what the branch excludes, since that is the value that the other side goes by.

use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::Validator;
use serde_json::{Map, Value};

use super::{
    Held, Schema, validator,
    view::{OWN, Views},
};
use crate::{
    contract::direction::Direction,
    description::{join, percent_decode},
    exchange::{Tape, TapeNode},
};

/// A member of an object that does not go this way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// The cell of the tape where the member's value begins.
    pub cell: u32,
    /// Where it stands in the value, as a JSON pointer.
    pub pointer: String,
    /// Where the description says so, as a JSON pointer.
    pub stated: String,
}

impl Schema {
    /// The members of a value that do not go this way, in their order. Of one inside another only the
    /// outer is told.
    ///
    /// # Errors
    /// To find them takes too many steps: the schema leads to itself on several ways.
    pub fn excluded(&self, value: TapeNode<'_>) -> Result<Vec<Excluded>, TooComplex> {
        if !self.views.excludes(self.direction) {
            return Ok(Vec::new());
        }
        let walk = Walk {
            views: &self.views,
            branches: &self.branches,
            direction: self.direction,
            root: self.views.of(self.direction),
            left: Cell::new(value.most_steps()),
        };
        let mut scope = Scope::default();
        let whole = At {
            value,
            pointer: String::new(),
            is_member: false,
        };
        walk.schema(&self.pointer, &whole, &mut scope);
        if walk.left.get() == 0 {
            return Err(TooComplex);
        }
        let mut end = 0;
        let is_outer = |found: &(Excluded, u32)| {
            let is_outer = found.0.cell >= end;
            end = end.max(found.1);
            is_outer
        };
        let found = scope.found.into_values().filter(is_outer);
        Ok(found.map(|(excluded, _)| excluded).collect())
    }
}

/// What does not go its way cannot be told of a value in good time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooComplex;

/// To find a schema by its pointer takes as long as so many steps.
const STEPS_A_SCHEMA: u64 = 20;

/// The validators of branches and patterns that were asked for.
#[derive(Debug, Default)]
pub(super) struct Branches(Mutex<HashMap<Asked, Option<Arc<Validator<Tape>>>>>);

#[derive(Debug, PartialEq, Eq, Hash)]
enum Asked {
    Schema(Direction, String),
    Pattern(String),
}

impl Branches {
    fn get(
        &self,
        asked: Asked,
        make: impl FnOnce() -> Option<Validator<Tape>>,
    ) -> Option<Arc<Validator<Tape>>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(asked)
            .or_insert_with(|| make().map(Arc::new))
            .clone()
    }
}

/// A value, and where it stands.
struct At<'v> {
    value: TapeNode<'v>,
    pointer: String,
    /// Whether it is a member of an object: nothing else can be left out.
    is_member: bool,
}

/// What was found as far as some schema applies: a branch has a scope of its own.
#[derive(Default)]
struct Scope<'s> {
    outer: Option<&'s Scope<'s>>,
    /// By the cells where they begin, with those where they end.
    found: BTreeMap<u32, (Excluded, u32)>,
    /// Which schemas, by their address, were held against which values.
    seen: HashSet<(usize, u32)>,
}

impl Scope<'_> {
    fn has_seen(&self, what: &(usize, u32)) -> bool {
        self.seen.contains(what) || self.outer.is_some_and(|outer| outer.has_seen(what))
    }

    /// Adds the cells of a value that are left out.
    fn add_cells(&self, value: TapeNode<'_>, cells: &mut HashSet<u32>) {
        cells.extend(self.found.range(value.cells()).map(|(cell, _)| cell));
        if let Some(outer) = self.outer {
            outer.add_cells(value, cells);
        }
    }
}

struct Walk<'w> {
    views: &'w Views,
    branches: &'w Branches,
    direction: Direction,
    /// The document as validators see it.
    root: &'w Value,
    /// How many steps may still be taken: to follow schemas, and to hold what they apply to against them.
    left: Cell<u64>,
}

impl Walk<'_> {
    fn take(&self, steps: u64) {
        self.left.set(self.left.get().saturating_sub(steps));
    }

    /// Follows the schema at a pointer, which applies to a value.
    fn schema(&self, pointer: &str, at: &At<'_>, scope: &mut Scope<'_>) {
        self.take(STEPS_A_SCHEMA);
        if self.left.get() == 0 {
            return;
        }
        let Some(Value::Object(schema)) = self.root.pointer(pointer) else {
            return;
        };
        let cells = at.value.cells();
        let step = (std::ptr::from_ref(schema) as usize, cells.start);
        if scope.has_seen(&step) {
            return;
        }
        scope.seen.insert(step);
        let keyword = self.direction.excluded_by();
        if at.is_member && schema.get(keyword) == Some(&Value::Bool(true)) {
            let excluded = Excluded {
                cell: cells.start,
                pointer: at.pointer.clone(),
                stated: join(pointer, keyword).replace(&format!("/{OWN}"), ""),
            };
            scope
                .found
                .entry(cells.start)
                .or_insert((excluded, cells.end));
        }
        if let Some(target) = target(schema) {
            self.schema(&target, at, scope);
        }
        for part in listed(schema, pointer, "allOf") {
            self.schema(&part, at, scope);
        }
        self.members(schema, pointer, at, scope);
        self.items(schema, pointer, at, scope);
        for keyword in ["anyOf", "oneOf"] {
            for branch in listed(schema, pointer, keyword) {
                self.branch(&branch, at, scope);
            }
        }
        self.condition(schema, pointer, at, scope);
    }

    fn members(
        &self,
        schema: &Map<String, Value>,
        pointer: &str,
        at: &At<'_>,
        scope: &mut Scope<'_>,
    ) {
        let map = |keyword: &str| schema.get(keyword).and_then(Value::as_object);
        let properties = map("properties");
        let patterns = map("patternProperties");
        let dependent = map("dependentSchemas");
        for (name, value) in at.value.members() {
            let member = At {
                value,
                pointer: join(&at.pointer, name),
                is_member: true,
            };
            let mut is_known = false;
            if properties.is_some_and(|properties| properties.contains_key(name)) {
                is_known = true;
                self.schema(&join(&join(pointer, "properties"), name), &member, scope);
            }
            for pattern in patterns.into_iter().flat_map(Map::keys) {
                if self.matches(pattern, name) {
                    is_known = true;
                    let place = join(pointer, "patternProperties");
                    self.schema(&join(&place, pattern), &member, scope);
                }
            }
            if !is_known {
                self.schema(&join(pointer, "additionalProperties"), &member, scope);
            }
            if dependent.is_some_and(|dependent| dependent.contains_key(name)) {
                self.schema(&join(&join(pointer, "dependentSchemas"), name), at, scope);
            }
        }
    }

    fn items(
        &self,
        schema: &Map<String, Value>,
        pointer: &str,
        at: &At<'_>,
        scope: &mut Scope<'_>,
    ) {
        let first = listed(schema, pointer, "prefixItems");
        if first.is_empty() && !schema.contains_key("items") {
            return;
        }
        let others = join(pointer, "items");
        for (index, value) in at.value.items().enumerate() {
            let item = At {
                value,
                pointer: join(&at.pointer, &index.to_string()),
                is_member: false,
            };
            self.schema(first.get(index).unwrap_or(&others), &item, scope);
        }
    }

    /// Follows a schema that may apply, and forgets what it excludes when it does not.
    fn branch(&self, pointer: &str, at: &At<'_>, scope: &mut Scope<'_>) {
        let mut own = Scope::within(scope);
        self.schema(pointer, at, &mut own);
        if own.found.is_empty() || self.left.get() == 0 {
            return;
        }
        self.take(at.value.cells().len() as u64);
        let mut cells = HashSet::new();
        own.add_cells(at.value, &mut cells);
        let kept = Tape::without(at.value, &cells);
        if self.is_valid(pointer, kept.root()) {
            let found = own.found;
            scope.found.extend(found);
        }
    }

    /// Follows `then` or `else`, whichever applies.
    fn condition(
        &self,
        schema: &Map<String, Value>,
        pointer: &str,
        at: &At<'_>,
        scope: &mut Scope<'_>,
    ) {
        if !schema.contains_key("if") {
            return;
        }
        let condition = join(pointer, "if");
        let mut holds = Scope::within(scope);
        self.schema(&condition, at, &mut holds);
        self.schema(&join(pointer, "then"), at, &mut holds);
        let mut fails = Scope::within(scope);
        self.schema(&join(pointer, "else"), at, &mut fails);
        let (holds, fails) = (holds.found, fails.found);
        if holds.is_empty() && fails.is_empty() {
            return;
        }
        scope
            .found
            .extend(match self.is_valid(&condition, at.value) {
                true => holds,
                false => fails,
            });
    }

    fn is_valid(&self, pointer: &str, value: TapeNode<'_>) -> bool {
        let asked = Asked::Schema(self.direction, pointer.to_owned());
        let make = || validator::of(self.views, pointer, self.direction).ok();
        let validator = self.branches.get(asked, make);
        let is_valid = validator.is_some_and(|validator| Held::Lent(validator).is_valid(value));
        self.take(value.walked());
        is_valid
    }

    fn matches(&self, pattern: &str, name: &str) -> bool {
        let asked = Asked::Pattern(pattern.to_owned());
        let validator = self.branches.get(asked, || validator::of_pattern(pattern));
        let name = Tape::from(&Value::from(name));
        validator.is_some_and(|validator| Held::Lent(validator).is_valid(name.root()))
    }
}

impl<'s> Scope<'s> {
    fn within(outer: &'s Scope<'s>) -> Self {
        Self {
            outer: Some(outer),
            ..Self::default()
        }
    }
}

fn target(schema: &Map<String, Value>) -> Option<String> {
    let fragment = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    Some(percent_decode(fragment))
}

/// The pointers to the schemas that a keyword lists.
fn listed(schema: &Map<String, Value>, pointer: &str, keyword: &str) -> Vec<String> {
    let listed = schema.get(keyword).and_then(Value::as_array);
    let place = join(pointer, keyword);
    (0..listed.map_or(0, Vec::len))
        .map(|index| join(&place, &index.to_string()))
        .collect()
}
