//! From elements to values, by the schema.

use serde_json::{Map, Value};

use super::{
    Form, Member, Node, Place, XmlFault, XmlSchema,
    undescribed::{add, own_attributes, take, undescribed},
};
use crate::{
    description::join,
    exchange::{Element, INSTANCE, Name},
};

impl XmlSchema {
    /// The value that a document is.
    ///
    /// # Errors
    /// A value that is not written as its schema says, where that would otherwise pass unseen.
    pub fn read(&self, root: &Element) -> Result<Value, XmlFault> {
        if let Some(name) = &self.root_name
            && (*name != root.name.local || !is_in(&self.root, &root.name))
        {
            let message = format!(
                "the root element is <{}>; <{name}> is documented{}",
                root.name.local,
                in_namespace(&self.root),
            );
            return fault("", message);
        }
        match self.nodes.first() {
            Some(node) if node.is_list(root) => self.list(root, node, self.root_item_name(), ""),
            _ => self.value(root, 0, &root.name.local, ""),
        }
    }

    /// The value of a property that is a document of its own, whatever its root is called.
    ///
    /// # Errors
    /// As [`XmlSchema::read`].
    pub fn read_member(&self, property: &str, root: &Element) -> Result<Value, XmlFault> {
        let pointer = join("", property);
        let mut members = self.nodes[0].members.iter();
        match members.find(|member| member.property == property) {
            Some(member) => self.value(root, member.node, member.name(), &pointer),
            None => Ok(undescribed(root)),
        }
    }

    /// The value of an element; `outer` names the items of a list that has no name for them.
    fn value(
        &self,
        element: &Element,
        node: usize,
        outer: &str,
        pointer: &str,
    ) -> Result<Value, XmlFault> {
        let node = &self.nodes[node];
        if matches!(element.attribute(Some(INSTANCE), "nil"), Some("true" | "1")) {
            return Ok(Value::Null);
        }
        let is_plain = element.children.is_empty() && own_attributes(element).next().is_none();
        if node.is_list(element) {
            self.list(element, node, node.item_name(outer), pointer)
        } else if node.object && !(is_plain && node.scalar.string) {
            self.object(element, node, pointer)
        } else if element.children.is_empty() && (is_plain || node.is_scalar()) {
            Ok(node.scalar(&element.text))
        } else {
            Ok(undescribed(element))
        }
    }

    fn list(
        &self,
        element: &Element,
        node: &Node,
        name: &str,
        pointer: &str,
    ) -> Result<Value, XmlFault> {
        no_text(element, pointer)?;
        let mut values = Vec::new();
        for child in &element.children {
            if child.name.local != name {
                let message = format!("<{}> stands in a list of <{name}>", child.name.local);
                return fault(pointer, message);
            }
            let at = join(pointer, &values.len().to_string());
            values.push(match &node.items {
                Some(items) => self.value(child, items.node, name, &at)?,
                None => undescribed(child),
            });
        }
        Ok(Value::Array(values))
    }

    fn object(&self, element: &Element, node: &Node, pointer: &str) -> Result<Value, XmlFault> {
        let mut members = Map::new();
        let mut rest: Vec<&Element> = element.children.iter().collect();
        let mut attributes: Vec<&(Name, String)> = own_attributes(element).collect();
        let mut takes_text = false;
        for member in &node.members {
            let at = join(pointer, &member.property);
            let value = match member.form.place {
                Place::Attribute => take(&mut attributes, |(name, _)| member.is(name))
                    .first()
                    .map(|(_, text)| self.nodes[member.node].scalar(text)),
                Place::Text | Place::Cdata => {
                    takes_text = true;
                    let is_there = !element.text.is_empty() || rest.is_empty();
                    is_there.then(|| self.nodes[member.node].scalar(&element.text))
                }
                Place::Element => self.member(member, node, &mut rest, &at)?,
            };
            if let Some(value) = value {
                members.insert(member.property.clone(), value);
            }
        }
        if !takes_text {
            no_text(element, pointer)?;
        }
        for (name, text) in attributes {
            members.insert(format!("@{}", name.local), Value::from(text.as_str()));
        }
        self.add_undescribed(&mut members, node, &rest, pointer)?;
        Ok(Value::Object(members))
    }

