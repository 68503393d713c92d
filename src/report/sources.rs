//! The texts that findings are about.

use std::{collections::HashMap, fs, sync::Arc};

use crate::Source;

/// The texts that findings are about, by the names that their places have. A text that was not
/// given is read from the file of that name, once.
#[derive(Debug, Default)]
pub struct Sources {
    texts: HashMap<Arc<str>, Option<Arc<str>>>,
}

impl Sources {
    /// Gives a text that is in no file of its name: standard input, or a built-in description.
    pub fn add(&mut self, source: Source) {
        self.texts.insert(source.name, Some(source.text));
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
