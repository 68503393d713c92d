//! Where what is wrong with a value is told, and what of the value is not.

use crate::{
    contract::{Api, Described, In, Schema},
    exchange::Place,
};

/// Where what is wrong with a value is told, and what of the value is not.
pub(super) struct Told<'a> {
    pub(super) api: &'a Api,
    /// The place of a pointer into the value.
    pub(super) place: &'a dyn Fn(String) -> Place,
    described: Described<'a>,
    is_credential: bool,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        api: &'a Api,
        schema: &'a Schema,
        place: &'a dyn Fn(String) -> Place,
    ) -> Self {
        let (parameter, name) = match place(String::new()) {
            Place::Query(name) => (Some(In::Query), name),
            Place::Header(name) => (Some(In::Header), name),
            Place::Cookie(name) => (Some(In::Cookie), name),
            Place::PathParameter(name) => (Some(In::Path), name),
            Place::PartHeader(_, name) => (None, name),
            _ => (None, "".into()),
        };
        Self {
            api,
            place,
            described: Described::by(Some(schema), &name),
            is_credential: parameter.is_some_and(|place| api.secrets().has(place, &name)),
        }
    }

    /// Whether the part of the value at a pointer is a secret.
    pub(super) fn hides(&self, pointer: &str) -> bool {
        self.is_credential || self.described.at(pointer).is_secret()
    }
}
