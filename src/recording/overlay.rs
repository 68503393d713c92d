//! An overlay that gives examples (Overlay Specification 1.0.0).

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json, value::RawValue};

use super::target::path;
use crate::description::Description;

/// An overlay whose actions put examples where recorded ones come first.
#[derive(Debug)]
pub(super) struct Overlay {
    title: String,
    /// By the pointer of what they are examples of; in the order in which these were first seen.
    examples: Vec<Examples>,
    at: BTreeMap<String, usize>,
}

/// The examples of one parameter or media type.
#[derive(Debug)]
struct Examples {
    target: String,
    /// Which of the two members that hold examples are there.
    removed: Vec<&'static str>,
    recorded: Vec<(String, Box<RawValue>)>,
    /// Those that are documented, which come after.
    documented: Vec<(String, Value)>,
}

impl Overlay {
    pub(super) fn new(title: String) -> Self {
        Self {
            title,
            examples: Vec::new(),
            at: BTreeMap::new(),
        }
    }

    /// Adds an example of what stands at a pointer.
    pub(super) fn add(
        &mut self,
        description: &Description,
        pointer: &str,
        name: &str,
        value: Box<RawValue>,
    ) {
        let at = match self.at.get(pointer) {
            Some(at) => *at,
            None => {
                self.examples
                    .push(Examples::documented(description, pointer));
                self.at.insert(pointer.to_owned(), self.examples.len() - 1);
                self.examples.len() - 1
            }
        };
        self.examples[at].recorded.push((name.to_owned(), value));
    }
}

impl Examples {
    /// Those that the description has at a pointer.
    fn documented(description: &Description, pointer: &str) -> Self {
        let is_list = |holder: &str| description.at(holder).is_some_and(Value::is_array);
        let holder = description.at(pointer).and_then(Value::as_object);
        let member = |name| holder.and_then(|holder| holder.get(name));
        let several = member("examples").and_then(Value::as_object);
        let mut documented: Vec<(String, Value)> = several
            .into_iter()
            .flatten()
            .map(|(name, example)| (name.clone(), example.clone()))
            .collect();
        if let (Some(one), true) = (member("example"), documented.is_empty()) {
            documented.push(("documented".to_owned(), json!({ "value": one })));
        }
        let removed = ["example", "examples"];
        Self {
            target: path(pointer, is_list),
            removed: removed
                .into_iter()
                .filter(|name| member(name).is_some())
                .collect(),
            recorded: Vec::new(),
            documented,
        }
    }
}

impl Serialize for Overlay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let actions: Vec<Action<'_>> = self.examples.iter().flat_map(actions).collect();
        let mut overlay = serializer.serialize_map(Some(3))?;
        overlay.serialize_entry("overlay", "1.0.0")?;
        overlay.serialize_entry("info", &json!({ "title": self.title, "version": "1" }))?;
        overlay.serialize_entry("actions", &actions)?;
        overlay.end()
    }
}

/// What is there is removed and comes again after what was recorded: an overlay adds at the end only, and the
/// first example is the one that answers.
fn actions(examples: &Examples) -> Vec<Action<'_>> {
    let mut actions: Vec<Action<'_>> = examples
        .removed
        .iter()
        .map(|name| Action::Remove(format!("{}['{name}']", examples.target)))
        .collect();
    actions.push(Action::Update(examples));
    actions
}

enum Action<'a> {
    Remove(String),
    Update(&'a Examples),
}

impl Serialize for Action<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut action = serializer.serialize_map(Some(2))?;
        match self {
            Self::Remove(target) => {
                action.serialize_entry("target", target)?;
                action.serialize_entry("remove", &true)?;
            }
            Self::Update(examples) => {
                action.serialize_entry("target", &examples.target)?;
                action.serialize_entry("update", &Update { examples })?;
            }
        }
        action.end()
    }
}

#[derive(Serialize)]
struct Update<'a> {
    examples: &'a Examples,
}

impl Serialize for Examples {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Example<'a> {
            value: &'a RawValue,
        }
        let mut examples = serializer.serialize_map(None)?;
        for (name, value) in &self.recorded {
            examples.serialize_entry(name, &Example { value })?;
        }
        for (name, example) in &self.documented {
            examples.serialize_entry(name, example)?;
        }
        examples.end()
    }
}
