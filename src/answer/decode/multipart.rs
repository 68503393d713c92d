//! `multipart/form-data` (RFC 7578).

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::{FutureExt, stream};
use multer::{Field, Multipart};
use serde_json::Value;

use super::{
    fields::{Fields, Leaf},
    layout,
};
use crate::{
    contract::{Formats, RequestContent},
    exchange::{MediaType, Place, Rule},
};

/// Why parts cannot be read.
pub(super) struct PartError {
    /// Where.
    pub(super) place: Place,
    /// Which rule they break.
    pub(super) rule: Rule,
    /// What is wrong.
    pub(super) message: String,
}

/// Reads the parts of a body that is there whole.
///
/// # Errors
/// A body that is not what its `Content-Type` says, or a part of a type that is not documented.
pub(super) fn read(
    body: &Bytes,
    content_type: &str,
    content: &RequestContent,
    formats: Formats,
) -> Result<Value, PartError> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| broken(&error))?;
    let whole = stream::iter([Ok::<_, Infallible>(body.clone())]);
    // The body is there whole, so nothing in it has to be waited for.
    let read = parts(Multipart::new(whole, boundary), content, formats).now_or_never();
    read.unwrap_or_else(|| {
        Err(syntax(
            "the parts end before their last boundary".to_owned(),
        ))
    })
}

async fn parts(
    mut parts: Multipart<'_>,
    content: &RequestContent,
    formats: Formats,
) -> Result<Value, PartError> {
    let shape = content.shape();
    let mut fields = Fields::default();
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = part.name().map(str::to_owned) else {
            return Err(syntax(
                "a part has no `name` in its Content-Disposition".to_owned(),
            ));
        };
        let media_type = media_type(&part, &name, content)?;
        let bytes = part.bytes().await.map_err(|error| broken(&error))?;
        let leaf = leaf(&bytes, media_type.as_ref(), &name)?;
        layout::add(formats, &mut fields, &name, leaf, shape).map_err(syntax)?;
    }
    Ok(fields.into_value(shape, &content.encodings))
}

/// The media type that a part says it has, held against those documented for it.
fn media_type(
    part: &Field<'_>,
    name: &str,
    content: &RequestContent,
) -> Result<Option<MediaType>, PartError> {
    let given = part.headers().get(http::header::CONTENT_TYPE);
    let media_type = match given.map(|value| value.to_str().ok().and_then(MediaType::parse)) {
        Some(None) => return Err(syntax(format!("the Content-Type of part `{name}` is none"))),
        given => given.flatten(),
    };
    let encoding = content
        .encodings
        .iter()
        .find(|encoding| encoding.name == name);
    let documented = encoding.map_or(&[][..], |encoding| &encoding.content_types);
    if let Some(given) = &media_type
        && !documented.is_empty()
        && !documented.iter().any(|range| range.includes(given))
    {
        let wanted: Vec<String> = documented.iter().map(MediaType::to_string).collect();
        return Err(PartError {
            place: Place::Body(crate::description::join("", name)),
            rule: Rule::UnsupportedMediaType,
            message: format!(
                "this part is {given}; documented for it: {}",
                wanted.join(", ")
            ),
        });
    }
    Ok(media_type)
}

fn leaf(bytes: &[u8], media_type: Option<&MediaType>, name: &str) -> Result<Leaf, PartError> {
    if media_type.is_some_and(MediaType::is_json) {
        let value = serde_json::from_slice(bytes)
            .map_err(|error| syntax(format!("part `{name}` is not JSON: {error}")))?;
        return Ok(Leaf::Value(value));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Leaf::Text(text.to_owned())),
        // Bytes of a file, of which a schema can only say that they are there.
        Err(_) => Ok(Leaf::Value(String::from_utf8_lossy(bytes).into())),
    }
}

fn syntax(message: String) -> PartError {
    PartError {
        place: Place::Body(String::new()),
        rule: Rule::Syntax,
        message,
    }
}

fn broken(error: &multer::Error) -> PartError {
    syntax(format!("not multipart/form-data: {error}"))
}
