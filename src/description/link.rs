//! Following references: each document that one leads to is read, and each reference becomes one
//! within a single tree, so that everything after knows no other document.

mod edit;
mod identifiers;
mod walk;

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

use super::{
    documents::{Documents, Fault, Side, absolute},
    finding::{Finding, FindingCode, Location},
    grammar::Kind,
    node::{Content, Entry, Node, Place},
    pointer::{self, join, percent_decode},
};
use edit::Edit;
use identifiers::Identifiers;
use walk::{Site, Walk, What};

/// The member of the combined tree's root that holds the other documents, by their names.
const OTHERS: &str = "x-mynah-documents";

/// A reference that leads through more references than this leads in a circle.
const MAX_HOPS: usize = 64;

/// An object that references lead to, and so a place to read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    pub document: u16,
    pub pointer: String,
    pub kind: Kind,
}

/// Follows all references from the root of the first document. Gives the objects that they lead to,
/// first the root itself, and what is wrong with them.
pub(super) fn link(documents: &mut Documents, root: Kind) -> (Vec<Start>, Vec<Finding>) {
    let mut linker = Linker {
        identifiers: Identifiers::default(),
        queue: VecDeque::new(),
        starts: Vec::new(),
        seen: HashSet::new(),
        edits: Vec::new(),
        findings: Vec::new(),
        scanned: 0,
        documents,
    };
    linker.scan();
    linker.queue.push_back(Start {
        document: 0,
        pointer: String::new(),
        kind: root,
    });
    while let Some(start) = linker.queue.pop_front() {
        linker.walk(start);
    }
    let Linker {
        edits,
        starts,
        findings,
        documents,
        ..
    } = linker;
    for edit in edits {
        edit.apply(documents);
    }
    (starts, findings)
}

/// One tree out of all: the first document with the others below one of its members.
pub(super) fn combine(mut trees: impl Iterator<Item = (Arc<str>, Node)>) -> Option<Node> {
    let (_, mut root) = trees.next()?;
    let others: Vec<Entry> = trees
        // Overlays have left their places only.
        .filter(|(_, tree)| !matches!(tree.content, Content::Null))
        .map(|(name, value)| Entry {
            key: name.to_string(),
            value,
        })
        .collect();
    if !others.is_empty() {
        let place = root.place;
        let mut member = Node::mapping(Vec::new(), place);
        for other in others {
            member.set(&other.key, other.value);
        }
        root.set(OTHERS, member);
    }
    Some(root)
}

/// Where a pointer into a document is in the combined tree.
pub(super) fn combined(documents: &Documents, document: u16, pointer: &str) -> String {
    if document == 0 {
        return pointer.to_owned();
    }
    let name = &documents.get(document).source.name;
    format!("{}{pointer}", join(&join("", OTHERS), name))
}

struct Linker<'d> {
    documents: &'d mut Documents,
    identifiers: Identifiers,
    /// How many documents were searched for identifiers.
    scanned: u16,
    queue: VecDeque<Start>,
    starts: Vec<Start>,
    /// The objects walked, by their addresses: nothing moves before the edits.
    seen: HashSet<(usize, Kind)>,
    edits: Vec<Edit>,
    findings: Vec<Finding>,
}

