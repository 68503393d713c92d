//! Following what leads elsewhere.

use super::{
    Linker,
    combine::combined,
    dynamic::DynamicSite,
    edit::Edit,
    identifiers::{RECURSIVE, Target},
    target::not_a_reference,
    walk::{Site, What},
};
use crate::description::{
    documents::{Fault, absolute},
    finding::{Finding, FindingCode},
    grammar::Kind,
    node::Place,
    pointer::{self, join, percent_decode},
};

impl Linker<'_> {
    pub(super) fn follow(&mut self, site: &Site) -> Result<(), Fault> {
        match &site.what {
            What::Reference(text) => {
                let target = self.object(site, text, site.kind)?;
                self.chain(site, &target);
                self.refer(site, text, target, site.kind);
            }
            What::OperationRef(text) => {
                let target = self.object(site, text, Kind::Operation)?;
                self.refer(site, text, target, Kind::Operation);
            }
            What::Mapping(_, text) | What::DefaultMapping(text) => {
                let named = (site.object.0, join("/components/schemas", text));
                let target = match self.documents.node(&named) {
                    Some(_) => named,
                    None => self.object(site, text, Kind::Schema)?,
                };
                self.refer(site, text, target, Kind::Schema);
            }
            What::DynamicReference(text) => {
                let target = self.object(site, text, Kind::Schema)?;
                let anchor = text.split_once('#').map_or("", |(_, fragment)| fragment);
                self.refer_dynamically(site, "$dynamicRef", percent_decode(anchor), target);
            }
            What::RecursiveReference(text) => {
                let target = self.object(site, text, Kind::Schema)?;
                self.refer_dynamically(site, "$recursiveRef", RECURSIVE.to_owned(), target);
            }
            What::ExternalValue(text) => {
                let uri =
                    absolute(&site.context.base, text).ok_or_else(|| not_a_reference(text))?;
                let place = self.place(site);
                let value = self.documents.external_value(&uri, place.document, place)?;
                self.edits.push(Edit::value(site.object.clone(), value));
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
                .push(Edit::text(site.place(), pointer::fragment(&pointer)));
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
        self.dynamic.push(DynamicSite {
            schema: site.object.clone(),
            keyword,
            anchor,
            initial,
        });
    }

    pub(super) fn report(&mut self, site: &Site, fault: Fault) {
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

    /// Where something that leads elsewhere is written, which may be in an overlay.
    fn place(&self, site: &Site) -> Place {
        let (document, pointer) = site.place();
        self.documents.get(document).tree.place_at(&pointer)
    }

    fn finding(&self, site: &Site, code: FindingCode, message: String) -> Finding {
        let place = self.place(site);
        let location = self.documents.get(place.document).location(place);
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
