//! Where a reference leads: by its URI to a document or a schema resource, then by a pointer or an
//! anchor, and past the references on the way.

use std::sync::Arc;

use super::{
    Linker,
    context::Context,
    identifiers::{Ambiguous, Name, Target},
    walk::Site,
};
use crate::description::{
    documents::{Fault, Side, absolute},
    finding::FindingCode,
    grammar::Kind,
    node::Place,
    pointer::{self, join, percent_decode},
    position::{Position, position},
};

/// A reference that leads through more references than this leads in a circle.
const MAX_HOPS: usize = 64;

/// Where a reference is written.
pub(super) struct Origin<'c> {
    context: &'c Context,
    /// The document that it stands in.
    document: u16,
    /// The document that says it, which may be an overlay.
    author: u16,
}

impl Linker<'_> {
    /// The object of a kind that a reference leads to.
    pub(super) fn object(&mut self, site: &Site, text: &str, kind: Kind) -> Result<Target, Fault> {
        let (document, pointer) = site.place();
        let origin = Origin {
            context: &site.context,
            document,
            author: self.author(document, &pointer),
        };
        let target = self.target(&origin, text)?;
        self.expect(&target, kind, text)?;
        Ok(target)
    }

    /// The document and the pointer that a reference leads to.
    fn target(&mut self, origin: &Origin<'_>, text: &str) -> Result<Target, Fault> {
        let side = self.documents.get(origin.author).side;
        let from = (side, Arc::clone(&origin.context.base));
        let known = self.targets.get(&from);
        if let Some(known) = known.and_then(|known| known.get(text)) {
            return Ok(known.clone());
        }
        let target = self.find(origin, text, 0)?;
        let known = self.targets.entry(from).or_default();
        known.insert(text.to_owned(), target.clone());
        Ok(target)
    }

    fn find(&mut self, origin: &Origin<'_>, text: &str, hops: usize) -> Result<Target, Fault> {
        let base = &origin.context.base;
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let uri = match address {
            "" => Arc::clone(base),
            address => absolute(base, address).ok_or_else(|| not_a_reference(text))?,
        };
        let known = self.known(origin, text, &uri, |name| self.identifiers.resource(name));
        let (document, resource) = match known? {
            Some(known) => known,
            None => {
                let document = self.documents.open(&uri, origin.author)?;
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
                let anchor = percent_decode(anchor);
                let find = |name: &Name| self.identifiers.anchor(name, &anchor);
                let known = self.known(origin, text, &uri, find)?;
                return known.ok_or_else(|| leads_nowhere(text));
            }
        };
        self.arrive(document, &pointer, hops)?
            .ok_or_else(|| leads_nowhere(text))
    }

    /// What a URI is said to be: by documents on its own side of the network, else by those on the other.
    fn known(
        &self,
        origin: &Origin<'_>,
        text: &str,
        uri: &Arc<str>,
        find: impl Fn(&Name) -> Option<Result<Target, Ambiguous>>,
    ) -> Result<Option<Target>, Fault> {
        for is_foreign in [false, true] {
            match find(&(is_foreign, Arc::clone(uri))) {
                Some(Ok(target)) if self.may_lead(origin, uri, &target) => {
                    return Ok(Some(target));
                }
                Some(Err(ambiguous)) => return Err(self.ambiguous(text, &ambiguous)),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Whether a URI means, where it is written, what a document says that it does: no document on
    /// another machine says what is on this one, nor may it look.
    fn may_lead(&self, origin: &Origin<'_>, uri: &str, (document, _): &Target) -> bool {
        if *document == origin.document || Side::of(uri) != Side::Local {
            return true;
        }
        let ends = [origin.author, *document];
        let [from, to] = ends.map(|number| self.documents.get(number).side == Side::Remote);
        from == to
    }

    /// The document that says what stands at a pointer into one.
    pub(super) fn author(&self, document: u16, pointer: &str) -> u16 {
        match self.documents.has_remote() {
            true => self.documents.get(document).tree.place_at(pointer).document,
            // It does not matter: all may lead to all.
            false => document,
        }
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
            let origin = Origin {
                context: &self.context_in(document, &at),
                document,
                author: self.author(document, &join(&at, "$ref")),
            };
            let (document, start) = self.find(&origin, &text, hops + 1)?;
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
