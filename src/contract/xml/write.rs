//! From values to XML text, by the schema.

use serde_json::{Map, Value};

use super::{Form, Member, Node, Place, XmlFault, XmlSchema};
use crate::{description::join, exchange::INSTANCE};

/// The name of the root where nothing gives it one.
const ROOT: &str = "root";

/// What stands before the root.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl XmlSchema {
    /// A value as a document.
    ///
    /// # Errors
    /// A name or a character that XML does not have.
    pub fn write(&self, value: &Value) -> Result<String, XmlFault> {
        Ok(format!("{DECLARATION}{}", self.write_element(value)?))
    }

    /// A value as its root element alone, for where a document is one line.
    ///
    /// # Errors
    /// As [`XmlSchema::write`].
    pub fn write_element(&self, value: &Value) -> Result<String, XmlFault> {
        let mut text = String::new();
        let mut writer = Writer {
            schema: self,
            text: &mut text,
            namespaces: Vec::new(),
        };
        let name = self.root_name.as_deref().unwrap_or(ROOT);
        let items = self.root_item_name();
        writer.element(name, &self.root, Some(&self.nodes[0]), value, items, "")?;
        Ok(text)
    }

    /// The value of a property as a document of its own, named for it.
    ///
    /// # Errors
    /// As [`XmlSchema::write`].
    pub fn write_member(&self, property: &str, value: &Value) -> Result<String, XmlFault> {
        let mut members = self.nodes[0].members.iter();
        let member = members.find(|member| member.property == property);
        let form = member.map_or_else(Form::default, |member| member.form.clone());
        let name = member.map_or(property, Member::name);
        let node = member.map(|member| &self.nodes[member.node]);
        let items = node.map_or("item", |node| node.item_name(name));
        let mut text = DECLARATION.to_owned();
        let mut writer = Writer {
            schema: self,
            text: &mut text,
            namespaces: Vec::new(),
        };
        writer.element(name, &form, node, value, items, "")?;
        Ok(text)
    }
}

struct Writer<'s, 't> {
    schema: &'s XmlSchema,
    text: &'t mut String,
    /// The declarations that hold here: prefix and namespace.
    namespaces: Vec<(String, String)>,
}

impl Writer<'_, '_> {
    /// One element; `items` names those of a list in it.
    fn element(
        &mut self,
        name: &str,
        form: &Form,
        node: Option<&Node>,
        value: &Value,
        items: &str,
        pointer: &str,
    ) -> Result<(), XmlFault> {
        let tag = qualified(name, form, pointer)?;
        let outer = self.namespaces.len();
        self.text.push_str(&format!("<{tag}"));
        self.declare(form);
        if let Value::Object(members) = value {
            self.attributes(node, members, pointer)?;
        }
        match value {
            Value::Null => {
                self.text
                    .push_str(&format!(" xmlns:xsi=\"{INSTANCE}\" xsi:nil=\"true\"/>"));
            }
            value => {
                self.text.push('>');
                self.content(node, value, items, pointer)?;
                self.text.push_str(&format!("</{tag}>"));
            }
        }
        self.namespaces.truncate(outer);
        Ok(())
    }

    /// Declares a namespace where it does not hold already.
    fn declare(&mut self, form: &Form) {
        let Some(namespace) = &form.namespace else {
            return;
        };
        let prefix = form.prefix.clone().unwrap_or_default();
        let mut held = self.namespaces.iter().rev();
        if held.find(|(other, _)| *other == prefix).map(|(_, uri)| uri) == Some(namespace) {
            return;
        }
        let attribute = match &*prefix {
            "" => "xmlns".to_owned(),
            prefix => format!("xmlns:{prefix}"),
        };
        self.text
            .push_str(&format!(" {attribute}=\"{}\"", escaped(namespace)));
        self.namespaces.push((prefix, namespace.clone()));
    }

