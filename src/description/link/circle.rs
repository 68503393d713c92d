//! References that lead to nothing but each other.

use super::{Linker, identifiers::Target, walk::Site};
use crate::description::{
    finding::{Finding, FindingCode},
    grammar::Kind,
    keyword::is_annotation,
    node::Node,
    resolve::MAX_HOPS,
};

impl Linker<'_> {
    /// Remembers a reference that leads to a reference.
    pub(super) fn chain(&mut self, site: &Site, target: &Target) {
        let leads_on = |(document, pointer): &Target| {
            let tree = &self.documents.get(*document).tree;
            let node = tree.get(pointer)?;
            let is_alone = site.kind != Kind::Schema
                || site.context.draft.has_references_alone()
                || says_nothing_else(node);
            node.text_of("$ref").filter(|_| is_alone)
        };
        let from = (site.document, site.pointer.clone());
        if leads_on(target).is_some() && leads_on(&from).is_some() {
            self.chains.insert(from, target.clone());
        }
    }

    /// Reports the references that lead back to themselves: nothing would be asked of what they describe.
    pub(super) fn report_circles(&mut self) {
        for from in self.chains.keys() {
            let mut at = Some(from);
            for _ in 0..MAX_HOPS {
                at = at.and_then(|at| self.chains.get(at));
            }
            if at.is_some() {
                let document = self.documents.get(from.0);
                self.findings.push(Finding::error(
                    FindingCode::ReferenceUnresolved,
                    document.location(document.tree.place_at(&from.1)),
                    "this reference leads back to itself".to_owned(),
                ));
            }
        }
    }
}

fn says_nothing_else(schema: &Node) -> bool {
    let mut keywords = schema.entries().iter().map(|entry| &*entry.key);
    keywords.all(|keyword| keyword == "$ref" || is_annotation(keyword))
}
