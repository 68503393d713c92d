//! Secrets in bodies.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_ENCODING};

use super::{REDACTED, content_type, json, target};
use crate::{
    answer::uncoded,
    contract::{BodyForm, Described, Schema, has_secret_word},
    exchange::MediaType,
};

/// What is known of a body that is to be shown.
pub(super) struct Body<'a> {
    pub(super) headers: &'a HeaderMap,
    pub(super) schemas: Schemas<'a>,
}

/// The schemas for a body.
#[derive(Clone, Copy, Default)]
pub(super) struct Schemas<'a> {
    pub(super) whole: Option<&'a Schema>,
    /// That of the items, where it is a sequence.
    pub(super) item: Option<&'a Schema>,
}

impl Body<'_> {
    /// Its bytes with the secrets taken out. One that may have secrets where they cannot be told from the
    /// rest is not shown at all.
    pub(super) fn redacted<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        if bytes.is_empty() {
            return Cow::Borrowed(bytes);
        }
        if !self.headers.contains_key(CONTENT_ENCODING) {
            return self.of(bytes).unwrap_or(Cow::Borrowed(bytes));
        }
        let is_clean = |bytes: Bytes| self.of(&bytes).is_none();
        match uncoded(self.headers, bytes).is_some_and(is_clean) {
            true => Cow::Borrowed(bytes),
            false => withheld(),
        }
    }

    /// Bytes without codings, with their secrets taken out; `None` where they have none.
    fn of(&self, bytes: &[u8]) -> Option<Cow<'static, [u8]>> {
        let is_described = self.schemas.have_secrets();
        let may_be_named = has_secret_word(bytes);
        if !is_described && !may_be_named {
            return None;
        }
        let root = || Described::by(self.schemas.whole, "");
        let media_type = content_type(self.headers).and_then(MediaType::parse);
        let form = media_type.as_ref().map(BodyForm::of);
        match form {
            // Without a type it may still be what most bodies are.
            Some(BodyForm::Json) | None => json::redacted(bytes, &root()).map_or_else(
                || Some(withheld()),
                |redacted| (redacted != bytes).then_some(Cow::Owned(redacted)),
            ),
            Some(BodyForm::UrlEncoded) => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let redacted = form_of(text, &root());
                    (redacted != text).then(|| Cow::Owned(redacted.into_bytes()))
                }
                Err(_) => Some(withheld()),
            },
            Some(BodyForm::JsonLines) => {
                let redacted = self.lines(bytes, &root());
                match redacted {
                    Some(redacted) => (redacted != bytes).then_some(Cow::Owned(redacted)),
                    None => Some(withheld()),
                }
            }
            // Names and values are not told apart in them; prose and files have no names.
            Some(BodyForm::Text | BodyForm::Binary) if !is_described => None,
            Some(_) => Some(withheld()),
        }
    }

    /// JSON texts, each on a line; `None` when one is none.
    fn lines(&self, bytes: &[u8], root: &Described<'_>) -> Option<Vec<u8>> {
        let item = self.schemas.item;
        let redacted = |(index, line): (usize, &[u8])| match line.trim_ascii() {
            b"" => Some(line.to_vec()),
            _ if item.is_some() => json::redacted(line, &Described::by(item, "")),
            _ => json::redacted(line, &root.item(index)),
        };
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        let lines: Vec<Vec<u8>> = lines.map(redacted).collect::<Option<_>>()?;
        Some(lines.join(&b'\n'))
    }
}

impl Schemas<'_> {
    fn have_secrets(&self) -> bool {
        let mut schemas = self.whole.into_iter().chain(self.item);
        schemas.any(Schema::has_secrets)
    }
}

/// A form, whose names have brackets or dots where its values are objects.
fn form_of(text: &str, root: &Described<'_>) -> String {
    target::redacted_pairs(text, |name| {
        let names = name.split(['[', ']', '.']).filter(|part| !part.is_empty());
        let mut place = root.clone();
        let mut is_secret = root.member(name).is_secret();
        for name in names {
            place = place.below(name);
            is_secret |= place.is_secret();
        }
        is_secret
    })
}

/// What stands in the place of a whole body.
pub(super) fn withheld() -> Cow<'static, [u8]> {
    Cow::Borrowed(REDACTED.as_bytes())
}
