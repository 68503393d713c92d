//! `application/x-www-form-urlencoded` (WHATWG URL section 5.1), with bracketed names.

use super::{
    fields::{Fields, Leaf},
    layout, pairs,
};
use crate::contract::{Formats, RequestContent, Shape};
use serde_json::Value;

/// Reads a form.
///
/// # Errors
/// Why it is none, in words.
pub(super) fn read(
    body: &[u8],
    content: &RequestContent,
    formats: Formats,
) -> Result<Value, String> {
    let text = std::str::from_utf8(body).map_err(|error| {
        format!(
            "a form is ASCII; byte {} is not UTF-8 either",
            error.valid_up_to() + 1
        )
    })?;
    let shape = content.shape();
    let mut fields = Fields::default();
    for (name, value) in text
        .split('&')
        .flat_map(|piece| at_semicolons(piece, shape))
    {
        let decoded = |text| {
            pairs::decode(text).ok_or_else(|| format!("the bytes of `{text}` are not UTF-8"))
        };
        let leaf = Leaf::Text(decoded(value)?.into_owned());
        layout::add(formats, &mut fields, &decoded(name)?, leaf, shape)?;
    }
    Ok(fields.into_value(shape, &content.encodings))
}

/// A piece between two `&`, split further at each `;` that a described field follows. Older servers
/// take `;` for a separator; everywhere else it belongs to the value.
fn at_semicolons<'t>(piece: &'t str, shape: &Shape) -> Vec<(&'t str, &'t str)> {
    let starts = piece.match_indices(';').map(|(at, _)| at);
    let starts = starts.filter(|at| begins_with_field(&piece[at + 1..], shape));
    let mut pairs = Vec::new();
    let mut from = 0;
    for end in starts.chain([piece.len()]) {
        let pair = piece[from..end].trim_start();
        if !pair.is_empty() {
            pairs.push(pair.split_once('=').unwrap_or((pair, "")));
        }
        from = end + 1;
    }
    pairs
}

fn begins_with_field(text: &str, shape: &Shape) -> bool {
    let Some((name, _)) = text.trim_start().split_once('=') else {
        return false;
    };
    pairs::decode(name).is_some_and(|name| {
        let root = name.split('[').next().unwrap_or(&name);
        shape
            .property(&name)
            .or_else(|| shape.property(root))
            .is_some()
    })
}
