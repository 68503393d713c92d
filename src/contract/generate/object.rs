//! Objects.

use std::mem::discriminant;

use serde_json::{Map, Value};

use super::{
    conjunction::Conjunction,
    documented,
    maker::Maker,
    place::{Around, Place},
    plan::Plan,
    property::{asked_of, declared},
    way::Extent,
};
use crate::description::join;

impl<'d> Maker<'d> {
    /// An object by a plan; `None` when something that it needs cannot be made.
    pub(super) fn object(
        &mut self,
        plan: &Plan<'d>,
        place: &Place<'_>,
        extent: Extent,
    ) -> Option<Value> {
        let all = &plan.all;
        let members = self.members(plan, place, extent)?;
        let around = Around {
            place,
            schemas: &all.roots,
        };
        let with_parts = members
            .iter()
            .filter(|member| self.has_parts(&asked_of(all, &member.name)));
        let room = place.room.saturating_sub(members.len()) / with_parts.count().max(1);
        let repeated = self.repeated(place, members.iter().map(|member| &member.name));
        let mut made = Map::new();
        for member in &members {
            let hint = |(name, _): &&(&str, Value)| *name == member.name;
            let told = plan
                .hints
                .iter()
                .filter(hint)
                .map(|(_, value)| value.clone());
            let repeated = repeated
                .iter()
                .filter(hint_of(&member.name))
                .map(|(_, value)| value.clone());
            let shown = documented::members(all, &member.name).into_iter().cloned();
            let child = Place {
                around: Some(around),
                name: &member.name,
                index: 0,
                pointer: join(&place.pointer, &member.name),
                room,
                needed: member.needed,
                hints: member
                    .given
                    .iter()
                    .cloned()
                    .chain(told)
                    .chain(repeated)
                    .chain(shown)
                    .collect(),
            };
            let asked = asked_of(all, &member.name);
            match self.make(&asked, &child) {
                Some(value) => drop(made.insert(member.name.clone(), value)),
                None if member.needed => return None,
                None => {}
            }
        }
        Some(Value::Object(made))
    }

    /// How many of its documented properties an object can do without.
    pub(super) fn optional(&self, all: &Conjunction<'d>) -> usize {
        let required = all.required();
        let is_optional = |name: &&str| !required.contains(name) && !self.is_dated(all, name);
        declared(all).into_iter().filter(is_optional).count()
    }

    /// What the request says of some properties, at the root or else one level down.
    fn repeated<'n>(
        &mut self,
        place: &Place<'_>,
        names: impl Iterator<Item = &'n String>,
    ) -> Vec<(String, Value)> {
        if self.repeats_parameters || place.depth() > 1 || place.index > 0 {
            return Vec::new();
        }
        let of = |name: &'n String| {
            let values = self.wish.seed.repeated(name).into_iter();
            values
                .map(|value| (name.clone(), value))
                .collect::<Vec<_>>()
        };
        let repeated: Vec<_> = names.flat_map(of).collect();
        self.repeats_parameters = place.depth() == 0 && !repeated.is_empty();
        repeated
    }

    /// A documented object with what the request says of its members.
    pub(super) fn repeating(&mut self, mut value: Value, place: &Place<'_>) -> Value {
        if let Value::Object(members) = &mut value {
            for (name, value) in self.repeated(place, members.clone().keys()) {
                if let Some(member) = members.get_mut(&name)
                    && discriminant(member) == discriminant(&value)
                {
                    *member = value;
                }
            }
        }
        value
    }

    /// Whether a property is for the other direction.
    pub(super) fn goes_other_way(&self, all: &Conjunction<'d>, name: &str) -> bool {
        self.says(all, name, self.direction.excluded_by())
    }

    /// A client that is written today does not send what is deprecated.
    pub(super) fn is_dated(&self, all: &Conjunction<'d>, name: &str) -> bool {
        self.direction == crate::contract::Direction::Request && self.says(all, name, "deprecated")
    }

    fn has_parts(&self, asked: &[&'d Value]) -> bool {
        let all = Conjunction::of(self.description, asked);
        let is_plain = |name: &&str| !matches!(*name, "object" | "array");
        all.types().is_none_or(|types| !types.iter().all(is_plain))
    }

    fn says(&self, all: &Conjunction<'d>, name: &str, keyword: &str) -> bool {
        let asked = Conjunction::of(self.description, &asked_of(all, name));
        asked.all(keyword).any(|value| *value == Value::Bool(true))
    }
}

fn hint_of(name: &str) -> impl Fn(&&(String, Value)) -> bool + '_ {
    move |(other, _)| other == name
}
