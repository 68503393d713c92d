//! Copies of schemas, one for each scope in which they mean something else than where they stand.

use std::collections::BTreeMap;

use super::{
    COPIES, DynamicReferences, Fault,
    scope::{Scope, Scopes, references},
};
use crate::description::{
    draft::Draft,
    grammar::{self, DEFINITIONS, Kind},
    link::Object,
    node::Node,
    pointer::{self, join, percent_decode},
};

/// How many copies there are at most, and of how many nodes they are together.
const MAX_COPIES: usize = 2_000;
const MAX_NODES: usize = 1_000_000;

/// The copies that a tree needs, and which of its references lead to them.
pub(super) struct Copies<'a> {
    tree: &'a Node,
    scopes: &'a Scopes<'a>,
    dynamic: &'a DynamicReferences,
    /// Where the copy of a schema for a scope is.
    known: BTreeMap<(String, Scope), String>,
    /// The copies that are still to be made: the schema, the scope, and where.
    open: Vec<(String, Scope, String)>,
    nodes: usize,
    plan: Plan,
}

/// What becomes of a tree.
#[derive(Default)]
pub(super) struct Plan {
    changes: Vec<Change>,
    copies: Vec<Copy>,
    pub faults: Vec<Fault>,
}

struct Copy {
    pointer: String,
    node: Node,
    draft: Draft,
}

/// A reference of the schema at a pointer gets another target.
struct Change {
    schema: String,
    reference: Reference,
    target: String,
}

enum Reference {
    /// The text at the tokens of a path below the schema.
    Plain(Vec<String>),
    /// The dynamic one of a keyword.
    Dynamic(&'static str),
}

impl<'a> Copies<'a> {
    pub(super) fn plan(
        tree: &'a Node,
        scopes: &'a Scopes<'a>,
        dynamic: &'a DynamicReferences,
    ) -> Plan {
        let mut copies = Self {
            tree,
            scopes,
            dynamic,
            known: BTreeMap::new(),
            open: Vec::new(),
            nodes: 0,
            plan: Plan::default(),
        };
        for pointer in scopes.outermost() {
            if let Some(node) = tree.get(pointer) {
                let mut walk = Walk::new(pointer, 0);
                copies.walk(node, &mut walk, &scopes.own(pointer));
                copies.plan.changes.extend(walk.changes);
            }
        }
        while let Some((schema, scope, to)) = copies.open.pop() {
            if copies.plan.copies.len() == MAX_COPIES || copies.nodes > MAX_NODES {
                copies.give_up();
                break;
            }
            copies.copy(&schema, &scope, to);
        }
        copies.plan
    }

    fn copy(&mut self, pointer: &str, scope: &Scope, to: String) {
        let Some(original) = self.tree.get(pointer) else {
            return;
        };
        let mut node = original.clone();
        // References lead to the definitions of the original, or to copies of them.
        for keyword in DEFINITIONS {
            node.take(keyword);
        }
        self.nodes += node.size();
        self.refuse_implicit_discriminator(&node);
        let mut walk = Walk::new(pointer, pointer.len());
        self.walk(original, &mut walk, scope);
        for change in walk.changes {
            change.apply(&mut node);
        }
        self.plan.copies.push(Copy {
            pointer: to,
            node,
            draft: self.scopes.schemas[pointer].draft,
        });
    }

    /// Gathers what has to change in a schema and all below it in a scope.
    fn walk(&mut self, node: &Node, walk: &mut Walk, scope: &Scope) {
        if !self.scopes.is_dynamic(&walk.pointer) {
            return;
        }
        let scope = self.scopes.entered(scope, &walk.pointer);
        for (path, text) in references(node) {
            let target = text.strip_prefix('#').map(percent_decode);
            if let Some(copy) = target.and_then(|target| self.copy_of(&target, &scope)) {
                let path = path.into_iter().map(str::to_owned).collect();
                walk.change(Reference::Plain(path), copy);
            }
        }
        if let Some(reference) = self.dynamic.get(&walk.pointer) {
            let target = scope.get(&reference.name).unwrap_or(&reference.initial);
            let copy = self.copy_of(target, &scope);
            let target = copy.unwrap_or_else(|| target.clone());
            walk.change(Reference::Dynamic(reference.keyword), target);
        }
        let length = walk.pointer.len();
        let is_copied = length == walk.start;
        grammar::objects(node, Kind::Schema, |_, step, node| {
            if is_copied && DEFINITIONS.contains(&step.field) {
                return;
            }
            step.add_to(&mut walk.pointer);
            self.walk(node, walk, &scope);
            walk.pointer.truncate(length);
        });
    }

