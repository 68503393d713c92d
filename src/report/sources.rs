//! The texts that findings are about.

use std::{
    borrow::Cow,
    collections::HashMap,
    fs,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use crate::Source;

/// The texts that findings are about, by the names that their places have. A text that was not
/// given is read from the file of that name, once.
#[derive(Debug, Default)]
pub struct Sources {
    texts: HashMap<Arc<str>, Option<Arc<str>>>,
    /// The folder of the repository, and the one that relative names begin at.
    repository: Option<(PathBuf, PathBuf)>,
}

impl Sources {
    /// Gives a text that is in no file of its name: standard input, or a built-in description.
    pub fn add(&mut self, source: Source) {
        self.texts.insert(source.name, Some(source.text));
    }

    /// Says in which repository the files are: what shows them beside a change knows them by their paths
    /// from its folder on. Relative names begin at the other folder.
    pub fn set_repository(&mut self, repository: impl Into<PathBuf>, current: impl Into<PathBuf>) {
        self.repository = Some((repository.into(), current.into()));
    }

    /// The name of a file as its repository knows it; the name itself where it is in none.
    pub(super) fn name_in_repository<'n>(&self, name: &'n str) -> Cow<'n, str> {
        let in_repository = || {
            let (repository, current) = self.repository.as_ref()?;
            let path = plain(&current.join(name));
            let path = path.strip_prefix(plain(repository)).ok()?;
            Some(path.to_str()?.to_owned())
        };
        in_repository().map_or(Cow::Borrowed(name), Cow::Owned)
    }

    /// The text of a name; `None` when there is no such file any more, or it is not text.
    pub(super) fn text(&mut self, name: &Arc<str>) -> Option<Arc<str>> {
        let read = || fs::read_to_string(&**name).ok().map(Into::into);
        self.texts
            .entry(Arc::clone(name))
            .or_insert_with(read)
            .clone()
    }
}

/// A path without `.` and `..`, by its letters: links are not followed.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_their_repository_on() {
        let mut sources = Sources::default();
        assert_eq!(sources.name_in_repository("../a.yaml"), "../a.yaml");
        sources.set_repository("/work/shop/", "/work/shop/web");
        for (name, want) in [
            ("api.yaml", "web/api.yaml"),
            ("./api.yaml", "web/api.yaml"),
            ("../specs/api.yaml", "specs/api.yaml"),
            ("/work/shop/api.yaml", "api.yaml"),
            ("/work/other/api.yaml", "/work/other/api.yaml"),
            ("../../other/api.yaml", "../../other/api.yaml"),
        ] {
            assert_eq!(sources.name_in_repository(name), want, "{name}");
        }
    }
}
