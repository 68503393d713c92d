//! Where the replies of a review are documented.

use std::{collections::HashMap, path::PathBuf};

use crate::{
    Description,
    cli::{
        args::Reviewing,
        choices::Choices,
        descriptions::{self, Overlays},
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
    read: HashMap<String, Option<Description>>,
    sources: Sources,
}

impl Places {
    pub(super) fn new(reviewing: &Reviewing) -> Self {
        Self {
            choices: reviewing.reading.choices(),
            specs: reviewing.specs.clone(),
            folder: reviewing.folder.clone(),
            read: HashMap::new(),
            sources: Sources::default(),
        }
    }

    /// The place, with the texts that it is in; `None` where the description is not there any more, or has
    /// no such reply.
    pub(super) fn of(&mut self, stored: &Stored) -> Option<(Location, &mut Sources)> {
        let source = stored.source.as_deref()?;
        let pointer = stored.documented.as_deref()?.strip_prefix('#')?;
        if !self.read.contains_key(source) {
            let description = self.description(source);
            if let Some(description) = &description {
                let texts = description.sources().iter().cloned();
                texts.for_each(|text| self.sources.add(text));
            }
            self.read.insert(source.to_owned(), description);
        }
        let description = self.read.get(source)?.as_ref()?;
        Some((description.locate(pointer), &mut self.sources))
    }

    /// The description that is called so in the files.
    fn description(&self, source: &str) -> Option<Description> {
        let named = self.specs.iter().filter_map(|name| Target::of(name).ok());
        let mut named = named.filter(|target| self.is_called(target, source));
        let beside = || {
            let path = self.folder.parent()?.join(source);
            path.is_file().then_some(Target::File(path))
        };
        let target = named.next().or_else(beside);
        let target = target.or_else(|| Target::of(source).ok())?;
        let overlays = Overlays::read(&self.choices).ok()?;
        let document = descriptions::read(&target, &self.choices, &overlays).ok()?;
        document.description.ok()
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
