//! XML text as elements (XML 1.0, Namespaces in XML 1.0), without anything that could grow when it is
//! read: no document type, no entities but the five and character references.

mod parse;

use std::sync::Arc;

use super::SyntaxError;
use parse::Parser;

/// Elements nest no deeper than this.
const MAX_DEPTH: usize = 128;

/// A document has no more elements and attributes than this: each takes some fifty times what `<a/>` does.
const MAX_NODES: usize = 500_000;

/// Names of namespaces are no longer than this, in bytes: each element that is in one has it.
const MAX_NAMESPACE: usize = 1024;

/// The namespace of `xsi:nil` and its like (XML Schema 1.0 part 1, section 2.6).
pub const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A name with its namespace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// The URI of its namespace, when it is in one.
    pub namespace: Option<Arc<str>>,
    /// The name without its prefix.
    pub local: String,
}

/// One element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: Name,
    /// Its attributes, without declarations of namespaces.
    pub attributes: Vec<(Name, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// All text that stands directly in it.
    pub text: String,
}

impl Element {
    /// Reads one document.
    ///
    /// # Errors
    /// Text that is not well-formed, nests deeper than 128 elements, has more than half a million of them and their
    /// attributes, a namespace of more than 1,024 bytes, a document type or an entity of its own.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut parser = Parser::new(text);
        match parser.run() {
            Ok(root) => Ok(root),
            Err(message) => {
                let at = usize::try_from(parser.position(&message)).unwrap_or(usize::MAX);
                let starts = text.char_indices().map(|(start, _)| start);
                let end = starts.take_while(|start| *start < at).count();
                let before: String = text.chars().take(end).collect();
                let line_start = before.rfind('\n').map_or(0, |at| at + 1);
                Err(SyntaxError {
                    line: before.matches('\n').count() + 1,
                    column: before[line_start..].chars().count() + 1,
                    message: message.text,
                })
            }
        }
    }

    /// An attribute, by namespace and local name.
    pub fn attribute(&self, namespace: Option<&str>, local: &str) -> Option<&str> {
        let is_named = |name: &Name| name.local == local && name.namespace.as_deref() == namespace;
        let mut named = self.attributes.iter().filter(|(name, _)| is_named(name));
        named.next().map(|(_, value)| &**value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_elements_attributes_and_text() {
        let text = "\u{FEFF}<?xml version=\"1.0\"?><!-- c --><a xmlns=\"u\" xmlns:p=\"v\" k='1&lt;&#65;'>\
                    x&amp;<p:b/><![CDATA[<y>]]></a>\n";
        let root = Element::parse(text).unwrap();
        assert_eq!(root.name.namespace.as_deref(), Some("u"));
        assert_eq!(root.text, "x&<y>");
        assert_eq!(root.attribute(None, "k"), Some("1<A"));
        assert_eq!(root.children[0].name.namespace.as_deref(), Some("v"));
        assert_eq!(root.children[0].name.local, "b");
    }

    #[test]
    fn what_is_not_well_formed_has_its_place() {
        for (text, want) in [
            ("", "there is no element at line 1 column 1"),
            ("<a>\n  <b></c></a>", "at line 2 column 6"),
            ("<a><b>", "the text ends inside of <b> at line 1 column 7"),
            ("<a/><b/>", "follows the root element"),
            ("<a/>x", "text stands outside"),
            ("<a b='1' b='2'/>", "at line 1"),
            ("<a b=1/>", "at line 1"),
            ("<p:a/>", "the prefix `p` is declared nowhere"),
            ("<a>&b;</a>", "the entity `&b;` is not read"),
            ("<a k='&b;'/>", "at line 1"),
            ("<a>&#0;</a>", "at line 1"),
            (
                "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>",
                "a document type (DTD) is not read",
            ),
        ] {
            let error = Element::parse(text).unwrap_err().to_string();
            assert!(error.contains(want), "{text}: {error}");
        }
        let deep = "<a>".repeat(MAX_DEPTH + 1) + &"</a>".repeat(MAX_DEPTH + 1);
        let error = Element::parse(&deep).unwrap_err().to_string();
        assert!(error.contains("deeper"), "{error}");
    }
}
