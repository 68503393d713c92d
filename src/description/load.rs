//! From the documents of a description to one tree in the 3.1 dialect.

use super::{
    Description,
    dialect::Dialect,
    documents::{Document, Documents, location},
    finding::{Finding, FindingCode, Severity},
    link::{Linked, link},
    overlay, upgrade,
};

/// Lays overlays over the first document, follows its references and raises all to the 3.1 dialect.
///
/// # Errors
/// An overlay that cannot be read, and a first document that is no description of a version that is read.
pub(super) fn load(
    mut documents: Documents,
    overlays: &[super::Source],
) -> Result<Description, Finding> {
    let overlay_faults = documents.lay_over(overlays)?;
    let dialect = dialect_of(documents.get(0))?;
    let Linked {
        mut tree,
        mut objects,
        targets,
        mut findings,
        mut sources,
        unread,
        files,
    } = link(documents, dialect);
    let overlay_findings = overlay_faults.into_iter().map(|fault| Finding {
        severity: severity(&fault),
        ..Finding::error(fault.code, location(&sources, fault.place), fault.message)
    });
    let overlay_findings = overlay_findings.collect();
    let remarks = upgrade::raise(&mut tree, &mut objects, &targets);
    findings.extend(remarks.into_iter().map(|remark| Finding {
        severity: remark.severity,
        ..Finding::error(
            remark.code,
            location(&sources, remark.place),
            remark.message,
        )
    }));
    // Behind the documents, which are known by their numbers.
    sources.extend(unread);
    Ok(Description {
        root: tree.to_value(),
        sources,
        files,
        schemas: upgrade::schemas(&tree, &objects),
        tree,
        findings,
        overlay_findings,
    })
}

fn severity(fault: &overlay::Fault) -> Severity {
    match fault.is_harmless {
        true => Severity::Warning,
        false => Severity::Error,
    }
}

fn dialect_of(document: &Document) -> Result<Dialect, Finding> {
    let fault = |pointer: &str, message: String| {
        let location = document.location(document.tree.place_at(pointer));
        Err(Finding::error(FindingCode::Version, location, message))
    };
    match Dialect::of(&document.tree) {
        Some(Ok(dialect)) => Ok(dialect),
        Some(Err((pointer, message))) => fault(pointer, message),
        None => {
            let message = "this is not an OpenAPI description: neither `openapi: 3.x.y` nor `swagger: '2.0'` at its top";
            fault("", message.to_owned())
        }
    }
}
