//! Replies that are made up.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::{Example, ReplyContent, example::Body};
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
            Some(Example::new(
                None,
                Body::Made(self.body(&Seed::default())?),
                &self.frame,
            ))
        };
        self.made.get_or_init(make).as_ref()
    }

    /// The whole reply with a body made for a seed; `None` where [`ReplyContent::made`] serves all
    /// requests, or nothing can be made.
    pub fn made_for(&self, seed: &Seed<'_>) -> Option<Arc<Reply>> {
        if seed.is_plain() || self.file().is_some() || self.made().is_none() {
            return None;
        }
        let made = Example::new(None, Body::Made(self.body(seed)?), &self.frame);
        Some(Arc::clone(made.reply()))
    }

    fn body(&self, seed: &Seed<'_>) -> Option<Bytes> {
        if let Some(file) = self.file() {
            return Some(file);
        }
        let value = match (&self.schema, &self.item_schema) {
            (Some(schema), _) => self.value(schema, seed)?,
            (None, Some(item)) => Value::Array(vec![self.value(item, seed)?]),
            (None, None) => return None,
        };
        self.frame.writer.made(&value).ok().map(Bytes::from)
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
