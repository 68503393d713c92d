//! Which operations differ between two readings of a description.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use serde_json::Value;

use crate::{Api, Description, description::join};

/// More operations of one kind are counted only.
const MAX_NAMED: usize = 20;

/// What every operation depends on, wherever it stands.
const COMMON: [&str; 3] = ["/security", "/servers", "/components/securitySchemes"];

/// The operations, by method and path, that were added, removed and changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    added: Vec<Arc<str>>,
    removed: Vec<Arc<str>>,
    changed: Vec<Arc<str>>,
}

impl Changes {
    /// What became of the operations of an API. One has changed when its part of the description
    /// has, or one that it refers to.
    pub(super) fn between(old: &Api, new: &Api) -> Self {
        let mut before: HashMap<_, _> = prints(old).into_iter().collect();
        let mut changes = Self::default();
        for (label, print) in prints(new) {
            match before.remove(&label) {
                None => changes.added.push(label),
                Some(old) if old != print => changes.changed.push(label),
                Some(_) => {}
            }
        }
        let labels = old.operations().iter().map(|operation| operation.label());
        let is_left = |label: &&Arc<str>| before.contains_key(*label);
        changes.removed = labels.filter(is_left).cloned().collect();
        changes
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            ("+", "added", &self.added),
            ("-", "removed", &self.removed),
            ("~", "changed", &self.changed),
        ];
        let counts = kinds.iter().filter(|(_, _, labels)| !labels.is_empty());
        let counts: Vec<String> = counts
            .map(|(_, what, labels)| format!("{} {what}", labels.len()))
            .collect();
        if counts.is_empty() {
            return f.write_str("no operation differs");
        }
        write!(f, "operations {}", counts.join(", "))?;
        for (mark, _, labels) in kinds {
            for label in labels.iter().take(MAX_NAMED) {
                write!(f, "\n  {mark} {label}")?;
            }
            if labels.len() > MAX_NAMED {
                write!(f, "\n  {mark} and {} more", labels.len() - MAX_NAMED)?;
            }
        }
        Ok(())
    }
}

/// Each operation and what it comes to.
fn prints(api: &Api) -> Vec<(Arc<str>, u64)> {
    let mut parts = Parts {
        description: api.description(),
        known: HashMap::new(),
    };
    let mut print = |pointer: &str| parts.print(pointer);
    let operations = api.operations().iter();
    operations
        .map(|it| (Arc::clone(it.label()), print(it.pointer())))
        .collect()
}

/// The parts of a description that were looked at, by their pointers.
struct Parts<'a> {
    description: &'a Description,
    known: HashMap<String, Arc<Part>>,
}

/// A part of a description: what is written in it, and the parts that it refers to.
#[derive(Default)]
struct Part {
    written: u64,
    references: Vec<String>,
}

impl Parts<'_> {
    /// What an operation comes to with all that it refers to, however far.
    fn print(&mut self, operation: &str) -> u64 {
        let path_item = operation
            .rsplit_once('/')
            .map_or("", |(path_item, _)| path_item);
        let of_path_item = ["parameters", "servers"].map(|key| join(path_item, key));
        let mut waiting: Vec<String> = COMMON.map(str::to_owned).to_vec();
        waiting.extend(of_path_item);
        waiting.push(operation.to_owned());
        let mut reached = BTreeSet::new();
        while let Some(pointer) = waiting.pop() {
            if reached.contains(&pointer) {
                continue;
            }
            waiting.extend(self.part(&pointer).references.iter().cloned());
            reached.insert(pointer);
        }
        let mut hasher = DefaultHasher::new();
        for pointer in reached {
            (self.part(&pointer).written, pointer).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn part(&mut self, pointer: &str) -> Arc<Part> {
        if let Some(part) = self.known.get(pointer) {
            return Arc::clone(part);
        }
        let mut part = Part::default();
        let mut hasher = DefaultHasher::new();
        if let Some(value) = self.description.at(pointer) {
            self.read(value, pointer, &mut hasher, &mut part.references);
        }
        part.written = hasher.finish();
        let part = Arc::new(part);
        self.known.insert(pointer.to_owned(), Arc::clone(&part));
        part
    }

    fn read(
        &self,
        value: &Value,
        pointer: &str,
        hasher: &mut DefaultHasher,
        references: &mut Vec<String>,
    ) {
        match value {
            Value::Object(members) => {
                if members.get("$ref").is_some_and(Value::is_string) {
                    references.extend(self.description.resolve(pointer));
                }
                members.len().hash(hasher);
                for (key, value) in members {
                    key.hash(hasher);
                    self.read(value, &join(pointer, key), hasher, references);
                }
            }
            Value::Array(items) => {
                items.len().hash(hasher);
                for (index, item) in items.iter().enumerate() {
                    self.read(item, &join(pointer, &index.to_string()), hasher, references);
                }
            }
            scalar => scalar.to_string().hash(hasher),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn api(paths: &str, name: &str) -> Api {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n    \
             A: {{properties: {{b: {{$ref: '#/components/schemas/B'}}}}}}\n    \
             B: {{properties: {{a: {{$ref: '#/components/schemas/A'}}, {name}: {{}}}}}}\n"
        );
        Api::compile(Description::load(Source::new("t.yaml", text)).unwrap()).unwrap()
    }

    const PLAIN: &str = "  /x: {get: {responses: {'204': {description: Ok}}}}\n";
    const MOVED: &str = "  /y: {get: {responses: {'204': {description: Ok}}}}\n";
    const OTHER: &str = "  /x: {get: {responses: {'205': {description: Ok}}}}\n";
    const PARAMETER: &str = "  /x:\n    parameters: [{name: p, in: query, schema: {}}]\n    \
                             get: {responses: {'204': {description: Ok}}}\n";
    const REFERRING: &str = "  /x: {post: {requestBody: {content: {application/json: {schema: {$ref: \
                             '#/components/schemas/A'}}}}, responses: {'204': {description: Ok}}}}\n";

    #[test]
    fn each_operation_is_added_removed_or_changed() {
        for (old, new, want) in [
            ((PLAIN, "n"), (PLAIN, "n"), "no operation differs"),
            ((PLAIN, "n"), (PLAIN, "m"), "no operation differs"),
            (
                (PLAIN, "n"),
                (OTHER, "n"),
                "operations 1 changed\n  ~ GET /x",
            ),
            (
                (PLAIN, "n"),
                (PARAMETER, "n"),
                "operations 1 changed\n  ~ GET /x",
            ),
            (
                (PLAIN, "n"),
                (MOVED, "n"),
                "operations 1 added, 1 removed\n  + GET /y\n  - GET /x",
            ),
            ((REFERRING, "n"), (REFERRING, "n"), "no operation differs"),
            (
                (REFERRING, "n"),
                (REFERRING, "m"),
                "operations 1 changed\n  ~ POST /x",
            ),
        ] {
            let changes = Changes::between(&api(old.0, old.1), &api(new.0, new.1));
            assert_eq!(changes.to_string(), want, "{old:?} {new:?}");
        }
    }
}
