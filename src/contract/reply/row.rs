//! The rows of a list: each is what its own path gives.
//!
//! `/users` lists what `/users/{id}` shows one by one. So a row that is made up is made as that path
//! makes it, for a value of its parameter. This goes as far as both describe the same: a row has those
//! members that the list documents.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    contract::{
        direction::Direction,
        generate::{self, Seed, Wish},
        schema::Schema,
    },
    description::{Description, join},
};

/// More rows than this are made without regard to their own paths.
const MAX_ROWS: usize = 20;

/// How the rows of a list look by themselves.
#[derive(Debug)]
pub(in crate::contract) struct Row {
    /// The path template of one row.
    pub path: String,
    /// Its last parameter.
    pub parameter: String,
    /// Which values the parameter may have, and one of them.
    pub values: Option<Arc<Schema>>,
    pub shown: Option<Value>,
    /// What one row is.
    pub schema: Arc<Schema>,
    /// Where its documented examples stand.
    pub examples: Vec<String>,
}

impl Row {
    /// The rows of a list, each with the pointer to where it stands in the list's value.
    pub(super) fn values(
        &self,
        description: &Description,
        list: &Schema,
        seed: &Seed<'_>,
    ) -> Vec<(String, Value)> {
        let Some(rows) = generate::rows(description, list, &self.schema) else {
            return Vec::new();
        };
        let count = rows.least.clamp(1, MAX_ROWS);
        let of = |index: usize| {
            let mut value = self.value(description, seed, index)?;
            if let Some(within) = &rows.within {
                value = value.get_mut(within)?.take();
            }
            Some((format!("{}/{index}", rows.place), value))
        };
        let whole = (0..count).filter_map(of);
        match rows.is_whole {
            true => whole.collect(),
            // What the list has beside is made as ever.
            false => whole
                .flat_map(|(place, value)| members(&place, value))
                .collect(),
        }
    }

    fn value(&self, description: &Description, seed: &Seed<'_>, index: usize) -> Option<Value> {
        let mut examples = self.examples.iter().filter_map(|at| description.at(at));
        if let Some(example) = examples.find(|example| self.schema.allows(example)) {
            return (index == 0).then(|| example.clone());
        }
        let own = match (&self.shown, index) {
            (Some(shown), 0) => shown.clone(),
            _ => self.parameter_value(description, index)?,
        };
        let own = own.as_str().map_or_else(|| own.to_string(), str::to_owned);
        let mut parameters = seed.parameters().to_vec();
        parameters.push((&self.parameter, &own));
        let wish = Wish {
            seed: Seed::of(&self.path, &parameters, seed.number()),
            ..Wish::default()
        };
        generate::wished(description, &self.schema, Direction::Reply, &wish)
    }

    fn parameter_value(&self, description: &Description, index: usize) -> Option<Value> {
        let wish = Wish {
            name: &self.parameter,
            index,
            ..Wish::default()
        };
        generate::wished(
            description,
            self.values.as_deref()?,
            Direction::Request,
            &wish,
        )
    }
}

/// The members of an object, each with its place.
fn members(place: &str, value: Value) -> Vec<(String, Value)> {
    let Value::Object(members) = value else {
        return Vec::new();
    };
    let members = members.into_iter();
    members
        .map(|(name, value)| (join(place, &name), value))
        .collect()
}
