//! Exchanges that were seen, as documented examples: an OpenAPI Overlay that a fake replays.
//!
//! Each exchange becomes a named pair: an example of one name for each parameter, for the body, and for
//! the reply. Laid over the description, a request that equals them gets that reply.

mod overlay;
mod target;

use std::{collections::HashSet, fmt, sync::Arc};

use serde_json::value::RawValue;

use crate::{
    Api, Exchange,
    answer::{self, Inputs},
    contract::{In, Operation, ReplyContent},
    exchange::MediaType,
    journal::without_secrets,
};
use overlay::Overlay;

/// The most exchanges of one recording: it is read by people, and whole.
const MOST: usize = 10_000;

/// Exchanges as an overlay of one description.
#[derive(Debug)]
pub struct Recording {
    api: Arc<Api>,
    overlay: Overlay,
    /// What is recorded already: the operation, and the names and texts of its inputs and its reply.
    seen: HashSet<String>,
    recorded: usize,
}

/// Why an exchange is not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unrecorded {
    /// It leaves the contract, so that it is no example of it.
    LeavesContract,
    /// The same is recorded already.
    Repeated,
    /// The reply has no content, or is documented without any: there is nothing to name.
    NoContent,
    /// The reply is no text.
    Binary,
    /// What it would be an example of stands in another file than the description's first, where no overlay
    /// reaches.
    Elsewhere,
    /// Without what is secret in it, it would be no request for the same.
    Secret,
    /// There are as many recorded as may be.
    Full,
}

impl Recording {
    /// An empty recording for an API.
    pub fn new(api: Arc<Api>) -> Self {
        Self {
            overlay: Overlay::new(format!("Recorded: {}", api.title())),
            api,
            seen: HashSet::new(),
            recorded: 0,
        }
    }

    /// How many exchanges are recorded.
    pub fn len(&self) -> usize {
        self.recorded
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.recorded == 0
    }

    /// Adds an exchange with a real server, as a pair of the name `recorded-1` and so on. Credentials are
    /// no parameters and are left out; `***` stands in the place of other secrets.
    ///
    /// # Errors
    /// Why it cannot be an example.
    pub fn add(&mut self, exchange: &Exchange) -> Result<(), Unrecorded> {
        if !exchange.violations.is_empty() || !exchange.reply_violations.is_empty() {
            return Err(Unrecorded::LeavesContract);
        }
        if self.recorded == MOST {
            return Err(Unrecorded::Full);
        }
        let api = Arc::clone(&self.api);
        let exchange = without_secrets(exchange, &api);
        // Nothing is wrong with it, so it is for an operation, unless its path is secret.
        let inputs = answer::inputs(&api, &exchange.request).ok_or(Unrecorded::Secret)?;
        let examples = examples(&inputs, &exchange)?;
        if examples.iter().any(|(pointer, _)| is_elsewhere(pointer)) {
            return Err(Unrecorded::Elsewhere);
        }
        let text = |(pointer, value): &(String, Box<RawValue>)| format!("{pointer} {value}\n");
        if !self.seen.insert(examples.iter().map(text).collect()) {
            return Err(Unrecorded::Repeated);
        }
        self.recorded += 1;
        let name = format!("recorded-{}", self.recorded);
        for (pointer, value) in examples {
            self.overlay
                .add(self.api.description(), &pointer, &name, value);
        }
        Ok(())
    }
}

/// The overlay as JSON, which is YAML too.
impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string_pretty(&self.overlay).map_err(|_| fmt::Error)?;
        writeln!(f, "{text}")
    }
}

impl fmt::Display for Unrecorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeavesContract => "it leaves the contract",
            Self::Repeated => "the same is recorded already",
            Self::NoContent => "the reply has no content that an example could be of",
            Self::Binary => "the reply is no text",
            Self::Elsewhere => {
                "what it is an example of stands in another file, where no overlay reaches"
            }
            Self::Secret => "without what is secret in it, it would be no request for the same",
            Self::Full => "there are as many recorded as may be",
        })
    }
}

/// The examples that an exchange is made of, each with the pointer of what it is an example of.
fn examples(
    inputs: &Inputs<'_>,
    exchange: &Exchange,
) -> Result<Vec<(String, Box<RawValue>)>, Unrecorded> {
    let mut examples = Vec::new();
    for (parameter, value) in &inputs.parameters {
        let is_credential =
            parameter.place == In::Query && inputs.operation.has_query_credential(&parameter.name);
        if !is_credential {
            examples.push((parameter.pointer.clone(), raw(&value.to_string())?));
        }
    }
    if let Some((content, value)) = &inputs.body {
        let value = match content.media_type.is_json() {
            // As it was sent, digit by digit.
            true => text_of(&exchange.request.body)?.to_owned(),
            false => value.to_string(),
        };
        examples.push((content.pointer.clone(), raw(&value)?));
    }
    let content = replied(inputs.operation, exchange).ok_or(Unrecorded::NoContent)?;
    let text = text_of(&exchange.reply.body)?;
    let value = match content.media_type.is_json() {
        true => raw(text)?,
        false => raw(&serde_json::Value::from(text).to_string())?,
    };
    examples.push((content.pointer.clone(), value));
    Ok(examples)
}

/// Whether a place is in another document than the first.
fn is_elsewhere(pointer: &str) -> bool {
    pointer.starts_with("/x-mynah-documents/")
}

/// What is documented of the reply's content.
fn replied<'a>(operation: &'a Operation, exchange: &Exchange) -> Option<&'a ReplyContent> {
    let reply = &exchange.reply;
    if reply.body.is_empty() {
        return None;
    }
    let field = reply
        .headers
        .get(http::header::CONTENT_TYPE)?
        .to_str()
        .ok()?;
    let given = MediaType::parse(field)?;
    let documented = operation.reply(reply.status.as_u16())?.content.iter();
    documented
        .filter(|content| content.media_type.includes(&given))
        .max_by_key(|content| content.media_type.specificity())
}

fn text_of(body: &[u8]) -> Result<&str, Unrecorded> {
    std::str::from_utf8(body).map_err(|_| Unrecorded::Binary)
}

fn raw(json: &str) -> Result<Box<RawValue>, Unrecorded> {
    serde_json::from_str(json).map_err(|_| Unrecorded::Binary)
}
