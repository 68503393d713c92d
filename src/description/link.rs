//! Following references: each document that one leads to is read, and each reference becomes one
//! within a single tree, so that everything after knows no other document.

mod combine;
mod context;
mod dynamic;
mod edit;
mod identifiers;
mod target;
mod walk;

use std::{
    collections::{HashMap, VecDeque},
    path::PathBuf,
    sync::Arc,
};

use super::{
    Source,
    dialect::Dialect,
    documents::{Documents, Fault, absolute, location},
    draft::Draft,
    finding::{Finding, FindingCode},
    grammar::Kind,
    node::Node,
    pointer::{self, join, percent_decode},
};
use combine::{combine, combined};
use context::Root;
use dynamic::{DynamicReference, DynamicReferences, Resources};
use edit::Edit;
use identifiers::{Identifiers, RECURSIVE, Target};
use target::not_a_reference;
use walk::{Site, Walk, What};

/// An object that references lead to, with all below it.
pub(super) struct Object {
    /// Where it is in the combined tree.
    pub pointer: String,
    pub kind: Kind,
    /// The rules of the schemas in it that name none themselves.
    pub draft: Draft,
}

/// All documents of a description as one tree.
pub(super) struct Linked {
    pub tree: Node,
    /// The objects that references lead to, first the root.
    pub objects: Vec<Object>,
    pub findings: Vec<Finding>,
    pub sources: Vec<Source>,
    pub files: Vec<PathBuf>,
}

/// Follows all references from the root of the first document, which is of a dialect.
pub(super) fn link(mut documents: Documents, dialect: Dialect) -> Linked {
    let mut linker = Linker {
        dialect,
        roots: Vec::new(),
        identifiers: Identifiers::default(),
        targets: HashMap::new(),
        queue: VecDeque::new(),
        objects: Vec::new(),
        seen: HashMap::new(),
        dynamic: Vec::new(),
        edits: Vec::new(),
        findings: Vec::new(),
        documents: &mut documents,
    };
    linker.add_documents();
    let root = (0, String::new());
    linker.queue.push_back((root, dialect.root()));
    while let Some((target, kind)) = linker.queue.pop_front() {
        linker.walk(target, kind);
    }
    let (references, resources) = linker.dynamic();
    let Linker {
        edits,
        mut objects,
        mut findings,
        ..
    } = linker;
    for edit in edits {
        edit.apply(&mut documents);
    }
    let (list, files) = documents.into_parts();
    let (sources, mut tree) = combine(list);
    if !references.is_empty() {
        let faults = dynamic::make_plain(&mut tree, &mut objects, &references, &resources);
        findings.extend(faults.into_iter().map(|fault| {
            let location = location(&sources, fault.place);
            Finding::error(FindingCode::Unsupported, location, fault.message)
        }));
    }
    Linked {
        tree,
        objects,
        findings,
        sources,
        files,
    }
}

struct Linker<'d> {
    documents: &'d mut Documents,
    /// The dialect of the first document.
    dialect: Dialect,
    /// What is known of each document as a whole.
    roots: Vec<Root>,
    identifiers: Identifiers,
    /// What references lead to, by what they are relative to and their texts.
    targets: HashMap<Arc<str>, HashMap<String, Target>>,
    queue: VecDeque<(Target, Kind)>,
    objects: Vec<Object>,
    /// The objects walked, by their addresses: nothing moves before the edits.
    seen: HashMap<usize, Kind>,
    dynamic: Vec<Dynamic>,
    edits: Vec<Edit>,
    findings: Vec<Finding>,
}

/// A reference whose target can depend on how the schema that it stands in was come to.
struct Dynamic {
    schema: Target,
    keyword: &'static str,
    anchor: String,
    /// Where it leads when nothing else is known.
    initial: Target,
}

