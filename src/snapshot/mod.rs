//! What an API documents, one file for each reply: to be read and reviewed beside the changes that cause it.
//!
//! The files have the format of insta's snapshots, so its tools work on them. They are the same on every
//! machine: no times, no paths but that of the description as seen from beside the folder.

mod change;
mod contents;
pub mod diff;
mod file;
mod folder;
mod indent;
mod markdown;
mod meaning;
mod name;
mod place;
mod reply_name;

use std::{collections::HashSet, sync::Arc};

use crate::{Api, cookbook::recipes, description::Location};
pub use change::{Change, Kind, Pending};
pub use file::Stored;
pub use folder::{Failure, Folder};
pub use markdown::markdown;
pub use meaning::Meaning;
pub use place::source_of;
use reply_name::ReplyName;

/// Where the fake is that the requests go to: `mynah serve` of one description, as it is by default.
const BASE_URL: &str = "http://127.0.0.1:4010";

/// A documented reply, as a file.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Its path below the folder of all snapshots, without an ending: `pets/get_pets-id__200__application-json`.
    pub name: String,
    /// What the description is called.
    pub source: String,
    /// The reply in a line.
    pub description: String,
    /// Where it is documented, as a JSON pointer.
    pub documented: String,
    /// The same in the text of the description.
    pub location: Location,
    /// What asks for it, where no request obtains it by itself.
    pub needs: Option<String>,
    /// The request and the reply.
    pub contents: String,
}

/// The snapshots of an API.
#[derive(Debug, Default)]
pub struct Snapshots {
    /// One for each documented reply.
    pub all: Vec<Snapshot>,
    /// The replies that nothing obtains, each in a line with why.
    pub unobtained: Vec<String>,
    /// The operations that have faults, as `GET /pets`: nobody can tell what they document.
    pub faulty: Vec<Arc<str>>,
}

/// The snapshots of an API whose description is called `source`, in the document's order.
///
/// ```
/// use mynah::{Api, Description, Source, snapshot::snapshots};
///
/// let text = r#"
/// openapi: 3.1.0
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets:
///     get: {responses: {'200': {description: All, content: {application/json: {example: [1]}}}}}
/// "#;
/// let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
/// let snapshot = &snapshots(&api, "pets.yaml").all[0];
///
/// assert_eq!(snapshot.name, "pets/get_pets__200__application-json");
/// assert_eq!(
///     snapshot.contents,
///     "curl 'http://127.0.0.1:4010/pets'\n\n200 OK\ncontent-type: application/json\n\n[\n  1\n]",
/// );
/// ```
pub fn snapshots(api: &Api, source: &str) -> Snapshots {
    let folder = name::folder(api);
    let mut taken = HashSet::new();
    let faulty = api.operations().iter().filter(|it| !it.faults.is_empty());
    let mut snapshots = Snapshots {
        faulty: faulty.map(|it| Arc::clone(it.label())).collect(),
        ..Snapshots::default()
    };
    for recipe in recipes(api) {
        let title = recipe.title().replace(char::is_control, " ");
        match &recipe.obtained {
            Ok(obtained) => snapshots.all.push(Snapshot {
                name: format!("{folder}/{}", name::of(&recipe, &mut taken)),
                source: source.to_owned(),
                description: title,
                location: api.locate(&recipe.pointer),
                needs: obtained.needs.clone(),
                contents: contents::of(obtained),
                documented: recipe.pointer,
            }),
            Err(why) => snapshots.unobtained.push(format!("{title}: {why}")),
        }
    }
    snapshots
}

/// The folder of an API's snapshots, below that of all.
pub fn folder_of(api: &Api) -> String {
    name::folder(api)
}

/// A number that tells bytes apart (FNV-1a with 64 bits), the same on every machine.
fn digest(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}
