//! How values of a schema are written as XML (OpenAPI 3.1.1 and 3.2.0, "XML Object").

mod compile;
mod read;
mod undescribed;
mod write;

use std::sync::Arc;

use super::{parameter::Style, reader::Reader, shape::Shape};
use crate::description::Finding;

/// How the values of one schema are written as XML.
#[derive(Debug)]
pub struct XmlSchema {
    /// The nodes, each for one schema object; the first is that of the root.
    nodes: Vec<Node>,
    /// The root's own name, or its component's.
    root_name: Option<String>,
    root: Form,
}

/// One schema object.
#[derive(Debug, Default)]
struct Node {
    /// The types of its values that are neither array nor object.
    scalar: Shape,
    array: bool,
    items: Option<Items>,
    object: bool,
    members: Vec<Member>,
    required: Vec<String>,
    /// The node of the properties that are not known by name.
    additional: Option<usize>,
}

/// The items of an array.
#[derive(Debug)]
struct Items {
    node: usize,
    form: Form,
}

/// A known property.
#[derive(Debug)]
struct Member {
    property: String,
    node: usize,
    form: Form,
}

/// One XML object.
#[derive(Debug, Clone, Default)]
struct Form {
    name: Option<String>,
    /// The name of the component that the schema is.
    component: Option<String>,
    namespace: Option<String>,
    prefix: Option<String>,
    place: Place,
    wrapped: bool,
}

/// What a value becomes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Element,
    Attribute,
    Text,
    Cdata,
}

/// A value that cannot be read from XML or written as it: where, and why.
#[derive(Debug, PartialEq)]
pub struct XmlFault {
    /// The JSON pointer to the value.
    pub pointer: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Member {
    fn name(&self) -> &str {
        self.form.name.as_deref().unwrap_or(&self.property)
    }
}

impl Node {
    /// The name of the elements of an array whose property or wrapper has a name.
    fn item_name<'n>(&'n self, outer: &'n str) -> &'n str {
        let items = self.items.as_ref();
        items
            .and_then(|items| items.form.name.as_deref())
            .unwrap_or(outer)
    }
}

impl XmlSchema {
    /// How the values of a parameter or a header field are written, whose schema stands at a pointer; `None`
    /// where that is not as XML.
    ///
    /// # Errors
    /// An `xml` object that is not read.
    pub(super) fn of_content(
        reader: &Reader<'_>,
        style: Style,
        schema_at: &str,
    ) -> Result<Option<Arc<Self>>, Finding> {
        let has_schema = reader.description.at(schema_at).is_some();
        match style == Style::Xml && has_schema {
            true => Self::compile(&reader.description, schema_at).map(|xml| Some(Arc::new(xml))),
            false => Ok(None),
        }
    }

    /// The name of the elements of an array that is the root.
    fn root_item_name(&self) -> &str {
        let items = self.nodes[0].items.as_ref().map(|items| &items.form);
        let component = || items?.component.as_deref();
        let outer = component().or(self.root_name.as_deref());
        self.nodes[0].item_name(outer.unwrap_or("item"))
    }

    /// Whether the values are strings, and the root element is named for them: its text is the value.
    pub fn is_element_text(&self) -> bool {
        let root = &self.nodes[0];
        root.scalar.string && !root.array && !root.object && self.root.name.is_some()
    }

    /// Whether the values are strings and nothing says how they are written: XML text as it stands.
    pub fn is_text(&self) -> bool {
        let root = &self.nodes[0];
        let is_string = root.scalar.string && !root.scalar.number && !root.scalar.boolean;
        is_string && !root.array && !root.object && self.root.name.is_none()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Description, Source, exchange::Element};

    #[test]
    fn what_is_written_is_read_as_the_same_value() {
        for (schema, value, want) in [
            (
                json!({"type": "object", "xml": {"name": "a"}, "properties": {
                    "n": {"type": "integer"}, "s": {"type": "string"}, "l": {"type": "array", "items": {"type": "number"}}}}),
                json!({"n": -1, "s": " <&\r\n\u{1F600}", "l": [1, 2.5]}),
                "<a><n>-1</n><s> &lt;&amp;&#13;\n\u{1F600}</s><l>1</l><l>2.5</l></a>",
            ),
            (
                json!({"type": "array", "xml": {"name": "all", "wrapped": true}, "items": {"type": "array", "xml": {"name": "row"}, "items": {"type": "boolean", "xml": {"name": "b"}}}}),
                json!([[true], []]),
                "<all><row><b>true</b></row><row></row></all>",
            ),
            (
                json!({"type": "object", "properties": {
                    "k": {"type": "string", "xml": {"attribute": true, "prefix": "p", "namespace": "u"}},
                    "t": {"type": "string", "xml": {"nodeType": "cdata"}}}}),
                json!({"k": "a\n\"", "t": "]]>"}),
                "<root xmlns:p=\"u\" p:k=\"a&#10;&quot;\"><![CDATA[]]]]><![CDATA[>]]></root>",
            ),
            (
                json!({"type": "object", "properties": {
                    "w": {"type": "array", "xml": {"wrapped": true, "name": "ws"}, "items": {"type": "string"}},
                    "o": {"type": ["object", "null"]}}}),
                json!({"w": ["x"], "o": null}),
                "<root><ws><ws>x</ws></ws><o xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></root>",
            ),
            (
                json!({"type": "string", "xml": {"name": "s"}}),
                json!("x"),
                "<s>x</s>",
            ),
            (
                json!({"type": "object", "additionalProperties": {"type": "integer"}}),
                json!({"a": 1}),
                "<root><a>1</a></root>",
            ),
        ] {
            let document = json!({"openapi": "3.1.0", "info": {}, "paths": {}, "s": schema});
            let source = Source::new("s.json", document.to_string());
            let description = Description::load(source).unwrap();
            let xml = XmlSchema::compile(&description, "/s").unwrap();
            let text = xml.write(&value).unwrap();
            assert_eq!(text.lines().skip(1).collect::<Vec<_>>().join("\n"), want);
            let read = xml.read(&Element::parse(&text).unwrap()).unwrap();
            assert_eq!(read, value, "{text}");
        }
    }

    #[test]
    fn what_xml_does_not_have_is_a_fault() {
        let document =
            json!({"openapi": "3.1.0", "info": {}, "paths": {}, "s": {"type": "object"}});
        let description = Description::load(Source::new("s.json", document.to_string())).unwrap();
        let xml = XmlSchema::compile(&description, "/s").unwrap();
        for (value, pointer) in [(json!({"a b": 1}), "/a b"), (json!({"a": "\u{1}"}), "/a")] {
            assert_eq!(xml.write(&value).unwrap_err().pointer, pointer);
        }
    }
}
