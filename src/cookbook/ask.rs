//! A request that may obtain a documented reply.

use http::{HeaderName, HeaderValue, header::ACCEPT};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Obtained, Shows, wanted::Wanted};
use crate::{
    Api, Request, answer,
    answer::quoted,
    contract::{Draft, Operation},
};

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// A request that keeps to the contract or not, and what it asks for beside.
#[derive(Clone)]
pub(super) struct Ask {
    pub(super) draft: Draft,
    /// The media type that it accepts.
    pub(super) accept: Option<String>,
    pub(super) preference: Option<Preference>,
}

/// Which documented reply a request asks for by name.
#[derive(Clone)]
pub(super) struct Preference {
    pub(super) code: Option<u16>,
    pub(super) example: Option<String>,
}

impl Ask {
    /// A request that asks for nothing.
    pub(super) fn plain(draft: Draft) -> Self {
        Self {
            draft,
            accept: None,
            preference: None,
        }
    }

    /// The same that accepts the media type of a documented reply; `None` where there is no content.
    pub(super) fn accepting(&self, wanted: &Wanted<'_>) -> Option<Self> {
        let content = wanted.content?;
        Some(Self {
            accept: Some(content.label.to_string()),
            ..self.clone()
        })
    }

    /// The same that asks for a documented reply: the names that do, each alone where that is enough.
    pub(super) fn preferring(&self, operation: &Operation, wanted: &Wanted<'_>) -> Vec<Self> {
        let code = wanted.status(operation).map(|status| status.as_u16());
        let named = match &wanted.shows {
            Shows::Example(name) => Some(name.to_string()),
            _ => None,
        };
        let of = |code, example| Preference { code, example };
        let all = match (code, named) {
            (code, Some(name)) => vec![of(None, Some(name.clone())), of(code, Some(name))],
            (Some(code), None) => vec![of(Some(code), None)],
            (None, None) => Vec::new(),
        };
        let with = |preference| Self {
            preference: Some(preference),
            ..self.clone()
        };
        all.into_iter().map(with).collect()
    }

    /// Sends the request to the fake of an API; `None` where it cannot be written.
    pub(super) fn answered(&self, api: &Api, operation: &Operation) -> Option<Obtained> {
        let mut request = self.draft.write(operation, operation.base()).ok()?;
        if let Some(accept) = &self.accept {
            let accept = HeaderValue::from_str(accept).ok()?;
            request.headers_mut().insert(ACCEPT, accept);
        }
        if let Some(preference) = &self.preference {
            preference.add_to(&mut request)?;
        }
        let body = self.draft.body.as_ref();
        Some(Obtained {
            exchange: answer(api, Request::from(request)),
            parts: body.and_then(|body| body.parts(operation)),
            needs: self.preference.as_ref().map(Preference::told),
        })
    }
}

impl Preference {
    /// As a field has it: `code=404, example=gone`. What stands in none is asked for in the query.
    fn field(&self) -> Option<String> {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref();
        let example = example.map(|name| format!("example={}", quoted(name)));
        let all: Vec<String> = code.into_iter().chain(example).collect();
        let text = all.join(", ");
        let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        is_visible.then_some(text)
    }

    /// As a query has it: `__code=404&__example=gone`.
    fn pairs(&self) -> String {
        let code = self.code.map(|code| format!("__code={code}"));
        let example = self.example.as_ref().map(|name| {
            let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
            format!("__example={name}")
        });
        let all: Vec<String> = code.into_iter().chain(example).collect();
        all.join("&")
    }

    /// In words.
    fn told(&self) -> String {
        match self.field() {
            Some(field) => format!("Prefer: {field}"),
            None => format!("the query {}", self.pairs()),
        }
    }

    fn add_to<B>(&self, request: &mut http::Request<B>) -> Option<()> {
        if let Some(field) = self.field() {
            let field = HeaderValue::from_str(&field).ok()?;
            request.headers_mut().insert(PREFER, field);
            return Some(());
        }
        let separator = match request.uri().query() {
            Some(_) => '&',
            None => '?',
        };
        let target = format!("{}{separator}{}", request.uri(), self.pairs());
        *request.uri_mut() = target.parse().ok()?;
        Some(())
    }
}
