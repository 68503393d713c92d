//! The validators of replies that were used last.
//!
//! Each validator is a world of its own: those of all replies of a large API would take a gigabyte,
//! and one is needed only when a reply is made or checked. So only the last few are kept.

use std::{
    collections::VecDeque,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::Validator;

use crate::{description::Finding, exchange::Tape};

/// How many are kept.
const CAPACITY: usize = 16;

/// The validators of replies that were used last, by the pointers of their schemas.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<VecDeque<(String, Arc<Validator<Tape>>)>>);

impl Recent {
    /// The validator of a schema, made when it is not there.
    ///
    /// # Errors
    /// That of making it.
    pub(super) fn get(
        &self,
        pointer: &str,
        make: impl FnOnce() -> Result<Validator<Tape>, Finding>,
    ) -> Result<Arc<Validator<Tape>>, Finding> {
        if let Some(known) = self.take(pointer) {
            return Ok(known);
        }
        let made = Arc::new(make()?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.truncate(CAPACITY - 1);
        all.push_front((pointer.to_owned(), Arc::clone(&made)));
        Ok(made)
    }

    /// One that is there, which is then the last used.
    fn take(&self, pointer: &str) -> Option<Arc<Validator<Tape>>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().position(|(other, _)| other == pointer)?;
        let found = all.remove(at)?;
        let validator = Arc::clone(&found.1);
        all.push_front(found);
        Some(validator)
    }
}

/// A validator in use.
pub enum Held<'a> {
    /// That of requests, which stays.
    Kept(&'a Validator<Tape>),
    /// That of replies, which goes when others are used.
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
