//! What documents are called: absolute URIs (RFC 3986).

use std::{path::Path, sync::Arc};

use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a URI cannot hold and people write all the same.
const ILLEGAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// On which side of the network documents are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::description) enum Side {
    /// On this machine: its files, and what it was given in memory.
    Local,
    /// On another machine, or at least behind a socket: over HTTP.
    Remote,
    /// Nowhere: a name that says no place, such as `urn:`.
    Nowhere,
}

impl Side {
    /// Where an absolute URI leads.
    pub(in crate::description) fn of(uri: &str) -> Self {
        match uri.split(':').next() {
            Some("file" | "memory" | "overlay") => Self::Local,
            Some("http" | "https") => Self::Remote,
            _ => Self::Nowhere,
        }
    }
}

/// The URI of a document in memory: its name where that is a URL, which its references are relative to.
pub(super) fn of_name(name: &str) -> Arc<str> {
    if let Some(uri) = absolute(name, "").filter(|uri| Side::of(uri) == Side::Remote) {
        return uri;
    }
    let name = utf8_percent_encode(name, ILLEGAL).to_string();
    format!("memory:///{}", name.trim_start_matches('/')).into()
}

/// The URI of a file that is in no folder of this machine.
pub(super) fn of_path(path: &str) -> Arc<str> {
    const RESERVED: &AsciiSet = &ILLEGAL.add(b'%').add(b'#').add(b'?');
    format!("memory:///{}", utf8_percent_encode(path, RESERVED)).into()
}

/// The URI of a file.
pub(super) fn of_file(path: &Path) -> Arc<str> {
    const RESERVED: &AsciiSet = &ILLEGAL.add(b'%').add(b'#').add(b'?');
    let path = path.to_string_lossy();
    format!("file://{}", utf8_percent_encode(&path, RESERVED)).into()
}

/// A reference made absolute, without its fragment (RFC 3986 section 5).
pub(in crate::description) fn absolute(base: &str, reference: &str) -> Option<Arc<str>> {
    let reference = utf8_percent_encode(reference, ILLEGAL).to_string();
    let reference = UriRef::parse(reference).ok()?;
    let base = Uri::parse(base).ok()?;
    let resolved = reference.resolve_against(&base.strip_fragment()).ok()?;
    Some(resolved.normalize().strip_fragment().as_str().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_in_a_document_on_another_machine_stays_there() {
        let base = "https://example.com/apis/openapi.yaml?v=1#/paths";
        for (reference, want) in [
            ("pet.yaml", "https://example.com/apis/pet.yaml"),
            ("../../../x", "https://example.com/x"),
            ("/etc/passwd", "https://example.com/etc/passwd"),
            ("//other.com/x", "https://other.com/x"),
            ("?v=2", "https://example.com/apis/openapi.yaml?v=2"),
            ("", "https://example.com/apis/openapi.yaml?v=1"),
        ] {
            let uri = absolute(base, reference).unwrap();
            assert_eq!((&*uri, Side::of(&uri)), (want, Side::Remote), "{reference}");
        }
        for (reference, want) in [
            ("file:///etc/passwd", Side::Local),
            ("FILE:/etc/passwd", Side::Local),
            ("memory:///stdin", Side::Local),
            ("urn:x:y", Side::Nowhere),
            ("HTTP://example.com/x", Side::Remote),
        ] {
            assert_eq!(
                Side::of(&absolute(base, reference).unwrap()),
                want,
                "{reference}"
            );
        }
    }

    #[test]
    fn a_name_that_is_a_url_is_where_the_document_is() {
        for (name, want) in [
            (
                "https://example.com/a.yaml#/x",
                "https://example.com/a.yaml",
            ),
            ("HTTP://Example.com:80/a.yaml", "http://example.com/a.yaml"),
            ("stdin", "memory:///stdin"),
            ("/tmp/a b.yaml", "memory:///tmp/a%20b.yaml"),
            ("file:///etc/passwd", "memory:///file:///etc/passwd"),
        ] {
            assert_eq!(&*of_name(name), want);
        }
    }
}
