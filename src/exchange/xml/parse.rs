//! The parser: events of the reader to elements.

use std::{collections::HashSet, sync::Arc};

use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::{QName, ResolveResult},
};

use super::{Element, MAX_DEPTH, MAX_NAMESPACE, MAX_NODES, Name};

/// What is wrong, and whether the reader itself stopped there.
pub(super) struct Fault {
    pub(super) text: String,
    of_reader: bool,
}

impl Fault {
    fn ours(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            of_reader: false,
        }
    }
}

impl From<quick_xml::Error> for Fault {
    fn from(error: quick_xml::Error) -> Self {
        Self {
            text: error.to_string(),
            of_reader: true,
        }
    }
}

/// Reads one document.
pub(super) struct Parser<'t> {
    reader: NsReader<&'t [u8]>,
    open: Vec<Element>,
    root: Option<Element>,
    nodes: usize,
    /// Each namespace once, however many are in it.
    namespaces: HashSet<Arc<str>>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            reader: NsReader::from_str(text),
            open: Vec::new(),
            root: None,
            nodes: 0,
            namespaces: HashSet::new(),
        }
    }

    pub(super) fn run(&mut self) -> Result<Element, Fault> {
        loop {
            match self.reader.read_event()? {
                Event::Start(start) => {
                    let element = self.element(&start)?;
                    if self.open.len() == MAX_DEPTH {
                        let message = format!("elements nest deeper than {MAX_DEPTH}");
                        return Err(Fault::ours(message));
                    }
                    self.open.push(element);
                }
                Event::Empty(start) => {
                    let element = self.element(&start)?;
                    self.close(element)?;
                }
                Event::End(_) => {
                    if let Some(element) = self.open.pop() {
                        self.close(element)?;
                    }
                }
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                    Some(character) => self.text(character.encode_utf8(&mut [0; 4]))?,
                    None => {
                        let name = reference.xml10_content();
                        self.text(predefined(&name)?)?;
                    }
                },
                Event::DocType(_) => {
                    return Err(Fault::ours("a document type (DTD) is not read"));
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        match (self.open.last(), self.root.take()) {
            (Some(open), _) => Err(Fault::ours(format!(
                "the text ends inside of <{}>",
                open.name.local
            ))),
            (None, None) => Err(Fault::ours("there is no element")),
            (None, Some(root)) => Ok(root),
        }
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element, Fault> {
        let Self {
            reader,
            nodes,
            namespaces,
            ..
        } = self;
        count(nodes)?;
        let resolver = reader.resolver();
        let (namespace, local) = resolver.resolve_element(start.name());
        let mut element = Element {
            name: name(namespaces, &namespace, local.as_ref())?,
            ..Element::default()
        };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(quick_xml::Error::from)?;
            count(nodes)?;
            if is_declaration(attribute.key) {
                continue;
            }
            let (namespace, local) = resolver.resolve_attribute(attribute.key);
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            element.attributes.push((
                name(namespaces, &namespace, local.as_ref())?,
                value.into_owned(),
            ));
        }
        Ok(element)
    }

    fn close(&mut self, element: Element) -> Result<(), Fault> {
        match (self.open.last_mut(), &self.root) {
            (Some(parent), _) => parent.children.push(element),
            (None, None) => self.root = Some(element),
            (None, Some(_)) => {
                return Err(Fault::ours(format!(
                    "<{}> follows the root element; there is one only",
                    element.name.local
                )));
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim_start_matches('\u{FEFF}').trim().is_empty() => {}
            None => return Err(Fault::ours("text stands outside of the root element")),
        }
        Ok(())
    }

    /// Where in the text a fault is, in bytes.
    pub(super) fn position(&self, fault: &Fault) -> u64 {
        match fault.of_reader {
            true => self.reader.error_position(),
            false => self.reader.buffer_position(),
        }
    }
}

fn is_declaration(key: QName<'_>) -> bool {
    key.as_namespace_binding().is_some()
}

/// Counts an element or an attribute.
fn count(nodes: &mut usize) -> Result<(), Fault> {
    *nodes += 1;
    match *nodes > MAX_NODES {
        true => Err(Fault::ours(format!(
            "there are more than {MAX_NODES} elements and attributes"
        ))),
        false => Ok(()),
    }
}

fn name(
    namespaces: &mut HashSet<Arc<str>>,
    namespace: &ResolveResult<'_>,
    local: &str,
) -> Result<Name, Fault> {
    let namespace = match namespace {
        ResolveResult::Unbound => None,
        ResolveResult::Bound(namespace) => {
            let namespace = namespace.as_ref();
            if namespace.len() > MAX_NAMESPACE {
                let message = format!("a namespace is longer than {MAX_NAMESPACE} bytes");
                return Err(Fault::ours(message));
            }
            let known = namespaces.get(namespace).cloned();
            Some(known.unwrap_or_else(|| {
                let new: Arc<str> = namespace.into();
                namespaces.insert(Arc::clone(&new));
                new
            }))
        }
        ResolveResult::Unknown(prefix) => {
            let message = format!("the prefix `{prefix}` is declared nowhere");
            return Err(Fault::ours(message));
        }
    };
    Ok(Name {
        namespace,
        local: local.to_owned(),
    })
}

/// The five entities that XML has itself (XML 1.0 section 4.6).
fn predefined(name: &str) -> Result<&'static str, Fault> {
    match name {
        "amp" => Ok("&"),
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "apos" => Ok("'"),
        "quot" => Ok("\""),
        other => Err(Fault::ours(format!("the entity `&{other};` is not read"))),
    }
}
