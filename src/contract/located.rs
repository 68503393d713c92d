//! Where the keywords of schemas stand, remembered: refusals name the same few again and again.

use std::sync::{Mutex, MutexGuard, PoisonError};

use ahash::AHashMap;

use crate::description::Location;

/// So many are remembered. Beyond that all are forgotten, and those that are still named come back.
const MOST: usize = 10_000;

/// The locations of keywords, by the names that validators have for them.
#[derive(Debug, Default)]
pub(super) struct Located(Mutex<AHashMap<String, Option<Location>>>);

impl Located {
    /// The location of a keyword, found only once; `None` for one that stands in no document.
    pub(super) fn of(
        &self,
        keyword: &str,
        find: impl FnOnce() -> Option<Location>,
    ) -> Option<Location> {
        let known = self.all().get(keyword).cloned();
        known.unwrap_or_else(|| {
            let found = find();
            let mut all = self.all();
            if all.len() >= MOST {
                all.clear();
            }
            all.insert(keyword.to_owned(), found.clone());
            found
        })
    }

    fn all(&self) -> MutexGuard<'_, AHashMap<String, Option<Location>>> {
        // No change to it is ever half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_is_found_once_and_not_too_many_are_remembered() {
        let located = Located::default();
        let at = |line| Location {
            file: "a.yaml".into(),
            line,
            column: 1,
        };
        assert_eq!(located.of("x", || Some(at(7))), Some(at(7)));
        assert_eq!(located.of("x", || None), Some(at(7)));
        assert_eq!(located.of("nowhere", || None), None);
        assert_eq!(located.of("nowhere", || Some(at(8))), None);
        for keyword in 0..2 * MOST {
            located.of(&keyword.to_string(), || None);
            assert!(located.all().len() <= MOST);
        }
        assert_eq!(located.of("x", || Some(at(9))), Some(at(9)));
    }
}
