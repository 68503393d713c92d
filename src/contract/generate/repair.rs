//! What to do differently where the validator complains.

use jsonschema::{ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use super::maker::{Made, Maker};
use crate::{contract::schema::pointer_of, description::join};

impl Maker<'_> {
    /// Changes how the place of a complaint is made the next time.
    pub(super) fn mend(&mut self, complaint: &ValidationError<'_>) {
        use ValidationErrorKind as Kind;
        let pointer = complaint.instance_path().as_str().to_owned();
        let is_changed = match complaint.kind() {
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                let places = unexpected.iter().map(|name| join(&pointer, name));
                let known = self.banned.len();
                self.banned.extend(places);
                self.banned.len() > known
            }
            Kind::Required {
                property: Value::String(name),
            } => self.force(&pointer, name),
            Kind::FalseSchema => self.banned.insert(pointer.clone()),
            Kind::PropertyNames { error } => {
                let name = error.instance().as_str().map(str::to_owned);
                name.is_some_and(|name| self.banned.insert(join(&pointer, &name)))
            }
            Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
                self.mend_branch(&pointer, complaint, context)
            }
            _ => false,
        };
        if !is_changed {
            self.take_next_way_at(&pointer);
        }
    }

    /// A property that the validator asks for though it goes the other way.
    fn force(&mut self, pointer: &str, name: &str) -> bool {
        let place = join(pointer, name);
        !self.banned.contains(&place)
            && self.made.contains_key(pointer)
            && self.forced.insert(place)
    }

    /// Mends what is wrong deeper in the branch that was taken.
    fn mend_branch(
        &mut self,
        pointer: &str,
        complaint: &ValidationError<'_>,
        context: &[Vec<ValidationError<'static>>],
    ) -> bool {
        let Some(branch) = self.branch_taken(pointer, complaint) else {
            return false;
        };
        let inner = context.get(branch).map_or(&[][..], Vec::as_slice);
        let is_deeper = |error: &&ValidationError<'_>| {
            let place = error.instance_path().as_str();
            place.len() > pointer.len()
                || matches!(
                    error.kind(),
                    ValidationErrorKind::AdditionalProperties { .. }
                )
        };
        let deeper: Vec<_> = inner.iter().filter(is_deeper).collect();
        for error in &deeper {
            self.mend(error);
        }
        !deeper.is_empty()
    }

    fn branch_taken(&self, pointer: &str, complaint: &ValidationError<'_>) -> Option<usize> {
        let location = complaint.absolute_keyword_location()?.as_str();
        let list = self.description.at(&pointer_of(location)?)?.as_array()?;
        let address = super::conjunction::address(list.as_slice());
        let mut choices = self.made.get(pointer)?.choices.iter();
        choices
            .find(|(keyword, _)| *keyword == address)
            .map(|(_, branch)| *branch)
    }

    /// Has the place of a pointer, or the nearest around it, made in the next of its ways.
    fn take_next_way_at(&mut self, pointer: &str) {
        let mut at = pointer;
        while !self.take_next_way(at) {
            let Some((around, _)) = at.rsplit_once('/') else {
                return;
            };
            at = around;
        }
    }

    /// Has a place made in the next of its ways; `false` when it was not made by itself.
    pub(super) fn take_next_way(&mut self, pointer: &str) -> bool {
        let Some(Made { key, way, .. }) = self.made.get(pointer) else {
            return false;
        };
        self.failed.insert(key.clone(), *way);
        true
    }
}