impl Linker<'_> {
    /// Adds the documents read since, with the names in them.
    fn add_documents(&mut self) {
        for number in self.roots.len()..self.documents.len() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let document = self.documents.get(number);
            let root = Root::of(document, self.dialect);
            self.identifiers.add_document(&document.uri, number);
            self.identifiers.add_document(&root.context.base, number);
            // The objects of the first document are all walked before anything is followed.
            if root.has_names && number > 0 {
                let mut at = (number, String::new());
                self.identifiers
                    .add_below(&document.tree, &mut at, &root.context);
            }
            self.roots.push(root);
        }
    }

    fn walk(&mut self, at: Target, kind: Kind) {
        let document = at.0;
        let Some(node) = self.documents.get(document).tree.get(&at.1) else {
            return;
        };
        if self.seen.contains_key(&std::ptr::from_ref(node).addr()) {
            return;
        }
        let context = self.context_at(document, &at.1);
        self.objects.push(Object {
            pointer: combined(self.documents, document, &at.1),
            kind,
            draft: context.draft,
        });
        let mut walk = Walk {
            at,
            seen: &mut self.seen,
            identifiers: &mut self.identifiers,
            sites: Vec::new(),
            edits: &mut self.edits,
            has_names: false,
        };
        walk.object(node, kind, &context);
        let (sites, has_names) = (walk.sites, walk.has_names);
        self.roots[usize::from(document)].has_names |= has_names;
        for site in sites {
            if let Err(fault) = self.follow(&site) {
                self.report(&site, fault);
            }
        }
    }

    fn follow(&mut self, site: &Site) -> Result<(), Fault> {
        let context = &site.context;
        match &site.what {
            What::Reference(text) => {
                let target = self.object(context, text, site.kind)?;
                self.refer(site, text, target, site.kind);
            }
            What::OperationRef(text) => {
                let target = self.object(context, text, Kind::Operation)?;
                self.refer(site, text, target, Kind::Operation);
            }
            What::Mapping(_, text) | What::DefaultMapping(text) => {
                let named = join("/components/schemas", text);
                let own = self.documents.get(site.document).tree.get(&named).is_some();
                let target = match own {
                    true => (site.document, named),
                    false => self.object(context, text, Kind::Schema)?,
                };
                self.refer(site, text, target, Kind::Schema);
            }
            What::DynamicReference(text) => {
                let target = self.object(context, text, Kind::Schema)?;
                let anchor = text.split_once('#').map_or("", |(_, fragment)| fragment);
                self.refer_dynamically(site, "$dynamicRef", percent_decode(anchor), target);
            }
            What::RecursiveReference(text) => {
                let target = self.object(context, text, Kind::Schema)?;
                self.refer_dynamically(site, "$recursiveRef", RECURSIVE.to_owned(), target);
            }
            What::ExternalValue(text) => {
                let uri = absolute(&context.base, text).ok_or_else(|| not_a_reference(text))?;
                let document = self.documents.get(site.document);
                let place = document.tree.place_at(&site.place());
                let value = self.documents.external_value(&uri, place)?;
                self.edits.push(Edit::value(site, value));
            }
        }
        Ok(())
    }

    /// Makes a reference lead to a place in the combined tree, unless it does so already.
    fn refer(&mut self, site: &Site, text: &str, target: Target, kind: Kind) {
        let pointer = combined(self.documents, target.0, &target.1);
        let as_written = text.strip_prefix('#').map(percent_decode);
        if as_written.as_deref() != Some(&*pointer) {
            self.edits
                .push(Edit::text(site, pointer::fragment(&pointer)));
        }
        self.queue.push_back((target, kind));
    }

    fn refer_dynamically(
        &mut self,
        site: &Site,
        keyword: &'static str,
        anchor: String,
        initial: Target,
    ) {
        self.queue.push_back((initial.clone(), Kind::Schema));
        self.dynamic.push(Dynamic {
            schema: (site.document, site.pointer.clone()),
            keyword,
            anchor,
            initial,
        });
    }

    /// The dynamic references that can lead to more than one schema, and the anchors that these have;
    /// the others become plain ones.
    fn dynamic(&mut self) -> (DynamicReferences, Resources) {
        let mut references = DynamicReferences::new();
        let combined = |(document, pointer): &Target| combined(self.documents, *document, pointer);
        for Dynamic {
            schema,
            keyword,
            anchor,
            initial,
        } in std::mem::take(&mut self.dynamic)
        {
            let anchors = self.identifiers.dynamic.get(&anchor);
            let is_dynamic = anchors.is_some_and(|all| all.len() > 1 && all.contains(&initial));
            match is_dynamic {
                true => drop(references.insert(
                    combined(&schema),
                    DynamicReference {
                        keyword,
                        name: anchor,
                        initial: combined(&initial),
                    },
                )),
                false => self
                    .edits
                    .push(Edit::plain(schema, keyword, combined(&initial))),
            }
        }
        let mut resources = Resources::default();
        for document in 0..self.documents.len() {
            resources.add(combined(&(
                u16::try_from(document).unwrap_or(u16::MAX),
                String::new(),
            )));
        }
        self.identifiers
            .roots
            .iter()
            .for_each(|root| resources.add(combined(root)));
        for (name, anchors) in &self.identifiers.dynamic {
            for anchor in anchors {
                resources.add_anchor(name, combined(anchor));
            }
        }
        (references, resources)
    }

    fn report(&mut self, site: &Site, fault: Fault) {
        let finding = match fault {
            Fault::There(finding) => finding,
            Fault::Here(code, message) => self.finding(site, code, message),
        };
        self.findings.push(finding);
    }

    fn finding(&self, site: &Site, code: FindingCode, message: String) -> Finding {
        let document = self.documents.get(site.document);
        let location = document.location(document.tree.place_at(&site.place()));
        let message = match &site.what {
            What::Mapping(_, text) | What::DefaultMapping(text) => {
                format!(
                    "`{text}` is neither the name of a schema nor a reference to one: {message}"
                )
            }
            _ => message,
        };
        Finding::error(code, location, message)
    }
}
