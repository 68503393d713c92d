//! Documented examples: where they stand, and whether they keep to their own schema and type.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    contract::{
        generate::{self, Direction},
        reader::Reader,
        schema::Schema,
    },
    description::{Finding, FindingCode, join},
    exchange::Tape,
};

/// An example's name, when it has one, and the pointer to its value.
type NamedPlace = (Option<Arc<str>>, String);

/// The name and the place of each documented example of a media type object.
pub(in crate::contract) fn example_places(
    reader: &mut Reader<'_>,
    pointer: &str,
) -> Result<Vec<NamedPlace>, Finding> {
    let mut places = Vec::new();
    let named = join(pointer, "examples");
    for name in reader.keys(&named) {
        let place = reader.description.resolve(&join(&named, &name))?;
        let value = join(&place, "value");
        if reader.description.at(&value).is_some() {
            places.push((Some(name.into()), value));
        } else {
            let message =
                "this example has no `value`; one kept elsewhere is not read yet".to_owned();
            reader.warn(FindingCode::Unsupported, &place, message);
        }
    }
    let single = join(pointer, "example");
    if reader.description.at(&single).is_some() {
        places.push((None, single));
    }
    Ok(places)
}

/// Holds a documented example against its schema and its generated type.
pub(in crate::contract) fn check_example(
    reader: &mut Reader<'_>,
    place: &str,
    content: &str,
    schema: Option<&Schema>,
) {
    let Some(value) = reader.description.at(place) else {
        return;
    };
    if let Some(schema) = schema {
        let tape = Tape::from(value);
        let faults: Vec<_> = schema
            .validator
            .iter_errors(tape.root())
            .map(|error| {
                (
                    format!("{place}{}", error.instance_path()),
                    error.to_string(),
                )
            })
            .collect();
        for (at, fault) in faults {
            let message = format!("this example breaks its own schema: {fault}");
            reader.warn(FindingCode::ExampleInvalid, &at, message);
        }
    }
    let models = reader.models.iter();
    let Some(model) = models.clone().find(|model| model.pointer == content) else {
        return;
    };
    let json = reader.description.json_text(place).unwrap_or_default();
    if let Err(error) = (model.fits)(json.as_bytes()) {
        let message = format!(
            "this example does not fit the generated type `{}`: {error}",
            model.type_name
        );
        reader.warn(FindingCode::ExampleUntyped, place, message);
    }
}

/// The first documented example of a request's media type, checked as those of replies are, or a
/// value made from its schema.
pub(in crate::contract) fn request_sample(
    reader: &mut Reader<'_>,
    pointer: &str,
    schema: Option<&Schema>,
) -> Option<Value> {
    let places = example_places(reader, pointer);
    let places = reader.keep(places)?;
    for (_, place) in &places {
        check_example(reader, place, pointer, schema);
    }
    match places.first() {
        Some((_, place)) => reader.description.at(place).cloned(),
        None => generate::value(reader.description, schema?, Direction::Request),
    }
}
