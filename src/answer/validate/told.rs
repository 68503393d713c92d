//! Where what is wrong with a value is told, and what of the value is not.

use std::{
    cell::{OnceCell, RefCell},
    sync::Arc,
};

use ahash::AHashMap;
use jsonschema::ValidationError;

use crate::{
    contract::{Api, Described, In, Schema, pointer_of},
    description::{Location, tokens},
    exchange::{Place, TapeNode},
};

/// Where what is wrong with a value is told, and what of the value is not.
pub(super) struct Told<'a> {
    pub(super) api: &'a Api,
    /// The place of a pointer into the value.
    pub(super) place: &'a dyn Fn(String) -> Place,
    value: TapeNode<'a>,
    schema: &'a Schema,
    name: Arc<str>,
    /// Found when it is first asked for.
    described: OnceCell<Described<'a>>,
    is_credential: bool,
    /// By the pointers that were asked for: each of a thousand branches asks for the same.
    hidden: RefCell<AHashMap<String, bool>>,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        api: &'a Api,
        schema: &'a Schema,
        value: TapeNode<'a>,
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
            value,
            schema,
            is_credential: parameter.is_some_and(|place| api.secrets().has(place, &name)),
            name,
            described: OnceCell::new(),
            hidden: RefCell::default(),
        }
    }

    /// The digits of the number at a pointer into the value, where no double holds it.
    pub(super) fn digits(&self, pointer: &str) -> Option<&'a str> {
        let mut tokens = tokens(pointer);
        let part = tokens.try_fold(self.value, |node, token| {
            let index = token.parse().ok();
            let item = index.and_then(|index| node.items().nth(index));
            let member = || node.members().find(|(name, _)| *name == token);
            item.or_else(|| member().map(|(_, member)| member))
        });
        part?.decimal()
    }

    /// What an error's keyword says, or a part of that at a pointer, as the description writes it.
    pub(super) fn stated(&self, error: &ValidationError<'_>, part: &str) -> Option<String> {
        let keyword = error.absolute_keyword_location()?;
        let pointer = pointer_of(keyword.as_str())?;
        self.api
            .description()
            .json_text(&format!("{pointer}{part}"))
    }

    /// Where the description states what an error's keyword says.
    pub(super) fn stated_at(&self, error: &ValidationError<'_>) -> Option<Location> {
        self.api.stated(error.absolute_keyword_location()?.as_str())
    }

    /// Whether the part of the value at a pointer is a secret.
    pub(super) fn hides(&self, pointer: &str) -> bool {
        if self.is_credential {
            return true;
        }
        let known = self.hidden.borrow().get(pointer).copied();
        known.unwrap_or_else(|| {
            let described = || Described::by(Some(self.schema), &self.name);
            let described = self.described.get_or_init(described);
            let hides = described.at(pointer).is_secret();
            self.hidden.borrow_mut().insert(pointer.to_owned(), hides);
            hides
        })
    }
}
