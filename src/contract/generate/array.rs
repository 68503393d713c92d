//! Arrays: how many items they have, and which.

use serde_json::Value;

use super::{
    conjunction::{Object, list},
    maker::Maker,
    place::{Around, Place},
    plan::Plan,
};
use crate::description::join;

/// How often an item is made again since it is there already.
const MAX_AGAIN: usize = 64;

impl<'d> Maker<'d> {
    /// An array by a plan: with one item, or as many as it needs. Variants have the fewest, one less
    /// and one more.
    pub(super) fn array(
        &mut self,
        plan: &Plan<'d>,
        place: &Place<'_>,
        variant: usize,
    ) -> Option<Value> {
        let all = &plan.all;
        let least = usize::try_from(all.least("minItems").unwrap_or(0)).ok()?;
        let most = usize::try_from(all.most("maxItems").unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let contains: Vec<&Value> = all.all("contains").collect();
        let few = u64::from(!contains.is_empty());
        let held = usize::try_from(all.least("minContains").unwrap_or(few)).ok()?;
        let prefix = all
            .schemas
            .iter()
            .map(|schema| list(schema, "prefixItems").len())
            .max()?;
        let needed = least.max(if contains.is_empty() { 0 } else { held });
        let shown = if self.is_lean {
            needed
        } else {
            needed.max(prefix).max(1)
        };
        let wanted = match variant {
            0 => shown,
            1 => needed,
            2 => shown + 1,
            _ => needed + 2,
        }
        .min(most);
        if wanted < needed || wanted > self.nodes_left() {
            return None;
        }
        let is_set = all
            .all("uniqueItems")
            .any(|value| *value == Value::Bool(true));
        let is_described = ["items", "prefixItems", "contains", "unevaluatedItems"]
            .iter()
            .any(|keyword| all.all(keyword).next().is_some());
        let mut made: Vec<Value> = Vec::new();
        for index in 0..wanted {
            let mut asked: Vec<&Value> = all
                .schemas
                .iter()
                .filter_map(|schema| asked_by(schema, index))
                .collect();
            if index < held {
                asked.extend(contains.iter().copied());
            }
            if !is_described && index >= needed {
                break;
            }
            let item = Place {
                around: Some(Around {
                    place,
                    schemas: &all.roots,
                }),
                name: place.name,
                index,
                pointer: join(&place.pointer, &index.to_string()),
                room: place.room.saturating_sub(wanted) / wanted,
                needed: index < needed,
                hints: Vec::new(),
            };
            match self.item(&asked, item, is_set.then_some(&made)) {
                Some(value) => made.push(value),
                None => break,
            }
        }
        (made.len() >= needed).then_some(Value::Array(made))
    }

    /// One item, which differs from others where these are given.
    fn item(
        &mut self,
        asked: &[&'d Value],
        mut place: Place<'_>,
        others: Option<&Vec<Value>>,
    ) -> Option<Value> {
        let index = place.index;
        for again in 0..MAX_AGAIN {
            let value = self.make(asked, &place)?;
            if others.is_none_or(|others| !others.contains(&value)) {
                return Some(value);
            }
            // As a later item it differs as a whole; in another way it differs in one thing.
            match again % 2 {
                0 => place.index = index + again + 1,
                _ => drop(self.take_next_way(&place.pointer)),
            }
        }
        None
    }
}

/// What a schema asks of an item.
fn asked_by(schema: &Object, index: usize) -> Option<&Value> {
    let prefix = list(schema, "prefixItems");
    let rest = || {
        schema
            .get("items")
            .or_else(|| schema.get("unevaluatedItems"))
    };
    prefix.get(index).or_else(rest)
}