    fn attributes(
        &mut self,
        node: Option<&Node>,
        members: &Map<String, Value>,
        pointer: &str,
    ) -> Result<(), XmlFault> {
        for member in node.into_iter().flat_map(|node| &node.members) {
            if member.form.place != Place::Attribute {
                continue;
            }
            // An attribute that is null is not there (OpenAPI 3.2.0, "XML Object").
            if let Some(value) = members.get(&member.property).filter(|it| !it.is_null()) {
                let at = join(pointer, &member.property);
                let name = qualified(member.name(), &member.form, &at)?;
                self.declare(&member.form);
                let value = scalar(value, &at)?;
                // A reader would take line breaks and tabs in an attribute for spaces.
                let value = escaped(&value).replace('\n', "&#10;").replace('\t', "&#9;");
                self.text.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        Ok(())
    }

    fn content(
        &mut self,
        node: Option<&Node>,
        value: &Value,
        items: &str,
        pointer: &str,
    ) -> Result<(), XmlFault> {
        match value {
            Value::Object(members) => {
                for (property, value) in members {
                    self.member(node, property, value, &join(pointer, property))?;
                }
                Ok(())
            }
            Value::Array(values) => self.list(items, node, values, pointer),
            other => {
                let text = scalar(other, pointer)?;
                self.text.push_str(&escaped(&text));
                Ok(())
            }
        }
    }

    fn list(
        &mut self,
        name: &str,
        node: Option<&Node>,
        values: &[Value],
        pointer: &str,
    ) -> Result<(), XmlFault> {
        let items = node.and_then(|node| node.items.as_ref());
        let plain = Form::default();
        let form = items.map_or(&plain, |items| &items.form);
        let node = items.map(|items| &self.schema.nodes[items.node]);
        for (index, value) in values.iter().enumerate() {
            let inner = node.map_or(name, |node| node.item_name(name));
            let at = join(pointer, &index.to_string());
            self.element(name, form, node, value, inner, &at)?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        owner: Option<&Node>,
        property: &str,
        value: &Value,
        pointer: &str,
    ) -> Result<(), XmlFault> {
        let mut known = owner.into_iter().flat_map(|owner| &owner.members);
        let Some(member) = known.find(|member| member.property == property) else {
            let additional = owner.and_then(|owner| owner.additional);
            let node = additional.map(|node| &self.schema.nodes[node]);
            return self.plain(property, &Form::default(), node, value, pointer);
        };
        let node = &self.schema.nodes[member.node];
        match (member.form.place, value) {
            (Place::Attribute, _) => Ok(()),
            (Place::Text, value) => {
                self.text.push_str(&escaped(&scalar(value, pointer)?));
                Ok(())
            }
            (Place::Cdata, value) => {
                let text = scalar(value, pointer)?.replace("]]>", "]]]]><![CDATA[>");
                self.text.push_str(&format!("<![CDATA[{text}]]>"));
                Ok(())
            }
            (Place::Element, Value::Array(values)) if !member.form.wrapped => {
                self.list(node.item_name(property), Some(node), values, pointer)
            }
            (Place::Element, value) => {
                self.plain(member.name(), &member.form, Some(node), value, pointer)
            }
        }
    }

    /// An element that stands for itself; of a list without a wrapper, one for each item.
    fn plain(
        &mut self,
        name: &str,
        form: &Form,
        node: Option<&Node>,
        value: &Value,
        pointer: &str,
    ) -> Result<(), XmlFault> {
        match value {
            Value::Array(values) if !form.wrapped => self.list(name, node, values, pointer),
            value => {
                let items = node.map_or(name, |node| node.item_name(name));
                self.element(name, form, node, value, items, pointer)
            }
        }
    }
}

fn scalar(value: &Value, pointer: &str) -> Result<String, XmlFault> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    match text.chars().find(|character| !is_character(*character)) {
        None => Ok(text),
        Some(character) => Err(XmlFault {
            pointer: pointer.to_owned(),
            message: format!("XML has no character {character:?}"),
        }),
    }
}

/// XML 1.0 section 2.2.
fn is_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

fn qualified(name: &str, form: &Form, pointer: &str) -> Result<String, XmlFault> {
    let name = match &form.prefix {
        Some(prefix) => format!("{prefix}:{name}"),
        None => name.to_owned(),
    };
    let starts = |first: char| first.is_alphabetic() || first == '_';
    let goes_on = |next: char| next.is_alphanumeric() || "_-.:·".contains(next);
    match name.starts_with(starts) && name.chars().all(goes_on) {
        true => Ok(name),
        false => Err(XmlFault {
            pointer: pointer.to_owned(),
            message: format!("`{name}` cannot be the name of an element; give it an `xml.name`"),
        }),
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A reader would take it for the end of a line.
            '\r' => escaped.push_str("&#13;"),
            other => escaped.push(other),
        }
    }
    escaped
}
