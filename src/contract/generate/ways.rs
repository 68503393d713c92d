//! The ways there are to make a value by a plan, the best first.

use serde_json::Value;

use super::{
    conjunction::TYPES,
    documented,
    maker::Maker,
    place::Place,
    plan::Plan,
    plausible,
    way::{Extent, Way},
};
use crate::contract::direction::Direction;

/// How many variants of a value without parts are tried.
const MAX_VARIANTS: usize = 40;

impl<'d> Maker<'d> {
    /// The ways of a plan: the plain ones in the first round, all others in the second.
    pub(super) fn ways(&self, plan: &Plan<'d>, place: &Place<'_>, round: usize) -> Vec<Way<'d>> {
        let mut ways = Vec::new();
        if round == 0 {
            let wished = self
                .wish
                .values
                .iter()
                .filter(|(at, _)| *at == place.pointer);
            let given = wished.map(|(_, value)| value).chain(&place.hints);
            let given = given.filter(|value| plan.all.lists(value));
            ways.extend(given.cloned().map(Way::Given));
            ways.extend(
                self.documented(plan, place)
                    .into_iter()
                    .map(Way::Documented),
            );
        }
        if plan.all.is_listed() {
            return ways;
        }
        let mut said = plan.all.types();
        // A client says no more than it has to; a server has a value, but for what is still to come.
        if let Some(types) = &mut said
            && (self.direction == Direction::Request || plausible::is_not_yet(place.name))
        {
            types.sort_by_key(|name| *name != "null");
        }
        for (index, name) in likely_types(plan, said.as_deref()).into_iter().enumerate() {
            // Without a word on types, all but the likeliest can wait.
            let is_late = said.is_none() && index > 0;
            match name {
                "object" => ways.extend(
                    self.extents(plan, round, is_late)
                        .into_iter()
                        .map(Way::Object),
                ),
                _ if is_late => ways.extend((round == 1).then_some(Way::Of(name, 0))),
                "null" => ways.extend((round == 0).then_some(Way::Of(name, 0))),
                "array" if round == 0 => ways.extend([Way::Of(name, 0), Way::Of(name, 1)]),
                "array" => ways.extend([Way::Of(name, 2), Way::Of(name, 3)]),
                _ if round == 0 => ways.extend((0..4).map(|variant| Way::Of(name, variant))),
                _ => ways.extend((4..MAX_VARIANTS).map(|variant| Way::Of(name, variant))),
            }
        }
        ways
    }

    /// What the document gives, without what goes the other way.
    fn documented(&self, plan: &Plan<'d>, place: &Place<'_>) -> Vec<&'d Value> {
        let mut values = documented::values(plan);
        // Which of the listed ones it is differs from item to item.
        if !values.is_empty() && plan.all.is_listed() {
            let is_shown = plan.all.all("example").next().is_some();
            let first = match is_shown {
                true => place.ordinal(),
                false => plausible::Pick::of(place, self.wish.seed.spin()).number,
            };
            let first = first % values.len();
            values.rotate_left(first);
        }
        values.retain(|value| {
            let mut names = value
                .as_object()
                .into_iter()
                .flat_map(|members| members.keys());
            names.all(|name| !self.goes_other_way(&plan.all, name))
        });
        values
    }

    fn extents(&self, plan: &Plan<'d>, round: usize, is_late: bool) -> Vec<Extent> {
        match (round, is_late, self.is_lean) {
            (0, true, _) => Vec::new(),
            (_, _, true) => vec![Extent::Needed],
            (0, ..) if plan.rivals.is_empty() => vec![Extent::All],
            (0, ..) => vec![Extent::All, Extent::Unrivalled],
            _ => {
                let optional = self.optional(&plan.all).min(16);
                let mut extents: Vec<_> = (0..optional).map(Extent::Without).collect();
                extents.push(Extent::Needed);
                if !plan.rival_schemas.is_empty() {
                    extents.push(Extent::Spoiling);
                }
                extents
            }
        }
    }
}

/// The types to try: those that are said, else those that other keywords are about, else any.
fn likely_types<'d>(plan: &Plan<'d>, said: Option<&[&'d str]>) -> Vec<&'d str> {
    const ABOUT: [(&str, &str); 22] = [
        ("properties", "object"),
        ("required", "object"),
        ("additionalProperties", "object"),
        ("patternProperties", "object"),
        ("minProperties", "object"),
        ("maxProperties", "object"),
        ("propertyNames", "object"),
        ("dependentRequired", "object"),
        ("unevaluatedProperties", "object"),
        ("items", "array"),
        ("prefixItems", "array"),
        ("minItems", "array"),
        ("maxItems", "array"),
        ("contains", "array"),
        ("uniqueItems", "array"),
        ("pattern", "string"),
        ("minLength", "string"),
        ("maxLength", "string"),
        ("minimum", "number"),
        ("maximum", "number"),
        ("exclusiveMinimum", "number"),
        ("multipleOf", "number"),
    ];
    if let Some(said) = said {
        let integers = said.contains(&"integer");
        let types = said.iter().copied();
        return types
            .filter(|name| !(integers && *name == "number"))
            .collect();
    }
    let is_about = |(keyword, _): &&(&str, &str)| plan.all.all(keyword).next().is_some();
    let mut types: Vec<&str> = ABOUT
        .iter()
        .filter(is_about)
        .map(|(_, name)| *name)
        .collect();
    types.extend(TYPES);
    let mut distinct = Vec::new();
    for name in types {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}
