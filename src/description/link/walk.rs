//! What of a document's objects leads elsewhere.

use std::{collections::HashSet, sync::Arc};

use super::edit::Edit;
use crate::description::{
    documents::absolute,
    grammar::{self, Kind},
    node::Node,
    pointer,
};

/// Something in an object that leads elsewhere.
pub(super) struct Site {
    pub document: u16,
    /// The object that it stands in.
    pub pointer: String,
    pub kind: Kind,
    /// The URI that it is relative to.
    pub base: Arc<str>,
    pub what: What,
}

pub(super) enum What {
    Reference(String),
    DynamicReference(String),
    /// A value of a discriminator's mapping, under its key; its `defaultMapping` without one.
    Mapping(Option<String>, String),
    ExternalValue(String),
}

/// The schema where the property has no known value (OpenAPI 3.2.0, "Discriminator Object").
pub(super) const DEFAULT_MAPPING: &str = "defaultMapping";

impl Site {
    /// The pointer to what leads elsewhere.
    pub(super) fn place(&self) -> String {
        let at = |key: &str| pointer::join(&self.pointer, key);
        match &self.what {
            What::Reference(_) => at("$ref"),
            What::DynamicReference(_) => at("$dynamicRef"),
            What::Mapping(Some(key), _) => {
                pointer::join(&format!("{}/mapping", at("discriminator")), key)
            }
            What::Mapping(None, _) => pointer::join(&at("discriminator"), DEFAULT_MAPPING),
            What::ExternalValue(_) => at("externalValue"),
        }
    }
}

/// One walk through the objects of a document.
pub(super) struct Walk<'w> {
    pub document: u16,
    /// Where it is.
    pub pointer: String,
    /// The objects walked before, by their addresses.
    pub seen: &'w mut HashSet<(usize, Kind)>,
    pub sites: Vec<Site>,
    pub edits: &'w mut Vec<Edit>,
}

impl Walk<'_> {
    /// Walks an object and all below it; `base` is what its references are relative to.
    pub(super) fn object(&mut self, node: &Node, kind: Kind, base: &Arc<str>) {
        if !self.seen.insert((std::ptr::from_ref(node).addr(), kind)) {
            return;
        }
        let own_base = (kind == Kind::Schema)
            .then(|| absolute(base, node.text_of("$id")?))
            .flatten();
        let base = own_base.as_ref().unwrap_or(base);
        if kind.may_be_reference()
            && let Some(text) = node.text_of("$ref")
        {
            self.site(kind, base, What::Reference(text.to_owned()));
        }
        match kind {
            Kind::Schema => self.schema(node, base),
            Kind::Example => {
                if let Some(text) = node.text_of("externalValue") {
                    self.site(kind, base, What::ExternalValue(text.to_owned()));
                }
            }
            _ => {}
        }
        let length = self.pointer.len();
        grammar::objects(node, kind, |kind, tokens, node| {
            for token in tokens.iter().filter(|token| !token.is_empty()) {
                self.pointer.push('/');
                self.pointer.push_str(&pointer::escape_token(token));
            }
            self.object(node, kind, base);
            self.pointer.truncate(length);
        });
    }

    fn schema(&mut self, node: &Node, base: &Arc<str>) {
        if let Some(text) = node.text_of("$dynamicRef") {
            self.site(Kind::Schema, base, What::DynamicReference(text.to_owned()));
        }
        let discriminator = node.member("discriminator");
        let mapping = discriminator.and_then(|it| it.member("mapping"));
        for entry in mapping.map_or(&[][..], Node::entries) {
            if let Some(text) = entry.value.text() {
                let what = What::Mapping(Some(entry.key.clone()), text.to_owned());
                self.site(Kind::Schema, base, what);
            }
        }
        if let Some(text) = discriminator.and_then(|it| it.text_of(DEFAULT_MAPPING)) {
            self.site(Kind::Schema, base, What::Mapping(None, text.to_owned()));
        }
        if ["$id", "$anchor", "$dynamicAnchor"]
            .iter()
            .any(|key| node.member(key).is_some())
        {
            self.edits
                .push(Edit::anonymous(self.document, &self.pointer));
        }
    }

    fn site(&mut self, kind: Kind, base: &Arc<str>, what: What) {
        self.sites.push(Site {
            document: self.document,
            pointer: self.pointer.clone(),
            kind,
            base: Arc::clone(base),
            what,
        });
    }
}