    /// Where the copy of a schema is that a reference in a scope leads to; `None` where it means the
    /// same as it stands.
    fn copy_of(&mut self, pointer: &str, scope: &Scope) -> Option<String> {
        let entered = self.scopes.entered(scope, pointer);
        let scope = self.scopes.differing(&entered, pointer)?;
        let key = (pointer.to_owned(), scope);
        if let Some(known) = self.known.get(&key) {
            return Some(known.clone());
        }
        let (pointer, scope) = key.clone();
        let names: Vec<String> = scope
            .iter()
            .map(|(name, at)| format!("{name}={at}"))
            .collect();
        // The name of a schema is the last token of its pointer, also for discriminators.
        let name = pointer.rsplit('/').next().unwrap_or_default();
        let to = join(&join(&join("", COPIES), &names.join(",")), &pointer);
        let to = format!("{to}/{name}");
        self.known.insert(key, to.clone());
        self.open.push((pointer, scope, to.clone()));
        Some(to)
    }

    /// Which schemas extend a copy is not known.
    fn refuse_implicit_discriminator(&mut self, schema: &Node) {
        let says = |keyword: &str| schema.member(keyword).is_some();
        if let Some(discriminator) = schema.member("discriminator")
            && !says("oneOf")
            && !says("anyOf")
        {
            self.plan.faults.push(Fault {
                place: discriminator.place,
                message: "dynamic references make several schemas of this one, and Mynah does not \
                          look for those that extend each: list them in `oneOf`"
                    .to_owned(),
            });
        }
    }

    /// Leaves the tree as it is: references to copies that are not made would lead nowhere.
    fn give_up(&mut self) {
        self.plan.changes.clear();
        self.plan.copies.clear();
        for (pointer, reference) in self.dynamic {
            self.plan.faults.push(Fault {
                place: reference.place(self.tree, pointer),
                message: format!(
                    "dynamic references make more than {MAX_COPIES} schemas of those that there are"
                ),
            });
        }
    }
}

impl Plan {
    /// Changes the tree. Gives the copies as objects of it.
    pub(super) fn apply(self, tree: &mut Node) -> Vec<Object> {
        for change in self.changes {
            change.apply(tree);
        }
        let mut objects = Vec::new();
        for Copy {
            pointer,
            node,
            draft,
        } in self.copies
        {
            tree.put(&pointer, node);
            objects.push(Object {
                pointer,
                kind: Kind::Schema,
                draft,
            });
        }
        objects
    }
}

impl Change {
    /// Changes a reference below a node.
    fn apply(self, node: &mut Node) {
        let Some(schema) = node.get_mut(&self.schema) else {
            return;
        };
        match self.reference {
            Reference::Plain(path) => {
                let path = path
                    .iter()
                    .fold(String::new(), |at, token| join(&at, token));
                if let Some(text) = schema.get_mut(&path) {
                    *text = Node::string(pointer::fragment(&self.target), text.place);
                }
            }
            Reference::Dynamic(keyword) => schema.make_plain(keyword, &self.target),
        }
    }
}

/// A walk through a schema that gathers changes.
struct Walk {
    /// Where it is in the tree.
    pointer: String,
    /// How much of that is before the schema; none where the tree itself is to change.
    start: usize,
    changes: Vec<Change>,
}

impl Walk {
    fn new(pointer: &str, start: usize) -> Self {
        Self {
            pointer: pointer.to_owned(),
            start,
            changes: Vec::new(),
        }
    }

    fn change(&mut self, reference: Reference, target: String) {
        self.changes.push(Change {
            schema: self.pointer[self.start..].to_owned(),
            reference,
            target,
        });
    }
}
