//! Where documented examples stand (OpenAPI 3.2.0, "Example Object").

use std::sync::Arc;

use serde_json::Value;

use super::reader::Reader;
use crate::description::{Description, Finding, FindingCode, join};

/// One documented example, by JSON pointers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ExamplePlace {
    /// Its name, when it has one.
    pub name: Option<Arc<str>>,
    /// Where its value stands; `None` where only its text is documented.
    pub value: Option<String>,
    /// Where the text stands that it is sent as; `None` where the value is to be written.
    pub text: Option<String>,
}

impl ExamplePlace {
    pub(super) fn unnamed(value: String) -> Self {
        Self {
            name: None,
            value: Some(value),
            text: None,
        }
    }

    /// Where it stands.
    pub(super) fn pointer(&self) -> &str {
        let own = self.value.as_deref().or(self.text.as_deref());
        own.unwrap_or_default()
    }
}

/// A documented example of a part of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct InputExample {
    /// Its name, when it has one.
    pub name: Option<Arc<str>>,
    /// Its value; `None` where only its text is documented.
    pub value: Option<Value>,
    /// The text that it is sent as; `None` where the value is to be written.
    pub text: Option<String>,
    /// Where it stands in the document, as a JSON pointer.
    pub pointer: String,
}

impl InputExample {
    pub(super) fn of(description: &Description, place: &ExamplePlace) -> Self {
        let at = |pointer: &Option<String>| description.at(pointer.as_deref()?).cloned();
        Self {
            name: place.name.clone(),
            value: at(&place.value),
            text: at(&place.text).and_then(|text| Some(text.as_str()?.to_owned())),
            pointer: place.pointer().to_owned(),
        }
    }
}

/// The documented examples of a media type, parameter or header object, in the document's order: those
/// with a name, then the one without.
pub(super) fn of_object(
    reader: &mut Reader<'_>,
    pointer: &str,
) -> Result<Vec<ExamplePlace>, Finding> {
    let mut places = Vec::new();
    let named = join(pointer, "examples");
    for name in reader.keys(&named) {
        let place = reader.description.resolve(&join(&named, &name))?;
        let example = of_example(reader, &place);
        match example {
            Some(example) => places.push(ExamplePlace {
                name: Some(name.into()),
                ..example
            }),
            None => {
                let message = "this example has no `value`, nor another form of one".to_owned();
                reader.warn(FindingCode::Unsupported, &place, message);
            }
        }
    }
    let single = join(pointer, "example");
    if reader.description.at(&single).is_some() {
        places.push(ExamplePlace::unnamed(single));
    }
    Ok(places)
}

/// The documented examples of a parameter, which may stand at its one media type.
pub(super) fn of_parameter(
    reader: &mut Reader<'_>,
    pointer: &str,
) -> Result<Vec<ExamplePlace>, Finding> {
    let mut places = of_object(reader, pointer)?;
    let content = join(pointer, "content");
    for name in reader.keys(&content) {
        places.extend(of_object(reader, &join(&content, &name))?);
    }
    Ok(places)
}

/// The documented examples of a schema, which are for where nothing nearer has one: those beside a
/// reference at the pointer, else those of the schema that it resolves to.
pub(super) fn of_schema(reader: &Reader<'_>, pointer: &str, resolved: &str) -> Vec<ExamplePlace> {
    let places = beside(reader, pointer);
    match places.is_empty() && pointer != resolved {
        true => beside(reader, resolved),
        false => places,
    }
}

fn beside(reader: &Reader<'_>, schema: &str) -> Vec<ExamplePlace> {
    let mut places = Vec::new();
    let Some(Value::Object(members)) = reader.description.at(schema) else {
        return places;
    };
    if members.contains_key("example") {
        places.push(ExamplePlace::unnamed(join(schema, "example")));
    }
    let listed = members.get("examples").and_then(Value::as_array);
    let list = join(schema, "examples");
    for index in 0..listed.map_or(0, Vec::len) {
        places.push(ExamplePlace::unnamed(join(&list, &index.to_string())));
    }
    places
}

fn of_example(reader: &Reader<'_>, pointer: &str) -> Option<ExamplePlace> {
    let present = |key: &str| {
        let place = join(pointer, key);
        let value = reader.description.at(&place)?;
        Some((place, value))
    };
    let value = present("dataValue").or_else(|| present("value"));
    let text = present("serializedValue").map(|(place, _)| place);
    if let (None, Some((place, Value::String(_)))) = (&text, &value)
        && is_file_of_text(reader, pointer)
    {
        return Some(ExamplePlace {
            name: None,
            value: None,
            text: Some(place.clone()),
        });
    }
    let value = value.map(|(place, _)| place);
    (value.is_some() || text.is_some()).then_some(ExamplePlace {
        name: None,
        value,
        text,
    })
}

/// Whether the value came from a file that is no JSON or YAML: it is what is sent.
fn is_file_of_text(reader: &Reader<'_>, pointer: &str) -> bool {
    let file = reader.text(pointer, "externalValue");
    let path = file.map(|file| file.split(['?', '#']).next().unwrap_or(file));
    path.is_some_and(|path| {
        let endings = [".json", ".yaml", ".yml"];
        !endings.iter().any(|ending| path.ends_with(ending))
    })
}
