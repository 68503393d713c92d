//! The files of a description as they were written, and where their references lead.

use std::{
    cell::RefCell,
    collections::HashMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::yaml;

/// A place in a file: the node at a JSON pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    pub file: PathBuf,
    pub pointer: String,
}

impl Spot {
    /// The node below this one.
    pub fn child(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self {
            file: self.file.clone(),
            pointer: format!("{}/{key}", self.pointer),
        }
    }

    /// What a reference that stands in this file leads to.
    fn follow(&self, reference: &str) -> Self {
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let folder = self.file.parent().unwrap_or(Path::new(""));
        Self {
            file: match file {
                "" => self.file.clone(),
                file => plain(&folder.join(decoded(file))),
            },
            pointer: decoded(pointer),
        }
    }

    /// The URL of the node.
    pub fn url(&self) -> String {
        const ESCAPED: &AsciiSet = &CONTROLS
            .add(b' ')
            .add(b'"')
            .add(b'%')
            .add(b'#')
            .add(b'?')
            .add(b'<')
            .add(b'>')
            .add(b'{')
            .add(b'}')
            .add(b'^')
            .add(b'`')
            .add(b'|')
            .add(b'\\')
            .add(b'[')
            .add(b']');
        let escaped = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
        let file = self.file.to_string_lossy();
        let file = escaped(&file);
        format!("file://{file}#{}", escaped(&self.pointer))
    }
}

/// The file that a URL of [`Spot::url`] is of.
pub fn file_of(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("file://")?;
    let path = percent_decode_str(path.split('#').next()?);
    Some(PathBuf::from(path.decode_utf8().ok()?.into_owned()))
}

/// The files read so far.
#[derive(Default)]
pub struct Documents {
    read: RefCell<HashMap<PathBuf, Rc<Value>>>,
}

impl Documents {
    /// A file, as JSON.
    pub fn get(&self, file: &Path) -> Result<Rc<Value>, Box<dyn Error>> {
        if let Some(document) = self.read.borrow().get(file) {
            return Ok(document.clone());
        }
        let text = fs::read_to_string(file)?;
        let document = match serde_json::from_str(&text) {
            Ok(document) => document,
            Err(_) => yaml::read(&text)?,
        };
        let document = Rc::new(document);
        let mut read = self.read.borrow_mut();
        read.insert(file.to_owned(), document.clone());
        Ok(document)
    }

    /// The node at a place, once no reference stands there, and that place. `None` where a
    /// reference leads nowhere.
    pub fn resolve(&self, spot: &Spot) -> Option<(Value, Spot)> {
        let mut spot = spot.clone();
        for _ in 0..50 {
            let document = self.get(&spot.file).ok()?;
            let node = document.pointer(&spot.pointer)?;
            match node.get("$ref").and_then(Value::as_str) {
                Some(reference) => spot = spot.follow(reference),
                None => return Some((node.clone(), spot)),
            }
        }
        None
    }
}

/// Without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
