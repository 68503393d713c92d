//! One operation that both descriptions have.

use super::{
    Comparison, Found, Site,
    documentation::documentation,
    paths::{Placed, names_in},
};
use crate::diff::{ChangeRule, Subject, text::named};

impl<'d> Comparison<'_, 'd> {
    /// Compares all that belongs to an operation.
    pub(super) fn operation(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let mut found = documentation(&old.operation, &new.operation, None);
        let places = (Some(&old.operation), Some(&new.operation));
        let ids = [old, new].map(|placed| placed.operation.text("operationId"));
        if ids[0] != ids[1] {
            let [was, is] = ids.map(|id| id.map_or("none".to_owned(), named));
            let message = format!(
                "the operationId was {was} and is {is}: code that is generated from it changes"
            );
            found.push(Found::new(
                ChangeRule::OperationIdChanged,
                None,
                places,
                message,
            ));
        }
        if names_in(&old.path) != names_in(&new.path) {
            let message = format!(
                "the path was {} and is {}: requests stay the same",
                named(&old.path),
                named(&new.path)
            );
            found.push(Found::new(
                ChangeRule::PathParameterRenamed,
                None,
                places,
                message,
            ));
        }
        self.add(site, Subject::Operation, None, found, None);
        self.parameters(site, old, new);
        self.request_body(site, old, new);
        self.replies(site, old, new);
        self.security(site, old, new);
        self.servers(site, old, new);
        self.callbacks(site, old, new);
    }
}
