//! Where the replies of a review are documented, and what changed there.

use std::{collections::HashMap, path::PathBuf};

use crate::{
    Description,
    cli::{
        args::Reviewing,
        choices::Choices,
        descriptions::{self, Overlays},
        since::Since,
        target::Target,
    },
    description::Location,
    report::Sources,
    snapshot::{Stored, source_of},
};

/// The descriptions, each read when one of its replies is first shown.
pub(super) struct Places {
    choices: Choices,
    specs: Vec<String>,
    folder: PathBuf,
    revision: String,
    read: HashMap<String, Option<Known>>,
    sources: Sources,
}

/// A description, and what changed in it.
pub(super) struct Known {
    description: Description,
    pub(super) since: Since,
}

impl Known {
    /// Where a reply is documented.
    pub(super) fn place(&self, stored: &Stored) -> Option<Location> {
        let pointer = stored.documented.as_deref()?.strip_prefix('#')?;
        Some(self.description.locate(pointer))
    }
}

impl Places {
    pub(super) fn new(reviewing: &Reviewing) -> Self {
        Self {
            choices: reviewing.reading.choices(),
            specs: reviewing.specs.clone(),
            folder: reviewing.folder.clone(),
            revision: reviewing.since.clone(),
            read: HashMap::new(),
            sources: Sources::default(),
        }
    }

    /// The description that a reply is in, and the texts that its places are in; `None` where it is not
    /// there any more.
    pub(super) fn of(&mut self, stored: &Stored) -> Option<(&Known, &mut Sources)> {
        let source = stored.source.as_deref()?;
        if !self.read.contains_key(source) {
            let known = self.known(source);
            self.read.insert(source.to_owned(), known);
        }
        let known = self.read.get(source)?.as_ref()?;
        Some((known, &mut self.sources))
    }

    fn known(&mut self, source: &str) -> Option<Known> {
        let target = self.target(source)?;
        let overlays = Overlays::read(&self.choices).ok()?;
        let document = descriptions::read(&target, &self.choices, &overlays).ok()?;
        let description = document.description.ok()?;
        let texts = description.sources().iter().cloned();
        texts.for_each(|text| self.sources.add(text));
        let (choices, sources) = (&self.choices, &mut self.sources);
        let since = Since::revision(&self.revision, &target, &description, choices, sources);
        Some(Known { description, since })
    }

    /// The description that is called so in the files.
    fn target(&self, source: &str) -> Option<Target> {
        let named = self.specs.iter().filter_map(|name| Target::of(name).ok());
        let mut named = named.filter(|target| self.is_called(target, source));
        let beside = || {
            let path = self.folder.parent()?.join(source);
            path.is_file().then_some(Target::File(path))
        };
        let target = named.next().or_else(beside);
        target.or_else(|| Target::of(source).ok())
    }

    fn is_called(&self, target: &Target, source: &str) -> bool {
        match target {
            Target::BuiltIn(built_in) => built_in.name == source,
            Target::File(path) => source_of(path, &self.folder) == source,
            Target::Url(url) => url == source,
            Target::Input => source == "stdin",
        }
    }
}
