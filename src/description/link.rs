//! Following references: each document that one leads to is read, and each reference becomes one
//! within a single tree, so that everything after knows no other document.

mod circle;
mod combine;
mod context;
mod dynamic;
mod edit;
mod follow;
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
    documents::{Documents, Fault, Parts, Side, location},
    draft::Draft,
    finding::{Finding, FindingCode},
    grammar::Kind,
    node::Node,
};
pub(super) use combine::roots;
use combine::{combine, combined};
use context::Root;
use dynamic::DynamicSite;
use edit::Edit;
use identifiers::{Identifiers, Target};
use walk::{Site, Walk};

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
    /// What references lead to, as pointers into the tree.
    pub targets: Vec<String>,
    pub findings: Vec<Finding>,
    pub sources: Vec<Source>,
    /// Texts that should be documents and are none.
    pub unread: Vec<Source>,
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
        chains: HashMap::new(),
        dynamic: Vec::new(),
        edits: Vec::new(),
        failed: Vec::new(),
        findings: Vec::new(),
        documents: &mut documents,
    };
    linker.add_documents();
    let root = (0, String::new());
    linker.queue.push_back((root, dialect.root()));
    linker.walk_all();
    linker.report_circles();
    let (references, resources) = linker.dynamic();
    let targets = linker.targets();
    let Linker {
        edits,
        mut objects,
        mut findings,
        ..
    } = linker;
    for edit in edits {
        edit.apply(&mut documents);
    }
    let Parts {
        list,
        unread,
        files,
    } = documents.into_parts();
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
        targets,
        findings,
        sources,
        unread,
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
    /// What references lead to, by who wrote them, what they are relative to, and their texts.
    targets: HashMap<(Side, Arc<str>), HashMap<String, Target>>,
    queue: VecDeque<(Target, Kind)>,
    objects: Vec<Object>,
    /// The objects walked, by their addresses: nothing moves before the edits.
    seen: HashMap<usize, Kind>,
    /// The objects that are references to references, and what they lead to.
    chains: HashMap<Target, Target>,
    dynamic: Vec<DynamicSite>,
    edits: Vec<Edit>,
    /// What could not be followed: a document read later may have what it needs.
    failed: Vec<(Site, Fault)>,
    findings: Vec<Finding>,
}

impl Linker<'_> {
    /// Adds the documents read since, with the names in them.
    fn add_documents(&mut self) {
        for number in self.roots.len()..self.documents.len() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let document = self.documents.get(number);
            let root = Root::of(document, self.dialect);
            self.identifiers.add_document(document, &root.context.base);
            // The objects of the first document are all walked before anything is followed.
            if root.has_names && number > 0 {
                let mut at = (number, String::new());
                self.identifiers
                    .add_below(&document.tree, &mut at, &root.context);
            }
            self.roots.push(root);
        }
    }

    /// What references lead to, in the combined tree.
    fn targets(&self) -> Vec<String> {
        let targets = self.targets.values().flat_map(HashMap::values);
        targets
            .map(|(document, pointer)| combined(self.documents, *document, pointer))
            .collect()
    }

    fn walk_all(&mut self) {
        loop {
            while let Some((target, kind)) = self.queue.pop_front() {
                self.walk(target, kind);
            }
            let failed = std::mem::take(&mut self.failed);
            let before = failed.len();
            for (site, _) in failed {
                self.try_to_follow(site);
            }
            if self.failed.len() == before {
                break;
            }
        }
        for (site, fault) in std::mem::take(&mut self.failed) {
            self.report(&site, fault);
        }
    }

    fn try_to_follow(&mut self, site: Site) {
        if let Err(fault) = self.follow(&site) {
            self.failed.push((site, fault));
        }
    }

    fn walk(&mut self, at: Target, kind: Kind) {
        let document = at.0;
        let Some(node) = self.documents.get(document).tree.get(&at.1) else {
            return;
        };
        if let Some(known) = self.seen.get(&std::ptr::from_ref(node).addr()) {
            if *known != kind {
                let (one, other) = (known.name(), kind.name());
                let message =
                    format!("references lead here to {one} and to {other}, and it is one of them");
                let location = self.documents.get(node.place.document).location(node.place);
                self.findings
                    .push(Finding::error(FindingCode::Shape, location, message));
            }
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
            faults: Vec::new(),
            has_names: false,
        };
        walk.object(node, kind, &context);
        let Walk {
            sites,
            faults,
            has_names,
            ..
        } = walk;
        self.roots[usize::from(document)].has_names |= has_names;
        let document = self.documents.get(document);
        self.findings
            .extend(faults.into_iter().map(|(place, message)| {
                Finding::error(FindingCode::Shape, document.location(place), message)
            }));
        for site in sites {
            self.try_to_follow(site);
        }
    }
}
