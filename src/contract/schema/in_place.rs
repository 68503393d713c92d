//! How many schemas one value is held against: a schema, and all that it applies to the same value
//! (JSON Schema 2020-12 core, section 10.2, and references). That has to be finite, and not too many.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::view::each_subschema_at;
use crate::description::{Description, Finding, FindingCode, percent_decode, subschemas};

/// How many schemas one value may be held against. The most that is known of a public description
/// is 235.
const MAX_SCHEMAS: usize = 10_000;

/// How far they may lead from each other; a reference is a step too.
const MAX_DEPTH: usize = 100;

/// What is not evaluated yet is found by evaluating all beside it once more.
const COST_OF_UNEVALUATED: usize = 2;

/// The schemas of a description that lead in a circle, or to too many others: nothing is held against
/// them.
#[derive(Debug)]
pub(super) struct Endless(HashMap<usize, Finding>);

impl Endless {
    /// Those of a description.
    pub(super) fn of(description: &Description) -> Self {
        let mut counting = Counting {
            description,
            known: HashMap::new(),
            faults: HashMap::new(),
        };
        let schemas = || {
            let pointers = description.schemas().iter();
            pointers.filter_map(|pointer| Some((pointer, description.at(pointer)?)))
        };
        for (_, schema) in schemas() {
            counting.each_below(schema);
        }
        let mut faults = counting.faults;
        let mut findings = HashMap::new();
        if !faults.is_empty() {
            for (pointer, schema) in schemas() {
                each_place(schema, pointer, &mut |schema, pointer| {
                    if let Some(message) = faults.remove(&address(schema)) {
                        let finding = description.finding(FindingCode::Schema, pointer, message);
                        findings.insert(address(schema), finding);
                    }
                });
            }
        }
        // Whatever has no place of its own is a fault of the whole.
        for (address, message) in faults {
            let finding = description.finding(FindingCode::Schema, "", message);
            findings.insert(address, finding);
        }
        Self(findings)
    }

    /// What is wrong with each of them.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.0.values()
    }

    /// What is wrong with a schema of the description, when it is one of them.
    pub(super) fn fault(&self, schema: &Value) -> Option<&Finding> {
        self.0.get(&address(schema))
    }
}

fn address(schema: &Value) -> usize {
    std::ptr::from_ref(schema).addr()
}

fn each_place(schema: &Value, pointer: &str, visit: &mut dyn FnMut(&Value, &str)) {
    visit(schema, pointer);
    if let Value::Object(members) = schema {
        each_subschema_at(members, pointer, |at, schema| {
            each_place(schema, &at, visit)
        });
    }
}

struct Counting<'d> {
    description: &'d Description,
    /// By the addresses of schemas; `None` while one is being counted.
    known: HashMap<usize, Option<Count>>,
    faults: HashMap<usize, String>,
}

/// The schemas that a value is held against with one, and how far the last is from the first.
#[derive(Clone, Copy)]
struct Count {
    schemas: usize,
    depth: usize,
}

impl Count {
    const ONE: Self = Self {
        schemas: 1,
        depth: 1,
    };

    fn add(&mut self, below: Self) {
        self.schemas = self.schemas.saturating_add(below.schemas);
        self.depth = self.depth.max(below.depth + 1);
    }
}

impl<'d> Counting<'d> {
    fn each_below(&mut self, schema: &'d Value) {
        self.count(schema, 0);
        if let Value::Object(members) = schema {
            subschemas(members, |_, _, schema| self.each_below(schema));
        }
    }

    /// What a value is held against that is held against this schema, `above` others being known.
    fn count(&mut self, schema: &'d Value, above: usize) -> Count {
        let Value::Object(members) = schema else {
            return Count::ONE;
        };
        let address = address(schema);
        match self.known.get(&address) {
            Some(Some(count)) => return *count,
            Some(None) => {
                let message = "this leads back to itself for one and the same value: what is valid \
                               then is undefined (JSON Schema core, section 9.4.1)";
                self.faults.insert(address, message.to_owned());
                return Count::ONE;
            }
            None => {}
        }
        let mut count = Count::ONE;
        if above < MAX_DEPTH {
            self.known.insert(address, None);
            if let Some(target) = self.target(members) {
                count.add(self.count(target, above + 1));
            }
            let decides = members.get("discriminator").is_some_and(Value::is_object);
            subschemas(members, |keyword, _, schema| {
                if is_in_place(keyword, decides) {
                    count.add(self.count(schema, above + 1));
                }
            });
        }
        if has_unevaluated(members) {
            count.schemas = count.schemas.saturating_mul(COST_OF_UNEVALUATED);
        }
        if above >= MAX_DEPTH || count.depth > MAX_DEPTH {
            let message = format!(
                "one value is held against more than {MAX_DEPTH} schemas here, each of which leads to \
                 the next"
            );
            self.faults.insert(address, message);
            count = Count::ONE;
        }
        if count.schemas > MAX_SCHEMAS {
            let message = format!(
                "one value is held against more than {MAX_SCHEMAS} schemas here: the same ones are led \
                 to again and again"
            );
            self.faults.insert(address, message);
            count = Count::ONE;
        }
        self.known.insert(address, Some(count));
        count
    }

