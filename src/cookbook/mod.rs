//! The smallest request for each documented reply, each proven by answering it.
//!
//! A reply is one status, media type and example of an operation. First those requests are tried that keep
//! to the contract, then those that break one rule, and only then those that ask for the reply by `Prefer`.

mod ask;
mod choices;
mod refusals;
mod wanted;

use std::sync::Arc;

use crate::{
    Api, Exchange,
    contract::{Operation, StatusKey},
    drafts::Credentials,
};

use choices::Choices;
use wanted::Wanted;

/// A documented reply, and the request for it.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// The operation, as `POST /api/v1/conversations`.
    pub operation: Arc<str>,
    /// The status, as it is documented: one, a range, or `default`.
    pub key: StatusKey,
    /// The documented media type; `None` where there is no content.
    pub media_type: Option<Arc<str>>,
    /// What the reply shows.
    pub shows: Shows,
    /// Where it is documented, as a JSON pointer.
    pub pointer: String,
    /// The request with its reply, or why there is none, in words.
    pub obtained: Result<Obtained, String>,
}

/// What a documented reply shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shows {
    /// The documented example of a name.
    Example(Arc<str>),
    /// What is documented without a name: the example, a body made from the schema, or no content.
    Documented,
    /// What is wrong with the request, where all documented examples have names.
    Refusal,
}

/// A request that obtains a documented reply.
#[derive(Debug, Clone)]
pub struct Obtained {
    /// The request and its reply.
    pub exchange: Exchange,
    /// The fields of the request's body, where it is a form of parts.
    pub parts: Option<Vec<(String, String)>>,
    /// What it is asked for by, where no request obtains it by itself: `Prefer: code=500`.
    pub needs: Option<String>,
}

impl Recipe {
    /// The reply in a line: `POST /pets: 422 application/json, example "bad"`.
    pub fn title(&self) -> String {
        let status = match &self.obtained {
            Ok(obtained) => obtained.exchange.reply.status.as_str().to_owned(),
            Err(_) => self.key.to_string(),
        };
        let media_type = self.media_type.as_ref();
        let media_type = media_type.map_or_else(String::new, |it| format!(" {it}"));
        let shows = match &self.shows {
            Shows::Example(name) => format!(", example {name:?}"),
            Shows::Documented => String::new(),
            Shows::Refusal => ", refusal".to_owned(),
        };
        format!("{}: {status}{media_type}{shows}", self.operation)
    }
}

/// The recipes of all operations, in the document's order. An operation with faults has none.
///
/// ```
/// use mynah::{Api, Description, Source, cookbook::recipes};
///
/// let text = r#"
/// openapi: 3.1.0
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets/{id}:
///     get:
///       parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
///       responses:
///         '200': {description: One, content: {application/json: {example: {id: 1}}}}
///         '422': {description: No number}
///         '503': {description: Busy}
/// "#;
/// let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
/// let obtained = recipes(&api).map(|recipe| recipe.obtained.unwrap());
/// let asked: Vec<_> = obtained
///     .map(|it| (it.exchange.request.path().to_owned(), it.needs, it.exchange.reply.status.as_u16()))
///     .collect();
///
/// assert_eq!(asked[0], ("/pets/1".to_owned(), None, 200));
/// assert_eq!((asked[1].1.as_deref(), asked[1].2), (None, 422));
/// assert_eq!(asked[2], ("/pets/1".to_owned(), Some("Prefer: code=503".to_owned()), 503));
/// ```
pub fn recipes(api: &Api) -> impl Iterator<Item = Recipe> {
    let sound = api.operations().iter().filter(|it| it.faults.is_empty());
    sound.flat_map(|operation| of_operation(api, operation))
}

fn of_operation(api: &Api, operation: &Operation) -> Vec<Recipe> {
    let none = Credentials::default();
    let choices = Choices::of(api, operation, &none);
    let mut recipes = Vec::new();
    for wanted in wanted::all(operation) {
        let obtained = match wanted.shows {
            // That all examples have names says nothing of whether requests are refused in their shape.
            Shows::Refusal => choices.refused(&wanted).map(Ok),
            _ => Some(choices.find(&wanted)),
        };
        recipes.extend(obtained.map(|obtained| recipe(operation, wanted, obtained)));
    }
    recipes
}

fn recipe(operation: &Operation, wanted: Wanted<'_>, obtained: Result<Obtained, String>) -> Recipe {
    Recipe {
        operation: Arc::clone(operation.label()),
        key: wanted.reply.key,
        media_type: wanted.content.map(|content| Arc::clone(&content.label)),
        pointer: wanted.pointer(),
        shows: wanted.shows,
        obtained,
    }
}
