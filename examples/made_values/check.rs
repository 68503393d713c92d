//! Asks for the made replies of a description, and counts what is wrong with them.

use std::{error::Error, path::Path};

use mynah::{
    Api, Exchange, Request, answer,
    contract::{Operation, SampleBody},
    cookbook::recipes,
    exchange::ReplySource,
};

use super::judge::{Judge, Verdict};

/// What came of the made replies of one description.
#[derive(Debug, Default)]
pub struct Tally {
    pub operations: usize,
    /// How many replies were held against their schema.
    pub checked: usize,
    /// Each with the request and what is wrong.
    pub invalid: Vec<String>,
    /// The same of documented examples, which are served as they stand.
    pub misfits: Vec<String>,
    /// How many could not be checked: no JSON, or without a schema.
    pub unchecked: usize,
    /// Requests that did not get the reply that was asked for, with why.
    pub unmade: Vec<String>,
}

/// Asks for every documented reply of every operation, made with each seed.
pub fn check(api: &Api, file: &Path, seeds: u64) -> Result<Tally, Box<dyn Error>> {
    let mut check = Check {
        api,
        judge: Judge::open(file)?,
        tally: Tally::default(),
    };
    for operation in api.operations() {
        check.tally.operations += 1;
        let (method, path) = (operation.method().as_str(), operation.path());
        let statuses = check.judge.statuses(method, path);
        let final_ones = statuses.into_iter().filter(|status| *status >= 200);
        // Without a status too, since ranges or a default alone may be documented.
        let statuses = final_ones.map(Some).chain([None]);
        for status in statuses {
            for seed in 0..seeds {
                check.reply(operation, status, seed);
            }
        }
    }
    Ok(check.tally)
}

/// Holds the reply of each snapshot against its schema: also documented examples, and refusals in a documented
/// shape.
pub fn check_snapshots(api: &Api, file: &Path) -> Result<Tally, Box<dyn Error>> {
    let mut check = Check {
        api,
        judge: Judge::open(file)?,
        tally: Tally {
            operations: api.operations().len(),
            ..Tally::default()
        },
    };
    let mut operations = api.operations().iter().peekable();
    for recipe in recipes(api) {
        // Both are in the document's order.
        while operations
            .next_if(|it| *it.label() != recipe.operation)
            .is_some()
        {}
        let title = recipe.title();
        match (recipe.obtained, operations.peek()) {
            (Ok(obtained), Some(operation)) => check.body(operation, &title, &obtained.exchange),
            (Ok(_), None) => check.tally.unmade.push(format!("{title}: of no operation")),
            (Err(why), _) => check.tally.unmade.push(format!("{title}: {why}")),
        }
    }
    Ok(check.tally)
}

/// What is known while a description is checked.
struct Check<'a> {
    api: &'a Api,
    judge: Judge,
    tally: Tally,
}

impl Check<'_> {
    /// Asks for one reply and holds it against its description.
    fn reply(&mut self, operation: &Operation, status: Option<u16>, seed: u64) {
        let code = status.map_or_else(String::new, |status| format!(", code={status}"));
        let prefer = format!("dynamic=true, seed={seed}{code}");
        let asked = format!("{} with `Prefer: {prefer}`", operation.label());
        let exchange = match asked_for(self.api, operation, &prefer, status) {
            Ok(exchange) => exchange,
            Err(why) => {
                self.tally.unmade.push(format!("{asked}: {why}"));
                return;
            }
        };
        self.body(operation, &asked, &exchange);
    }

    /// Holds the body of a reply against its description.
    fn body(&mut self, operation: &Operation, asked: &str, exchange: &Exchange) {
        let reply = &exchange.reply;
        if reply.body.is_empty() {
            return;
        }
        let media_type = reply.headers.get("content-type");
        let media_type = media_type.and_then(|it| it.to_str().ok()).unwrap_or("");
        let place = (operation.method().as_str(), operation.path());
        let verdict = self
            .judge
            .judge(place, reply.status.as_u16(), media_type, &reply.body);
        match verdict {
            Verdict::Valid => self.tally.checked += 1,
            Verdict::Unchecked => self.tally.unchecked += 1,
            Verdict::Invalid(why) => {
                self.tally.checked += 1;
                let body = String::from_utf8_lossy(&reply.body);
                let fault = format!("{asked}\n{why}\n{body}");
                match exchange.choice.source {
                    ReplySource::Example(_) => self.tally.misfits.push(fault),
                    _ => self.tally.invalid.push(fault),
                }
            }
        }
    }
}

/// The exchange of a request that keeps to the contract; an error where there is none, or it is
/// answered otherwise than by the wanted reply.
fn asked_for(
    api: &Api,
    operation: &Operation,
    prefer: &str,
    status: Option<u16>,
) -> Result<Exchange, String> {
    let exchange = answer(
        api,
        request(operation, prefer).map_err(|it| it.to_string())?,
    );
    if let Some(violation) = exchange.violations.first() {
        return Err(violation.to_string());
    }
    if exchange.operation.as_ref() != Some(operation.label()) {
        return Err("another operation answers".to_owned());
    }
    if exchange.reply.status == 501 && status != Some(501) {
        return Err(String::from_utf8_lossy(&exchange.reply.body).into_owned());
    }
    Ok(exchange)
}

/// A request that keeps to the contract, as Mynah itself shows it.
fn request(operation: &Operation, prefer: &str) -> Result<Request, http::Error> {
    const BOUNDARY: &str = "made-values";
    let sample = operation.sample();
    let mut request = http::Request::builder()
        .method(&*sample.method)
        .uri(&sample.target)
        .header("Prefer", prefer);
    for (name, value) in &sample.headers {
        request = request.header(name, value);
    }
    let body = match &sample.body {
        None => String::new(),
        Some(SampleBody::Text(text)) => text.clone(),
        Some(SampleBody::Parts(parts)) => {
            let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
            request = request.header("Content-Type", media_type);
            let part = |(name, text): &(String, String)| {
                let field = format!("Content-Disposition: form-data; name=\"{name}\"");
                format!("--{BOUNDARY}\r\n{field}\r\n\r\n{text}\r\n")
            };
            let parts: String = parts.iter().map(part).collect();
            format!("{parts}--{BOUNDARY}--\r\n")
        }
    };
    Ok(request.body(body.into())?.into())
}
