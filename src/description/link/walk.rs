//! What of a document's objects leads elsewhere, and what its schemas call themselves.

use std::collections::HashMap;

use super::{
    context::Context,
    edit::Edit,
    identifiers::{Identifiers, Target},
};
use crate::description::{
    draft::Draft,
    grammar::{self, Kind},
    node::{Content, Node, Place},
    pointer::push,
};

/// Something in an object that leads elsewhere.
pub(super) struct Site {
    /// The object that it stands in.
    pub object: Target,
    pub kind: Kind,
    pub context: Context,
    pub what: What,
}

pub(super) enum What {
    Reference(String),
    /// What depends on how the schema was come to (JSON Schema 2020-12, section 8.2.3.2).
    DynamicReference(String),
    /// The same as 2019-09 has it.
    RecursiveReference(String),
    /// A value of a discriminator's mapping, under its key.
    Mapping(String, String),
    DefaultMapping(String),
    ExternalValue(String),
    OperationRef(String),
}

impl Site {
    /// The place of what leads elsewhere.
    pub(super) fn place(&self) -> Target {
        let path = match &self.what {
            What::Reference(_) => vec!["$ref"],
            What::DynamicReference(_) => vec!["$dynamicRef"],
            What::RecursiveReference(_) => vec!["$recursiveRef"],
            What::Mapping(key, _) => vec!["discriminator", "mapping", key],
            What::DefaultMapping(_) => vec!["discriminator", "defaultMapping"],
            What::ExternalValue(_) => vec!["externalValue"],
            What::OperationRef(_) => vec!["operationRef"],
        };
        let (document, mut pointer) = self.object.clone();
        path.into_iter().for_each(|token| push(&mut pointer, token));
        (document, pointer)
    }
}

/// One walk through the objects of a document.
pub(super) struct Walk<'w> {
    /// Where it is.
    pub at: Target,
    /// The objects walked before, by their addresses.
    pub seen: &'w mut HashMap<usize, Kind>,
    pub identifiers: &'w mut Identifiers,
    pub sites: Vec<Site>,
    pub edits: &'w mut Vec<Edit>,
    /// What does not have the shape that its field needs.
    pub faults: Vec<(Place, String)>,
    /// Whether a schema names itself or its draft.
    pub has_names: bool,
}

impl Walk<'_> {
    /// Walks an object and all below it; `around` is what holds around it.
    pub(super) fn object(&mut self, node: &Node, kind: Kind, around: &Context) {
        let is_known = self.seen.insert(std::ptr::from_ref(node).addr(), kind);
        if is_known.is_some() {
            return;
        }
        if kind == Kind::Schema {
            self.schema(node, around);
            return;
        }
        self.shape(node, kind);
        let mut site = |key: &str, what: fn(String) -> What| {
            if let Some(text) = node.text_of(key) {
                self.site(kind, around, what(text.to_owned()));
            }
        };
        if kind.may_be_reference() {
            site("$ref", What::Reference);
        }
        match kind {
            Kind::Example => site("externalValue", What::ExternalValue),
            Kind::Link => site("operationRef", What::OperationRef),
            _ => {}
        }
        self.below(node, kind, around);
    }

    /// Whatever has another shape would be read as if it was not there. What is not a schema is found
    /// by its meta-schema.
    fn shape(&mut self, node: &Node, kind: Kind) {
        if !matches!(node.content, Content::Mapping(_) | Content::Null) {
            let message = format!("{} is an object, and this is none", kind.name());
            self.faults.push((node.place, message));
        }
        for entry in node.entries() {
            if let Some(shape) = kind.misfit(&entry.key, &entry.value) {
                let message = format!("`{}` is {shape}, and this is none", entry.key);
                self.faults.push((entry.value.place, message));
            }
        }
    }

    fn below(&mut self, node: &Node, kind: Kind, context: &Context) {
        let length = self.at.1.len();
        grammar::objects(node, kind, |kind, step, node| {
            step.add_to(&mut self.at.1);
            self.object(node, kind, context);
            self.at.1.truncate(length);
        });
    }

    fn schema(&mut self, node: &Node, around: &Context) {
        let is_special = |key: &str| key.starts_with('$') || matches!(key, "discriminator" | "id");
        if !node.entries().iter().any(|entry| is_special(&entry.key)) {
            self.below(node, Kind::Schema, around);
            return;
        }
        let own = around.within(node);
        let context = own.as_ref().unwrap_or(around);
        self.names(node, around, context);
        let is_reference = node.text_of("$ref").is_some();
        self.references(node, context);
        if is_reference && context.draft.has_references_alone() {
            self.definitions(node, context);
            return;
        }
        self.mapping(node, context);
        self.below(node, Kind::Schema, context);
    }

    fn names(&mut self, node: &Node, around: &Context, own: &Context) {
        self.has_names |= own.draft != around.draft || own.base != around.base;
        self.identifiers.add(node, &self.at, around, own);
        let names = ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"];
        if names.iter().any(|key| node.member(key).is_some()) {
            self.edits.push(Edit::anonymous(self.at.clone()));
        }
    }

    fn references(&mut self, node: &Node, context: &Context) {
        let mut site = |key: &str, what: fn(String) -> What| {
            if let Some(text) = node.text_of(key) {
                self.site(Kind::Schema, context, what(text.to_owned()));
            }
        };
        site("$ref", What::Reference);
        match context.draft {
            Draft::Draft202012 => site("$dynamicRef", What::DynamicReference),
            Draft::Draft201909 => site("$recursiveRef", What::RecursiveReference),
            _ => {}
        }
    }

    /// What stands beside a reference that is alone says nothing, but references may lead there.
    fn definitions(&mut self, node: &Node, context: &Context) {
        let length = self.at.1.len();
        for keyword in grammar::DEFINITIONS {
            let Some(definitions) = node.member(keyword) else {
                continue;
            };
            for entry in definitions.entries() {
                push(&mut self.at.1, keyword);
                push(&mut self.at.1, &entry.key);
                self.object(&entry.value, Kind::Schema, context);
                self.at.1.truncate(length);
            }
        }
    }

    fn mapping(&mut self, node: &Node, context: &Context) {
        let Some(discriminator) = node.member("discriminator") else {
            return;
        };
        let mapping = discriminator.member("mapping");
        for entry in mapping.map_or(&[][..], Node::entries) {
            if let Some(text) = entry.value.text() {
                let what = What::Mapping(entry.key.clone(), text.to_owned());
                self.site(Kind::Schema, context, what);
            }
        }
        if let Some(text) = discriminator.text_of("defaultMapping") {
            self.site(Kind::Schema, context, What::DefaultMapping(text.to_owned()));
        }
    }

    fn site(&mut self, kind: Kind, context: &Context, what: What) {
        self.sites.push(Site {
            object: self.at.clone(),
            kind,
            context: context.clone(),
            what,
        });
    }
}
