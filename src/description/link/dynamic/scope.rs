//! Dynamic scopes: which schema each anchor's name stands for, by the resources that were entered.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{DynamicReference, DynamicReferences, Resources};
use crate::description::{
    draft::Draft,
    grammar::{self, Kind},
    link::Object,
    node::Node,
    pointer::percent_decode,
};

/// The schema that the name of a dynamic anchor stands for, by a pointer. What was entered first counts.
pub(super) type Scope = BTreeMap<String, String>;

/// The schemas of a description, by their pointers.
pub(super) struct Scopes<'a> {
    pub schemas: BTreeMap<String, Schema>,
    resources: &'a Resources,
}

/// What is known of a schema.
pub(super) struct Schema {
    /// The schema that it stands in.
    around: Option<String>,
    pub draft: Draft,
    /// The scope in which it is come to as it stands in the document.
    scope: Scope,
    /// The names that its meaning depends on, also after references.
    names: BTreeSet<String>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(
        tree: &Node,
        objects: &[Object],
        references: &DynamicReferences,
        resources: &'a Resources,
    ) -> Self {
        let mut scopes = Self {
            schemas: BTreeMap::new(),
            resources,
        };
        // What an object holds stands in the scope of the outermost schema, so that comes first.
        let mut objects: Vec<&Object> = objects.iter().collect();
        objects.sort_by_key(|object| object.pointer.len());
        for object in objects {
            if let Some(node) = tree.get(&object.pointer) {
                scopes.add(
                    node,
                    object.kind,
                    &mut object.pointer.clone(),
                    &Around {
                        schema: None,
                        draft: object.draft,
                    },
                );
            }
        }
        scopes.add_names(tree, references);
        scopes
    }

    fn add(&mut self, node: &Node, kind: Kind, pointer: &mut String, around: &Around<'_>) {
        let own = pointer.clone();
        let mut inside = Around {
            schema: None,
            draft: around.draft,
        };
        if kind == Kind::Schema {
            if self.schemas.contains_key(pointer) {
                return;
            }
            let scope = around.schema.and_then(|it| self.schemas.get(it));
            let scope = scope.map_or_else(Scope::new, |it| it.scope.clone());
            let schema = Schema {
                around: around.schema.map(str::to_owned),
                draft: around.draft.of(node),
                scope: self.entered(&scope, pointer),
                names: BTreeSet::new(),
            };
            inside = Around {
                schema: Some(&own),
                draft: schema.draft,
            };
            self.schemas.insert(own.clone(), schema);
        }
        let length = pointer.len();
        grammar::objects(node, kind, |kind, step, node| {
            step.add_to(pointer);
            self.add(node, kind, pointer, &inside);
            pointer.truncate(length);
        });
    }

    /// Tells each schema the names that it depends on: those of its own dynamic reference, and those
    /// of all that it holds or refers to.
    fn add_names(&mut self, tree: &Node, references: &DynamicReferences) {
        let mut dependents: HashMap<String, Vec<String>> = HashMap::new();
        let mut depend = |on: String, schema: &str| {
            dependents.entry(on).or_default().push(schema.to_owned());
        };
        let mut open = Vec::new();
        for (pointer, schema) in &self.schemas {
            schema
                .around
                .iter()
                .for_each(|around| depend(pointer.clone(), around));
            let node = tree.get(pointer);
            for target in node.into_iter().flat_map(referred) {
                depend(target, pointer);
            }
            if let Some(DynamicReference { name, .. }) = references.get(pointer) {
                let anchors = self.resources.anchors_named(name);
                anchors.for_each(|anchor| depend(anchor.clone(), pointer));
                open.push((pointer.clone(), name.clone()));
            }
        }
        while let Some((pointer, name)) = open.pop() {
            let Some(schema) = self.schemas.get_mut(&pointer) else {
                continue;
            };
            if schema.names.insert(name.clone()) {
                let dependents = dependents.get(&pointer).into_iter().flatten();
                open.extend(dependents.map(|it| (it.clone(), name.clone())));
            }
        }
    }

    /// The scope once the resource of a pointer was entered.
    pub(super) fn entered(&self, scope: &Scope, pointer: &str) -> Scope {
        let mut scope = scope.clone();
        for (name, anchor) in self.resources.anchors_at(pointer) {
            scope.entry(name.clone()).or_insert_with(|| anchor.clone());
        }
        scope
    }

    /// The pointers of the schemas that stand in no other.
    pub(super) fn outermost(&self) -> impl Iterator<Item = &str> {
        let is_outermost = |(_, schema): &(&String, &Schema)| schema.around.is_none();
        let schemas = self.schemas.iter().filter(is_outermost);
        schemas.map(|(pointer, _)| &**pointer)
    }

    /// Whether a schema means different things in different scopes.
    pub(super) fn is_dynamic(&self, pointer: &str) -> bool {
        self.schemas
            .get(pointer)
            .is_some_and(|schema| !schema.names.is_empty())
    }

    /// As much of a scope as a schema depends on; `None` where it is the one of the schema itself.
    pub(super) fn differing(&self, scope: &Scope, pointer: &str) -> Option<Scope> {
        let schema = self.schemas.get(pointer)?;
        let relevant = |scope: &Scope| {
            let named = schema
                .names
                .iter()
                .filter_map(|name| scope.get_key_value(name));
            named
                .map(|(name, anchor)| (name.clone(), anchor.clone()))
                .collect::<Scope>()
        };
        let wanted = relevant(scope);
        (wanted != relevant(&schema.scope)).then_some(wanted)
    }

    /// The scope of a schema as it stands in the document.
    pub(super) fn own(&self, pointer: &str) -> Scope {
        let schema = self.schemas.get(pointer);
        schema.map_or_else(Scope::new, |schema| schema.scope.clone())
    }
}

/// What is around an object.
struct Around<'a> {
    schema: Option<&'a str>,
    draft: Draft,
}

/// The pointers that a schema refers to, other than dynamically.
pub(super) fn referred(schema: &Node) -> impl Iterator<Item = String> {
    let texts = references(schema).into_iter().map(|(_, text)| text);
    texts.filter_map(|text| text.strip_prefix('#').map(percent_decode))
}

/// The plain references of a schema, with the path to each.
pub(super) fn references(schema: &Node) -> Vec<(Vec<&str>, &str)> {
    let reference = schema.text_of("$ref").map(|text| (vec!["$ref"], text));
    let discriminator = schema.member("discriminator");
    let default = discriminator.and_then(|it| it.text_of("defaultMapping"));
    let default = default.map(|text| (vec!["discriminator", "defaultMapping"], text));
    let mapping = discriminator.and_then(|it| it.member("mapping"));
    let mapping = mapping.map_or(&[][..], Node::entries).iter();
    let mapping = mapping.filter_map(|entry| {
        let path = vec!["discriminator", "mapping", &*entry.key];
        Some((path, entry.value.text()?))
    });
    reference
        .into_iter()
        .chain(default)
        .chain(mapping)
        .collect()
}