    fn target(&self, members: &Map<String, Value>) -> Option<&'d Value> {
        let fragment = members.get("$ref")?.as_str()?.strip_prefix('#')?;
        self.description.at(&percent_decode(fragment))
    }
}

fn has_unevaluated(schema: &Map<String, Value>) -> bool {
    schema
        .keys()
        .any(|keyword| keyword.starts_with("unevaluated"))
}

/// Whether a keyword applies its schemas to the same value. Of the branches of a schema with a
/// discriminator, only the one that the value names is.
fn is_in_place(keyword: &str, decides: bool) -> bool {
    match keyword {
        "oneOf" | "anyOf" => !decides,
        keyword => matches!(
            keyword,
            "allOf" | "not" | "if" | "then" | "else" | "dependentSchemas"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    /// What is found of a description with these schemas.
    fn found(schemas: &[String]) -> Vec<String> {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{}}}}}\n",
            schemas.join(", ")
        );
        let description = Description::load(Source::new("t.yaml", text)).unwrap();
        let endless = Endless::of(&description);
        let findings = endless.findings();
        findings.map(|finding| finding.message.clone()).collect()
    }

    /// Schemas `S0` to `S<length>`, each with the next one in the place of `NEXT`.
    fn chain(length: usize, schema: &str) -> Vec<String> {
        let link = |index: usize| {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", index + 1);
            format!("S{index}: {}", schema.replace("NEXT", &next))
        };
        let last = format!("S{length}: {{type: integer}}");
        (0..length).map(link).chain([last]).collect()
    }

    #[test]
    fn a_circle_has_a_property_or_an_item_in_it() {
        let back = Some("this leads back to itself");
        for (first, second, want) in [
            ("{properties: {b: {@B'}}}", "{items: {@A'}}", None),
            ("{@B'}", "{@A'}", back),
            (
                "{allOf: [{@B'}]}",
                "{anyOf: [{@A'}, {type: integer}]}",
                back,
            ),
            ("{not: {@A'}}", "{}", back),
            (
                "{if: {@B'}, then: {type: integer}}",
                "{dependentSchemas: {a: {@A'}}}",
                back,
            ),
            // The value decides, and comes to an end.
            (
                "{oneOf: [{@B'}], discriminator: {propertyName: a}}",
                "{allOf: [{@A'}]}",
                None,
            ),
        ] {
            let named = |name: &str, schema: &str| {
                format!(
                    "{name}: {}",
                    schema.replace('@', "$ref: '#/components/schemas/")
                )
            };
            let found = found(&[named("A", first), named("B", second)]);
            let is_it = |text: &String| want.is_some_and(|want| text.starts_with(want));
            assert_eq!(
                found.first().is_some_and(is_it),
                want.is_some(),
                "{first} {second}: {found:?}"
            );
            assert_eq!(
                found.is_empty(),
                want.is_none(),
                "{first} {second}: {found:?}"
            );
        }
    }

    #[test]
    fn schemas_that_lead_to_more_and_more_others_are_found() {
        let (deep, many) = (
            Some("one value is held against more than 100 schemas"),
            Some("one value is held against more than 10000 schemas"),
        );
        for (length, schema, want) in [
            (45, "{allOf: [NEXT]}", None),
            (55, "{allOf: [NEXT]}", deep),
            (10_000, "{anyOf: [NEXT]}", deep),
            (10, "{allOf: [NEXT, NEXT]}", None),
            (40, "{allOf: [NEXT, NEXT]}", many),
            (40, "{if: NEXT, then: NEXT, else: NEXT}", many),
            (30, "{allOf: [NEXT], unevaluatedProperties: false}", many),
            (3000, "{properties: {a: NEXT, b: NEXT}}", None),
        ] {
            let forth = chain(length, schema);
            let back: Vec<String> = forth.iter().rev().cloned().collect();
            for schemas in [forth, back] {
                let found = found(&schemas);
                let first = found.first().map(String::as_str);
                assert_eq!(
                    first.is_some(),
                    want.is_some(),
                    "{length} {schema}: {first:?}"
                );
                let starts = first.unwrap_or("").starts_with(want.unwrap_or(""));
                assert!(starts, "{length} {schema}: {first:?}");
            }
        }
    }
}
