//! Where a reference leads: by its URI to a document or a schema resource, then by a pointer or an
//! anchor, and past the references on the way.

use std::sync::Arc;

use super::{
    Linker,
    context::Context,
    identifiers::{Ambiguous, Target},
};
use crate::description::{
    documents::{Fault, absolute},
    finding::FindingCode,
    grammar::Kind,
    node::Place,
    pointer::{self, join, percent_decode},
    position::{Position, position},
};

/// A reference that leads through more references than this leads in a circle.
const MAX_HOPS: usize = 64;

impl Linker<'_> {
    /// The object of a kind that a reference leads to.
    pub(super) fn object(
        &mut self,
        context: &Context,
        text: &str,
        kind: Kind,
    ) -> Result<Target, Fault> {
        let target = self.target(context, text)?;
        self.expect(&target, kind, text)?;
        Ok(target)
    }

    /// The document and the pointer that a reference leads to.
    pub(super) fn target(&mut self, context: &Context, text: &str) -> Result<Target, Fault> {
        let known = self.targets.get(&context.base);
        if let Some(known) = known.and_then(|known| known.get(text)) {
            return Ok(known.clone());
        }
        let target = self.find(context, text, 0)?;
        let known = self.targets.entry(Arc::clone(&context.base)).or_default();
        known.insert(text.to_owned(), target.clone());
        Ok(target)
    }

    fn find(&mut self, context: &Context, text: &str, hops: usize) -> Result<Target, Fault> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let uri = match address {
            "" => Arc::clone(&context.base),
            address => absolute(&context.base, address).ok_or_else(|| not_a_reference(text))?,
        };
        let (document, resource) = match self.identifiers.resource(&uri) {
            Some(known) => known.map_err(|ambiguous| self.ambiguous(text, &ambiguous))?,
            None => {
                let document = self.documents.open(&uri)?;
                self.add_documents();
                (document, String::new())
            }
        };
        let pointer = match fragment {
            "" => resource,
            fragment if fragment.starts_with('/') => {
                format!("{resource}{}", percent_decode(fragment))
            }
            anchor => {
                let known = self.identifiers.anchor(&uri, &percent_decode(anchor));
                let known = known.ok_or_else(|| leads_nowhere(text))?;
                return known.map_err(|ambiguous| self.ambiguous(text, &ambiguous));
            }
        };
        self.arrive(document, &pointer, hops)?
            .ok_or_else(|| leads_nowhere(text))
    }

    /// A pointer that leads to something; a reference on the way is followed.
    fn arrive(
        &mut self,
        document: u16,
        pointer: &str,
        hops: usize,
    ) -> Result<Option<Target>, Fault> {
        if self.documents.get(document).tree.get(pointer).is_some() {
            return Ok(Some((document, pointer.to_owned())));
        }
        if hops > MAX_HOPS {
            return Ok(None);
        }
        let mut at = String::new();
        let mut tokens = pointer::tokens(pointer);
        for token in tokens.by_ref() {
            let next = join(&at, &token);
            let tree = &self.documents.get(document).tree;
            if tree.get(&next).is_some() {
                at = next;
                continue;
            }
            let reference = tree.get(&at).and_then(|node| node.text_of("$ref"));
            let Some(text) = reference.map(str::to_owned) else {
                return Ok(None);
            };
            let context = self.context_in(document, &at);
            let (document, start) = self.find(&context, &text, hops + 1)?;
            let rest = tokens.fold(join(&start, &token), |at, token| join(&at, &token));
            return self.arrive(document, &rest, hops + 1);
        }
        Ok(None)
    }

    /// What holds around the object at a pointer.
    pub(super) fn context_at(&self, document: u16, pointer: &str) -> Context {
        let root = &self.roots[usize::from(document)];
        let mut context = root.context.clone();
        if !root.has_names {
            return context;
        }
        let mut node = &*self.documents.get(document).tree;
        // A complete document is no schema, whatever it says at its top.
        let mut may_be_schema = root.kind.is_none();
        for token in pointer::tokens(pointer) {
            let inner = may_be_schema.then(|| context.within(node)).flatten();
            context = inner.unwrap_or(context);
            may_be_schema = true;
            match node.child(&token) {
                Some(child) => node = child,
                None => break,
            }
        }
        context
    }

    /// What holds in the object at a pointer.
    fn context_in(&self, document: u16, pointer: &str) -> Context {
        let around = self.context_at(document, pointer);
        let node = self.documents.get(document).tree.get(pointer);
        node.and_then(|node| around.within(node)).unwrap_or(around)
    }

    /// A fault where what a reference leads to is for sure no object of the kind that is needed: it
    /// would be read as one that says nothing.
    fn expect(&self, target: &Target, kind: Kind, text: &str) -> Result<(), Fault> {
        let root = self.roots[usize::from(target.0)].kind;
        let position = root.map(|root| position(root, &target.1));
        let found = match position {
            Some(Position::Object(found)) => Some(found),
            Some(Position::Data) => None,
            Some(Position::Unknown) | None => {
                let node = self.documents.node(target);
                let known = node.and_then(|node| self.seen.get(&std::ptr::from_ref(node).addr()));
                Some(known.copied().unwrap_or(kind))
            }
        };
        if found == Some(kind) {
            return Ok(());
        }
        let found = found.map_or("no object of a description", Kind::name);
        let message = format!("`{text}` is {found}, and {} is needed here", kind.name());
        Err(Fault::Here(FindingCode::ReferenceUnresolved, message))
    }

    fn ambiguous(&self, text: &str, Ambiguous(one, other): &Ambiguous) -> Fault {
        let at = |place: &Place| self.documents.get(place.document).location(*place);
        let message = format!(
            "`{text}` could be {} or {}: two have this name",
            at(one),
            at(other)
        );
        Fault::Here(FindingCode::ReferenceUnresolved, message)
    }
}

fn leads_nowhere(text: &str) -> Fault {
    Fault::Here(
        FindingCode::ReferenceUnresolved,
        format!("`{text}` leads nowhere"),
    )
}

pub(super) fn not_a_reference(text: &str) -> Fault {
    Fault::Here(
        FindingCode::ReferenceUnresolved,
        format!("`{text}` is not a reference (RFC 3986)"),
    )
}