impl Linker<'_> {
    /// Searches the documents read since for `$id` and the like.
    fn scan(&mut self) {
        while usize::from(self.scanned) < self.documents.len() {
            self.identifiers
                .add(self.scanned, self.documents.get(self.scanned));
            self.scanned += 1;
        }
    }

    fn walk(&mut self, start: Start) {
        let document = self.documents.get(start.document);
        let Some(node) = document.tree.get(&start.pointer) else {
            return;
        };
        if self
            .seen
            .contains(&(std::ptr::from_ref(node).addr(), start.kind))
        {
            return;
        }
        let mut walk = Walk {
            document: start.document,
            pointer: start.pointer.clone(),
            seen: &mut self.seen,
            sites: Vec::new(),
            edits: &mut self.edits,
        };
        let base = self.identifiers.base(start.document, &start.pointer);
        let base = base.unwrap_or_else(|| Arc::clone(&document.uri));
        walk.object(node, start.kind, &base);
        let sites = walk.sites;
        self.starts.push(start);
        for site in sites {
            if let Err(fault) = self.follow(&site) {
                self.report(&site, fault);
            }
        }
    }

    fn follow(&mut self, site: &Site) -> Result<(), Fault> {
        match &site.what {
            What::Reference(text) => {
                let (document, pointer) = self.target(site, text, 0)?;
                self.edit_reference(site, text, document, &pointer);
                self.enqueue(document, pointer, site.kind);
            }
            What::DynamicReference(text) => {
                let name = text.strip_prefix('#').unwrap_or(text);
                if self.identifiers.dynamic_count(name) > 1 {
                    let message = format!(
                        "several schemas have `$dynamicAnchor: {name}`; Mynah follows one only"
                    );
                    return Err(Fault::Here(FindingCode::Unsupported, message));
                }
                let (document, pointer) = self.target(site, text, 0)?;
                let to = combined(self.documents, document, &pointer);
                self.edits
                    .push(Edit::dynamic(site.document, &site.pointer, to));
                self.enqueue(document, pointer, site.kind);
            }
            What::Mapping(key, text) => {
                let named = join("/components/schemas", text);
                let own = self.documents.get(site.document).tree.get(&named).is_some();
                let (document, pointer) = match own {
                    true => (site.document, named),
                    false => self.target(site, text, 0)?,
                };
                let to = combined(self.documents, document, &pointer);
                let holder = format!("{}/discriminator/mapping", site.pointer);
                self.edits.push(Edit::text(
                    site.document,
                    holder,
                    key,
                    pointer::fragment(&to),
                ));
                self.enqueue(document, pointer, Kind::Schema);
            }
            What::ExternalValue(text) => {
                let uri = absolute(&site.base, text).ok_or_else(|| not_a_reference(text))?;
                let place = self.place(site);
                let value = self.documents.external_value(&uri, place.document, place)?;
                self.edits
                    .push(Edit::value(site.document, &site.pointer, value));
            }
        }
        Ok(())
    }

    fn enqueue(&mut self, document: u16, pointer: String, kind: Kind) {
        self.queue.push_back(Start {
            document,
            pointer,
            kind,
        });
    }

    /// Rewrites a reference, unless it says the same already.
    fn edit_reference(&mut self, site: &Site, text: &str, document: u16, pointer: &str) {
        let to = combined(self.documents, document, pointer);
        let as_written = text.strip_prefix('#').map(percent_decode);
        if as_written.as_deref() != Some(&to) {
            self.edits.push(Edit::text(
                site.document,
                site.pointer.clone(),
                "$ref",
                pointer::fragment(&to),
            ));
        }
    }

    /// The document and the pointer that a reference leads to.
    fn target(&mut self, site: &Site, text: &str, hops: usize) -> Result<(u16, String), Fault> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let uri = match address {
            "" => Arc::clone(&site.base),
            address => absolute(&site.base, address).ok_or_else(|| not_a_reference(text))?,
        };
        let known = self.identifiers.resource(&uri);
        let (document, resource) = match known.filter(|known| self.may_lead(site, &uri, known)) {
            Some(known) => known,
            None => {
                let document = self.documents.open(&uri, self.author(site))?;
                self.scan();
                (document, String::new())
            }
        };
        let pointer = match fragment {
            "" => resource,
            fragment if fragment.starts_with('/') => {
                format!("{resource}{}", percent_decode(fragment))
            }
            anchor => {
                let known = self.identifiers.anchor(&uri, anchor);
                return known
                    .filter(|known| self.may_lead(site, &uri, known))
                    .ok_or_else(|| leads_nowhere(text));
            }
        };
        self.arrive(document, &pointer, hops)?
            .ok_or_else(|| leads_nowhere(text))
    }

    /// Whether a URI means, where it is written, what a document says that it does: no document on
    /// another machine says what is on this one, nor may it look.
    fn may_lead(&self, site: &Site, uri: &str, (document, _): &(u16, String)) -> bool {
        if *document == site.document || Side::of(uri) != Side::Local {
            return true;
        }
        let ends = [self.author(site), *document];
        let [from, to] = ends.map(|number| self.documents.get(number).side == Side::Remote);
        from == to
    }

    /// The document that something is written in, which may be an overlay.
    fn author(&self, site: &Site) -> u16 {
        match self.documents.has_remote() {
            true => self.place(site).document,
            // It does not matter: all may lead to all.
            false => site.document,
        }
    }

    /// Where something that leads elsewhere is written, which may be in an overlay.
    fn place(&self, site: &Site) -> Place {
        let tree = &self.documents.get(site.document).tree;
        tree.place_at(&site.place())
    }

    /// A pointer that leads to something; a reference on the way is followed.
    fn arrive(
        &mut self,
        document: u16,
        pointer: &str,
        hops: usize,
    ) -> Result<Option<(u16, String)>, Fault> {
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
            if self.documents.get(document).tree.get(&next).is_some() {
                at = next;
                continue;
            }
            let tree = &self.documents.get(document).tree;
            let Some(text) = tree
                .get(&at)
                .and_then(|node| node.text_of("$ref"))
                .map(str::to_owned)
            else {
                return Ok(None);
            };
            let site = Site {
                document,
                base: Arc::clone(&self.documents.get(document).uri),
                pointer: at,
                kind: Kind::Schema,
                what: What::Reference(String::new()),
            };
            let (document, start) = self.target(&site, &text, hops + 1)?;
            let rest = tokens.fold(join(&start, &token), |at, token| join(&at, &token));
            return self.arrive(document, &rest, hops + 1);
        }
        Ok(None)
    }

    fn report(&mut self, site: &Site, fault: Fault) {
        let here = match fault {
            Fault::There(there) => {
                let file = &there.location.file;
                let message = format!("what is wrong in `{file}` keeps this from being followed");
                let here = self.finding(site, FindingCode::ReferenceUnresolved, message);
                // Told once, however many references lead there.
                if !self.findings.contains(&there) {
                    self.findings.push(there);
                }
                here
            }
            Fault::Here(code, message) => self.finding(site, code, message),
        };
        self.findings.push(here);
    }

    fn finding(&self, site: &Site, code: FindingCode, message: String) -> Finding {
        let place = self.place(site);
        let location = Location {
            file: Arc::clone(&self.documents.get(place.document).source.name),
            line: place.line as usize,
            column: place.column as usize,
        };
        let message = match &site.what {
            What::Mapping(_, text) => {
                format!(
                    "`{text}` is neither the name of a schema nor a reference to one: {message}"
                )
            }
            _ => message,
        };
        Finding::error(code, location, message)
    }
}

fn leads_nowhere(text: &str) -> Fault {
    Fault::Here(
        FindingCode::ReferenceUnresolved,
        format!("`{text}` leads nowhere"),
    )
}

fn not_a_reference(text: &str) -> Fault {
    Fault::Here(
        FindingCode::ReferenceUnresolved,
        format!("`{text}` is not a reference (RFC 3986)"),
    )
}
