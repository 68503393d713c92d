//! References that lead to nothing but themselves: there is no object that they stand for. Schemas are
//! held to more, when all of them are known (`contract::schema::in_place`).

use super::{Linker, identifiers::Target, walk::Site};
use crate::description::{
    finding::{Finding, FindingCode},
    grammar::Kind,
    resolve::MAX_HOPS,
};

impl Linker<'_> {
    /// Remembers a reference of something other than a schema, where it leads to another or back.
    pub(super) fn chain(&mut self, site: &Site, target: &Target) {
        let is_reference = |object: &Target| {
            let node = self.documents.node(object);
            node.is_some_and(|node| node.text_of("$ref").is_some())
        };
        if site.kind != Kind::Schema && is_reference(target) && is_reference(&site.object) {
            self.chains.insert(site.object.clone(), target.clone());
        }
    }

    /// Reports the references that lead back to themselves.
    pub(super) fn report_circles(&mut self) {
        for from in self.chains.keys() {
            let mut end = from;
            let mut hops = 0;
            while let Some(next) = self.chains.get(end).filter(|_| hops < MAX_HOPS) {
                end = next;
                hops += 1;
            }
            if hops == MAX_HOPS {
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
