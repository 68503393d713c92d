//! A value for a schema where nothing is documented: valid, deterministic, plausible for its name.
//!
//! A candidate is made of what the schemas ask for together, held against the validator, and mended
//! where that complains: at each place there are several ways to make it, and the next one is taken.
//! Nothing here reads a clock or a random source; what varies, varies with the place in the value and
//! with the [`Seed`].

mod array;
mod branch;
mod conjunction;
mod decimal;
mod discriminator;
mod documented;
mod file;
mod maker;
mod members;
mod number;
mod object;
mod part;
mod pattern;
mod place;
mod plan;
mod plausible;
mod property;
mod repair;
mod rows;
mod seed;
mod string;
mod way;
mod ways;

use serde_json::Value;

use super::{
    direction::Direction,
    schema::{Schema, Validity},
};
use crate::{description::Description, exchange::Tape};
pub(super) use file::{file, is_any_bytes};
use maker::Maker;
pub(super) use part::{ByteFacts, Step, byte_facts, subschemas};
use place::Place;
pub(super) use rows::rows;
pub use seed::Seed;

/// How many candidates are held against the validator.
const MAX_CANDIDATES: usize = 400;

/// How many complaints about one candidate are looked at.
const MAX_COMPLAINTS: usize = 50;

/// What a made value is to be like, beyond its schema.
#[derive(Default)]
pub(super) struct Wish<'w> {
    /// What it varies with.
    pub seed: Seed<'w>,
    /// Which one it is of several that are made alike.
    pub index: usize,
    /// What it is called.
    pub name: &'w str,
    /// What to have at a place, where that is valid: a JSON pointer and the value.
    pub values: Vec<(String, Value)>,
}

impl Schema {
    /// A valid value, with the documented examples and defaults where it has such; `None` when none was
    /// found. Another number makes another value of what is made up.
    pub fn made(&self, number: u64) -> Option<Value> {
        let wish = Wish {
            seed: Seed::of("", &[], number),
            ..Wish::default()
        };
        wished(self.description(), self, self.direction, &wish)
    }

    /// A valid value that has no more than it has to; `None` when none was found.
    pub fn least(&self, number: u64) -> Option<Value> {
        let wish = Wish {
            seed: Seed::of("", &[], number),
            ..Wish::default()
        };
        let lean = Maker::new(self.description(), self.direction, &wish).lean();
        search(lean, self, &wish)
    }
}

/// A valid value of a schema, with its documented examples and defaults where it has such; `None`
/// when none was found.
pub(super) fn value(
    description: &Description,
    schema: &Schema,
    direction: Direction,
) -> Option<Value> {
    wished(description, schema, direction, &Wish::default())
}

/// The same, as near to a wish as the schema allows.
pub(super) fn wished(
    description: &Description,
    schema: &Schema,
    direction: Direction,
    wish: &Wish<'_>,
) -> Option<Value> {
    let full = Maker::new(description, direction, wish);
    let found = search(full, schema, wish);
    found.or_else(|| {
        search(
            Maker::new(description, direction, wish).lean(),
            schema,
            wish,
        )
    })
}

fn search(mut maker: Maker<'_>, schema: &Schema, wish: &Wish<'_>) -> Option<Value> {
    let validator = schema.validator().ok()?;
    let asked = [maker.description.at(&schema.pointer)?];
    for _ in 0..MAX_CANDIDATES {
        maker.begin();
        let candidate = maker.make(&asked, &Place::root(wish.name, wish.index))?;
        let (candidate, tape) = one_way(candidate, schema);
        let complaints = match validator.validity(tape.root()) {
            Validity::Valid => return Some(candidate),
            Validity::Invalid(complaints) => complaints,
            Validity::Undecided => return None,
        };
        for complaint in complaints.iter().take(MAX_COMPLAINTS) {
            maker.mend(complaint);
        }
    }
    None
}

/// A value without what does not go its way, which documented examples may show.
fn one_way(value: Value, schema: &Schema) -> (Value, Tape) {
    let tape = Tape::from(&value);
    // What cannot be told now is as much for the validator.
    let excluded = schema.excluded(tape.root()).unwrap_or_default();
    if excluded.is_empty() {
        return (value, tape);
    }
    let cells = excluded.iter().map(|it| it.cell).collect();
    let kept = Tape::without(tape.root(), &cells);
    (kept.root().value(), kept)
}
