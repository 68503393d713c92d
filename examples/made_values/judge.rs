//! Holds a reply against its description, as written.

use std::{collections::HashMap, error::Error, path::Path, rc::Rc};

use serde_json::Value;

use super::{
    documents::{Documents, Spot, file_of},
    plain::Reading,
};

/// What a reply is.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    Valid,
    /// With what is wrong.
    Invalid(String),
    /// It is no JSON, or its description has no schema for it.
    Unchecked,
}

/// A description, ready to hold replies against.
pub struct Judge {
    documents: Rc<Documents>,
    root: Spot,
    is_swagger: bool,
    compiler: boon::Compiler,
    schemas: boon::Schemas,
    known: HashMap<String, boon::SchemaIndex>,
}

impl Judge {
    /// Reads a description.
    pub fn open(file: &Path) -> Result<Self, Box<dyn Error>> {
        let documents = Rc::new(Documents::default());
        let root = Spot {
            file: file.canonicalize()?,
            pointer: String::new(),
        };
        let document = documents.get(&root.file)?;
        let version = document["openapi"].as_str().unwrap_or("2.0");
        let mut compiler = boon::Compiler::new();
        compiler.set_default_draft(boon::Draft::V2020_12);
        compiler.enable_format_assertions();
        compiler.use_loader(Box::new(Loader {
            documents: documents.clone(),
            is_old: version.starts_with("3.0") || version == "2.0",
        }));
        Ok(Self {
            is_swagger: version == "2.0",
            documents,
            root,
            compiler,
            schemas: boon::Schemas::new(),
            known: HashMap::new(),
        })
    }

    /// The statuses that are documented for an operation, `default` and `4XX` left out.
    pub fn statuses(&self, method: &str, path: &str) -> Vec<u16> {
        let replies = self.operation(method, path).and_then(|operation| {
            let (replies, _) = self.documents.resolve(&operation.child("responses"))?;
            Some(replies.as_object()?.keys().cloned().collect::<Vec<_>>())
        });
        let numbers = replies.into_iter().flatten();
        numbers.filter_map(|status| status.parse().ok()).collect()
    }

    /// Holds the body of a reply against its schema.
    pub fn judge(
        &mut self,
        (method, path): (&str, &str),
        status: u16,
        media_type: &str,
        body: &[u8],
    ) -> Verdict {
        let Some(reply) = self.reply(method, path, status) else {
            return Verdict::Invalid(format!("{status} is not documented"));
        };
        let Some(schema) = self.schema(&reply, media_type) else {
            return Verdict::Unchecked;
        };
        let bare = media_type.split(';').next().unwrap_or_default().trim();
        if bare != "application/json" && !bare.ends_with("+json") {
            return Verdict::Unchecked;
        }
        match serde_json::from_slice(body) {
            Ok(value) => self.hold(&schema, &value),
            Err(error) => Verdict::Invalid(error.to_string()),
        }
    }

    fn hold(&mut self, schema: &Spot, value: &Value) -> Verdict {
        let url = schema.url();
        let index = match self.known.get(&url) {
            Some(index) => *index,
            None => match self.compiler.compile(&url, &mut self.schemas) {
                Ok(index) => *self.known.entry(url).or_insert(index),
                Err(error) => return Verdict::Invalid(format!("no schema: {error:#}")),
            },
        };
        match self.schemas.validate(value, index) {
            Ok(()) => Verdict::Valid,
            Err(error) => Verdict::Invalid(format!("{error:#}")),
        }
    }

    fn operation(&self, method: &str, path: &str) -> Option<Spot> {
        let item = self.root.child("paths").child(path);
        let (node, item) = self.documents.resolve(&item)?;
        let named = method.to_lowercase();
        let operation = match node.get(&named) {
            Some(_) => item.child(&named),
            None => item.child("additionalOperations").child(method),
        };
        Some(self.documents.resolve(&operation)?.1)
    }

    /// The documented reply of a status: by itself, else by its range, else the default.
    fn reply(&self, method: &str, path: &str, status: u16) -> Option<Spot> {
        let replies = self.operation(method, path)?.child("responses");
        let (node, replies) = self.documents.resolve(&replies)?;
        let range = format!("{}XX", status / 100);
        let keys = [status.to_string(), range, "default".to_owned()];
        let key = keys.iter().find(|key| node.get(key).is_some())?;
        Some(self.documents.resolve(&replies.child(key))?.1)
    }

    fn schema(&self, reply: &Spot, media_type: &str) -> Option<Spot> {
        let (node, reply) = self.documents.resolve(reply)?;
        if self.is_swagger {
            return node.get("schema").map(|_| reply.child("schema"));
        }
        let essence = |text: &str| text.split(';').next().unwrap_or("").trim().to_lowercase();
        let is_it = |key: &&String| {
            let key = essence(key);
            let range = key.strip_suffix('*').unwrap_or(&key);
            essence(media_type) == key || (range != key && essence(media_type).starts_with(range))
        };
        let mut keys: Vec<&String> = node.get("content")?.as_object()?.keys().collect();
        keys.sort_by_key(|key| key.contains('*'));
        let key = keys.into_iter().find(is_it)?;
        let (content, spot) = self.documents.resolve(&reply.child("content").child(key))?;
        content.get("schema").map(|_| spot.child("schema"))
    }
}

/// Gives the validator each file with its schemas as plain JSON Schema.
struct Loader {
    documents: Rc<Documents>,
    is_old: bool,
}

impl boon::UrlLoader for Loader {
    fn load(&self, url: &str) -> Result<Value, Box<dyn Error>> {
        let file = file_of(url).ok_or("no file")?;
        let mut document = Value::clone(&*self.documents.get(&file)?);
        let reading = Reading {
            documents: &self.documents,
            is_old: self.is_old,
        };
        let pointer = String::new();
        reading.rewrite(&mut document, &Spot { file, pointer });
        Ok(document)
    }
}
