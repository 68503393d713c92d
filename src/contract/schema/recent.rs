//! The validators that were used last.
//!
//! Each validator is a world of its own, with all schemas that it refers to: those of all replies of a
//! large API would take a gigabyte, and so would those of all requests where its schemas refer to each
//! other in circles. So only the last few are kept.

use std::{
    collections::VecDeque,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::Validator;

use crate::{contract::direction::Direction, description::Finding, exchange::Tape};

/// How many are kept, and how many schemas they have together: each takes about two kilobytes.
const MAX_COUNT: usize = 32;
const MAX_EXTENT: usize = 50_000;

/// So many are kept whatever their extent: a request and its reply take turns.
const MIN_COUNT: usize = 2;

/// The validators that were used last.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<VecDeque<Entry>>);

#[derive(Debug)]
struct Entry {
    pointer: String,
    direction: Direction,
    extent: usize,
    validator: Arc<Validator<Tape>>,
}

impl Recent {
    /// The validator of a schema, made when it is not there. `extent` is how many schemas it has.
    ///
    /// # Errors
    /// That of making it.
    pub(super) fn get(
        &self,
        (pointer, direction): (&str, Direction),
        extent: usize,
        make: impl FnOnce() -> Result<Validator<Tape>, Finding>,
    ) -> Result<Arc<Validator<Tape>>, Finding> {
        if let Some(known) = self.take(pointer, direction) {
            return Ok(known);
        }
        let validator = Arc::new(make()?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_front(Entry {
            pointer: pointer.to_owned(),
            direction,
            extent,
            validator: Arc::clone(&validator),
        });
        let extents = all.iter().map(|entry| entry.extent);
        let kept = kept(extents);
        all.truncate(kept);
        Ok(validator)
    }

    /// One that is there, which is then the last used.
    fn take(&self, pointer: &str, direction: Direction) -> Option<Arc<Validator<Tape>>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |entry: &Entry| entry.direction == direction && entry.pointer == pointer;
        let at = all.iter().position(is_it)?;
        let found = all.remove(at)?;
        let validator = Arc::clone(&found.validator);
        all.push_front(found);
        Some(validator)
    }
}

/// How many of the last used are kept, by their extents.
fn kept(extents: impl Iterator<Item = usize>) -> usize {
    let mut together = 0_usize;
    let fits = |(index, extent): &(usize, usize)| {
        together = together.saturating_add(*extent);
        *index < MIN_COUNT || together <= MAX_EXTENT
    };
    extents.take(MAX_COUNT).enumerate().take_while(fits).count()
}

/// A validator in use.
pub enum Held<'a> {
    /// One that stays.
    Kept(&'a Validator<Tape>),
    /// One that goes when others are used.
    Lent(Arc<Validator<Tape>>),
}

impl Deref for Held<'_> {
    type Target = Validator<Tape>;

    fn deref(&self) -> &Validator<Tape> {
        match self {
            Self::Kept(validator) => validator,
            Self::Lent(validator) => validator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_kept_as_are_not_too_large_together() {
        for (extents, want) in [
            (&[1; 100][..], MAX_COUNT),
            (&[MAX_EXTENT / 4; 10], 4),
            (&[MAX_EXTENT, MAX_EXTENT, 1], MIN_COUNT),
            (&[usize::MAX, usize::MAX], MIN_COUNT),
            (&[], 0),
        ] {
            assert_eq!(kept(extents.iter().copied()), want);
        }
    }
}