    /// The value of a property that is one or more elements; these are taken from `rest`.
    fn member(
        &self,
        member: &Member,
        owner: &Node,
        rest: &mut Vec<&Element>,
        pointer: &str,
    ) -> Result<Option<Value>, XmlFault> {
        let described = &self.nodes[member.node];
        if described.array && !member.form.wrapped {
            // The name of a list itself counts only when it is wrapped.
            let name = described.item_name(&member.property);
            let form = described.items.as_ref().map(|items| &items.form);
            let items = take(rest, |child| {
                child.name.local == name && form.is_none_or(|form| is_in(form, &child.name))
            });
            let mut values = Vec::new();
            for item in items {
                let at = join(pointer, &values.len().to_string());
                values.push(match &described.items {
                    Some(items) => self.value(item, items.node, name, &at)?,
                    None => undescribed(item),
                });
            }
            // An empty list is no element at all.
            let is_there = !values.is_empty() || owner.required.contains(&member.property);
            return Ok(is_there.then_some(Value::Array(values)));
        }
        let found = take(rest, |child| member.is(&child.name));
        match &found[..] {
            [] => Ok(None),
            [one] => self
                .value(one, member.node, member.name(), pointer)
                .map(Some),
            // Several where the schema has one: left for the validator to refuse.
            many => {
                let read = |one: &&Element| self.value(one, member.node, member.name(), pointer);
                many.iter().map(read).collect::<Result<_, _>>().map(Some)
            }
        }
    }

    /// Elements that no property is written as.
    fn add_undescribed(
        &self,
        members: &mut Map<String, Value>,
        node: &Node,
        rest: &[&Element],
        pointer: &str,
    ) -> Result<(), XmlFault> {
        for element in rest {
            let local = &element.name.local;
            if let Some(member) = node.members.iter().find(|it| it.property == *local) {
                let message = format!(
                    "<{local}> is not how `{local}` is written; {}",
                    member.how()
                );
                return fault(&join(pointer, local), message);
            }
            let value = match node.additional {
                Some(node) => self.value(element, node, local, &join(pointer, local))?,
                None => undescribed(element),
            };
            add(members, local, value);
        }
        Ok(())
    }
}

impl Node {
    /// Whether an element is to be read as a list.
    fn is_list(&self, element: &Element) -> bool {
        let is_other = self.object || (self.scalar.string && element.children.is_empty());
        self.array && !is_other
    }

    fn is_scalar(&self) -> bool {
        let Self { scalar, .. } = self;
        scalar.string || scalar.number || scalar.boolean || scalar.null
    }

    /// Text as a value. Space around a number or a boolean is none of it (XML Schema 1.0 part 2,
    /// section 4.3.6).
    fn scalar(&self, text: &str) -> Value {
        match self.scalar.value_of(text.trim()) {
            Value::String(_) => Value::from(text),
            other => other,
        }
    }
}

impl Member {
    fn is(&self, name: &Name) -> bool {
        name.local == self.name() && is_in(&self.form, name)
    }

    /// How the property is written, in words.
    fn how(&self) -> String {
        let name = self.name();
        let namespace = in_namespace(&self.form);
        match self.form.place {
            Place::Attribute => format!("it is the attribute `{name}`{namespace}"),
            Place::Text | Place::Cdata => "it is the text of the element".to_owned(),
            Place::Element => format!("it is <{name}>{namespace}"),
        }
    }
}

/// Whether a name is in the namespace that is documented, if one is.
fn is_in(form: &Form, name: &Name) -> bool {
    form.namespace.is_none() || form.namespace.as_deref() == name.namespace.as_deref()
}

fn in_namespace(form: &Form) -> String {
    let of = |namespace: &String| format!(" in the namespace `{namespace}`");
    form.namespace.as_ref().map_or_else(String::new, of)
}

fn fault<T>(pointer: &str, message: String) -> Result<T, XmlFault> {
    Err(XmlFault {
        pointer: pointer.to_owned(),
        message,
    })
}

fn no_text(element: &Element, pointer: &str) -> Result<(), XmlFault> {
    match element.text.trim().is_empty() {
        true => Ok(()),
        false => fault(
            pointer,
            format!(
                "text stands in <{}>, which has elements only",
                element.name.local
            ),
        ),
    }
}
