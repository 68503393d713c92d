//! From the schemas of a description to how they are written as XML.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{Form, Items, Member, Node, Place, XmlSchema};
use crate::description::{Description, Finding, FindingCode, join, tokens};

/// The name that stands for none in descriptions made from Java classes.
const UNNAMED: &str = "##default";

impl XmlSchema {
    /// How values of the schema at a pointer, before `$ref`, are written.
    ///
    /// # Errors
    /// An `xml` object that says what is not read.
    pub(in crate::contract) fn compile(
        description: &Description,
        pointer: &str,
    ) -> Result<Self, Finding> {
        let mut compiler = Compiler {
            description,
            nodes: Vec::new(),
            known: HashMap::new(),
            open: Vec::new(),
        };
        compiler.node(pointer)?;
        // One by one, since schemas may lead deep into each other.
        while let Some((index, pointer)) = compiler.open.pop() {
            let mut node = Node::default();
            compiler.fill(&mut node, pointer)?;
            compiler.nodes[index] = node;
        }
        let root = compiler.form(pointer)?;
        Ok(Self {
            nodes: compiler.nodes,
            root_name: root.name.clone().or_else(|| root.component.clone()),
            root,
        })
    }
}

struct Compiler<'d> {
    description: &'d Description,
    nodes: Vec<Node>,
    known: HashMap<String, usize>,
    /// The nodes that are still to be filled, and their schemas.
    open: Vec<(usize, String)>,
}

impl<'d> Compiler<'d> {
    /// The node of a schema, made once however often it is referred to.
    fn node(&mut self, pointer: &str) -> Result<usize, Finding> {
        let pointer = self.description.resolve(pointer)?;
        if let Some(index) = self.known.get(&pointer) {
            return Ok(*index);
        }
        let index = self.nodes.len();
        self.nodes.push(Node::default());
        self.known.insert(pointer.clone(), index);
        self.open.push((index, pointer));
        Ok(index)
    }

    /// Adds what a schema and all its branches say, in their order: one by one, as above.
    fn fill(&mut self, node: &mut Node, pointer: String) -> Result<(), Finding> {
        let mut seen = HashSet::new();
        let mut open = vec![pointer];
        while let Some(pointer) = open.pop() {
            let pointer = self.description.resolve(&pointer)?;
            if let Some(Value::Object(schema)) = self.description.at(&pointer)
                && seen.insert(pointer.clone())
            {
                self.add(node, schema, &pointer)?;
                open.extend(branches(schema, &pointer).into_iter().rev());
            }
        }
        Ok(())
    }

    /// Adds what a schema itself says.
    fn add(
        &mut self,
        node: &mut Node,
        schema: &Map<String, Value>,
        pointer: &str,
    ) -> Result<(), Finding> {
        add_types(node, schema);
        if schema.contains_key("items") && node.items.is_none() {
            let place = join(pointer, "items");
            node.array = true;
            node.items = Some(Items {
                node: self.node(&place)?,
                form: self.form(&place)?,
            });
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            node.object = true;
            let place = join(pointer, "properties");
            for name in properties.keys() {
                self.add_member(node, name, &join(&place, name))?;
            }
        }
        if schema
            .get("additionalProperties")
            .is_some_and(Value::is_object)
        {
            node.object = true;
            node.additional = Some(self.node(&join(pointer, "additionalProperties"))?);
        }
        let required = schema.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        node.required.extend(required.map(str::to_owned));
        Ok(())
    }

    fn add_member(&mut self, node: &mut Node, name: &str, place: &str) -> Result<(), Finding> {
        if node.members.iter().any(|member| member.property == name) {
            return Ok(());
        }
        let member = Member {
            property: name.to_owned(),
            node: self.node(place)?,
            form: self.form(place)?,
        };
        node.members.push(member);
        Ok(())
    }

    /// The `xml` object of a schema: beside a `$ref`, else of what it leads to.
    fn form(&self, pointer: &str) -> Result<Form, Finding> {
        let resolved = self.description.resolve(pointer)?;
        let beside = join(pointer, "xml");
        let place = match self.description.at(&beside) {
            Some(_) => beside,
            None => join(&resolved, "xml"),
        };
        let xml = self.description.at(&place).and_then(Value::as_object);
        let text = |key: &str| xml?.get(key)?.as_str().map(str::to_owned);
        let flag = |key: &str| xml.and_then(|xml| xml.get(key)) == Some(&Value::Bool(true));
        let component = resolved.strip_prefix("/components/schemas/");
        let node_type = text("nodeType");
        let is_array = self.description.at(&resolved).and_then(|it| it.get("type"))
            == Some(&Value::from("array"));
        let unsupported = |message: &str| {
            let code = FindingCode::Unsupported;
            Err(self.description.finding(code, &place, message.to_owned()))
        };
        let place_of = match node_type.as_deref() {
            Some("attribute") => Place::Attribute,
            Some("text") => Place::Text,
            Some("cdata") => Place::Cdata,
            None if flag("attribute") => Place::Attribute,
            None | Some("element") => Place::Element,
            Some("none") if is_array => Place::Element,
            Some("none") => return unsupported("`nodeType: none` is read for arrays only"),
            Some(_) => {
                return unsupported("`nodeType` is element, attribute, text, cdata or none");
            }
        };
        Ok(Form {
            name: text("name").filter(|name| name != UNNAMED),
            component: component.and_then(|rest| tokens(&format!("/{rest}")).next()),
            namespace: text("namespace"),
            prefix: text("prefix"),
            place: place_of,
            wrapped: flag("wrapped") || (is_array && node_type.as_deref() == Some("element")),
        })
    }
}

/// The pointers of a schema's branches.
fn branches(schema: &Map<String, Value>, pointer: &str) -> Vec<String> {
    let mut branches = Vec::new();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let count = schema.get(keyword).and_then(Value::as_array);
        let place = join(pointer, keyword);
        let each = (0..count.map_or(0, Vec::len)).map(|index| join(&place, &index.to_string()));
        branches.extend(each);
    }
    branches
}

fn add_types(node: &mut Node, schema: &Map<String, Value>) {
    let named = match schema.get("type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    for name in named {
        match name {
            "null" => node.scalar.null = true,
            "boolean" => node.scalar.boolean = true,
            "integer" | "number" => node.scalar.number = true,
            "string" => node.scalar.string = true,
            "array" => node.array = true,
            "object" => node.object = true,
            _ => {}
        }
    }
    let listed = schema.get("enum").and_then(Value::as_array);
    let values = listed.into_iter().flatten().chain(schema.get("const"));
    for value in values {
        match value {
            Value::Null => node.scalar.null = true,
            Value::Bool(_) => node.scalar.boolean = true,
            Value::Number(_) => node.scalar.number = true,
            Value::String(_) => node.scalar.string = true,
            Value::Array(_) => node.array = true,
            Value::Object(_) => node.object = true,
        }
    }
}
