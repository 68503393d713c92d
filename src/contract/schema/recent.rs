//! The validators that were used last.
//!
//! Each validator is a world of its own, with all schemas that it refers to: those of all replies of a
//! large API would take a gigabyte, and so would those of all requests where its schemas refer to each
//! other in circles. So only the last few are kept.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::{ValidationError, Validator};

use crate::{
    contract::direction::Direction,
    description::Finding,
    exchange::{Tape, TapeNode, Walk},
};

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

/// What holding a value against a schema comes to.
pub enum Validity<'v> {
    /// The value is valid.
    Valid,
    /// What is wrong with it, at least one fault: the first alone where finding all takes more steps than there are.
    Invalid(Vec<ValidationError<'v>>),
    /// That takes more steps than the value may be walked ([`Walk`]).
    Undecided,
}

impl Held<'_> {
    /// Whether a value is valid. One that takes too many steps to tell is not.
    pub fn is_valid(&self, value: TapeNode<'_>) -> bool {
        value.begin(Walk::Decide);
        self.validator().is_valid(value) && !value.is_walked_out()
    }

    /// Whether a value is valid, and what is wrong with it.
    pub fn validity<'v>(&'v self, value: TapeNode<'v>) -> Validity<'v> {
        // Nearly all values are valid, and asking only that costs a third of asking why not.
        if self.is_valid(value) {
            return Validity::Valid;
        }
        if value.is_walked_out() {
            return Validity::Undecided;
        }
        let validator = self.validator();
        let all = explained(value, || validator.iter_errors(value).collect());
        let first = || {
            explained(value, || {
                validator.validate(value).err().into_iter().collect()
            })
        };
        match all.or_else(first) {
            Some(errors) => Validity::Invalid(errors),
            None => Validity::Undecided,
        }
    }

    fn validator(&self) -> &Validator<Tape> {
        match self {
            Self::Kept(validator) => validator,
            Self::Lent(validator) => validator,
        }
    }
}

/// What is found wrong with a value within the steps that there are for it.
fn explained<'v>(
    value: TapeNode<'v>,
    find: impl FnOnce() -> Vec<ValidationError<'v>>,
) -> Option<Vec<ValidationError<'v>>> {
    value.begin(Walk::Explain);
    let found = find();
    (!value.is_walked_out() && !found.is_empty()).then_some(found)
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
