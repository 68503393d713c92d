//! Which properties an object gets.

use serde_json::Value;

use super::{
    conjunction::Conjunction,
    maker::Maker,
    pattern,
    place::Place,
    plan::Plan,
    property::{asked_of, declared, matches},
    string::{Checkers, string},
    way::Extent,
};
use crate::description::join;

/// A property that the object gets.
pub(super) struct Member {
    pub name: String,
    /// Whether the object is invalid without it.
    pub needed: bool,
    /// What it has to hold.
    pub given: Option<Value>,
}

impl Member {
    fn new(name: &str, needed: bool) -> Self {
        Self {
            name: name.to_owned(),
            needed,
            given: None,
        }
    }
}

impl<'d> Maker<'d> {
    /// The properties that the object gets, in the order in which they are documented.
    pub(super) fn members(
        &self,
        plan: &Plan<'d>,
        place: &Place<'_>,
        extent: Extent,
    ) -> Option<Vec<Member>> {
        let all = &plan.all;
        let required = all.required();
        let mut members: Vec<Member> = Vec::new();
        let mut optional = 0;
        for name in declared(all) {
            let pointer = join(&place.pointer, name);
            let is_forced = self.forced.contains(&pointer);
            let needed = required.contains(&name) || is_forced;
            if self.goes_other_way(all, name) && !is_forced {
                continue;
            }
            let is_left_out = self.banned.contains(&pointer)
                || plan.without.contains(&name)
                || (!needed && self.is_dated(all, name))
                || (!needed && {
                    optional += 1;
                    match extent {
                        Extent::All | Extent::Spoiling => false,
                        Extent::Unrivalled => plan.rivals.contains(&name),
                        Extent::Without(index) => index + 1 == optional,
                        Extent::Needed => true,
                    }
                });
            match (is_left_out, needed) {
                (true, true) => return None,
                (true, false) => {}
                (false, _) => members.push(Member::new(name, needed)),
            }
        }
        for name in required {
            let is_new = members.iter().all(|member| member.name != name);
            if is_new && !declared(all).contains(&name) {
                members.push(Member::new(name, true));
            }
        }
        self.add_dependents(all, &mut members);
        let most =
            usize::try_from(all.most("maxProperties").unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        while members.len() > most {
            let last = members.iter().rposition(|member| !member.needed)?;
            members.remove(last);
        }
        self.add_others(all, place, extent, &mut members)?;
        if matches!(extent, Extent::Spoiling) {
            self.spoil(plan, &mut members);
        }
        Some(members)
    }

    /// Adds for each branch that was not taken a property that is not valid in it.
    fn spoil(&self, plan: &Plan<'d>, members: &mut Vec<Member>) {
        const OTHERS: [(&str, Value); 3] = [
            ("boolean", Value::Bool(false)),
            ("array", Value::Array(Vec::new())),
            ("null", Value::Null),
        ];
        for rival in &plan.rival_schemas {
            let rival = Conjunction::of(self.description, &[rival]);
            let wrong = declared(&rival).into_iter().find_map(|name| {
                let is_free = members.iter().all(|member| member.name != name)
                    && !declared(&plan.all).contains(&name);
                let types = Conjunction::of(self.description, &asked_of(&rival, name)).types()?;
                let (_, value) = OTHERS
                    .into_iter()
                    .find(|(other, _)| !types.contains(other))?;
                is_free.then_some((name, value))
            });
            if let Some((name, value)) = wrong {
                let given = Some(value);
                members.push(Member {
                    given,
                    ..Member::new(name, true)
                });
            }
        }
    }

    /// What `dependentRequired` asks for beside the properties that are there.
    fn add_dependents(&self, all: &Conjunction<'d>, members: &mut Vec<Member>) {
        let mut next = 0;
        while let Some(member) = members.get(next) {
            let lists = all
                .all("dependentRequired")
                .filter_map(|lists| lists.get(&member.name)?.as_array());
            let names: Vec<&str> = lists.flatten().filter_map(Value::as_str).collect();
            for name in names {
                match members.iter_mut().find(|member| member.name == name) {
                    Some(member) => member.needed = true,
                    None => members.push(Member::new(name, true)),
                }
            }
            next += 1;
        }
    }

    /// Properties of names that are not documented: as many as there have to be, and one to show what
    /// the values of a map look like.
    fn add_others(
        &self,
        all: &Conjunction<'d>,
        place: &Place<'_>,
        extent: Extent,
        members: &mut Vec<Member>,
    ) -> Option<()> {
        let least = usize::try_from(all.least("minProperties").unwrap_or(0)).ok()?;
        let most = all.most("maxProperties").unwrap_or(u64::MAX);
        let is_map = || {
            let values = all.all("additionalProperties").any(Value::is_object);
            values || all.all("patternProperties").next().is_some()
        };
        let shows = matches!(extent, Extent::All)
            && !self.is_lean
            && most > 0
            && declared(all).is_empty()
            && is_map();
        let wanted = if shows { least.max(1) } else { least };
        if wanted > self.nodes_left() {
            return None;
        }
        let mut tried = 0;
        while members.len() < wanted && tried < wanted + 40 {
            let name = self.other_name(all, place, tried);
            tried += 1;
            let Some(name) = name else { continue };
            let is_new = members.iter().all(|member| member.name != name);
            let is_allowed = !asked_of(all, &name)
                .iter()
                .any(|schema| **schema == Value::Bool(false));
            if is_new && is_allowed && !self.banned.contains(&join(&place.pointer, &name)) {
                let needed = members.len() < least;
                members.push(Member::new(&name, needed));
            }
        }
        (members.len() >= least).then_some(())
    }

    /// A name that is not documented, by the patterns and rules for names.
    fn other_name(&self, all: &Conjunction<'d>, place: &Place<'_>, index: usize) -> Option<String> {
        let patterns: Vec<&str> = all
            .all("patternProperties")
            .filter_map(Value::as_object)
            .flat_map(|schemas| schemas.keys().map(String::as_str))
            .collect();
        let rules: Vec<&Value> = all.all("propertyNames").collect();
        // Where both are documented, a name that rules allow may be of no pattern, and the other way round.
        let sources = patterns.len() + usize::from(!rules.is_empty());
        let (source, index) = (index % sources.max(1), index / sources.max(1));
        if let Some(pattern) = patterns.get(source) {
            let start = pattern::text(pattern, index, index)?;
            let longer = format!("{}{}", pattern::text(pattern, 0, 0)?, numbered(index));
            return Some(if rules.is_empty() && matches(pattern, &longer) {
                longer
            } else {
                start
            });
        }
        if !rules.is_empty() {
            let rules = Conjunction::of(self.description, &rules);
            let listed = rules.all("enum").filter_map(Value::as_array).flatten();
            let mut listed = listed.filter_map(Value::as_str).peekable();
            if listed.peek().is_some() {
                return listed.nth(index).map(str::to_owned);
            }
            let at = Place {
                name: "",
                ..Place::root("", place.index)
            };
            return string(&rules, &at, 0, index, &mut Checkers::new());
        }
        Some(numbered(index))
    }
}

/// `example`, `example2` and so on.
fn numbered(index: usize) -> String {
    match index {
        0 => "example".to_owned(),
        index => format!("example{}", index + 1),
    }
}
