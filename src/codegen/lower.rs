//! Lowering: a description to a document of the same meaning that the generator takes.
//!
//! One rule, one file. What a rule changes it tells in a note, so that nothing is lost silently.

mod aliases;
mod assertions;
mod components;
mod conditions;
mod defaults;
mod dialect;
mod enums;
mod form;
mod groups;
mod operation;
mod operation_ids;
mod operations;
mod parameters;
mod request_body;
mod response;
mod responses;
mod unions;

use serde_json::{Map, Value, json};

use super::{
    links::{self, Link, TypedOperation},
    notes::Notes,
    schemas::{Schemas, visit},
};
use crate::description::Description;

/// What the generator is given, and what is known of it.
#[derive(Debug)]
pub(super) struct Lowered {
    /// The lowered document, in OpenAPI 3.0: paths and named schemas, nothing else.
    pub document: Value,
    /// The named schemas, with the places that they come from.
    pub schemas: Schemas,
    /// Which named schema belongs to which media type object of the description.
    pub links: Vec<Link>,
    /// The operations whose request type is theirs alone.
    pub typed_operations: Vec<TypedOperation>,
    /// What was lowered.
    pub notes: Notes,
}

/// Lowers a description whose references all lead somewhere.
pub(super) fn lower(description: &Description) -> Lowered {
    let mut notes = Notes::default();
    let mut document = description.root().clone();
    let mut schemas = Schemas::of(&document);
    operation_ids::complete(&mut document, &mut notes);
    components::name_bodies(&mut document, &mut schemas);
    aliases::name_targets(&mut document, &mut schemas, description.root());
    let links = links::collect(&document);
    let typed_operations = links::typed_operations(&document);
    let mut paths = operations::lower(&document, &mut schemas, &mut notes);
    lower_schemas(&mut paths, &mut schemas, &mut notes);
    Lowered {
        document: json!({
            "openapi": "3.0.3",
            "info": information(description),
            "paths": paths,
            "components": {"schemas": schemas.map},
        }),
        schemas,
        links,
        typed_operations,
        notes,
    }
}

/// The rules for schemas, over each schema and those inside it.
fn lower_schemas(paths: &mut Value, schemas: &mut Schemas, notes: &mut Notes) {
    let known = schemas.clone();
    let mut rules = |name: &str, schema: &mut Value| {
        visit(schema, &mut |schema| dialect::lower(name, schema, notes));
        visit(schema, &mut |schema| conditions::lower(name, schema, notes));
        visit(schema, &mut |schema| assertions::lower(schema, notes));
        visit(schema, &mut |schema| enums::lower(name, schema, notes));
        visit(schema, &mut |schema| {
            defaults::lower(name, schema, &known, notes)
        });
    };
    for (name, schema) in &mut schemas.map {
        rules(name, schema);
    }
    operations::visit_parameters(paths, &mut |name, schema| rules(name, schema));
}

/// Title and version: all that the generated code says of the rest.
fn information(description: &Description) -> Value {
    let text = |key| {
        let value = description.at(&format!("/info/{key}"));
        value.and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    json!({"title": text("title"), "version": text("version")})
}

/// Whether a schema allows everything, so that there is nothing to name.
fn says_nothing(schema: &Value) -> bool {
    schema == &Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}
