//! Replies that are made up.

use std::{mem::discriminant, sync::Arc};

use bytes::Bytes;
use serde_json::Value;

use super::{Example, ReplyContent, example::Body, writer::Sent};
use crate::{
    contract::{
        direction::Direction,
        generate::{self, Seed, Wish},
        schema::Schema,
    },
    exchange::Reply,
};

impl ReplyContent {
    /// A body made from the schema, or the smallest file of the media type, when one can be made; it is
    /// when it is first asked for.
    pub fn made(&self) -> Option<&Example> {
        let make = || {
            let body = Body::Made(self.body(&Seed::default())?);
            Some(Example::new(body, &self.frame))
        };
        self.made.get_or_init(make).as_ref()
    }

    /// The whole reply with a body made for a seed; `None` where [`ReplyContent::made`] serves all
    /// requests, or nothing can be made.
    pub fn made_for(&self, seed: &Seed<'_>) -> Option<Arc<Reply>> {
        if seed.is_plain() || self.file().is_some() || self.made().is_none() {
            return None;
        }
        let made = Example::new(Body::Made(self.body(seed)?), &self.frame);
        Some(Arc::clone(made.reply()))
    }

    /// Whether an example of its schema has another value where it would repeat what the path names:
    /// it shows what such things are like, and the path asks for one of them.
    pub fn shows_another(&self, example: &Example, seed: &Seed<'_>) -> bool {
        if self.has_own || seed.parameters().is_empty() {
            return false;
        }
        let value = example
            .pointer()
            .and_then(|place| self.frame.description.at(place));
        value.is_some_and(|value| differs(value, seed, true))
    }

    fn body(&self, seed: &Seed<'_>) -> Option<Sent> {
        if let Some(file) = self.file() {
            return Some(Sent {
                bytes: file,
                media_type: None,
            });
        }
        let value = match (&self.schema, &self.item_schema) {
            (Some(schema), _) => self.value(schema, seed)?,
            (None, Some(item)) => Value::Array(vec![self.value(item, seed)?]),
            (None, None) => return None,
        };
        self.frame.writer.made(&value).ok()
    }

    fn value(&self, schema: &Schema, seed: &Seed<'_>) -> Option<Value> {
        let description = &self.frame.description;
        let row = self.row.as_deref();
        let wish = Wish {
            seed: *seed,
            values: row.map_or_else(Vec::new, |row| row.values(description, schema, seed)),
            ..Wish::default()
        };
        generate::wished(description, schema, Direction::Reply, &wish)
    }

    /// The smallest file of the media type, where its schema says no more than that there are bytes.
    fn file(&self) -> Option<Bytes> {
        let schema = self.schema.as_deref();
        let says_more = |schema| !generate::is_any_bytes(&self.frame.description, schema);
        if self.item_schema.is_some() || schema.is_some_and(says_more) {
            return None;
        }
        generate::file(self.media_type.essence())
    }
}

/// Whether an object has another value of the same kind where it would repeat what a seed names: at
/// the root, or else one level down.
fn differs(value: &Value, seed: &Seed<'_>, is_root: bool) -> bool {
    let members = || value.as_object().into_iter().flatten();
    let repeated = members().map(|(name, member)| (member, seed.repeated(name)));
    let repeated: Vec<_> = repeated.filter(|(_, named)| !named.is_empty()).collect();
    if is_root && repeated.is_empty() {
        return members().any(|(_, member)| differs(member, seed, false));
    }
    repeated.iter().any(|(member, named)| {
        let mut of_kind = named
            .iter()
            .filter(|named| discriminant(*named) == discriminant(*member));
        of_kind.any(|named| named != *member)
    })
}
